"""Which lines of a flattened page are its article: rules over paragraphs in sequence."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

import msgspec

from depesche.clean.groups import Group, Look
from depesche.clean.judged import Judged, drop, keep
from depesche.model.page import Role
from depesche.packs.furniture import Opens

LONGEST_SUBHEADING = 90
REOPENS_AFTER_TAIL = 280
REOPENS_AFTER_ITEMS = 110
TEXT_BEFORE_TAIL = 500
"""Characters of running text before a cue can announce the tail: ahead of them it stands in a menu."""

_FOLD = re.compile(r"\W+")


def fold(text: str) -> str:
    """The words of a text alone, without capitals: what two printings of a headline have in common."""
    return _FOLD.sub(" ", text.casefold()).strip()


class _Place(msgspec.Struct, frozen=True):
    """A paragraph in its page: inside the main run or not, after an opening cue or not, seen before or not."""

    group: Group
    section: Opens
    inside: bool
    repeats: bool
    printed: int


def judge(groups: Sequence[Group], headline: int | None) -> tuple[Judged, ...]:
    """Every line with its role; `headline` is the index of the paragraph that is the title, kept as such."""
    sections = _sections(groups)
    places = _places(groups, sections, _main_run(groups, sections), headline)
    judged: list[Judged] = []
    for i, place in enumerate(places):
        if i == headline:
            judged.extend(
                keep(line, Role.HEADLINE, "clean.headline", n > 0) for n, line in enumerate(place.group.lines)
            )
            continue
        role, kept, rule = _verdict(places, i)
        for n, line in enumerate(place.group.lines):
            judged.append(keep(line, role, rule, n > 0) if kept else drop(line, role, rule))
    return tuple(judged)


def _sections(groups: Sequence[Group]) -> tuple[Opens, ...]:
    """For each paragraph what the last open cue announced; running text of some length closes it."""
    state, out, text = Opens.NOTHING, [], 0
    for group in groups:
        text += group.chars if group.look is Look.STRONG else 0
        needed = REOPENS_AFTER_TAIL if state is Opens.TAIL else REOPENS_AFTER_ITEMS
        if group.cue and group.cue.rule.opens is not Opens.NOTHING:
            tail = Opens.TAIL in (state, group.cue.rule.opens) and text >= TEXT_BEFORE_TAIL
            state = Opens.TAIL if tail else Opens.ITEMS
        elif group.look is Look.STRONG and group.chars >= needed:
            state = Opens.NOTHING
        out.append(state)
    return tuple(out)


def _weight(group: Group, section: Opens) -> float:
    """How much a paragraph speaks for the main run: long ones for it, menus and teasers against it."""
    if group.cue:
        return {Opens.NOTHING: -1.0, Opens.ITEMS: -2.0, Opens.TAIL: -14.0 if section is Opens.TAIL else -2.0}[
            group.cue.rule.opens
        ]
    if section is Opens.TAIL:
        return -1.5
    if group.look is Look.STRONG:
        return 2.0 if section is Opens.ITEMS else (min(group.chars, 400) - 40) / 20
    if group.look is Look.SENTENCE:
        return 1.0
    return {Look.SHORT: -2.0, Look.LIST: -2.0, Look.FOREIGN: -3.0}.get(group.look, -2.0)


def _main_run(groups: Sequence[Group], sections: Sequence[Opens]) -> range:
    """The stretch of paragraphs whose weights add up to most."""
    best, best_run, total, start = 0.0, range(0), 0.0, 0
    for i, group in enumerate(groups):
        if total <= 0:
            total, start = 0.0, i
        total += _weight(group, sections[i])
        if total > best:
            best, best_run = total, range(start, i + 1)
    return best_run


def _places(groups: Sequence[Group], sections: Sequence[Opens], run: range, headline: int | None) -> tuple[_Place, ...]:
    keys = [fold(group.text) for group in groups]
    printed = Counter(keys)
    seen = {keys[headline]} if headline is not None else set()
    places = []
    for i, group in enumerate(groups):
        repeats = i in run and keys[i] in seen
        places.append(_Place(group, sections[i], i in run, repeats, printed[keys[i]]))
        if i in run:
            seen.add(keys[i])
    return tuple(places)


def _verdict(places: Sequence[_Place], i: int) -> tuple[Role, bool, str]:
    place = places[i]
    group = place.group
    if group.cue:
        return group.cue.rule.role, False, group.cue.rule.id
    if not place.inside:
        return _outside(places, i)
    if group.look is Look.FOREIGN:
        return Role.FEED, False, "clean.foreign-language"
    if place.repeats:
        return Role.REPEAT, False, "clean.repeat"
    if group.look is Look.STRONG:
        return _long(place)
    if group.look is Look.LIST:
        return Role.RELATED, False, "clean.list"
    return _brief(places, i)


def _outside(places: Sequence[_Place], i: int) -> tuple[Role, bool, str]:
    place = places[i]
    if place.section is not Opens.NOTHING:
        return Role.RELATED, False, "clean.after-article"
    first = next((n for n, other in enumerate(places) if other.inside), len(places))
    return (Role.NAVIGATION if i < first else Role.FOOTER), False, "clean.outside-main-run"


def _long(place: _Place) -> tuple[Role, bool, str]:
    if place.section is Opens.TAIL and place.group.chars < REOPENS_AFTER_TAIL:
        return Role.RELATED, False, "clean.after-cue"
    return Role.BODY, True, "clean.running-text"


def _brief(places: Sequence[_Place], i: int) -> tuple[Role, bool, str]:
    place = places[i]
    group = place.group
    if place.section is not Opens.NOTHING:
        return Role.RELATED, False, "clean.after-cue"
    before, after = _neighbour(places, i, -1), _neighbour(places, i, 1)
    if group.look is Look.SENTENCE:
        near = any(other and other.group.look in (Look.STRONG, Look.SENTENCE) for other in (before, after))
        return (Role.BODY, True, "clean.short-sentence") if near else (Role.CAPTION, False, "clean.lone-sentence")
    if place.printed > 1:
        return Role.CAPTION, False, "clean.printed-twice"
    if group.chars > LONGEST_SUBHEADING:
        return Role.RELATED, False, "clean.headline-of-another"
    if _credited(places, i):
        return Role.CAPTION, False, "clean.before-credit"
    if before and after and after.group.look is Look.STRONG and before.group.look in (Look.STRONG, Look.SENTENCE):
        return Role.SUBHEADING, True, "clean.subheading"
    return Role.NAVIGATION, False, "clean.short-line"


def _neighbour(places: Sequence[_Place], i: int, step: int) -> _Place | None:
    """The next paragraph of the main run that no cue names, on that side."""
    i += step
    while 0 <= i < len(places) and places[i].inside:
        if not places[i].group.cue:
            return places[i]
        i += step
    return None


def _credited(places: Sequence[_Place], i: int) -> bool:
    following = places[i + 1].group.cue if i + 1 < len(places) else None
    return following is not None and following.rule.role in (Role.CREDIT, Role.CAPTION)
