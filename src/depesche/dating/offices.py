"""What the offices that a text gives to people say of its day: not before they took them, nor long after they left."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import date, timedelta

import msgspec

from depesche.dating.constraints import FIRST, STRONG, WEAK, Constraint, from_day, to_day
from depesche.dating.told import Telling
from depesche.model.days import Days
from depesche.model.text import Span
from depesche.packs.dating import DatingRules
from depesche.packs.parties import Holder
from depesche.packs.world import World, tokens

_HANDOVER = timedelta(days=10)
"""Texts call people by an office some days before they take it and after they leave it."""
_REACH = 3
"""Words between an office and the name of its holder."""
_LEAD = 3
_AGREEING = 2
"""Holders who have to agree before the end of a term counts, unless one stands in the first sentences."""


class Titled(msgspec.Struct, frozen=True):
    """Somebody called by an office: the name's word, where it stands, and the days in office."""

    name: str
    span: Span
    terms: tuple[Days, ...]

    @property
    def first(self) -> date:
        """The first day in office."""
        return min(days.first or FIRST for days in self.terms)

    @property
    def last(self) -> date | None:
        """The last day in office; None where it may go on."""
        ends = [days.last for days in self.terms]
        return None if None in ends else max((last for last in ends if last), default=None)


def known_offices(telling: Telling, world: World) -> Iterator[Constraint]:
    """The evidence of everybody who is called by an office."""
    text = telling.parse.text
    people: dict[str, Titled] = {}
    for titled in _titled(text, world, telling.rules):
        people.setdefault(titled.name, titled)
    for one in sorted(people.values(), key=lambda one: (one.first, one.name))[-2:]:
        note = f"{one.span.of(text)!r}: in office from {one.first}"
        yield Constraint("date.office", note, STRONG, from_day(one.first - _HANDOVER), one.span)
    newest = max((one.first for one in people.values()), default=FIRST)
    left = [(one, last) for one in people.values() if (last := one.last) and last >= newest]
    lead = telling.parse.sentences[:_LEAD][-1].end if telling.parse.sentences else 0
    if len(left) >= _AGREEING or any(one.span.start < lead for one, _ in left):
        for one, last in sorted(left, key=lambda pair: (pair[1], pair[0].name)):
            note = f"{one.span.of(text)!r}: in office until {last}"
            yield Constraint("date.office", note, WEAK, to_day(last + _HANDOVER), one.span)


def _titled(text: str, world: World, rules: DatingRules) -> Iterator[Titled]:
    words = list(tokens(text, Span(0, len(text))))
    for i, (word, span) in enumerate(words):
        keys = world.offices.get(word)
        if keys and not any(rules.former.hold(before) for before, _ in words[max(0, i - 3) : i]):
            yield from _holder(words[i + 1 : i + 1 + _REACH], span, keys, world, rules)


def _holder(
    words: Sequence[tuple[str, Span]], office: Span, keys: Sequence[str], world: World, rules: DatingRules
) -> Iterator[Titled]:
    for at, (name, place) in enumerate(words):
        if rules.former.hold(name):
            return
        beside = {word for word, _ in words[max(at - 1, 0) : at + 2]} - {name}
        held = world.holders.get(name) or world.holders.get(name.removesuffix("s"), ())
        meant = (holder for holder in held if holder.office in keys and _is_meant(holder, beside, world))
        terms = tuple(Days(one.days.first, None if one.current else one.days.last) for one in meant)
        if terms:
            yield Titled(name.removesuffix("s"), Span(office.start, place.end), terms)
            return


def _is_meant(holder: Holder, beside: Collection[str], world: World) -> bool:
    """Whether a surname behind an office is this holder's: of many countries, few are meant by the surname alone."""
    return holder.person in world.alone or any(part in beside for part in holder.person.lower().split())
