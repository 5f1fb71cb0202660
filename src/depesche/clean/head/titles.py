"""The title of a page: the visible headline that its head agrees with."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from depesche.clean.head.marked import Heading, Marked
from depesche.clean.sequence import fold

_PARTS = re.compile(r"\s+[|\-–—•·:»«⋆/~]+\s+|\s*\|\s*|(?<=\w):\s+")
_ENDS = re.compile(r"\s+[|\-–—•·»⋆~]+\s+|\s*\|\s*")
AGREES = 0.5
"""Share of a headline's words that the head has to repeat."""
AGREES_SMALL = 0.75
"""The same for a heading below the first level, which may be that of another article."""
LONGEST_KICKER = 8
LONGEST_NAME = 4
"""Words of an outlet's name behind the title, at most."""


def find_title(marked: Marked, headline: str | None, names: Sequence[str]) -> tuple[str | None, Heading | None]:
    """The title, and the heading that prints it where one does; `names` are those of the outlet.

    `headline` is that of JSON-LD. What only the browser's window or a shared link is called comes last.
    """
    told = _told(marked, headline)
    sites = {fold(name) for name in names if fold(name)}
    shown = _best(marked, told, sites)
    if shown:
        return _worded(shown, headline, sites), shown
    for title in _by_agreement(told, marked.titles[:1]):
        short = without_outlet(title, sites)
        if fold(short) not in sites:
            return short, None
    return None, None


def _told(marked: Marked, headline: str | None) -> list[str]:
    """What the head calls the page: JSON-LD, meta elements, the window."""
    keys = ("og:title", "twitter:title", "title", "dc.title")
    meta = [value for key in keys for value in marked.meta.get(key, ())]
    return list(dict.fromkeys([*([headline] if headline else []), *meta, *marked.titles[:1]]))


def _best(marked: Marked, told: Sequence[str], sites: set[str]) -> Heading | None:
    headings = [one for one in marked.headings if not one.home and not _is_site(one.text, sites, told)]
    first = [one for one in headings if one.level == 1]
    agreeing = [one for one in first if _agreement(one.text, told) >= AGREES]
    if agreeing:
        return max(agreeing, key=lambda one: (_rank(one, told), -one.place))
    small = [one for one in headings if one.level > 1 and len(fold(one.text).split()) >= 3]
    small = [one for one in small if _agreement(one.text, told) >= AGREES_SMALL and not one.within]
    if small:
        return max(small, key=lambda one: (one.marked, _rank(one, told), -one.level, -one.place))
    common = frozenset.intersection(*(one.within for one in first)) if first else frozenset()
    free = {fold(one.text): one for one in first if one.within <= common and fold(one.text)}
    printed = [fold(one.text) for one in first]
    lone = [one for key, one in free.items() if printed.count(key) == 1]
    return lone[0] if len(lone) == 1 else None


def _worded(heading: Heading, described: str | None, sites: set[str]) -> str:
    """The heading's text; as the head words it where the two differ by a kicker or by a second line alone."""
    shown = fold(heading.text)
    short = without_outlet(described or "", sites)
    words = fold(short)
    if len(words.split()) >= 3 and (shown.startswith(f"{words} ") or shown.endswith(f" {words}")):
        return short
    if words.endswith(f" {shown}") and len(words.split()) - len(shown.split()) <= LONGEST_KICKER:
        return short
    return heading.text


def _rank(heading: Heading, told: Sequence[str]) -> float:
    """How well a heading and the head agree, both ways, so that a short part of the title does not win."""
    words = set(fold(heading.text).split())
    shares = [2 * len(words & other) / (len(words) + len(other)) for one in told if (other := set(fold(one).split()))]
    return round(max(shares, default=0.0), 2)


def _agreement(text: str, told: Sequence[str]) -> float:
    """The share of the words of a text that one of the head's titles repeats."""
    words = set(fold(text).split())
    return max((len(words & set(fold(one).split())) / len(words) for one in told), default=0.0) if words else 0.0


def _is_site(text: str, sites: set[str], told: Sequence[str]) -> bool:
    """Whether a heading names the outlet: it is one of its names, or a lesser part of all that the head tells."""
    key = fold(text)
    if key in sites:
        return True
    if any(key == fold(one) for one in told):
        return False
    for title in told:
        parts = [fold(part) for part in _PARTS.split(title) if fold(part)]
        longer = [part for part in parts if len(part) > len(key)]
        if len(parts) > 1 and key in (parts[0], parts[-1]) and longer and len(key.split()) <= LONGEST_NAME:
            return True
    return False


def _by_agreement(told: Sequence[str], window: Sequence[str]) -> Iterable[str]:
    """The head's titles in their order, those first that the window's title agrees with."""
    return sorted(told, key=lambda one: _agreement(one, window) < AGREES)


def without_outlet(title: str, sites: set[str]) -> str:
    """A title less the outlet's name behind or ahead of it."""
    cuts = list(_ENDS.finditer(title))
    if not cuts:
        return title
    last, first = cuts[-1], cuts[0]
    tail, front = fold(title[last.end() :]), fold(title[: first.start()])
    if tail in sites or ("|" in last.group() and len(tail.split()) <= LONGEST_NAME):
        return without_outlet(title[: last.start()].strip(), sites)
    if front in sites:
        return without_outlet(title[first.end() :].strip(), sites)
    return title
