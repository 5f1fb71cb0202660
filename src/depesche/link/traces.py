"""A page as linking sees it: its words as numbers, its mentions as what they are compared by, and no text.

A trace depends on its page alone, so it is made once and kept; a pile of traces takes a small part of the memory that
the readings take.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator

import msgspec
import numpy as np

from depesche.link.copies import WordNumbers, Words
from depesche.link.stories import count_words
from depesche.link.tellings import Profile, Profiler, Telling, on
from depesche.model.days import Days
from depesche.model.reading import EventMention, Reading
from depesche.packs.linking import LinkRules


class Trace(msgspec.Struct, frozen=True):
    """A page as linking sees it.

    `key` is a digest of what it was made of. `page` has name, days and outlet, and neither text nor what was read.
    `words` are the numbers of the article's words, four bytes each (little-endian), `counts` how often the words that
    tell a story stand there.
    """

    key: str
    page: Reading
    words: bytes
    counts: dict[str, int]
    mentions: tuple[Profile, ...]

    def numbers(self) -> Words:
        """The numbers of the article's words."""
        return np.frombuffer(self.words, dtype="<u4")

    @property
    def days(self) -> Days:
        """The days it was published in."""
        return Days(self.page.dateline.earliest, self.page.dateline.latest)

    def tellings(self) -> Iterator[Telling]:
        """The mentions on their page."""
        return (on(mention, self.page) for mention in self.mentions)


class Tracer:
    """Makes traces of settled readings."""

    def __init__(self, rules: LinkRules) -> None:
        self._rules = rules
        self._profiler = Profiler(rules)
        self._numbers = WordNumbers()

    def trace(self, reading: Reading, key: str = "") -> Trace:
        """The trace of a page under a key."""
        return Trace(
            key,
            _bare(reading),
            self._numbers.of(reading.text).astype("<u4").tobytes(),
            count_words(reading.text, reading.title or "", self._rules.stories),
            tuple(_unreasoned(profile) for profile in self._profiler.profiles(reading)),
        )


def _bare(reading: Reading) -> Reading:
    """The page without text and without what was read."""
    line = msgspec.structs.replace(reading.dateline, reasons=())
    return msgspec.structs.replace(
        reading, text="", dateline=line, title=None, times=(), parties=(), quotes=(), events=(), sentences=()
    )


def _unreasoned(profile: Profile) -> Profile:
    event: EventMention = msgspec.structs.replace(profile.event, reasons=())
    return msgspec.structs.replace(profile, event=event)


def shared(trace: Trace) -> Trace:
    """The trace with equal words in one place: a pile of traces has most of them many times."""
    mentions = tuple(
        msgspec.structs.replace(
            mention,
            trigger=_interned(mention.trigger),
            content=_interned(mention.content),
            said=_interned(mention.said),
            context=_interned(mention.context),
            cast=_interned(mention.cast),
        )
        for mention in trace.mentions
    )
    return msgspec.structs.replace(trace, mentions=mentions)


def _interned(words: frozenset[str]) -> frozenset[str]:
    return frozenset(map(sys.intern, words))
