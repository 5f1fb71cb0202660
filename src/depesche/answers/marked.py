"""A text cut into runs, so that what was read in it can be shown on it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from itertools import pairwise

import msgspec

from depesche.model.text import Span


class Layer(StrEnum):
    """What a mark on a text tells of."""

    TIMES = "times"
    PARTIES = "parties"
    QUOTES = "quotes"
    EVENTS = "events"
    EVIDENCE = "evidence"
    TRIGGER = "trigger"


class Mark(msgspec.Struct, frozen=True):
    """A part of a text with what was read there; `about` is the id it leads to, `note` a few words on it."""

    layer: Layer
    span: Span
    note: str = ""
    about: str = ""


class Run(msgspec.Struct, frozen=True, omit_defaults=True):
    """Words that stand under the same marks."""

    text: str
    start: int
    marks: tuple[Mark, ...] = ()

    @property
    def layers(self) -> tuple[str, ...]:
        """The layers of the marks, each once."""
        return tuple(dict.fromkeys(mark.layer.value for mark in self.marks))

    @property
    def about(self) -> str:
        """Where the words lead: what the innermost mark that leads anywhere is about."""
        leading = sorted((mark.span.end - mark.span.start, mark.span.start, mark.about) for mark in self.marks)
        return next((about for _, _, about in leading if about), "")

    @property
    def note(self) -> str:
        """What the marks say of the words."""
        return "; ".join(dict.fromkeys(mark.note for mark in self.marks if mark.note))


def runs(text: str, part: Span, marks: Iterable[Mark]) -> tuple[Run, ...]:
    """The part of the text in runs, cut wherever a mark begins or ends."""
    inside = [mark for mark in marks if mark.span.meets(part)]
    cuts = {part.start, part.end}
    for mark in inside:
        cuts |= {max(mark.span.start, part.start), min(mark.span.end, part.end)}
    ordered = sorted(cuts)
    return tuple(
        Run(text[start:end], start, tuple(m for m in inside if m.span.start <= start and end <= m.span.end))
        for start, end in pairwise(ordered)
    )


def paragraphs(text: str) -> Iterator[Span]:
    """The lines of a text that hold anything."""
    start = 0
    for line in text.split("\n"):
        if line.strip():
            yield Span(start, start + len(line))
        start += len(line) + 1


LONGEST = 900
"""Characters of a paragraph that is shown whole; of a longer one only the words around the evidence are."""

AROUND = 240


def around(text: str, evidence: Sequence[Span], sentences: Sequence[Span]) -> tuple[Span, ...]:
    """The paragraphs that the evidence stands in; of long ones what is near it, from sentence to sentence."""
    found: list[Span] = []
    for line in paragraphs(text):
        inside = [span for span in evidence if span.meets(line)]
        if inside and line.end - line.start <= LONGEST:
            found.append(line)
        elif inside:
            found.append(_near(line, inside, sentences))
    return tuple(found)


def _near(line: Span, inside: Sequence[Span], sentences: Sequence[Span]) -> Span:
    start = max(min(span.start for span in inside) - AROUND, line.start)
    end = min(max(span.end for span in inside) + AROUND, line.end)
    begins = [s.start for s in sentences if start <= s.start and any(s.start <= span.start for span in inside)]
    ends = [s.end for s in sentences if s.end <= end and any(s.end >= span.end for span in inside)]
    return Span(min(begins, default=start), max(ends, default=end))
