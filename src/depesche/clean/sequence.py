"""Which lines of a flattened page are its article: rules over paragraphs in sequence."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

import msgspec

from depesche.clean.groups import Group, Look
from depesche.clean.judged import Judged, drop, keep
from depesche.model.page import Role
from depesche.packs.furniture import Opens

LONGEST_SUBHEADING = 90
REOPENS_AFTER_TAIL = 280
TEASER_WITHIN = 6
SHORTEST_TEASER = 60
LONGEST_TEASER = 500
REOPENS_IN_COMPANY = 150
REOPENS_AFTER_ITEMS = 110
SHORT = 400
"""Characters below which the folded form of a text is kept at hand."""
TEXT_BEFORE_TAIL = 500
"""Characters of running text before a cue can announce the tail: ahead of them it stands in a menu."""

_WORD = re.compile(r"\w+")
_WEIGHTS = {Look.SENTENCE: 1.0, Look.SHORT: -2.0, Look.LIST: -2.0, Look.FOREIGN: -3.0, Look.FURNITURE: -2.0}


def fold(text: str) -> str:
    """The words of a text alone, without capitals: what two printings of a headline have in common."""
    return _fold_short(text) if len(text) < SHORT else _folded(text)


@lru_cache(maxsize=4096)
def _fold_short(text: str) -> str:
    """The same; the lines of a page are compared with each other again and again."""
    return _folded(text)


def _folded(text: str) -> str:
    return " ".join(_WORD.findall(text.casefold()))


class Outline(msgspec.Struct, frozen=True):
    """The paragraphs of a page with their folded texts, what the last open cue announced at each, and the main run.

    That run is the stretch of paragraphs that holds the article; it begins and ends with running text.
    """

    groups: tuple[Group, ...]
    keys: tuple[str, ...]
    sections: tuple[Opens, ...]
    run: range


def outline_of(groups: tuple[Group, ...]) -> Outline:
    """The paragraphs with their outline."""
    sections = _sections(groups)
    return Outline(groups, tuple([fold(group.text) for group in groups]), sections, _heaviest(groups, sections))


class _Place(msgspec.Struct, frozen=True):
    """A paragraph in its page: inside the main run or ahead of it, after an opening cue or not, seen before or not."""

    group: Group
    section: Opens
    inside: bool
    ahead: bool
    repeats: bool
    printed: int


def judge(outline: Outline, headline: int | None) -> tuple[Judged, ...]:
    """Every line with its role; `headline` is the index of the paragraph that is the title, kept as such."""
    places = _places(outline, headline)
    judged: list[Judged] = []
    for i, place in enumerate(places):
        if i == headline:
            judged.extend(_judged(place.group, Role.HEADLINE, True, "clean.headline"))
        elif headline is not None and _is_teaser(places, i, headline):
            judged.extend(_judged(place.group, Role.TEASER, True, "clean.teaser"))
        else:
            judged.extend(_judged(place.group, *_verdict(places, i)))
    if not any(one.kept and one.role is not Role.HEADLINE for one in judged):
        return tuple(one for i, place in enumerate(places) for one in _last_resort(place, i == headline))
    return tuple(judged)


def _is_teaser(places: Sequence[_Place], i: int, headline: int) -> bool:
    """Whether the paragraph is the standfirst: right behind the headline, though the main run begins later."""
    place = places[i]
    if not (place.ahead and headline < i <= headline + TEASER_WITHIN) or place.group.cue or place.repeats:
        return False
    looks = (Look.STRONG, Look.SENTENCE) if i == headline + 1 else (Look.STRONG,)
    return place.group.look in looks and SHORTEST_TEASER <= place.group.chars <= LONGEST_TEASER


def _judged(group: Group, role: Role, kept: bool, rule: str) -> list[Judged]:
    if kept:
        return [keep(line, role, rule, n > 0) for n, line in enumerate(group.lines)]
    return [drop(line, role, rule) for line in group.lines]


def _last_resort(place: _Place, is_headline: bool) -> list[Judged]:
    """A page without running text may be a bare flash: then every whole sentence on it is kept."""
    group = place.group
    if group.look in (Look.SENTENCE, Look.STRONG) and not place.repeats:
        return _judged(group, Role.BODY, True, "clean.flash")
    if is_headline:
        return _judged(group, Role.HEADLINE, True, "clean.headline")
    return _judged(group, group.cue.rule.role if group.cue else Role.NAVIGATION, False, "clean.no-running-text")


def _sections(groups: Sequence[Group]) -> tuple[Opens, ...]:
    """For each paragraph what the last open cue announced; running text of some length closes it."""
    state, out, text = Opens.NOTHING, [], 0
    for i, group in enumerate(groups):
        text += group.chars if group.look is Look.STRONG else 0
        needed = REOPENS_AFTER_ITEMS
        if state is Opens.TAIL:
            needed = REOPENS_IN_COMPANY if _in_company(groups, i) else REOPENS_AFTER_TAIL
        if group.cue and group.cue.rule.opens is not Opens.NOTHING:
            tail = Opens.TAIL in (state, group.cue.rule.opens) and text >= TEXT_BEFORE_TAIL
            state = Opens.TAIL if tail else Opens.ITEMS
        elif group.look is Look.STRONG and group.chars >= needed:
            state = Opens.NOTHING
        out.append(state)
    return tuple(out)


def _in_company(groups: Sequence[Group], i: int) -> bool:
    """Whether more running text follows at once, as it does in an article and not in a list of teasers."""
    following = [group for group in groups[i + 1 : i + 4] if not group.cue][:1]
    return any(group.look is Look.STRONG and group.chars >= REOPENS_IN_COMPANY for group in following)


def _weight(group: Group, section: Opens) -> float:
    """How much a paragraph speaks for the main run: long ones for it, menus and teasers against it."""
    if group.cue:
        opens = group.cue.rule.opens
        if opens is Opens.TAIL and section is Opens.TAIL:
            return -14.0
        return -1.0 if opens is Opens.NOTHING else -2.0
    if section is Opens.TAIL:
        return -1.5
    if group.look is Look.STRONG:
        return 2.0 if section is Opens.ITEMS else (min(group.chars, 400) - 40) / 20
    return _WEIGHTS[group.look]


def _heaviest(groups: Sequence[Group], sections: Sequence[Opens]) -> range:
    """The stretch of paragraphs whose weights add up to most."""
    best, best_run, total, start = 0.0, range(0), 0.0, 0
    for i, group in enumerate(groups):
        if total <= 0:
            total, start = 0.0, i
        total += _weight(group, sections[i])
        if total > best:
            best, best_run = total, range(start, i + 1)
    return best_run


def _places(outline: Outline, headline: int | None) -> tuple[_Place, ...]:
    run, keys = outline.run, outline.keys
    printed = Counter(keys)
    seen = {keys[headline]} if headline is not None else set()
    places = []
    for i, (group, section, key) in enumerate(zip(outline.groups, outline.sections, keys, strict=True)):
        inside = i in run
        places.append(_Place(group, section, inside, i < run.start, inside and key in seen, printed[key]))
        if inside:
            seen.add(key)
    return tuple(places)


def _verdict(places: Sequence[_Place], i: int) -> tuple[Role, bool, str]:
    place = places[i]
    group = place.group
    if group.cue:
        return group.cue.rule.role, False, group.cue.rule.id
    if not place.inside:
        return _outside(place)
    if group.look is Look.FOREIGN:
        return Role.FEED, False, "clean.foreign-language"
    if place.repeats:
        return Role.REPEAT, False, "clean.repeat"
    if group.look is Look.STRONG:
        return _long(place)
    if group.look is Look.LIST:
        return Role.RELATED, False, "clean.list"
    return _brief(places, i)


def _outside(place: _Place) -> tuple[Role, bool, str]:
    if place.section is not Opens.NOTHING and not place.ahead:
        return Role.RELATED, False, "clean.after-article"
    return (Role.NAVIGATION if place.ahead else Role.FOOTER), False, "clean.outside-main-run"


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
