"""One entry in full, for a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from depesche.answers.differences import backings
from depesche.export.pages import reason_in_words
from depesche.export.plain import plain
from depesche.export.words import (
    SIGNS,
    days_in_words,
    history_in_words,
    parties_in_words,
    place_in_words,
    published_in_words,
    relation_in_words,
    value_in_words,
)
from depesche.model.linkage import Entry, Mention


def entry_in_words(entry: Entry, related: Mapping[str, str]) -> str:
    """Everything an entry holds; `related` gives the titles of other entries by id."""
    lines = [*_head(entry), *_passages(entry), *_moves(entry)]
    lines += _section("relations", (f"{relation_in_words(one, related)} ({one.id})" for one in entry.relations))
    lines += _section("why these passages are one", (reason_in_words(reason) for reason in entry.reasons))
    return "".join(f"{line}\n" for line in lines)


def _head(entry: Entry) -> Iterator[str]:
    kind = f"{entry.type}, {entry.mode}" if entry.mode else entry.type
    yield plain(f"{SIGNS[entry.status]} {entry.title}")
    yield f"  {plain(entry.id)}"
    yield f"  {entry.status.value}: {days_in_words(entry.days)} (precision: {entry.precision.value})"
    for fact in (kind, place_in_words(entry.place), parties_in_words(entry)):
        if fact:
            yield f"  {plain(fact)}"
    yield f"  independent sources: {entry.origins}, pages: {len(entry.sources)}"
    if len(entry.sources) > 1:
        yield from _section("told by", _backed(entry))


def _backed(entry: Entry) -> Iterator[str]:
    """Each value of each field with the number of independent sources that tell it, and of pages."""
    for one in backings(entry):
        pages = f" on {len(one.pages)} pages" if len(one.pages) > one.origins else ""
        yield f"{one.field.value} {one.value}: {one.origins}{pages}"


def _passages(entry: Entry) -> Iterator[str]:
    sources = {source.page: source for source in entry.sources}
    yield from ("", "passages")
    for mention in entry.mentions:
        source = sources.get(mention.page)
        outlet = [source.outlet] if source and source.outlet else []
        about = [mention.doc, *outlet, published_in_words(mention), mention.event.status.value]
        yield f"  {plain(', '.join(about))}"
        yield from _said(mention)


def _said(mention: Mention) -> Iterator[str]:
    for words, span in zip(mention.evidence, mention.event.evidence, strict=False):
        yield f"    “{plain(words)}” [{span.start}:{span.end}]"
    if mention.event.attribution:
        told = mention.event.attribution
        yield f"    according to {plain(told.name or told.text)}"
    for reason in mention.event.reasons:
        yield f"    - {plain(reason_in_words(reason))}"
    for version in sorted({reason.version for reason in mention.event.reasons if reason.version}):
        yield f"    read with {plain(version)}"


def _moves(entry: Entry) -> Iterator[str]:
    yield from _section("history", history_in_words(entry))
    yield from _section(
        "differences",
        (
            f"{one.field.value}, {one.kind.value}: {value_in_words(value)} in {value.doc}"
            for one in entry.differences
            for value in one.values
        ),
    )


def _section(name: str, lines: Iterable[str]) -> Iterator[str]:
    found = [f"  {plain(line)}" for line in lines]
    if found:
        yield from ("", name, *found)
