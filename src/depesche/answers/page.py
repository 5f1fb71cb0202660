"""A page as it was saved: its article with all that was read in it, what was dropped and why, and its copies."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

import msgspec

from depesche.answers.browse import Row, row_of
from depesche.answers.catalogue import NOBODY, Catalogue
from depesche.answers.marked import Layer, Mark, Run, paragraphs, runs
from depesche.clean.article import flatten
from depesche.errors import UsageError
from depesche.model.days import Days, iso
from depesche.model.linkage import Copy, Entry
from depesche.model.page import Article, Metadata, Page, Role
from depesche.model.reading import EventMention, Quote, Reading, Time
from depesche.model.reason import Reason
from depesche.model.text import Span
from depesche.store import View

LONGEST_LINE = 400
"""Characters of a dropped line that are shown."""

MOST_CHANGES, LEAST_CHANGE = 30, 3
"""Stretches of a copy that are shown, and letters from which one is worth it."""


class Dropped(msgspec.Struct, frozen=True):
    """A line of the page that is no part of the article."""

    line: int
    text: str
    role: Role
    reason: Reason


class CopyTold(msgspec.Struct, frozen=True):
    """Another page with the same text: what only this one has, and what only the other."""

    page: str
    doc: str
    outlet: str | None
    share: int
    here: tuple[str, ...]
    there: tuple[str, ...]
    reason: Reason | None


class PageAnswer(msgspec.Struct, frozen=True):
    """A page with its article. `paragraphs` hold the whole text of the article, in runs.

    `published` is its day, `earliest` and `latest` its range as far as all pages together tell it; `narrowed` says that
    other pages made it closer than its own words (`why`), which leave the stretches of days in `possible`.
    """

    page: str
    doc: str
    source: str
    title: str | None
    outlet: str | None
    agency: str | None
    house: str | None
    authors: tuple[str, ...]
    language: str
    metadata: Metadata
    published: date | None
    earliest: date | None
    latest: date | None
    narrowed: bool
    possible: tuple[Days, ...]
    why: tuple[Reason, ...]
    paragraphs: tuple[tuple[Run, ...], ...]
    counts: dict[str, int]
    dropped: tuple[Dropped, ...]
    copies: tuple[CopyTold, ...]
    entries: tuple[Row, ...]


def page_answer(view: View, all: Catalogue, asked: str) -> PageAnswer:
    """The page of that id or name; UsageError where there is none."""
    page = view.page(asked) or view.page(view.page_named(asked) or "")
    article, reading = (view.article(page.id), view.reading(page.id)) if page else (None, None)
    if page is None or article is None or reading is None:
        raise UsageError(f"{asked}: no such page; `depesche pages` lists them")
    entries = view.numbered([int(number) for number in all.numbers[all.by_page.at.get(page.id, NOBODY)]])
    marks = list(_marks(reading, {m.event.id: entry for entry in entries for m in entry.mentions}))
    line, days = reading.dateline, _settled(page.id, reading, entries)
    return PageAnswer(
        page=page.id,
        doc=page.doc,
        source=page.source,
        title=article.title,
        outlet=article.outlet,
        agency=article.agency,
        house=article.house,
        authors=article.authors,
        language=article.language,
        metadata=page.metadata,
        published=days.first if days.first == days.last else None,
        earliest=days.first,
        latest=days.last,
        narrowed=days != Days(line.earliest, line.latest),
        possible=line.runs,
        why=line.reasons,
        paragraphs=tuple(runs(article.text, part, marks) for part in paragraphs(article.text)),
        counts={layer.value: sum(mark.layer is layer for mark in marks) for layer in SHOWN},
        dropped=tuple(_dropped(page, article)),
        copies=tuple(_copies(view, page.id, article)),
        entries=tuple(row_of(entry) for entry in entries),
    )


def _settled(page: str, reading: Reading, entries: Sequence[Entry]) -> Days:
    """The days of the page as linking knows them, else as it tells them itself."""
    told = [one for entry in entries for one in entry.mentions if one.page == page and (one.earliest or one.latest)]
    if not told:
        return Days(reading.dateline.earliest, reading.dateline.latest)
    first, last = told[0].earliest, told[0].latest
    return Days(date.fromisoformat(first) if first else None, date.fromisoformat(last) if last else None)


SHOWN = (Layer.TIMES, Layer.PARTIES, Layer.QUOTES, Layer.EVENTS)


def _marks(reading: Reading, entries: dict[str, Entry]) -> Iterator[Mark]:
    yield from (Mark(Layer.TIMES, Span(time.start, time.end), _time(time)) for time in reading.times)
    for party in reading.parties:
        yield Mark(Layer.PARTIES, party.span, party.name, f"party:{party.id}" if party.id else "")
    for quote in reading.quotes:
        yield from (Mark(Layer.QUOTES, span, _quote(quote)) for span in quote.quote)
    for event in reading.events:
        entry = entries.get(event.id)
        about = f"entry:{entry.id}" if entry else ""
        yield from (Mark(Layer.EVENTS, span, _event(event), about) for span in event.evidence)


def _time(time: Time) -> str:
    first, last = iso(time.days.first), iso(time.days.last)
    return f"{time.value} ({first or '…'} – {last or '…'})" if time.days.known and first != last else time.value


def _quote(quote: Quote) -> str:
    return f"{quote.type.value}: {quote.speaker_name or '?'}"


def _event(event: EventMention) -> str:
    who = " → ".join(", ".join(one.name for one in side) for side in (event.actors, event.recipients) if side)
    return " ".join(part for part in (event.type, event.mode or "", f"({event.status.value})", who) if part)


def _dropped(page: Page, article: Article) -> Iterator[Dropped]:
    flat = flatten(page)
    for block in article.blocks:
        if not block.kept:
            yield Dropped(block.line, block.raw.of(flat)[:LONGEST_LINE], block.role, block.reason)


def _copies(view: View, page: str, article: Article) -> Iterator[CopyTold]:
    for copy in view.copies_of(page):
        other = copy.of if copy.page == page else copy.page
        card = view.article(other)
        if card is None:
            continue  # forgotten since
        mine, theirs = _sides(copy, page)
        here, there = tuple(_between(article.text, mine)), tuple(_between(card.text, theirs))
        yield CopyTold(other, card.doc, card.outlet, copy.share, here, there, copy.reason)


def _sides(copy: Copy, page: str) -> tuple[list[Span], list[Span]]:
    first, second = [one for one, _ in copy.passages], [other for _, other in copy.passages]
    return (first, second) if copy.page == page else (second, first)


def _between(text: str, shared: Sequence[Span]) -> list[str]:
    """What stands between the shared passages."""
    found, at = [], 0
    for span in [*sorted(shared), Span(len(text), len(text))]:
        words = text[at : span.start].strip() if span.start > at else ""
        if sum(letter.isalnum() for letter in words) >= LEAST_CHANGE:
            found.append(words)
        at = max(at, span.end)
    return found[:MOST_CHANGES]
