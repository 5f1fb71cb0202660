"""Words looked for in titles and evidence, in the text of whole pages, and among parties."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date

import msgspec

from depesche.answers.browse import Asked, ChroniclePage, Cursor, Row, page_with_entries
from depesche.answers.catalogue import Catalogue
from depesche.answers.dossier import PartyLine, party_list
from depesche.answers.marked import Layer, Mark, Run, runs
from depesche.model.linkage import Entry
from depesche.model.text import Span
from depesche.store import View

PARTIES, PAGES, LONGEST = 8, 20, 320
"""Parties and pages that are named, and characters of a passage that are shown."""


class Hit(msgspec.Struct, frozen=True):
    """An entry with the first passage that holds the words, or its first one; the words are marked."""

    row: Row
    passage: tuple[Run, ...]


class PageHit(msgspec.Struct, frozen=True):
    """A saved page that holds the words, with the first passage where they stand; the words are marked."""

    page: str
    doc: str
    title: str | None
    outlet: str | None
    published: date | None
    earliest: date | None
    latest: date | None
    passage: tuple[Run, ...]


class SearchAnswer(msgspec.Struct, frozen=True):
    """What was found: entries a page at a time, with what there is in all of them, and parties of that name.

    `in_pages` counts the saved pages that hold the words anywhere in title or text, told by an entry or not;
    `pages` are the latest of them.
    """

    text: str
    entries: ChroniclePage
    hits: tuple[Hit, ...]
    parties: tuple[PartyLine, ...]
    in_pages: int
    pages: tuple[PageHit, ...]


def search(view: View, all: Catalogue, asked: Asked, cursor: Cursor = Cursor()) -> SearchAnswer:
    """The entries whose title or evidence holds the text of the filter, narrowed by the rest of it, and the pages."""
    found, entries = page_with_entries(view, all, asked, cursor)
    text = asked.text or ""
    hits = tuple(Hit(row, _passage(entry, text)) for row, entry in zip(found.rows, entries, strict=True))
    parties = party_list(all, text).lines[:PARTIES] if text else ()
    in_pages, latest = view.pages_with(text, PAGES)
    return SearchAnswer(text, found, hits, parties, in_pages, tuple(_pages(view, latest, text)))


def _pages(view: View, ids: Iterable[str], text: str) -> Iterator[PageHit]:
    pattern = _pattern(text)
    for id in ids:
        article, card = view.article(id), view.card(id)
        if article is not None and card is not None:
            yield PageHit(
                page=id,
                doc=card.doc,
                title=card.title,
                outlet=card.outlet,
                published=_day(card.published),
                earliest=_day(card.earliest),
                latest=_day(card.latest),
                passage=_around(article.text, pattern),
            )


def _day(told: str | None) -> date | None:
    return date.fromisoformat(told) if told else None


def _passage(entry: Entry, text: str) -> tuple[Run, ...]:
    told = [words for mention in entry.mentions for words in mention.evidence]
    if not told:
        return ()
    pattern = _pattern(text)
    return _around(next((words for words in told if pattern and pattern.search(words)), told[0]), pattern)


def _around(words: str, pattern: re.Pattern[str] | None) -> tuple[Run, ...]:
    """The words around the first place where the pattern stands, or the first ones."""
    found = pattern.search(words) if pattern else None
    start = max(found.start() - LONGEST // 2, 0) if found else 0
    part = Span(start, min(start + LONGEST, len(words)))
    return runs(words, part, _marks(words, pattern) if pattern else ())


def _pattern(text: str) -> re.Pattern[str] | None:
    """The words one after another, whatever stands between them."""
    words = re.findall(r"\w+", text)
    return re.compile(r"[\W_]+".join(map(re.escape, words)), re.IGNORECASE) if words else None


def _marks(words: str, pattern: re.Pattern[str]) -> Iterable[Mark]:
    return [Mark(Layer.TRIGGER, Span(*match.span())) for match in pattern.finditer(words)]
