"""How two places stand to each other."""

from __future__ import annotations

from enum import Enum, auto

from depesche.model.reading import Place
from depesche.packs.linking import LinkRules


class Nearness(Enum):
    """What one place is to the other."""

    UNKNOWN = auto()
    SAME = auto()
    INSIDE = auto()
    HOLDS = auto()
    COUNTRY = auto()
    APART = auto()

    @property
    def contained(self) -> bool:
        """Whether one of the two holds the other."""
        return self is Nearness.INSIDE or self is Nearness.HOLDS


def compare_places(a: Place | None, b: Place | None, rules: LinkRules) -> Nearness:
    """What `a` is to `b`: the same, inside it, around it, elsewhere in the country, or apart."""
    if a is None or b is None:
        return Nearness.UNKNOWN
    if a.name == b.name or a.name.casefold() == b.name.casefold():
        return Nearness.SAME
    widths = grain(a, rules), grain(b, rules)
    if _holds(a, b, rules) and widths[0] < widths[1]:
        return Nearness.HOLDS
    if _holds(b, a, rules) and widths[1] < widths[0]:
        return Nearness.INSIDE
    if a.country and a.country == b.country:
        return Nearness.SAME if widths == (1, 1) else Nearness.COUNTRY
    return Nearness.APART if _apart(a, b, rules) else Nearness.UNKNOWN


def _apart(a: Place, b: Place, rules: LinkRules) -> bool:
    """Whether two places that do not hold each other lie apart: both in known countries, or one a region of others."""
    known = [place.name.casefold() in rules.regions or place.country is not None for place in (a, b)]
    return all(known) and not all(place.country is None for place in (a, b))


def grain(place: Place, rules: LinkRules) -> int:
    """How fine a place is: 0 a region of several countries, 1 a country, 2 a place in one."""
    name = place.name.casefold()
    if name in rules.regions:
        return 0
    return 1 if name in rules.countries or not place.country else 2


def _holds(outer: Place, inner: Place, rules: LinkRules) -> bool:
    if not inner.country:
        return False
    region = rules.regions.get(outer.name.casefold())
    return inner.country in region if region is not None else outer.country == inner.country
