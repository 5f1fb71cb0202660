"""What is cut from the front and the end of a kept line: datelines, page headers, agency marks."""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from depesche.model.text import Span
from depesche.packs.furniture import Lead
from depesche.packs.outlets import Outlets

_CREDIT = re.compile(r"(?<=[.!?…\"”“»«])\s*(?:©\s*|\(c\)\s*|[(\[])(?P<mark>[A-Za-zČ][\w/.,+& -]{1,40}?)[)\]]?$")
_SIGNED = re.compile(r"(?<=[.!?…\"”“»«])\s+(?P<mark>[a-z]{2,4}(?:/[A-Za-z/,-]{2,24})?)$")
TAIL = 60


class Trimmed(msgspec.Struct, frozen=True):
    """What is left of a line, what was cut from its front, and the wire service that either end names."""

    span: Span
    lead: str | None = None
    agency: str | None = None


def trim_front(text: str, leads: Sequence[Lead], outlets: Outlets) -> Trimmed:
    """A line less its dateline or header, as a span of the line."""
    head = text[:200]
    for lead in leads:
        match = lead.pattern.match(head)
        if not match or match.end() >= len(text):
            continue
        mark = match.groupdict().get("mark")
        agency = outlets.agency_of(mark) if mark else None
        if mark and not agency and not outlets.by_name(mark):
            continue
        return Trimmed(Span(match.end(), len(text)), text[: match.end()].strip(), agency)
    return Trimmed(Span(0, len(text)))


def trim_end(text: str, outlets: Outlets) -> Trimmed:
    """A line less the mark of a wire service behind its last sentence."""
    offset = max(0, len(text) - TAIL)
    for pattern in (_CREDIT, _SIGNED):
        match = pattern.search(text, offset)
        agency = outlets.agency_of(match["mark"]) if match else None
        if match and agency and match.start() > 0:
            return Trimmed(Span(0, match.start()), None, agency)
    return Trimmed(Span(0, len(text)))
