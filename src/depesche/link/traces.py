"""A page as linking sees it: its words as numbers, its mentions as what they are compared by, and no text.

A trace depends on its page alone, so it is made once and kept; a pile of traces takes a small part of the memory that
the readings take.
"""

from __future__ import annotations

import sys
from collections.abc import Hashable, Iterator
from typing import Any, TypeVar

import msgspec
import numpy as np

from depesche.link.runs import WordNumbers, Words
from depesche.link.stories import count_words
from depesche.link.tellings import PartyKey, Profile, Profiler, Telling, on
from depesche.model.days import Days
from depesche.model.reading import EventMention, Participant, Reading
from depesche.packs.linking import LinkRules

T = TypeVar("T", bound=Hashable)


class TraceWords(msgspec.Struct, frozen=True):
    """What copies and stories are found by: a page with its days, and its words.

    `numbers` are those of the article's words, four bytes each (little-endian), `counts` how often the words that tell
    a story stand there.
    """

    page: str
    days: Days
    numbers: bytes
    counts: dict[str, int]

    def words(self) -> Words:
        """The numbers of the article's words."""
        return np.frombuffer(self.numbers, dtype="<u4")


class TraceMentions(msgspec.Struct, frozen=True):
    """What happenings are found by: a page without text and without what was read, and its mentions.

    `key` is a digest of what it was made of.
    """

    key: str
    page: Reading
    mentions: tuple[Profile, ...]

    def tellings(self) -> Iterator[Telling]:
        """The mentions on their page; of many pages see `Common`."""
        return (on(mention, self.page) for mention in self.mentions)


class Trace(msgspec.Struct, frozen=True):
    """A page as linking sees it, in two parts that are looked at one after the other."""

    words: TraceWords
    mentions: TraceMentions


class Tracer:
    """Makes traces of settled readings."""

    def __init__(self, rules: LinkRules) -> None:
        self._rules = rules
        self._profiler = Profiler(rules)
        self._numbers = WordNumbers()

    def trace(self, reading: Reading, key: str = "") -> Trace:
        """The trace of a page under a key."""
        words = TraceWords(
            reading.page,
            Days(reading.dateline.earliest, reading.dateline.latest),
            self._numbers.of(reading.text).astype("<u4").tobytes(),
            count_words(reading.text, reading.title or "", self._rules.stories),
        )
        profiles = tuple(_unreasoned(profile) for profile in self._profiler.profiles(reading))
        return Trace(words, TraceMentions(key, _bare(reading), profiles))


def _bare(reading: Reading) -> Reading:
    """The page without text and without what was read."""
    line = msgspec.structs.replace(reading.dateline, reasons=())
    return msgspec.structs.replace(
        reading, text="", dateline=line, title=None, times=(), parties=(), quotes=(), events=(), sentences=()
    )


def _unreasoned(profile: Profile) -> Profile:
    event: EventMention = msgspec.structs.replace(profile.event, reasons=(), time_words=None, attribution=None)
    return msgspec.structs.replace(profile, event=event)


class Common:
    """What the traces of a pile have in common, kept once: most words, parties and days come many times."""

    def __init__(self) -> None:
        self._known: dict[Hashable, Any] = {}

    def tellings(self, trace: TraceMentions) -> Iterator[Telling]:
        """The mentions on their page."""
        for mention in trace.mentions:
            yield on(self._shared(mention), trace.page, self._once)

    def _shared(self, mention: Profile) -> Profile:
        return msgspec.structs.replace(
            mention,
            event=self._event(mention.event),
            actors=self._keys(mention.actors),
            recipients=self._keys(mention.recipients),
            groups=self._set(mention.groups),
            trigger=self._set(mention.trigger),
            content=frozenset(map(sys.intern, mention.content)),
            said=tuple(map(sys.intern, mention.said)),
            names=self._once(tuple((self._once(key), self._set(names)) for key, names in mention.names)),
            context=self._set(mention.context),
            cast=self._set(mention.cast),
        )

    def _event(self, event: EventMention) -> EventMention:
        return msgspec.structs.replace(
            event,
            type=sys.intern(event.type),
            mode=event.mode and sys.intern(event.mode),
            lemma=sys.intern(event.lemma),
            days=self._once(event.days),
            actors=tuple(map(_named, event.actors)),
            recipients=tuple(map(_named, event.recipients)),
        )

    def _keys(self, parties: tuple[PartyKey, ...]) -> tuple[PartyKey, ...]:
        return self._once(tuple(map(self._once, parties)))

    def _set(self, words: frozenset[str]) -> frozenset[str]:
        return self._once(frozenset(map(sys.intern, words)))

    def _once(self, value: T) -> T:
        """The first value that was equal to this one."""
        found: T = self._known.setdefault(value, value)
        return found


def _named(party: Participant) -> Participant:
    """The party with words and names of which each is in memory once."""
    text, name, id_ = map(sys.intern, (party.text, party.name, party.id))
    return msgspec.structs.replace(party, text=text, name=name, id=id_)
