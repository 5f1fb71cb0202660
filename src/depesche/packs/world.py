"""What is widely known and dated: events of the world, and who held which office when."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path

import msgspec

from depesche.errors import PackError
from depesche.model.days import Days
from depesche.model.text import Span
from depesche.packs.dating import DatingRules, load_dating
from depesche.packs.files import DATA, read_tsv
from depesche.packs.parties import Holder, PartyBook
from depesche.packs.party_lists import load_parties

COLUMNS = ("id", "title", "first", "last", "parties", "words", "expected", "source")
LANGUAGES = ("de",)
_TOKEN = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")
_SHORTEST_STEM = 2
_HEAD = 4
"""Letters by which most words of a text are told to be none of a list."""
_MOST = 50
"""Places looked at in one sentence; a sentence that names a thing more often is none."""


class WorldEvent(msgspec.Struct, frozen=True):
    """An event of known date. Each group of alternatives has to stand in the sentence that tells of it.

    `expected`: its day was known beforehand, so a text that names it may be older.
    """

    id: str
    title: str
    days: Days
    parties: tuple[tuple[str, ...], ...]
    words: tuple[tuple[str, ...], ...]
    expected: bool = False

    @property
    def kind(self) -> str:
        """What recurs: a mention may mean any event of its kind."""
        return self.id.partition(".")[0]


class Told(msgspec.Struct, frozen=True):
    """A kind of event found in a sentence: the events it can mean, and where its words and parties stand."""

    kind: str
    events: tuple[WorldEvent, ...]
    words: tuple[Span, ...]
    parties: tuple[Span, ...] = ()


class World(msgspec.Struct, frozen=True):
    """Events, holders of offices, and the cue words of each language.

    `alone` are the persons whom their surname alone means, `heads` the first letters of all alternatives, at most four.
    """

    events: tuple[WorldEvent, ...]
    holders: dict[str, tuple[Holder, ...]]
    offices: dict[str, tuple[str, ...]]
    alone: frozenset[str]
    rules: Mapping[str, DatingRules]
    by_alternative: dict[str, tuple[int, ...]]
    heads: frozenset[str]

    def told_in(self, text: str, sentence: Span) -> tuple[Told, ...]:
        """The kinds of event that a sentence tells of, by name of the kind."""
        found = self._alternatives(text, sentence)
        touched = sorted({i for alternative in found for i in self.by_alternative[alternative]})
        kinds: dict[str, list[WorldEvent]] = {}
        for event in (self.events[i] for i in touched):
            if all(any(word in found for word in group) for group in event.parties + event.words):
                kinds.setdefault(event.kind, []).append(event)
        return tuple(
            Told(
                kind,
                tuple(events),
                _places((group for event in events for group in event.words), found),
                _places((group for event in events for group in event.parties), found),
            )
            for kind, events in sorted(kinds.items())
        )

    def _alternatives(self, text: str, sentence: Span) -> dict[str, list[Span]]:
        found: dict[str, list[Span]] = {}
        for word, start, end in _tokens(text, sentence):
            if self.heads.isdisjoint((word[:_HEAD], word[:3], word[:2])):
                continue
            for alternative in _forms(word):
                if alternative in self.by_alternative:
                    found.setdefault(alternative, []).append(Span(start, end))
        return found


def words_in(text: str, within: Span) -> frozenset[str]:
    """The words in small letters, those of compounds with hyphens too."""
    return frozenset(word for word, _, _ in _tokens(text, within))


def tokens(text: str, within: Span) -> Iterator[tuple[str, Span]]:
    """Words in small letters with their places; a compound with hyphens also gives its parts."""
    for word, start, end in _tokens(text, within):
        yield word, Span(start, end)


def _tokens(text: str, within: Span) -> Iterator[tuple[str, int, int]]:
    for match in _TOKEN.finditer(text, within.start, within.end):
        word = match.group().lower()
        start, end = match.span()
        yield word, start, end
        if "-" in word:
            for part in word.split("-"):
                yield part, start, end


def load_world(root: Path = DATA, book: PartyBook | None = None) -> World:
    """The lists under `data/world` with offices and cue words; raises PackError that names file and row.

    `book` are the lists of parties where they have been read already.
    """
    events = tuple(_event(row) for row in read_tsv(root / "world" / "events.tsv", COLUMNS))
    twice = {event.id for i, event in enumerate(events) if i and events[i - 1].id >= event.id}
    if twice:
        raise PackError(f"world/events.tsv: ids should be sorted, and each stand once: {', '.join(sorted(twice))}")
    book = book or load_parties(root / "parties")
    return World(
        events=events,
        holders=_by_name(book.holders, {name for name, person in book.persons.items() if person.surname_first}),
        offices={
            word.lower(): office.keys for word, office in book.offices.items() if office.keys and not office.plural
        },
        alone=frozenset(name for name, person in book.persons.items() if person.alone),
        rules={language: load_dating(language, root / "languages") for language in LANGUAGES},
        by_alternative=_index(events),
        heads=_heads(events),
    )


def _event(row: dict[str, str]) -> WorldEvent:
    try:
        days = Days(date.fromisoformat(row["first"]), date.fromisoformat(row["last"]))
    except ValueError as error:
        raise PackError(f"world/events.tsv: {row['id']}: {error}") from error
    if "." not in row["id"] or not row["words"] or not row["source"]:
        raise PackError(f"world/events.tsv: {row['id']}: needs an id KIND.ROW, words and a source")
    return WorldEvent(
        row["id"], row["title"], days, _groups(row["parties"]), _groups(row["words"]), row["expected"] == "yes"
    )


def _groups(cell: str) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(group.split("|")) for group in cell.split())


def _index(events: Iterable[WorldEvent]) -> dict[str, tuple[int, ...]]:
    index: dict[str, dict[int, None]] = {}
    for i, event in enumerate(events):
        for group in event.parties + event.words:
            for alternative in group:
                index.setdefault(alternative, {})[i] = None
    return {alternative: tuple(places) for alternative, places in index.items()}


def _heads(events: Iterable[WorldEvent]) -> frozenset[str]:
    """The first letters of all alternatives: a word that begins otherwise is none."""
    groups = (group for event in events for group in event.parties + event.words)
    heads = {alternative.removesuffix("*") for group in groups for alternative in group}
    return frozenset(head[:_HEAD] for head in heads)


def _forms(word: str) -> Iterator[str]:
    yield word
    for genitive in ("s", "es"):
        if word.endswith(genitive) and len(word) > len(genitive) + 1:
            yield word.removesuffix(genitive)
    for length in range(_SHORTEST_STEM, min(len(word), 24) + 1):
        yield f"{word[:length]}*"


def _places(groups: Iterable[tuple[str, ...]], found: Mapping[str, list[Span]]) -> tuple[Span, ...]:
    words = {word for group in groups for word in group if word in found}
    return tuple(sorted({span for word in words for span in found[word]})[:_MOST])


def _by_name(holders: Iterable[Holder], surname_first: set[str]) -> dict[str, tuple[Holder, ...]]:
    index: dict[str, list[Holder]] = {}
    for holder in holders:
        words = holder.person.lower().split()
        index.setdefault(words[0] if holder.person in surname_first else words[-1], []).append(holder)
    return {name: tuple(held) for name, held in index.items()}
