"""Kept passages of a page made into an article's text, with the map back to the page."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from depesche.clean.trim import trim_end, trim_front
from depesche.model.text import Segment
from depesche.packs.furniture import Lead
from depesche.packs.outlets import Outlets


class Passage(msgspec.Struct, frozen=True):
    """A kept run of characters. `start` is its place in the flattening, -1 where it has none.

    `joins` says that it runs on from the passage before it, so that no line break comes between.
    """

    text: str
    start: int
    joins: bool = False


class Assembled(msgspec.Struct, frozen=True):
    """A text with its segments, what was cut from the front of its lines and behind the last, and the wire service."""

    text: str
    segments: tuple[Segment, ...]
    lead: tuple[str, ...]
    agency: str | None
    marks: tuple[str, ...] = ()


def assemble(passages: Sequence[Passage], leads: Sequence[Lead], outlets: Outlets) -> Assembled:
    """The passages as one text, a line each; datelines and closing marks cut off."""
    pieces: list[str] = []
    segments: list[Segment] = []
    cut: list[str] = []
    agencies: list[str] = []
    marks: list[str] = []
    length = 0
    for number, passage in enumerate(passages):
        start, end = 0, len(passage.text)
        if not passage.joins:
            front = trim_front(passage.text, leads, outlets) if number < 3 else None
            if front and front.lead:
                start = front.span.start
                cut.append(front.lead)
                agencies.extend([front.agency] if front.agency else [])
        if number >= len(passages) - 3:
            back = trim_end(passage.text, outlets)
            end = max(start, back.span.end)
            agencies.extend([back.agency] if back.agency else [])
            marks.extend([passage.text[end:].strip()] if back.agency else [])
        body = passage.text[start:end]
        if not body.strip():
            continue
        if pieces:
            pieces.append(" " if passage.joins else "\n")
            length += 1
        raw = passage.start + start if passage.start >= 0 else -1
        segments.append(Segment(length, length + len(body), raw, raw + len(body) if raw >= 0 else -1))
        pieces.append(body)
        length += len(body)
    return Assembled("".join(pieces), tuple(segments), tuple(cut), agencies[0] if agencies else None, tuple(marks))
