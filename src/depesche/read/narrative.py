"""The day that a passage narrates: acts told on in the same breath happened on the day just named.

Guidelines, "Days": a neighbouring sentence may date an act only where it plainly narrates the same
occasion. Taken as plain: the next sentence of the same paragraph, told in the past, with a party in common.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import msgspec

from depesche.model.days import Precision
from depesche.model.reading import EventMention, Status, Time
from depesche.model.text import Span
from depesche.read.merge import Draft
from depesche.read.occasion import datable
from depesche.read.passage import Passage

FARTHEST = 1  # sentences
THEN = frozenset({"damals", "seinerzeit"})
REMOTE = frozenset({"phone", "video"})
MUTUAL = frozenset({"CONSULT", "AGREE", "SUPPORT", "COOPERATE"})
"""Types of what guest and host do together."""


def narrated(passage: Passage, drafts: Sequence[Draft]) -> list[Draft]:
    """The drafts, undated acts of a narrated occasion with its day."""
    out: list[Draft] = []
    current: Draft | None = None
    for draft in drafts:
        if _dates(passage, draft.event):
            current = draft
        elif current is not None and _continues(passage, current, draft):
            event = current.event
            dated = msgspec.structs.replace(
                draft.event,
                time_words=event.time_words,
                days=event.days,
                precision=event.precision,
            )
            draft = replace(draft, event=dated)
            current = replace(current, sentence=draft.sentence)
        elif (then := _then(passage, draft)) is not None:
            dated = msgspec.structs.replace(
                draft.event, time_words=Span(then.start, then.end), days=then.days, precision=then.precision
            )
            draft = replace(draft, event=dated)
        out.append(draft)
    return out


def placed(events: Sequence[EventMention]) -> tuple[EventMention, ...]:
    """The events, those without a place at that of the visit or meeting of the same sides.

    Where guest and host meet, agree, sign or quarrel while the one visits the other, it happens there, unless they
    speak from afar or the days say otherwise.
    """
    visits = [event for event in events if event.type == "CONSULT" and event.mode not in REMOTE and _hosted(event)]
    return tuple(_at_visit(event, visits) if event.place is None else event for event in events)


def _hosted(event: EventMention) -> bool:
    return event.place is not None and event.place.country is not None and len(_sides(event)) > 1


def _sides(event: EventMention) -> frozenset[str]:
    """The countries of an event's parties, with that of its place."""
    told = {party.country for party in event.parties} | ({event.place.country} if event.place else set())
    return frozenset(country for country in told if country)


def _at_visit(event: EventMention, visits: Sequence[EventMention]) -> EventMention:
    sides = _sides(event)
    if event.type not in MUTUAL or event.mode in REMOTE or event.invitation or len(sides) < 2:
        return event
    for visit in visits:
        apart = visit.days.known and event.days.known and visit.days.gap(event.days) > 0
        if sides <= _sides(visit) and visit.status == event.status and not apart:
            return msgspec.structs.replace(event, place=visit.place)
    return event


def _dates(passage: Passage, event: EventMention) -> bool:
    """Whether an event names a day that has come."""
    latest = passage.dateline.at(event.trigger.start).latest
    return (
        event.time_words is not None
        and event.precision in {Precision.DAY, Precision.DAYS}
        and event.status == Status.OCCURRED
        and event.days.last is not None
        and (latest is None or event.days.last <= latest)
    )


def _continues(passage: Passage, current: Draft, draft: Draft) -> bool:
    if draft.event.days.known or draft.bare or not draft.past or draft.event.status != Status.OCCURRED:
        return False
    if not 0 <= draft.sentence - current.sentence <= FARTHEST:
        return False
    between = passage.parse.text[current.event.trigger.start : draft.event.trigger.start]
    return "\n" not in between


def _then(passage: Passage, draft: Draft) -> Time | None:
    """ "Damals schlug die Armee die Proteste nieder": the past time that was told last."""
    event = draft.event
    if event.days.known or event.status != Status.OCCURRED:
        return None
    here = passage.times_of_clause.get(passage.parse.owners[draft.trigger.word], ())
    then = next((t for t in here if passage.parse.text[t.start : t.end].lower() in THEN), None)
    if then is None:
        return None
    earliest = passage.dateline.at(then.start).earliest
    before = [t for t in passage.times if t.start < then.start and datable(t) and t.type == "DATE"]
    past = [t for t in before if t.days.last is not None and (earliest is None or t.days.last < earliest)]
    return past[-1] if past else None
