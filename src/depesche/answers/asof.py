"""An entry as it stood on a day: from those pages alone that were out by then."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

import msgspec

from depesche.model.days import Days, Precision
from depesche.model.linkage import Entry, Mention
from depesche.model.reading import Status

LAST_WORD = (Status.CANCELLED, Status.DENIED, Status.PLANNED, Status.HYPOTHETICAL)
"""Of several words on one day, the one that holds."""


def known_on(entry: Entry, day: date, prefixes: Mapping[str, str] | None = None) -> Entry | None:
    """The entry as it was known at the end of a day; None where no page had told of it yet.

    Mentions, sources, history, differences, status, days and title are those of that day; place, participants and
    relations are the entry's. `prefixes` are what titles begin with by status ("Abgesagt: "). A page of unknown day
    counts as known once its earliest day has come, and where it has none at once, unless it reports what had not
    come to pass yet.
    """
    mentions = tuple(mention for mention in entry.mentions if _out(mention, entry.days.first, day))
    if not mentions:
        return None
    if len(mentions) == len(entry.mentions):
        return entry
    pages, ids = {mention.page for mention in mentions}, {mention.event.id for mention in mentions}
    status = _status(mentions)
    days, precision = _days(mentions, status)
    sources = tuple(source for source in entry.sources if source.page in pages)
    return msgspec.structs.replace(
        entry,
        title=_title(entry, status, prefixes or {}),
        status=status,
        days=days,
        precision=precision,
        sources=sources,
        origins=len({source.origin for source in sources}),
        mentions=mentions,
        history=tuple(step for step in entry.history if step.mention in ids),
        differences=tuple(one for one in entry.differences if all(value.page in pages for value in one.values)),
    )


def _out(mention: Mention, held: date | None, day: date) -> bool:
    out = mention.published or mention.earliest
    if out is not None:
        return out <= day.isoformat()
    first = mention.event.days.first or held
    return mention.event.status != Status.OCCURRED or first is None or first <= day


def _status(mentions: Sequence[Mention]) -> Status:
    """What occurred has occurred; else the latest word counts."""
    if any(mention.event.status == Status.OCCURRED for mention in mentions):
        return Status.OCCURRED
    last = max(_when(mention) for mention in mentions)
    latest = {mention.event.status for mention in mentions if _when(mention) == last}
    return next(status for status in LAST_WORD if status in latest)


def _days(mentions: Sequence[Mention], status: Status) -> tuple[Days, Precision]:
    """Of the words that have that status the latest days, narrowed by those before that meet them."""
    dated = [mention for mention in mentions if mention.event.days.known]
    ranked = sorted(dated, key=lambda mention: (mention.event.status == status, _when(mention)), reverse=True)
    if not ranked:
        return Days(), Precision.UNKNOWN
    days = ranked[0].event.days
    for mention in ranked[1:]:
        days = days.meet(mention.event.days) or days
    told = next((mention.event.precision for mention in ranked if mention.event.days == days), Precision.RANGE)
    return days, told


def _when(mention: Mention) -> str:
    """The last day on which the page can have appeared; a page of no known day comes first."""
    return mention.latest or mention.published or mention.earliest or ""


def _title(entry: Entry, status: Status, prefixes: Mapping[str, str]) -> str:
    bare = entry.title.removeprefix(prefixes.get(entry.status, ""))
    return prefixes.get(status, "") + bare
