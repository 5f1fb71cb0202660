"""Which mentions are worth comparing: those of one type and one party, in a crowd neighbours by day."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable, Iterator
from datetime import date

import msgspec

from depesche.link.tellings import Telling, place_key
from depesche.packs.linking import LinkRules

CONTEXT = 4  # parties of the sentence that a mention without parties of its own is looked up by


BlockKey = tuple[str, ...]


class _Ordered(msgspec.Struct, frozen=True):
    """A mention in the order of days. What begins after `reach` cannot be the same event; None where nobody can say."""

    id: str
    begins: int | None
    reach: int | None
    wording: tuple[int, ...]

    def may_be(self, earlier: _Ordered) -> bool:
        """Whether days leave it open that this is one event with an earlier one; equal words always do."""
        in_reach = self.begins is None or earlier.reach is None or earlier.reach >= self.begins
        return in_reach or any(words in earlier.wording for words in self.wording)


def candidates(tellings: Iterable[Telling], rules: LinkRules) -> Iterator[tuple[str, str]]:
    """Pairs of one type family and one party that days leave open, each once; in a crowded block neighbours by day.

    Blocks are filled in the order of days, and no pair is kept: the later of two looks for the earlier.
    """
    recent: dict[BlockKey, deque[_Ordered]] = defaultdict(lambda: deque(maxlen=rules.entries.window))
    for telling in sorted(tellings, key=_day):
        one, keys = _ordered(telling, rules), sorted(block_keys(telling))
        partners = {other.id for key in keys for other in recent[key] if one.may_be(other)}
        for other in sorted(partners):
            yield (one.id, other) if one.id < other else (other, one.id)
        for key in keys:
            recent[key].append(one)


def _ordered(telling: Telling, rules: LinkRules) -> _Ordered:
    days = telling.event.days
    slack = rules.entries.moved_gap if telling.event.mode in rules.types.lasting else 0
    return _Ordered(
        telling.id,
        days.first.toordinal() if days.first else None,
        days.last.toordinal() + slack if days.last else None,
        telling.wording,
    )


def _day(telling: Telling) -> tuple[date, str]:
    days, news = telling.event.days, telling.news_days
    return days.first or days.last or news.first or news.last or date.min, telling.id


def block_keys(telling: Telling) -> set[BlockKey]:
    """The blocks a mention stands in, each by type, kind and party."""
    event = telling.event
    families = {event.type, "REJECT"} if event.type == "ACCUSE" and event.status == "denied" else {event.type}
    states = {key.state or key.id for key in telling.parties}
    place = place_key(event.told_place)
    if len(states) < 2:
        states |= {place.state} if place else set()
        states |= set(sorted(id_.removeprefix("state:") for id_ in telling.context)[:CONTEXT])
    states |= {f"called:{key.called}" for key in telling.parties if key.group}
    if not states:  # what names nobody can only be found again in the same words, as in a copy
        states = {f"words:{words}" for words in telling.wording}
    kind = "count" if event.aggregate else "invitation" if event.invitation else "event"
    return {(family, kind, state) for family in families for state in states}
