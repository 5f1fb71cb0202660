"""How an entry moved: announced, confirmed, moved, postponed, called off, held, denied."""

from __future__ import annotations

from collections.abc import Sequence

from depesche.link.tellings import Telling
from depesche.link.words import words_of
from depesche.model.days import Days, iso
from depesche.model.linkage import Change, Step
from depesche.model.reading import Status
from depesche.packs.linking import LinkRules

SPOKEN = {
    Status.OCCURRED: Change.OCCURRED,
    Status.CANCELLED: Change.CANCELLED,
    Status.DENIED: Change.DENIED,
}


def tell_history(tellings: Sequence[Telling], rules: LinkRules) -> tuple[Step, ...]:
    """One step a mention, by publication."""
    steps: list[Step] = []
    for telling in sorted(tellings, key=Telling.order):
        steps.append(_step(telling, _change(telling, steps, rules)))
    return tuple(steps)


def _change(telling: Telling, before: Sequence[Step], rules: LinkRules) -> Change:
    status = telling.event.status
    if status in SPOKEN:
        return SPOKEN[status]
    if any(word.startswith(rules.words.postponed.stems) for word in words_of(_evidence(telling))):
        return Change.POSTPONED
    plans = [step for step in before if step.status == status]
    if not plans:
        return Change.ANNOUNCED
    dated = [step.days for step in plans if step.days.known]
    return Change.MOVED if dated and moved(dated[-1], telling.event.days) else Change.CONFIRMED


def moved(old: Days, new: Days) -> bool:
    """Whether new days are other days, not just the old ones told more closely or more loosely."""
    if not new.known:
        return False
    return old.meet(new) not in (old, new)


def _step(telling: Telling, change: Change) -> Step:
    dateline, attribution = telling.dateline, telling.event.attribution
    return Step(
        page=telling.page,
        doc=telling.reading.doc,
        change=change,
        status=telling.event.status,
        mention=telling.id,
        published=iso(dateline.published),
        earliest=iso(dateline.earliest),
        latest=iso(dateline.latest),
        days=telling.event.days,
        attribution=attribution.text if attribution else None,
    )


def _evidence(telling: Telling) -> str:
    return " ".join(telling.words(span) for span in telling.event.evidence)
