"""The day that a passage narrates: acts told on in the same breath happened on the day just named.

Guidelines, "Days": a neighbouring sentence may date an act only where it plainly narrates the same
occasion. Taken as plain: the next sentence of the same paragraph, told in the past, with a party in common.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import msgspec

from depesche.model.days import Precision
from depesche.model.reading import EventMention, Status
from depesche.read.merge import Draft
from depesche.read.passage import Passage

FARTHEST = 1  # sentences


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
                draft.event, time_words=event.time_words, days=event.days, precision=event.precision
            )
            draft = replace(draft, event=dated)
            current = replace(current, sentence=draft.sentence)
        out.append(draft)
    return out


def _dates(passage: Passage, event: EventMention) -> bool:
    """Whether an event names a day that has come."""
    latest = passage.dateline.latest
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
