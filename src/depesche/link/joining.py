"""Groups of pages that are alike in the mean."""

from __future__ import annotations

from heapq import heapify, heappop, heappush

import numpy as np

from depesche.link.alike import UNIT, Alike

Edge = tuple[int, int, int]  # minus the mean, and the ranks of the two groups, the lesser first


def join_alike(alike: Alike, least: int) -> dict[str, str]:
    """Average-link groups: the two most alike in the mean are joined, until no two have at least the `least` mean.

    A pair that was never likened counts as 0. Gives for each page its group, which goes by its least page.
    """
    owners = _Groups(alike, least).join()
    return {page: alike.pages[owner] for page, owner in zip(alike.pages, owners, strict=True)}


class _Groups:
    """Groups of pages by the place of their least page, with sums of likeness between those alike enough to be joined.

    Places are those of the pile, by day, so that what is looked up together lies together; ranks are the order of ids.
    Most pairs are far less alike. They count once one of two groups is joined, and are looked up then: a group can only
    be alike enough to a third if one of its parts was.
    """

    def __init__(self, alike: Alike, least: int) -> None:
        pages = len(alike.pages)
        self._least = UNIT * least
        self._by_rank = sorted(range(pages), key=alike.pages.__getitem__)
        self._rank = [0] * pages
        for rank, page in enumerate(self._by_rank):
            self._rank[page] = rank
        self._members = [[page] for page in range(pages)]
        self._owner = np.arange(pages)
        self._sums: list[dict[int, int]] = [{} for _ in range(pages)]
        strong = alike.likeness >= least
        for a, b, like in zip(*(numbers[strong].tolist() for numbers in alike[1:]), strict=True):
            self._sums[a][b] = self._sums[b][a] = like
        both = np.concatenate([alike.left, alike.right])
        order = np.argsort(both, kind="stable")
        self._others = np.concatenate([alike.right, alike.left])[order]
        self._likeness = np.concatenate([alike.likeness, alike.likeness])[order]
        self._starts: list[int] = [0, *np.cumsum(np.bincount(both, minlength=pages)).tolist()]

    def join(self) -> list[int]:
        """The group of each page."""
        heap = [self._edge(UNIT * like, a, b) for a, sums in enumerate(self._sums) for b, like in sums.items() if a < b]
        heapify(heap)
        while heap:
            negative, *ranks = heappop(heap)
            one, other = (self._by_rank[rank] for rank in ranks)
            if self._mean(one, other) == -negative:  # else one of the two was joined to a third since
                for edge in self._fold(one, other):
                    heappush(heap, edge)
        owners: list[int] = self._owner.tolist()
        return owners

    def _edge(self, mean: int, one: int, other: int) -> Edge:
        ranks = self._rank[one], self._rank[other]
        return -mean, min(ranks), max(ranks)

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
                edges.append(self._edge(mean, one, third))
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
