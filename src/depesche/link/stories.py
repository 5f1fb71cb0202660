"""Pages on one happening and its follow-ups: words weighed by rarity, fading with the days between pages.

All weights are whole numbers, so sums do not depend on their order.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import date

import msgspec

from depesche.link.words import words_of
from depesche.model.days import Days
from depesche.model.linkage import Story
from depesche.packs.linking import StoryRules

SHORTEST = 4  # letters of a word that tells something
UNIT = 1000


class StoryText(msgspec.Struct, frozen=True):
    """A page as stories see it: identity, title, text, and the days it was published in."""

    id: str
    title: str
    text: str
    days: Days = Days()


def find_stories(texts: Sequence[StoryText], rules: StoryRules) -> tuple[Story, ...]:
    """The stories of the pile; a page that shares its subject with none is a story of its own."""
    ordered = sorted(texts, key=lambda text: text.id)
    likeness = page_likeness(ordered, rules)
    groups = _join(likeness, rules)
    members: dict[str, list[str]] = defaultdict(list)
    for text in ordered:
        members[groups.get(text.id, text.id)].append(text.id)
    return tuple(Story(f"s-{min(pages)}", tuple(sorted(pages))) for _, pages in sorted(members.items()))


def page_likeness(texts: Sequence[StoryText], rules: StoryRules) -> dict[tuple[str, str], int]:
    """Likeness in thousandths of every pair of pages that reaches the least one; the lesser id stands first."""
    days = {text.id: text.days for text in texts}
    likeness = {}
    for (a, b), product in sorted(_products(_vectors(texts, rules), days, rules.window).items()):
        faded = product * rules.half // (rules.half + days[a].gap(days[b])) // UNIT
        if faded >= rules.least:
            likeness[a, b] = faded
    return likeness


def _vectors(texts: Sequence[StoryText], rules: StoryRules) -> dict[str, dict[str, int]]:
    counts = {text.id: _count(text, rules.title) for text in texts}
    spread: Counter[str] = Counter(word for words in counts.values() for word in words)
    ceiling = max(rules.rare, rules.common * len(texts) // 100)
    weights = {word: _rarity(n, len(texts)) for word, n in spread.items() if 1 < n <= ceiling}
    return {id_: _vector(words, weights, rules.keep) for id_, words in counts.items()}


def _count(text: StoryText, title: int) -> Counter[str]:
    words: Counter[str] = Counter()
    for word in words_of(text.text):
        words[word] += 1
    for word in words_of(text.title):
        words[word] += title
    return Counter({word: n for word, n in words.items() if len(word) >= SHORTEST})


def _rarity(spread: int, texts: int) -> int:
    return round(UNIT * math.log2((texts + 1) / spread))


def _vector(words: Counter[str], weights: dict[str, int], keep: int) -> dict[str, int]:
    """The heaviest words, scaled so that the squares sum to about UNIT squared."""
    raw = {word: weights[word] * round(100 * (1 + math.log2(n))) for word, n in words.items() if word in weights}
    best = sorted(raw.items(), key=lambda item: (-item[1], item[0]))[:keep]
    norm = math.isqrt(sum(weight * weight for _, weight in best))
    return {word: weight * UNIT // norm for word, weight in best} if norm else {}


def _products(vectors: dict[str, dict[str, int]], days: dict[str, Days], window: int) -> Counter[tuple[str, str]]:
    """What the vectors have in common, word by word; of a word on very many pages, those close in time are compared."""
    index: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for id_ in sorted(vectors, key=lambda id_: (days[id_].first or days[id_].last or date.min, id_)):
        for word, weight in vectors[id_].items():
            index[word].append((id_, weight))
    products: Counter[tuple[str, str]] = Counter()
    for postings in index.values():
        for i, (a, weight) in enumerate(postings):
            for b, other in postings[i + 1 : i + 1 + window]:
                products[min(a, b), max(a, b)] += weight * other
    return products


def _join(likeness: dict[tuple[str, str], int], rules: StoryRules) -> dict[str, str]:
    """Average-link groups, best pairs first; a pair that was never likened counts as 0."""
    group = {id_: id_ for pair in likeness for id_ in pair}
    members = {id_: [id_] for id_ in sorted(group)}
    sums: dict[str, Counter[str]] = {id_: Counter() for id_ in members}
    for (a, b), like in likeness.items():
        sums[a][b] = sums[b][a] = like
    for (a, b), _ in sorted(likeness.items(), key=lambda item: (-item[1], item[0])):
        one, other = sorted((group[a], group[b]), key=lambda id_: (-len(members[id_]), id_))
        pairs = len(members[one]) * len(members[other])
        if one == other or sums[one][other] < rules.mean * pairs:
            continue
        _fold(sums, one, other)
        group |= dict.fromkeys(members[other], one)
        members[one] += members.pop(other)
    return group


def _fold(sums: dict[str, Counter[str]], one: str, other: str) -> None:
    """The sums of two groups that become one."""
    for third, like in sums.pop(other).items():
        del sums[third][other]
        if third != one:
            sums[one][third] += like
            sums[third][one] += like
