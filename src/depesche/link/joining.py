"""Groups of pages that are alike in the mean."""

from __future__ import annotations

from heapq import heapify, heappop, heappush

import numpy as np

from depesche.link.alike import UNIT, Alike, Numbers

Edge = tuple[int, int, int]  # minus the mean, and the two groups, the lesser first


def join_alike(alike: Alike, least: int) -> dict[str, str]:
    """Average-link groups: the two most alike in the mean are joined, until no two have at least the `least` mean.

    A pair that was never likened counts as 0. Gives for each page its group, which goes by its least page.
    """
    by_id = sorted(range(len(alike.pages)), key=alike.pages.__getitem__)
    places = np.empty(len(by_id), dtype=np.int64)
    places[by_id] = np.arange(len(by_id))
    ids = [alike.pages[place] for place in by_id]
    owners = _Groups(places[alike.left], places[alike.right], alike.likeness, len(ids), least).join()
    return {id_: ids[owner] for id_, owner in zip(ids, owners, strict=True)}


class _Groups:
    """Groups of pages by their least page, with the sums of likeness between those that are alike enough to be joined.

    Most pairs are far less alike. They count once one of two groups is joined, and are looked up then: a group can only
    be alike enough to a third if one of its parts was.
    """

    def __init__(self, left: Numbers, right: Numbers, likeness: Numbers, pages: int, least: int) -> None:
        self._least = UNIT * least
        self._members = [[page] for page in range(pages)]
        self._owner = np.arange(pages)
        self._sums: list[dict[int, int]] = [{} for _ in range(pages)]
        strong = likeness >= least
        for a, b, like in zip(left[strong].tolist(), right[strong].tolist(), likeness[strong].tolist(), strict=True):
            self._sums[a][b] = self._sums[b][a] = like
        both = np.concatenate([left, right])
        order = np.argsort(both, kind="stable")
        self._others, self._likeness = np.concatenate([right, left])[order], np.concatenate([likeness, likeness])[order]
        self._starts: list[int] = [0, *np.cumsum(np.bincount(both, minlength=pages)).tolist()]

    def join(self) -> list[int]:
        """The group of each page."""
        heap = [(-UNIT * like, a, b) for a, sums in enumerate(self._sums) for b, like in sums.items() if a < b]
        heapify(heap)
        while heap:
            negative, one, other = heappop(heap)
            if self._mean(one, other) == -negative:  # else one of the two was joined to a third since
                for edge in self._fold(one, other):
                    heappush(heap, edge)
        owners: list[int] = self._owner.tolist()
        return owners

    def _mean(self, one: int, other: int) -> int:
        """How alike two groups are in the mean; 0 where that is not enough."""
        total = self._sums[one].get(other, 0)
        return UNIT * total // (len(self._members[one]) * len(self._members[other])) if total else 0

    def _fold(self, one: int, other: int) -> list[Edge]:
        """Joins two groups; gives the groups that are alike enough to what they make."""
        sums = {third: self._sum(one, other, third) for third in {*self._sums[one], *self._sums[other]} - {one, other}}
        for group in (one, other):
            for third in self._sums[group]:
                del self._sums[third][group]
            self._sums[group] = {}
        self._owner[self._members[other]] = one
        self._members[one] += self._members[other]
        self._members[other] = []
        edges = []
        for third, total in sums.items():
            mean = UNIT * total // (len(self._members[one]) * len(self._members[third]))
            if mean >= self._least:
                self._sums[one][third] = self._sums[third][one] = total
                edges.append((-mean, min(one, third), max(one, third)))
        return edges

    def _sum(self, one: int, other: int, third: int) -> int:
        parts = (self._sums[group].get(third) or self._look_up(group, third) for group in (one, other))
        return sum(parts)

    def _look_up(self, one: int, other: int) -> int:
        """The sum of likeness between two groups, from the neighbours of the smaller one."""
        few, many = sorted((one, other), key=lambda group: len(self._members[group]))
        total = 0
        for page in self._members[few]:
            start, end = self._starts[page], self._starts[page + 1]
            total += int(self._likeness[start:end][self._owner[self._others[start:end]] == many].sum())
        return total
