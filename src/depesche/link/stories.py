"""Pages on one happening and its follow-ups: beginnings of words and names weighed by rarity, fading with time.

Where pages have meaning vectors, those tell look-alikes apart: the same words about another thing count less, other
words about the same thing more. All weights are whole numbers, so sums do not depend on their order.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

import msgspec
import numpy as np
import numpy.typing as npt

from depesche.link.alike import UNIT, Alike, Numbers, PageWords, find_alike
from depesche.link.joining import join_alike
from depesche.link.meaning import nearness
from depesche.link.words import LONGEST, WORD, stem, words_of
from depesche.model.days import Days
from depesche.model.linkage import Story
from depesche.packs.linking import StoryRules

SHORTEST = 4  # letters of a word that tells something
STOPS = ".!?:"
NAME = "\x00"  # before a name, which counts as a word and as a name


class StoryText(msgspec.Struct, frozen=True):
    """A page as stories see it: identity, title, text, the days it was published in, and its meaning vector if any."""

    id: str
    title: str
    text: str
    days: Days = Days()
    meaning: bytes = b""


def find_stories(texts: Iterable[StoryText], rules: StoryRules) -> tuple[Story, ...]:
    """The stories of the pile; a page that shares its subject with none is a story of its own."""
    return _counted(texts, rules).stories()


def page_likeness(texts: Iterable[StoryText], rules: StoryRules) -> dict[tuple[str, str], int]:
    """Likeness in thousandths of every pair of pages that reaches the least one; the lesser id stands first."""
    alike = _counted(texts, rules).alike()
    return dict(sorted(((min(a, b), max(a, b)), like) for a, b, like in alike.named()))


def _counted(texts: Iterable[StoryText], rules: StoryRules) -> StoryPile:
    pile = StoryPile(rules)
    for text in texts:
        pile.add(text.id, count_words(text.text, text.title, rules), text.days, text.meaning)
    return pile


class StoryPile:
    """Pages with their words counted, in arrays: words by their numbers in the pile."""

    def __init__(self, rules: StoryRules) -> None:
        self._rules = rules
        self._numbers: dict[str, int] = {}
        self._pages: list[_Counted] = []

    def add(self, id: str, counts: Mapping[str, int], days: Days, meaning: bytes = b"") -> None:
        """Takes in a page, with how often it has each word that tells a story (`count_words`)."""
        numbers = [self._numbers.setdefault(word, len(self._numbers)) for word in counts]
        words, times = np.array(numbers, dtype=np.int32), np.array([*counts.values()], dtype=np.int32)
        self._pages.append(_Counted(id, words, times, days, meaning))

    def stories(self) -> tuple[Story, ...]:
        """The stories of the pile."""
        groups = join_alike(self.alike(), self._rules.mean)
        members: dict[str, list[str]] = defaultdict(list)
        for page in self._pages:
            members[groups.get(page.id, page.id)].append(page.id)
        return tuple(Story(f"s-{min(pages)}", tuple(sorted(pages))) for _, pages in sorted(members.items()))

    def alike(self) -> Alike:
        """Pages that are alike."""
        ordered = sorted(self._pages, key=lambda page: (page.days.first or page.days.last or date.min, page.id))
        weigh = _Weights(self._pages, self._numbers, self._rules)
        return find_alike([PageWords(p.id, p.days, *weigh.of(p), p.meaning) for p in ordered], self._rules)

    def vectors(self) -> Iterator[tuple[str, dict[str, int]]]:
        """Each page with the weights of its words and of its names."""
        weigh, words = _Weights(self._pages, self._numbers, self._rules), list(self._numbers)
        for page in self._pages:
            chosen, weights = weigh.of(page)
            yield page.id, {words[word]: weight for word, weight in zip(chosen.tolist(), weights.tolist(), strict=True)}


class _Counted(msgspec.Struct, frozen=True):
    """A page with the numbers of its words and how often it has each."""

    id: str
    words: npt.NDArray[np.int32]
    times: npt.NDArray[np.int32]
    days: Days
    meaning: bytes


class _Weights:
    """What the words of a pile weigh: the rarer the more; nothing for those that stand alone or nearly everywhere."""

    def __init__(self, pages: Sequence[_Counted], numbers: Mapping[str, int], rules: StoryRules) -> None:
        self._keep = rules.keep
        words = np.concatenate([np.zeros(0, dtype=np.int32), *(page.words for page in pages)])
        spread = np.bincount(words, minlength=len(numbers))
        ceiling = max(rules.rare, rules.common * len(pages) // 100)
        weigh = {n: _rarity(n, len(pages)) if 1 < n <= ceiling else 0 for n in np.unique(spread).tolist()}
        self._weights = np.array([weigh[n] for n in spread.tolist()], dtype=np.int64)
        self._rank = np.zeros(len(numbers), dtype=np.int64)
        self._rank[[numbers[word] for word in sorted(numbers)]] = np.arange(len(numbers))
        self._name = np.array([word[0] == NAME for word in numbers], dtype=bool)

    def of(self, page: _Counted) -> tuple[Numbers, Numbers]:
        """The heaviest words and the heaviest names of a page with their weights.

        The squares of the weights of either sum to about UNIT squared.
        """
        raw = self._weights[page.words] * _often(page.times)
        chosen = [self._scaled(page.words[some], raw[some]) for some in self._parts(page.words, raw)]
        return np.concatenate([words for words, _ in chosen]), np.concatenate([weights for _, weights in chosen])

    def _parts(self, words: npt.NDArray[np.int32], raw: Numbers) -> Iterator[npt.NDArray[np.bool_]]:
        names = self._name[words]
        yield ~names & (raw > 0)
        yield names & (raw > 0)

    def _scaled(self, words: npt.NDArray[np.int32], raw: Numbers) -> tuple[Numbers, Numbers]:
        best = np.lexsort((self._rank[words], -raw))[: self._keep]
        norm = math.isqrt(int((raw[best] * raw[best]).sum()))
        return words[best].astype(np.int64), raw[best] * UNIT // max(norm, 1)


def _often(times: npt.NDArray[np.int32]) -> Numbers:
    """What a word counts that a page has so many times."""
    counts, places = np.unique(times, return_inverse=True)
    return np.array([round(100 * (1 + math.log(n))) for n in counts.tolist()], dtype=np.int64)[places]


def page_similarity(
    texts: Sequence[StoryText], pairs: Iterable[tuple[str, str]], rules: StoryRules
) -> dict[tuple[str, str], int]:
    """How alike a person would call two pages, in thousandths: shared words and names, and meaning; no time."""
    known, vectors = {text.id: text for text in texts}, dict(_counted(texts, rules).vectors())
    found: dict[tuple[str, str], int] = {}
    for a, b in pairs:
        shared = sum(weight * vectors[b].get(word, 0) for word, weight in vectors[a].items()) // (2 * UNIT)
        words = math.isqrt(UNIT * shared)
        meant = nearness(known[a].meaning, known[b].meaning)
        found[a, b] = (words + 2 * meant) // 3 if known[a].meaning and known[b].meaning else words
    return found


def count_words(text: str, title: str, rules: StoryRules) -> dict[str, int]:
    """How often a page has each beginning of a word and each name; what its title has counts several times."""
    counts: dict[str, int] = defaultdict(int)
    for words, times in ((text, 1), (title, rules.title)):
        for word in words_of(words):
            if len(word) >= SHORTEST:
                counts[stem(word)] += times
        for name in _names(words):
            counts[NAME + name] += times
    return {word: counts[word] for word in sorted(counts)}


def _names(text: str) -> list[str]:
    """Words with a capital, and figures, that do not stand first in a sentence."""
    names = []
    for match in WORD.finditer(text):
        word, before = match.group(), text[max(match.start() - 2, 0) : match.start()].strip()
        if (word[0].isupper() or word[0].isdigit()) and match.start() and before[-1:] not in STOPS:
            names.append(word.casefold()[:LONGEST])
    return names


def _rarity(spread: int, texts: int) -> int:
    return round(UNIT * math.log2((texts + 1) / spread))
