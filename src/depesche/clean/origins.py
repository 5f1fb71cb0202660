"""What a page says of where its text comes from, each with the line that says so."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from depesche.clean.assemble import Assembled
from depesche.clean.credits import Signed, near_text
from depesche.clean.judged import Judged
from depesche.model.page import Credit, CreditKind, Role
from depesche.model.text import Span
from depesche.packs.credits import CreditCue
from depesche.packs.outlets import Outlets

LONGEST = 260
BARE = "any.mark"
LONGEST_TEASER_ONLY = 1500
"""Characters of text up to which a page that not everybody may read holds but the beginning of an article."""
CLOSE_BEHIND = 8


def origins_of(
    judged: Sequence[Judged], done: Assembled, signed: Signed, cues: Sequence[CreditCue], outlets: Outlets
) -> tuple[Credit, ...]:
    """Authors, wire services, material and translations, in this order; each name of a kind once."""
    found = [*_authors(judged, signed), *_cut_off(done, outlets), *_of_lines(judged, cues, outlets)]
    order = list(CreditKind)
    first = {(one.kind, one.name): one for one in reversed(found)}
    return tuple(sorted(first.values(), key=lambda one: (order.index(one.kind), found.index(one))))


def _authors(judged: Sequence[Judged], signed: Signed) -> Iterator[Credit]:
    for name in signed.names:
        if signed.line:
            place = next((one.line for one in judged if one.line.text == signed.line), None)
            yield Credit(CreditKind.AUTHOR, name, signed.line, Span(place.start, place.end) if place else None)


def _cut_off(done: Assembled, outlets: Outlets) -> Iterator[Credit]:
    """Datelines and closing marks, which name a wire service in brackets or behind the last sentence."""
    for cut in (*done.lead, *done.marks):
        for part in cut.replace("[", "(").replace(")", "(").replace("]", "(").split("("):
            agency = outlets.agency_of(part.strip(" .-–—:|©"))
            if agency:
                yield Credit(CreditKind.AGENCY, agency, cut)


def _of_lines(judged: Sequence[Judged], cues: Sequence[CreditCue], outlets: Outlets) -> Iterator[Credit]:
    kept = [one.line.number for one in judged if one.kept]
    for one in near_text(judged):
        if one.line.chars > LONGEST or one.role in (Role.HEADLINE, Role.CAPTION):
            continue
        low = one.line.text.lower()
        for cue in cues:
            match = cue.find(one.line.text, low)
            if match and cue.rule.id == BARE and not _signs(one, kept):
                continue
            credit = _credit(cue, (match.groupdict().get("who") or "").strip(" ,"), one, outlets) if match else None
            if credit:
                yield credit
                break


def _signs(one: Judged, kept: Sequence[int]) -> bool:
    """Whether a bare mark signs the text: in mid article it signs a picture, as "Karl Beispiel/AFP" does anywhere.

    Two letters without brackets may be a button ("AA").
    """
    text = one.line.text
    before = bisect_left(kept, one.line.number)
    pictured = "/" in text and " " in text.split("/")[0].strip()
    return (before <= 1 or before >= len(kept) - 1) and not pictured and len(text) > 2


def _credit(cue: CreditCue, who: str, one: Judged, outlets: Outlets) -> Credit | None:
    """The credit; a wire service has to be a known one, and a kept sentence names none by its bare words."""
    place = Span(one.line.start, one.line.end)
    if cue.rule.kind is CreditKind.AGENCY:
        agency = outlets.agency_of(who)
        return Credit(CreditKind.AGENCY, agency, one.line.text, place) if agency else None
    if one.kept and one.line.chars > LONGEST // 2:
        return None
    name = (outlets.agency_of(who) or who) if cue.rule.kind is CreditKind.MATERIAL else who
    return Credit(cue.rule.kind, name, one.line.text, place)


def is_teaser_only(judged: Sequence[Judged], text: str, free: bool | None) -> bool:
    """Whether a page holds the beginning of its article only.

    It does where its head says that not everybody may read it, or where an offer to subscribe follows a text that
    breaks off, and the text is short.
    """
    if len(text) > LONGEST_TEASER_ONLY:
        return False
    if free is False:
        return True
    last = max((i for i, one in enumerate(judged) if one.kept), default=-1)
    behind = judged[last + 1 : last + CLOSE_BEHIND]
    broken = last >= 0 and (judged[last].line.hangs or judged[last].line.text.endswith(("…", "...")))
    return free is None and broken and any(one.reason.rule.endswith(".subscribe") for one in behind)
