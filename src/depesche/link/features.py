"""How likely two mentions tell one event: named features, each with points and a reason, after what excludes it."""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from depesche.link.exclusions import EXCLUSIONS, is_stance, numbers_of, reference_days, shared_words
from depesche.link.places import Nearness, compare_places
from depesche.link.tellings import PartyKey, Sameness, Telling, nearest
from depesche.model.days import Days
from depesche.model.reading import Status
from depesche.model.reason import Reason
from depesche.packs.linking import LinkRules

MONTH = 31
WEEK = 10
SEASON = 100
YEAR = 400
FAR = 45
AWAY = 14
NEAR = 3
TELLING_PARTIES = {"link.party", "link.party-near", "link.party-named"}


class Likeness(msgspec.Struct, frozen=True):
    """The points of a pair and what they rest on; `excluded` says why the two can never be one."""

    score: int = 0
    reasons: tuple[Reason, ...] = ()
    excluded: str = ""


Feature = Callable[[Telling, Telling, LinkRules], list[Reason]]


def compare(a: Telling, b: Telling, rules: LinkRules) -> Likeness:
    """The likeness of two mentions; the same whichever stands first."""
    if b.id < a.id:
        a, b = b, a
    for rule in EXCLUSIONS:
        if excluded := rule(a, b, rules):
            return Likeness(excluded=excluded)
    reasons = _parties(a, b, rules)
    if _strangers(a, b, rules) and not any(reason.rule in TELLING_PARTIES for reason in reasons):
        return Likeness(excluded="nobody in common")
    for feature in FEATURES:
        reasons += feature(a, b, rules)
    return Likeness(sum(reason.score or 0 for reason in reasons), tuple(reasons))


def _strangers(a: Telling, b: Telling, rules: LinkRules) -> bool:
    """Whether somebody in common is needed: by invitations, and by meetings and offices of which both tell whose."""
    return a.event.invitation or (a.event.type in rules.types.personal and bool(a.parties) and bool(b.parties))


def threshold(a: Telling, b: Telling, rules: LinkRules) -> int:
    """Points at which the two are one event."""
    if a.page == b.page:
        return rules.entries.within_page
    return max(rules.threshold(a.event.type), rules.threshold(b.event.type))


def _parties(a: Telling, b: Telling, rules: LinkRules) -> list[Reason]:
    scores, one_cast = rules.scores, not a.cast.isdisjoint(b.cast)
    if a.event.type in rules.types.mutual and not a.event.invitation:
        tally = _tally(a.parties, b.parties, one_cast)
    else:
        tally = _tally(a.actors, b.actors, one_cast).plus(_tally(a.recipients, b.recipients, one_cast))
    same = tally.same[: scores.party_most]
    near = tally.near[: scores.party_most - len(same)]
    points = [Reason("link.party", f"both name {key.id}", score=scores.party) for key in same]
    points += [Reason("link.party-near", _nearness(key), score=scores.party_near) for key in near]
    named = [key for key in _named(a, b) if key not in same and key not in near]
    for key in named[: scores.party_most - len(points)]:
        points.append(Reason("link.party-named", f"the words of both name {key.id}", score=scores.party_near))
    if clashes := min(tally.clashes, scores.party_most):
        points += [
            Reason("link.party-clash", "each names somebody the other does not", score=scores.party_clash)
        ] * clashes
    return points


def _nearness(key: PartyKey) -> str:
    return f"both name {key.called}" if key.group else f"both stand for {key.state}"


def _named(a: Telling, b: Telling) -> list[PartyKey]:
    """Persons of one mention whom the other does not have as a party, but names in its evidence."""
    found: set[PartyKey] = set()
    if a.parties == b.parties:
        return []
    for one, other in ((a, b), (b, a)):
        have = set(other.parties)
        found |= {
            key for key, names in one.names if key.person and key not in have and not names.isdisjoint(other.said)
        }
    return sorted(found)


class _Tally(msgspec.Struct, frozen=True):
    same: tuple[PartyKey, ...] = ()
    near: tuple[PartyKey, ...] = ()
    clashes: int = 0

    def plus(self, other: _Tally) -> _Tally:
        """Both together."""
        if other is NOBODY:
            return self
        return _Tally(self.same + other.same, self.near + other.near, self.clashes + other.clashes)


NOBODY = _Tally()


def _tally(left: tuple[PartyKey, ...], right: tuple[PartyKey, ...], one_cast: bool) -> _Tally:
    """Who is the same on both sides. Groups of one name are near on pages that have a person in common (`one_cast`)."""
    if not left or not right:
        return NOBODY
    same = tuple(key for key in left if key in right and not key.group)
    if len(same) == len(left) == len(right):
        return _Tally(same)
    ours, theirs = [key for key in left if key not in same], [key for key in right if key not in same]
    near = []
    for key in list(ours):
        match = next((other for other in theirs if _near(key, other, one_cast)), None)
        if match:
            near.append(key)
            ours.remove(key)
            theirs.remove(match)
    covered = {key.state for key in (*same, *near) if key.state}
    ours = [key for key in ours if key.state not in covered]
    theirs = [key for key in theirs if key.state not in covered]
    return _Tally(same, tuple(near), min(len(ours), len(theirs)))


def _near(a: PartyKey, b: PartyKey, one_cast: bool) -> bool:
    return a.sameness(b) is Sameness.NEAR or (one_cast and a.group and b.group and a.called == b.called)


def _roles(a: Telling, b: Telling, rules: LinkRules) -> list[Reason]:
    if any(key in b.actors for key in a.actors):
        return []
    if not nearest(a.actors, b.recipients) or not nearest(a.recipients, b.actors):
        return []
    nearness = compare_places(a.event.told_place, b.event.told_place, rules)
    if nearness is Nearness.SAME or nearness.contained:
        return []
    return [Reason("link.roles-swapped", "they change roles", score=rules.scores.roles_swapped)]


def _mode(a: Telling, b: Telling, rules: LinkRules) -> list[Reason]:
    if a.event.mode and a.event.mode == b.event.mode:
        return [Reason("link.mode", f"both are {a.event.mode}", score=rules.scores.mode)]
    if a.event.mode and b.event.mode and a.event.type == b.event.type:
        return [Reason("link.mode-other", f"{a.event.mode}, {b.event.mode}", score=rules.scores.mode_other)]
    return []


def _place(a: Telling, b: Telling, rules: LinkRules) -> list[Reason]:
    one, other = a.event.told_place, b.event.told_place
    if one is None or other is None:
        return []
    points = _place_points(compare_places(one, other, rules), rules)
    return [] if points is None else [Reason("link.place", f"{one.name}, {other.name}", score=points)]


def _place_points(nearness: Nearness, rules: LinkRules) -> int | None:
    scores = rules.scores
    if nearness is Nearness.SAME:
        return scores.place
    if nearness.contained:
        return scores.place_within
    if nearness is Nearness.COUNTRY:
        return scores.place_country
    return scores.place_apart if nearness is Nearness.APART else None


def _days(a: Telling, b: Telling, rules: LinkRules) -> list[Reason]:
    left, right = a.event.days, b.event.days
    if not left.known or not right.known:
        return _undated(a, b, rules)
    if not left.meets(right):
        return [Reason("link.moved", "planned for other days before", score=rules.scores.moved)]
    points = _width_points(max(left.length or YEAR, right.length or YEAR), rules)
    if not points:
        return []
    shown = _show(left)
    return [Reason("link.days", f"{shown}, {shown if left == right else _show(right)}", score=points)]


def _undated(a: Telling, b: Telling, rules: LinkRules) -> list[Reason]:
    if a.event.invitation:
        return [Reason("link.invitation", "invitations between the same", score=rules.scores.invitation)]
    lasting = {a.event.type, b.event.type} & rules.types.ongoing or a.event.status == Status.HYPOTHETICAL
    if lasting and (a.groups & b.groups or shared_words(a, b) or a.event.mode == b.event.mode is not None):
        return [Reason("link.ongoing", "what lasts is told without days", score=rules.scores.ongoing)]
    left, right = reference_days(a), reference_days(b)
    if not left.known or not right.known:
        return []
    gap = left.gap(right)
    if gap > AWAY:
        points = rules.scores.news_far if gap > FAR else rules.scores.news_away
        return [Reason("link.news-apart", f"{gap} days lie between, and one has no day", score=points)]
    if gap <= NEAR and max(left.length or YEAR, right.length or YEAR) <= MONTH:
        return [Reason("link.news-near", "told in the same days", score=rules.scores.news_near)]
    return []


def _width_points(width: int, rules: LinkRules) -> int:
    scores = rules.scores
    steps = ((rules.entries.brief, scores.days_close), (WEEK, scores.days_week), (SEASON, scores.days_season))
    return next((points for most, points in steps if width <= most), scores.days_year if width <= YEAR else 0)


def _trigger(a: Telling, b: Telling, rules: LinkRules) -> list[Reason]:
    if is_stance(a, b):
        return []  # "weigerte sich", "verurteilt": the words are of two types
    shared = a.groups & b.groups
    if shared:
        return [Reason("link.trigger-group", ", ".join(sorted(shared)), score=rules.scores.lemma_group)]
    if a.groups and b.groups and any(_exclude(a, b, groups) for groups in rules.words.exclusive.values()):
        return [Reason("link.trigger-apart", "different kinds of act", score=rules.scores.lemma_apart)]
    if a.event.lemma and a.event.lemma == b.event.lemma:
        return [Reason("link.trigger", a.event.lemma, score=rules.scores.lemma)]
    if a.groups and b.groups:
        return [Reason("link.trigger-other", "different words for it", score=rules.scores.lemma_other)]
    return []


def _exclude(a: Telling, b: Telling, groups: tuple[str, ...]) -> bool:
    """Whether the words of each are of one of these groups."""
    return not a.groups.isdisjoint(groups) and not b.groups.isdisjoint(groups)


def _words(a: Telling, b: Telling, rules: LinkRules) -> list[Reason]:
    points = []
    if a.worded_as(b):
        points.append(Reason("link.wording", "the same words", score=rules.scores.same_words))
    shared = shared_words(a, b) - (a.trigger & b.trigger)
    if shared:
        note = ", ".join(sorted(shared)[: rules.scores.words_most])
        points.append(Reason("link.words", note, score=min(len(shared), rules.scores.words_most)))
    if is_stance(a, b):
        points.append(Reason("link.stance", "a refusal, and what was not done", score=rules.scores.stance))
    return points


def _number(a: Telling, b: Telling, rules: LinkRules) -> list[Reason]:
    if not a.event.numbers or not b.event.numbers:
        return []
    shared = numbers_of(a) & numbers_of(b)
    return [Reason("link.number", ", ".join(sorted(shared)), score=rules.scores.number)] if shared else []


def _context(a: Telling, b: Telling, rules: LinkRules) -> list[Reason]:
    """Parties that the sentences of both name, beyond those that both make participants."""
    both = a.context & b.context
    if not both:
        return []
    states = {key.state for key in a.parties} & {key.state for key in b.parties}
    counted = {key.id for key in a.parties} & {key.id for key in b.parties} | {f"state:{state}" for state in states}
    shared = sorted(both - counted)[: rules.scores.context_most]
    points = len(shared) * rules.scores.context
    return [Reason("link.context", f"both speak of {', '.join(shared)}", score=points)] if shared else []


FEATURES: tuple[Feature, ...] = (_context, _roles, _mode, _place, _days, _trigger, _words, _number)
"""What speaks for and against beside the parties."""


def _show(days: Days) -> str:
    return f"{days.first or '…'}/{days.last or '…'}"
