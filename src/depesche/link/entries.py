"""From mentions to entries: pairs that are alike enough, the blocks that these make, groups without contradiction.

    candidates ──compare──▶ good pairs ──connected──▶ blocks ──best pairs first──▶ groups

A block depends on its own mentions and pairs alone, so one that is as it was needs no work.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from heapq import nsmallest
from itertools import pairwise
from types import MappingProxyType

import msgspec
import numpy as np
import numpy.typing as npt

from depesche.link.decided import UNDECIDED, Decided
from depesche.link.features import Likeness, compare, threshold
from depesche.link.pairs import BlockKey, block_keys, candidates
from depesche.link.tellings import Telling
from depesche.packs.linking import LinkRules

SPEAKERS = 12  # mentions of a large group that speak for it

Pair = tuple[str, str]
ScoredPair = tuple[str, str, int]


class Block(msgspec.Struct, frozen=True, array_like=True):
    """Mentions that hang together: pairs that are alike enough, with their points, and groups, both sorted.

    No groups are kept of mentions that people decided something about, since they depend on that.
    """

    pairs: tuple[ScoredPair, ...]
    groups: tuple[tuple[str, ...], ...]

    @property
    def id(self) -> str:
        """The least mention that is like another."""
        return self.pairs[0][0]

    @property
    def mentions(self) -> frozenset[str]:
        """All mentions of the block."""
        return frozenset(id_ for group in self.groups for id_ in group)


class Known(msgspec.Struct, frozen=True):
    """What an earlier linking found, as far as it still holds.

    `mentions` are those that are as they were. Of two such the pair was compared then, and is in `pairs` if it was
    alike enough; unless they meet in a block of `changed`, from which a mention went or in which one was another.
    """

    mentions: frozenset[str] = frozenset()
    changed: frozenset[BlockKey] = frozenset()
    blocks: Mapping[str, Block] = MappingProxyType({})

    @classmethod
    def of(cls, blocks: Iterable[Block], mentions: frozenset[str], gone: Iterable[Telling]) -> Known:
        """From the blocks of then, the mentions that are the same now, and those that are no longer as they were."""
        keys = frozenset(key for telling in gone for key in block_keys(telling))
        return cls(mentions, keys, {block.id: block for block in blocks})

    def scores(self) -> dict[Pair, int]:
        """The pairs that were alike enough, with their points."""
        return {(a, b): score for block in self.blocks.values() for a, b, score in block.pairs}


NOTHING = Known()


class Group(msgspec.Struct, frozen=True):
    """Mentions held to be one event, by identity; `block` holds them and whatever they hang together with.

    `ruling` tells all decisions apart under which groups were made, where any is about the block.
    """

    tellings: tuple[Telling, ...]
    block: Block
    ruling: str = ""


class Groups:
    """Every mention of a pile in exactly one group; best pairs are joined first, and none that contradict each other.

    What people decided comes before all else: `decided.together` are groups from the start, `decided.apart` never meet.
    """

    def __init__(
        self, tellings: Iterable[Telling], rules: LinkRules, decided: Decided = UNDECIDED, known: Known = NOTHING
    ) -> None:
        self._by_id = {telling.id: telling for telling in tellings}
        self._rules, self._decided = rules, decided
        self._judged = frozenset(id_ for pair in decided.apart for id_ in pair).union(*decided.together)
        self._joints: dict[str, tuple[Pair, ...]] = {}
        pairs = ScoredPairs(self._by_id)
        for a, b, score in self._good_pairs(known):
            pairs.add(a, b, score)
        self.blocks = tuple(self._block(*part, known) for part in pairs.parts(decided.together))
        """The blocks of more than one mention, by their least one."""

    def groups(self) -> list[Group]:
        """All groups, by their least mention."""
        alone = Block((), ())
        found = {
            group[0]: Group(self._tellings(group), block, self._ruling(block))
            for block in self.blocks
            for group in block.groups
        }
        placed = {telling.id for group in found.values() for telling in group.tellings}
        found |= {id_: Group((telling,), alone) for id_, telling in self._by_id.items() if id_ not in placed}
        return [group for _, group in sorted(found.items())]

    def joints(self, group: Group) -> tuple[Likeness, ...]:
        """The likenesses that joined a group."""
        least = group.tellings[0].id
        if len(group.tellings) > 1 and least not in self._joints:  # its block is as it was
            self._groups_of(sorted(group.block.mentions), group.block.pairs)
        pairs = self._joints.get(least, ())
        return tuple(compare(self._by_id[a], self._by_id[b], self._rules) for a, b in pairs)

    def storable(self) -> tuple[Block, ...]:
        """The blocks as they hold for the next linking, whatever people decide until then."""
        free = {block.id for block in self.blocks if block.pairs and self._judged.isdisjoint(block.mentions)}
        return tuple(block if block.id in free else Block(block.pairs, ()) for block in self.blocks if block.pairs)

    def _ruling(self, block: Block) -> str:
        if self._judged.isdisjoint(block.mentions):
            return ""
        return repr((sorted(map(sorted, self._decided.together)), sorted(self._decided.apart)))

    def _tellings(self, ids: Iterable[str]) -> tuple[Telling, ...]:
        return tuple(self._by_id[id_] for id_ in ids)

    def _good_pairs(self, known: Known) -> Iterator[tuple[str, str, int]]:
        """Pairs that reach their threshold, with their points."""
        scores = known.scores()
        for a, b in candidates(self._by_id.values(), self._rules):
            if self._compared(a, b, known):
                if (a, b) in scores:
                    yield a, b, scores[a, b]
                continue
            like = compare(self._by_id[a], self._by_id[b], self._rules)
            if not like.excluded and like.score >= threshold(self._by_id[a], self._by_id[b], self._rules):
                yield a, b, like.score

    def _compared(self, a: str, b: str, known: Known) -> bool:
        """Whether an earlier linking has compared the two as they are."""
        if a not in known.mentions or b not in known.mentions:
            return False
        if not known.changed:
            return True
        shared = block_keys(self._by_id[a]) & block_keys(self._by_id[b])
        return known.changed.isdisjoint(shared)

    def _block(self, ids: list[str], scored: tuple[ScoredPair, ...], known: Known) -> Block:
        """A block of these mentions; the known one where it is as it was."""
        before = known.blocks.get(ids[0])
        same = known.mentions.issuperset(ids) and self._judged.isdisjoint(ids)
        if before is not None and same and before.groups and before.pairs == scored:
            return before
        return Block(scored, self._groups_of(ids, scored))

    def _groups_of(self, ids: list[str], pairs: Sequence[ScoredPair]) -> tuple[tuple[str, ...], ...]:
        """The groups of a block; what joined each is remembered."""
        pile = _Likenesses({id_: self._by_id[id_] for id_ in ids}, self._rules)
        members = _from_the_start(ids, self._decided)
        owner = {id_: one for one, group in members.items() for id_ in group}
        joints: dict[str, list[Pair]] = defaultdict(list)
        strangers = _Strangers(self._decided.apart)
        for a, b, _ in sorted(pairs, key=lambda pair: (-pair[2], pair[:2])):
            one, other = sorted((owner[a], owner[b]))
            if one == other or strangers.between(members[one], members[other]):
                continue
            if not pile.fit(members[one], members[other]):
                continue
            moved = members.pop(other)
            members[one] += moved
            joints[one] += [(a, b), *joints.pop(other, [])]
            owner |= dict.fromkeys(moved, one)
        self._joints |= {one: tuple(joining) for one, joining in joints.items()}
        return tuple(tuple(sorted(group)) for _, group in sorted(members.items()))


class ScoredPairs:
    """Pairs of a pile's mentions with their points, held as three numbers each: of a large pile they are very many."""

    def __init__(self, ids: Iterable[str]) -> None:
        self._ids = sorted(ids)
        self._numbers = {id_: number for number, id_ in enumerate(self._ids)}
        self._columns = array("i")

    def add(self, a: str, b: str, score: int) -> None:
        """Takes in a pair, the lesser mention first."""
        self._columns.extend((self._numbers[a], self._numbers[b], score))

    def parts(self, together: Iterable[Iterable[str]]) -> Iterator[tuple[list[str], tuple[ScoredPair, ...]]]:
        """What hangs together by pairs or by decision, with its pairs; each part and all parts in order."""
        pairs = np.frombuffer(self._columns, dtype=np.intc).reshape(-1, 3)
        root = self._roots(pairs, together)
        members, inside = np.argsort(root, kind="stable"), np.lexsort((pairs[:, 1], pairs[:, 0], root[pairs[:, 0]]))
        parts, sizes = np.unique(root, return_counts=True)
        ends = np.cumsum(sizes)
        first, after = (np.searchsorted(root[pairs[inside, 0]], parts, side) for side in ("left", "right"))
        for part in np.flatnonzero(sizes > 1).tolist():
            ids = [self._ids[number] for number in members[ends[part] - sizes[part] : ends[part]].tolist()]
            yield ids, tuple(map(self._named, pairs[inside[first[part] : after[part]]].tolist()))

    def _named(self, pair: Sequence[int]) -> ScoredPair:
        return self._ids[pair[0]], self._ids[pair[1]], pair[2]

    def _roots(self, pairs: npt.NDArray[np.intc], together: Iterable[Iterable[str]]) -> npt.NDArray[np.int64]:
        """For each mention the least one of its part."""
        above = list(range(len(self._ids)))
        for a, b, _ in pairs:
            _join(above, int(a), int(b))
        for ids in together:
            known = sorted(self._numbers[id_] for id_ in ids if id_ in self._numbers)
            for one, other in pairwise(known):
                _join(above, one, other)
        return np.array([_root(above, number) for number in range(len(above))], dtype=np.int64)


def _join(above: list[int], a: int, b: int) -> None:
    """Makes the parts of two one; the least of each stands for it."""
    one, other = sorted((_root(above, a), _root(above, b)))
    above[other] = one


def _root(above: list[int], number: int) -> int:
    while above[number] != number:
        above[number] = number = above[above[number]]
    return number


def _from_the_start(ids: Sequence[str], decided: Decided) -> dict[str, list[str]]:
    """The groups before anything is compared, by their least mention: one of each mention, but for what was decided."""
    known = frozenset(ids)
    groups = [sorted(known & block) for block in decided.together]
    placed = {id_ for group in groups for id_ in group}
    groups += [[id_] for id_ in ids if id_ not in placed]
    return {group[0]: group for group in sorted(group for group in groups if group)}


class _Strangers:
    """Who was decided to be apart from whom."""

    def __init__(self, apart: Iterable[Pair]) -> None:
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


class _Likenesses:
    """The points of a block's pairs that joining asks for."""

    def __init__(self, known: Mapping[str, Telling], rules: LinkRules) -> None:
        self._known = known
        self._rules = rules
        self._found: dict[Pair, int | None] = {}
        self._pages = {id_: telling.page for id_, telling in known.items()}
        self._rank = {id_: (-_knowledge(telling), id_) for id_, telling in known.items()}

    def of(self, a: str, b: str) -> int | None:
        """The points of two mentions; None where they can never be one."""
        pair = (a, b) if a < b else (b, a)
        if pair not in self._found:
            like = compare(self._known[a], self._known[b], self._rules)
            self._found[pair] = None if like.excluded else like.score
        return self._found[pair]

    def fit(self, left: list[str], right: list[str]) -> bool:
        """Whether two groups may be one: nothing excluded, alike in the mean, and no page telling it twice."""
        speakers = self._speakers(right)
        points = pairs = 0
        for a in self._speakers(left):
            for b in speakers:
                score = self.of(a, b)
                if score is None:
                    return False
                points, pairs = points + score, pairs + 1
        if not all(self._enough(a, b) for a, b in self._of_one_page(left, right)):
            return False
        return points >= self._rules.entries.mean * pairs

    def _enough(self, a: str, b: str) -> bool:
        """Whether the two are one event."""
        score = self.of(a, b)
        return score is not None and score >= threshold(self._known[a], self._known[b], self._rules)

    def _of_one_page(self, left: list[str], right: list[str]) -> Iterator[Pair]:
        few, many = (left, right) if len(left) < len(right) else (right, left)
        pages: dict[str, list[str]] = defaultdict(list)
        for id_ in few:
            pages[self._pages[id_]].append(id_)
        for a in many:
            for b in pages.get(self._pages[a], ()):
                yield a, b

    def _speakers(self, ids: list[str]) -> list[str]:
        """Those of a large group that know most: days, place, parties."""
        if len(ids) <= SPEAKERS:
            return ids
        return nsmallest(SPEAKERS, ids, key=self._rank.__getitem__)


def _knowledge(telling: Telling) -> int:
    return len(telling.parties) + (telling.event.told_place is not None) + 2 * telling.event.days.known
