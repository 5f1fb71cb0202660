"""Texts of a pile as numbers: one for each word, one for each run of words that begins at it.

Words of all texts stand in one array; whatever can be made of them is made when it is asked for.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from depesche.link.words import WORD, digest, words_of

Runs = npt.NDArray[np.uint64]
Words = npt.NDArray[np.uint32]

_FACTOR = np.uint64(0x9E3779B97F4A7C15)  # odd, bits well spread (the golden ratio)
_SHIFT = np.uint64(29)


class WordNumbers(dict[str, int]):
    """The number of each word that was met, as it was written: the same in every process, whatever its case."""

    def __missing__(self, word: str) -> int:
        """The number of a word met for the first time."""
        self[word] = number = digest(words_of(word))
        return number

    def of(self, text: str) -> Words:
        """The numbers of a text's words."""
        return np.array([self[word] for word in WORD.findall(text)], dtype=np.uint32)


class Texts:
    """Texts by their place in the order of their ids; `seed` is how many words a run has."""

    def __init__(self, seed: int) -> None:
        self._seed = seed
        self._words = array("I")
        self._bounds: dict[str, tuple[int, int]] = {}

    def add(self, id_: str, words: Words) -> None:
        """Takes in a text by the numbers of its words."""
        start = len(self._words)
        self._words.frombytes(words.tobytes())
        self._bounds[id_] = (start, len(self._words))

    def ordered(self) -> OrderedTexts:
        """The texts that were taken in."""
        return OrderedTexts(self._words, dict(sorted(self._bounds.items())), self._seed)


class OrderedTexts(Sequence[Runs]):
    """Of each text the runs, in the order in which they stand there."""

    def __init__(self, words: array[int], bounds: dict[str, tuple[int, int]], seed: int) -> None:
        self.ids = tuple(bounds)
        self._words, self._bounds, self._seed = words, tuple(bounds.values()), seed

    def __len__(self) -> int:
        """How many texts there are."""
        return len(self.ids)

    def __getitem__(self, place: int) -> Runs:  # type: ignore[override]  # no slices
        """The runs of a text."""
        return runs_of(np.frombuffer(self.words(place), dtype=np.uint32), self._seed)

    def words(self, place: int) -> array[int]:
        """The numbers of a text's words."""
        start, end = self._bounds[place]
        return self._words[start:end]

    def length(self, place: int) -> int:
        """How many words a text has."""
        start, end = self._bounds[place]
        return end - start


def runs_of(words: Words, seed: int) -> Runs:
    """A number for each run: of its words in their order, the same in every process."""
    count = max(len(words) - seed + 1, 0)
    codes, runs = words.astype(np.uint64), np.zeros(count, dtype=np.uint64)
    for place in range(seed):
        runs = (runs + codes[place : place + count]) * _FACTOR
        runs ^= runs >> _SHIFT
    return runs


def common_runs(texts: Iterable[Runs], crowd: int) -> Runs:
    """The runs that more than a crowd of texts have, sorted."""
    kinds = [np.unique(runs) for runs in texts]
    if len(kinds) <= crowd:
        return np.zeros(0, dtype=np.uint64)
    runs, spread = np.unique(np.concatenate(kinds), return_counts=True)
    found: Runs = runs[spread > crowd]
    return found


def among(runs: Runs, others: Runs) -> npt.NDArray[np.bool_]:
    """Which of the runs are among the others, which are sorted; much faster than `np.isin` for the few of one text."""
    if not len(others):
        return np.zeros(len(runs), dtype=bool)
    places = np.searchsorted(others, runs)
    found: npt.NDArray[np.bool_] = others[np.minimum(places, len(others) - 1)] == runs
    return found


def pairs_sharing(chosen: Sequence[Runs], crowd: int, least: int) -> Iterator[tuple[int, int]]:
    """Pairs of texts, by place and in order, that share at least so many of the runs that were chosen of each.

    A run that more than a crowd have joins them along a chain only. No text may have a run twice.
    """
    ends = np.cumsum([0, *map(len, chosen)])
    runs = np.concatenate([np.zeros(0, dtype=np.uint64), *chosen])
    order = np.argsort(runs, kind="stable")  # so that holders of one run stand in their own order
    holders = np.repeat(np.arange(len(chosen)), np.diff(ends))[order]
    where = np.empty_like(order)
    where[order] = np.arange(len(order))
    last = _last_of_holders(runs[order], crowd)[where]
    for text, (start, end) in enumerate(pairwise(ends.tolist())):
        later = [
            holders[at + 1 : to + 1] for at, to in zip(where[start:end].tolist(), last[start:end].tolist(), strict=True)
        ]
        others, shared = np.unique(np.concatenate([holders[:0], *later]), return_counts=True)
        for other in others[shared >= least].tolist():
            yield text, other


def _last_of_holders(runs: Runs, crowd: int) -> npt.NDArray[np.int64]:
    """For each place in the sorted runs the last one of the same run; in a crowd that of the next holder."""
    if not len(runs):
        return np.zeros(0, dtype=np.int64)
    starts = np.flatnonzero(np.append(True, runs[1:] != runs[:-1]))
    sizes = np.diff(np.append(starts, len(runs)))
    ends, size = np.repeat(starts + sizes - 1, sizes), np.repeat(sizes, sizes)
    return np.where(size > crowd, np.minimum(np.arange(len(runs)) + 1, ends), ends)
