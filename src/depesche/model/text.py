"""Places in a text: spans, and the map from an article's text back to the page."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

import msgspec

TRANSLITERATED = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "ı": "i", "ł": "l", "đ": "d", "ø": "o", "æ": "ae"}
)
NO_LETTERS = re.compile(r"[\W_]+")


class Span(msgspec.Struct, frozen=True, array_like=True, order=True):
    """A half-open range of code points; `text[start:end]` is verbatim. Never empty in a reading."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """The words the span covers."""
        return text[self.start : self.end]

    def holds(self, other: Span) -> bool:
        """Whether the other span lies wholly inside this one."""
        return self.start <= other.start and other.end <= self.end

    def meets(self, other: Span) -> bool:
        """Whether the two share at least one character."""
        return self.start < other.end and other.start < self.end


def meeting(spans: Sequence[Span], span: Span) -> Sequence[Span]:
    """Of spans that are in order and apart, as sentences are, those that share a character with another."""
    first = bisect_right(spans, span.start, key=lambda one: one.end)
    return spans[first : bisect_left(spans, span.end, lo=first, key=lambda one: one.start)]


class Segment(msgspec.Struct, frozen=True, array_like=True):
    """A run of an article's text that stands unchanged in the page's flattening.

    `text[text_start:text_end] == flat[raw_start:raw_end]`. What lies between segments (a joining line
    break) stands nowhere on the page. `raw_start` is -1 where a run could not be aligned.
    """

    text_start: int
    text_end: int
    raw_start: int
    raw_end: int


def raw_span(segments: Sequence[Segment], span: Span) -> Span | None:
    """Where a span of the article stands in the page's flattening; None if an end of it is not aligned."""
    first = _segment_at(segments, span.start)
    last = _segment_at(segments, max(span.end - 1, span.start))
    if first is None or last is None or first.raw_start < 0 or last.raw_start < 0:
        return None
    return Span(
        first.raw_start + span.start - first.text_start,
        last.raw_start + span.end - last.text_start,
    )


def _segment_at(segments: Sequence[Segment], offset: int) -> Segment | None:
    i = bisect_right(segments, offset, key=lambda segment: segment.text_start) - 1
    if i < 0 or offset >= segments[i].text_end:
        return None
    return segments[i]


def slug(name: str) -> str:
    """A name as part of an id: small ASCII letters where there are any, joined by hyphens."""
    bare = name.casefold()
    if not bare.isascii():
        plain = unicodedata.normalize("NFKD", bare.translate(TRANSLITERATED))
        bare = "".join(c for c in plain if not unicodedata.combining(c))
    return NO_LETTERS.sub("-", bare).strip("-")
