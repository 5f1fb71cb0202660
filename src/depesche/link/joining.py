"""Groups of pages that are alike in the mean."""

from __future__ import annotations

from collections import Counter
from heapq import heapify, heappop, heappush

import numpy as np

from depesche.link.alike import UNIT, Alike, Numbers


def join_alike(alike: Alike, least: int) -> dict[str, str]:
    """Average-link groups: the two most alike in the mean are joined, until no two have at least the `least` mean.

    A pair that was never likened counts as 0. Gives for each page of a group the group, which goes by its least page.
    """
    return _Groups(_joinable(alike, least), least).join()


def _joinable(alike: Alike, least: int) -> Alike:
    """The pairs that can end in one group: between pages that a chain of pairs of the least mean connects.

    Groups whose pairs are all less alike are so in the mean too, hence pairs between two chains never come to count.
    """
    chains = _chains(len(alike.pages), alike.only(alike.likeness >= least))
    return alike.only(chains[alike.left] == chains[alike.right])


def _chains(pages: int, alike: Alike) -> Numbers:
    """For each page the number of the chain it belongs to."""
    toward = list(range(pages))

    def end(page: int) -> int:
        while toward[page] != page:
            toward[page] = page = toward[toward[page]]
        return page

    for a, b in zip(alike.left.tolist(), alike.right.tolist(), strict=True):
        toward[end(a)] = end(b)
    return np.array([end(page) for page in range(pages)], dtype=np.int64)


class _Groups:
    """Groups of pages, and the sums of likeness between any two of them."""

    def __init__(self, alike: Alike, least: int) -> None:
        self._least = UNIT * least
        self._members: dict[str, list[str]] = {}
        self._sums: dict[str, Counter[str]] = {}
        for a, b, like in alike.named():
            for id_ in (a, b):
                if id_ not in self._members:
                    self._members[id_], self._sums[id_] = [id_], Counter()
            self._sums[a][b] = self._sums[b][a] = like

    def join(self) -> dict[str, str]:
        heap = [
            pair for one, sums in self._sums.items() for other in sums if one < other for pair in self._edge(one, other)
        ]
        heapify(heap)
        while heap:
            negative, one, other = heappop(heap)
            if one not in self._members or other not in self._members or self._mean(one, other) != -negative:
                continue  # one of the two was joined to a third since
            self._fold(one, other)
            for third in self._sums[one]:
                for pair in self._edge(min(one, third), max(one, third)):
                    heappush(heap, pair)
        return {id_: one for one, ids in self._members.items() for id_ in ids}

    def _edge(self, one: str, other: str) -> list[tuple[int, str, str]]:
        """What the heap has of two groups: nothing where they are not alike enough."""
        mean = self._mean(one, other)
        return [(-mean, one, other)] if mean >= self._least else []

    def _mean(self, one: str, other: str) -> int:
        return UNIT * self._sums[one][other] // (len(self._members[one]) * len(self._members[other]))

    def _fold(self, one: str, other: str) -> None:
        """Two groups become one."""
        self._members[one] += self._members.pop(other)
        for third, like in self._sums.pop(other).items():
            del self._sums[third][other]
            if third != one:
                self._sums[one][third] += like
                self._sums[third][one] += like
