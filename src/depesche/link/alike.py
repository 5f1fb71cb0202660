"""Which pages of a large pile are alike: shared words weighed by rarity, faded with time, raised or lowered by meaning.

Whole numbers throughout, in arrays: millions of pairs are weighed and most are dropped at once.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import msgspec
import numpy as np
import numpy.typing as npt

from depesche.link.meaning import nearness_to_all
from depesche.model.days import Days
from depesche.packs.linking import StoryRules

UNIT = 1000
EARLIEST, LATEST = 0, 4_000_000  # day numbers before and after all that a date can be

Numbers = npt.NDArray[np.int64]


class PageWords(msgspec.Struct, frozen=True):
    """A page as it is likened: its words by number, their weights, the days it was published in, its meaning vector."""

    id: str
    days: Days
    words: Numbers
    weights: Numbers
    meaning: bytes = b""


class Alike(NamedTuple):
    """Pairs of pages that are alike, by their places in `pages`, and how much, in thousandths."""

    pages: list[str]
    left: Numbers
    right: Numbers
    likeness: Numbers

    def named(self) -> Iterator[tuple[str, str, int]]:
        """The pairs by the ids of their pages."""
        for a, b, like in zip(self.left.tolist(), self.right.tolist(), self.likeness.tolist(), strict=True):
            yield self.pages[a], self.pages[b], like


def find_alike(pages: Sequence[PageWords], rules: StoryRules) -> Alike:
    """The pairs of `pages`, which stand in the order of their days, that reach the least likeness.

    Of a word on very many pages, those close in time are compared.
    """
    weigh = _Weigh(pages, rules)
    found = [weigh.alike(page, *near) for page, near in enumerate(_Index(pages).common(rules.window, weigh.reach))]
    counts = [len(others) for others, _ in found]
    none = np.zeros(0, dtype=np.int64)
    return Alike(
        [page.id for page in pages],
        np.repeat(np.arange(len(pages)), counts),
        np.concatenate([none, *(others for others, _ in found)]),
        np.concatenate([none, *(likeness for _, likeness in found)]),
    )


class _Index:
    """For each word the pages that have it, in their order, in arrays: word after word."""

    def __init__(self, pages: Sequence[PageWords]) -> None:
        none = np.zeros(0, dtype=np.int64)
        words = np.concatenate([none, *(page.words for page in pages)])
        weights = np.concatenate([none, *(page.weights for page in pages)])
        lengths = np.array([len(page.words) for page in pages], dtype=np.int64)
        by_word = np.argsort(words, kind="stable")
        self._pages = np.repeat(np.arange(len(pages)), lengths)[by_word]
        self._weights = weights[by_word]
        self._places = np.empty_like(by_word)  # where each word of each page stands in the index
        self._places[by_word] = np.arange(len(by_word))
        spread = np.bincount(words)
        self._begins = (np.cumsum(spread) - spread)[words] if len(words) else by_word
        self._ends = np.cumsum(lengths)
        self._starts = self._ends - lengths

    def common(self, window: int, reach: int) -> Iterator[tuple[Numbers, Numbers]]:
        """For each page the earlier ones with which its words have a product of at least `reach`, and the products."""
        sums = np.zeros(len(self._ends), dtype=np.int64)
        for start, end in zip(self._starts.tolist(), self._ends.tolist(), strict=True):
            places = self._places[start:end]
            first = np.maximum(self._begins[start:end], places - window)
            earlier = ranges(first, places - first)
            others = self._pages[earlier]
            np.add.at(sums, others, self._weights[earlier] * np.repeat(self._weights[places], places - first))
            near = others[sums[others] >= reach]
            products = sums[near]
            sums[others] = 0
            sums[near] = np.arange(len(near))  # of a page that stands there several times, the last one counts
            last = sums[near] == np.arange(len(near))
            yield near[last], products[last]
            sums[near] = 0


def ranges(first: Numbers, counts: Numbers) -> Numbers:
    """From each number on as many as its count says."""
    before = np.cumsum(counts) - counts
    return np.repeat(first - before, counts) + np.arange(counts.sum())


class _Weigh:
    """Weighs what pages have in common by the time between them and by what they mean."""

    def __init__(self, pages: Sequence[PageWords], rules: StoryRules) -> None:
        self._rules = rules
        self._first = np.array([p.days.first.toordinal() if p.days.first else EARLIEST for p in pages], dtype=np.int64)
        self._last = np.array([p.days.last.toordinal() if p.days.last else LATEST for p in pages], dtype=np.int64)
        self._meanings = [page.meaning for page in pages]
        self._most = rules.meant_least + 10 * rules.meant_share  # of a likeness, where the meaning is the same
        self.reach = -(-UNIT * rules.least // self._most) * 2 * UNIT
        """The product below which two pages are not alike, whatever they mean."""

    def alike(self, page: int, others: Numbers, products: Numbers) -> tuple[Numbers, Numbers]:
        """Those of the other pages that are alike to a page, and how much."""
        faded = products // (2 * UNIT) * self._rules.half // (self._rules.half + self._waited(page, others))
        kept = faded * self._most >= UNIT * self._rules.least
        others, faded = others[kept], faded[kept]
        weighed = faded * self._agreement(page, others) // UNIT
        alike = weighed >= self._rules.least
        return others[alike], weighed[alike]

    def _waited(self, page: int, others: Numbers) -> Numbers:
        """Days between a page and others, less those that take nothing away."""
        gap = np.maximum(self._first[page] - self._last[others], self._first[others] - self._last[page])
        waited: Numbers = np.maximum(gap - self._rules.fresh, 0)
        return waited

    def _agreement(self, page: int, others: Numbers) -> Numbers:
        """By how much meaning raises or lowers a likeness, in thousandths; not at all where a page has no vector."""
        agreement = np.full(len(others), UNIT)
        if self._meanings[page] and len(others):
            known = [place for place, other in enumerate(others.tolist()) if self._meanings[other]]
            near = nearness_to_all(self._meanings[page], [self._meanings[other] for other in others[known].tolist()])
            agreement[known] = self._rules.meant_least + self._rules.meant_share * near // 100
        return agreement
