"""From mentions to entries: blocks of mentions that may be one event, pairs that are, groups without contradiction."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from heapq import nsmallest

import msgspec

from depesche.link.decided import UNDECIDED, Decided
from depesche.link.features import Likeness, compare, threshold
from depesche.link.tellings import Telling, place_key
from depesche.link.words import digest
from depesche.packs.linking import LinkRules

CONTEXT = 4  # parties of the sentence that a mention without parties of its own is looked up by
SPEAKERS = 12  # mentions of a large group that speak for it


class Group(msgspec.Struct, frozen=True):
    """Mentions held to be one event, by identity, and the likenesses that joined them."""

    tellings: tuple[Telling, ...]
    joints: tuple[Likeness, ...] = ()


def group_tellings(tellings: list[Telling], rules: LinkRules, decided: Decided = UNDECIDED) -> list[Group]:
    """Every mention in exactly one group; best pairs are joined first, and none that contradict each other.

    What people decided comes before all else: `decided.together` are groups from the start, `decided.apart` never meet.
    """
    pairs = _Pairs({telling.id: telling for telling in tellings}, rules)
    members = _from_the_start(pairs.known, decided)
    owner = {id_: one for one, ids in members.items() for id_ in ids}
    joints: dict[str, list[Likeness]] = defaultdict(list)
    strangers = _Strangers(decided.apart)
    for a, b, like in pairs.good(_candidates(tellings, rules)):
        one, other = sorted((owner[a], owner[b]))
        if one == other or strangers.between(members[one], members[other]):
            continue
        if not pairs.fit(members[one], members[other]):
            continue
        moved = members.pop(other)
        members[one] += moved
        joints[one] += [like, *joints.pop(other, [])]
        owner |= dict.fromkeys(moved, one)
    known = pairs.known
    return [Group(tuple(known[id_] for id_ in sorted(ids)), tuple(joints[one])) for one, ids in sorted(members.items())]


def _from_the_start(known: Mapping[str, Telling], decided: Decided) -> dict[str, list[str]]:
    """The groups before anything is compared, by their least mention: one of each mention, but for what was decided."""
    groups = [sorted(id_ for id_ in block if id_ in known) for block in decided.together]
    placed = {id_ for group in groups for id_ in group}
    groups += [[id_] for id_ in known if id_ not in placed]
    return {group[0]: group for group in sorted(group for group in groups if group)}


class _Strangers:
    """Who was decided to be apart from whom."""

    def __init__(self, apart: Iterable[tuple[str, str]]) -> None:
        self._of: dict[str, set[str]] = defaultdict(set)
        for a, b in apart:
            self._of[a].add(b)
            self._of[b].add(a)

    def between(self, left: Sequence[str], right: Sequence[str]) -> bool:
        """Whether a mention of the one side was decided to be apart from one of the other."""
        if not self._of:
            return False
        others = set(right)
        return any(not others.isdisjoint(self._of[id_]) for id_ in left if id_ in self._of)


class _Pairs:
    """The likenesses of a pile's pairs. Those that joining asks for are kept, the many that lead nowhere are not."""

    def __init__(self, known: dict[str, Telling], rules: LinkRules) -> None:
        self.known = known
        self.rules = rules
        self._found: dict[tuple[str, str], Likeness] = {}
        self._rank = {id_: (-_knowledge(telling), id_) for id_, telling in known.items()}

    def likeness(self, a: str, b: str) -> Likeness:
        pair = (a, b) if a < b else (b, a)
        if pair not in self._found:
            self._found[pair] = compare(self.known[a], self.known[b], self.rules)
        return self._found[pair]

    def enough(self, a: str, b: str) -> bool:
        """Whether the two are one event."""
        return self._enough(a, b, self.likeness(a, b))

    def _enough(self, a: str, b: str, like: Likeness) -> bool:
        return not like.excluded and like.score >= threshold(self.known[a], self.known[b], self.rules)

    def good(self, candidates: Iterable[tuple[str, str]]) -> list[tuple[str, str, Likeness]]:
        """Pairs that reach their threshold, best first."""
        compared = ((a, b, compare(self.known[a], self.known[b], self.rules)) for a, b in candidates)
        good = [(a, b, like) for a, b, like in compared if self._enough(a, b, like)]
        return sorted(good, key=lambda edge: (-edge[2].score, edge[0], edge[1]))

    def fit(self, left: list[str], right: list[str]) -> bool:
        """Whether two groups may be one: nothing excluded, alike in the mean, and no page telling it twice."""
        speakers = self._speakers(right)
        pairs = [(a, b) for a in self._speakers(left) for b in speakers]
        likes = [self.likeness(a, b) for a, b in pairs]
        if any(like.excluded for like in likes):
            return False
        if not all(self.enough(a, b) for a, b in self._of_one_page(left, right)):
            return False
        return sum(like.score for like in likes) >= self.rules.entries.mean * len(likes)

    def _of_one_page(self, left: list[str], right: list[str]) -> Iterator[tuple[str, str]]:
        pages: dict[str, list[str]] = defaultdict(list)
        for id_ in left:
            pages[self.known[id_].page].append(id_)
        for b in right:
            for a in pages.get(self.known[b].page, ()):
                yield a, b

    def _speakers(self, ids: list[str]) -> list[str]:
        """Those of a large group that know most: days, place, parties."""
        return nsmallest(SPEAKERS, ids, key=self._rank.__getitem__)


def _knowledge(telling: Telling) -> int:
    return len(telling.parties) + (telling.event.told_place is not None) + 2 * telling.event.days.known


class _Ordered(msgspec.Struct, frozen=True):
    """A mention in the order of days. What begins after `reach` cannot be the same event; None where nobody can say."""

    id: str
    begins: int | None
    reach: int | None
    wording: frozenset[tuple[str, ...]]
    keys: tuple[tuple[str, ...], ...]

    def may_be(self, earlier: _Ordered) -> bool:
        """Whether days leave it open that this is one event with an earlier one; equal words always do."""
        in_reach = self.begins is None or earlier.reach is None or earlier.reach >= self.begins
        return in_reach or not earlier.wording.isdisjoint(self.wording)


def _candidates(tellings: Iterable[Telling], rules: LinkRules) -> Iterator[tuple[str, str]]:
    """Pairs of one type family and one party that days leave open, each once; in a crowded block neighbours by day.

    Blocks are filled in the order of days, and no pair is kept: the later of two looks for the earlier.
    """
    recent: dict[tuple[str, ...], deque[_Ordered]] = defaultdict(lambda: deque(maxlen=rules.entries.window))
    for telling in sorted(tellings, key=_day):
        one = _ordered(telling, rules)
        partners = {other.id for key in one.keys for other in recent[key] if one.may_be(other)}
        for other in sorted(partners):
            yield (one.id, other) if one.id < other else (other, one.id)
        for key in one.keys:
            recent[key].append(one)


def _ordered(telling: Telling, rules: LinkRules) -> _Ordered:
    days = telling.event.days
    slack = rules.entries.moved_gap if telling.event.mode in rules.types.lasting else 0
    return _Ordered(
        telling.id,
        days.first.toordinal() if days.first else None,
        days.last.toordinal() + slack if days.last else None,
        telling.wording,
        tuple(sorted(_block_keys(telling))),
    )


def _day(telling: Telling) -> tuple[date, str]:
    days, news = telling.event.days, telling.news_days
    return days.first or days.last or news.first or news.last or date.min, telling.id


def _block_keys(telling: Telling) -> set[tuple[str, ...]]:
    event = telling.event
    families = {event.type, "REJECT"} if event.type == "ACCUSE" and event.status == "denied" else {event.type}
    states = {key.state or key.id for key in telling.parties}
    place = place_key(event.told_place)
    if len(states) < 2:
        states |= {place.state} if place else set()
        states |= set(sorted(id_.removeprefix("state:") for id_ in telling.context)[:CONTEXT])
    states |= {f"called:{key.called}" for key in telling.parties if key.group}
    if not states:  # what names nobody can only be found again in the same words, as in a copy
        states = {f"words:{digest(words)}" for words in telling.wording}
    kind = "count" if event.aggregate else "invitation" if event.invitation else "event"
    return {(family, kind, state) for family in families for state in states}
