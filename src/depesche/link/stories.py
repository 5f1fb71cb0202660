"""Pages on one happening and its follow-ups: beginnings of words and names weighed by rarity, fading with time.

Where pages have meaning vectors, those tell look-alikes apart: the same words about another thing count less, other
words about the same thing more. All weights are whole numbers, so sums do not depend on their order.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from heapq import heapify, heappop, heappush

import msgspec

from depesche.link.meaning import nearness
from depesche.link.words import LONGEST, WORD, stem, words_of
from depesche.model.days import Days
from depesche.model.linkage import Story
from depesche.packs.linking import StoryRules

SHORTEST = 4  # letters of a word that tells something
UNIT = 1000
STOPS = ".!?:"
NAME = "\x00"  # before a name, which counts as a word and as a name


class StoryText(msgspec.Struct, frozen=True):
    """A page as stories see it: identity, title, text, the days it was published in, and its meaning vector if any."""

    id: str
    title: str
    text: str
    days: Days = Days()
    meaning: bytes = b""


Vector = dict[str, int]


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
    known = {text.id: text for text in texts}
    most = rules.meant_least + 10 * rules.meant_share
    reach = -(-UNIT * rules.least // most) * 2 * UNIT  # below it two are not alike, whatever they mean
    likeness: dict[tuple[str, str], int] = {}
    for a, products in _products(_vectors(texts, rules), {text.id: text.days for text in texts}, rules.window):
        for b, product in products.items():
            if product < reach:
                continue
            faded = _faded(product // (2 * UNIT), known[a].days.gap(known[b].days), rules)
            weighed = faded * _agreement(known[a], known[b], rules) // UNIT
            if faded * most >= UNIT * rules.least and weighed >= rules.least:
                likeness[min(a, b), max(a, b)] = weighed
    return dict(sorted(likeness.items()))


def page_similarity(
    texts: Sequence[StoryText], pairs: Iterable[tuple[str, str]], rules: StoryRules
) -> dict[tuple[str, str], int]:
    """How alike a person would call two pages, in thousandths: shared words and names, and meaning; no time."""
    known, vectors = {text.id: text for text in texts}, _vectors(texts, rules)
    found: dict[tuple[str, str], int] = {}
    for a, b in pairs:
        shared = sum(weight * vectors[b].get(word, 0) for word, weight in vectors[a].items()) // (2 * UNIT)
        words = math.isqrt(UNIT * shared)
        meant = nearness(known[a].meaning, known[b].meaning)
        found[a, b] = (words + 2 * meant) // 3 if known[a].meaning and known[b].meaning else words
    return found


def _faded(product: int, gap: int, rules: StoryRules) -> int:
    """What is left of a likeness after so many days."""
    return product * rules.half // (rules.half + max(gap - rules.fresh, 0))


def _agreement(a: StoryText, b: StoryText, rules: StoryRules) -> int:
    """By how much meaning raises or lowers a likeness, in thousandths; not at all where a page has no vector."""
    if not a.meaning or not b.meaning:
        return UNIT
    return rules.meant_least + rules.meant_share * nearness(a.meaning, b.meaning) // 100


def _vectors(texts: Sequence[StoryText], rules: StoryRules) -> dict[str, Vector]:
    """For each text the weights of its words and of its names; the squares of either sum to about UNIT squared."""
    counts = {text.id: _count(text, rules.title) for text in texts}
    spread: Counter[str] = Counter(word for words in counts.values() for word in words)
    ceiling = max(rules.rare, rules.common * len(texts) // 100)
    weights = {word: _rarity(n, len(texts)) for word, n in spread.items() if 1 < n <= ceiling}
    return {id_: _vector(words, weights, rules.keep) for id_, words in counts.items()}


def _count(text: StoryText, title: int) -> Counter[str]:
    counts: Counter[str] = Counter()
    for words, times in ((text.text, 1), (text.title, title)):
        for word in words_of(words):
            if len(word) >= SHORTEST:
                counts[stem(word)] += times
        for name in _names(words):
            counts[NAME + name] += times
    return counts


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


def _vector(counts: Counter[str], weights: Vector, keep: int) -> Vector:
    """The heaviest words and the heaviest names, either scaled by itself."""
    raw = {word: weights[word] * round(100 * (1 + math.log(n))) for word, n in counts.items() if word in weights}
    names = {word: weight for word, weight in raw.items() if word[0] == NAME}
    return _scaled({w: x for w, x in raw.items() if w[0] != NAME}, keep) | _scaled(names, keep)


def _scaled(raw: Vector, keep: int) -> Vector:
    best = sorted(raw.items(), key=lambda item: (-item[1], item[0]))[:keep]
    norm = math.isqrt(sum(weight * weight for _, weight in best))
    return {word: weight * UNIT // norm for word, weight in best} if norm else {}


def _products(
    vectors: dict[str, Vector], days: dict[str, Days], window: int
) -> Iterator[tuple[str, Mapping[str, int]]]:
    """What each page has in common with earlier ones; of a word on very many pages, those close in time are compared.

    Page by page, since all pairs of a large pile at once would not fit into memory.
    """
    latest: dict[str, deque[tuple[str, int]]] = defaultdict(lambda: deque(maxlen=window))
    for a in sorted(vectors, key=lambda id_: (days[id_].first or days[id_].last or date.min, id_)):
        products: dict[str, int] = defaultdict(int)
        for word, weight in vectors[a].items():
            for b, other in latest[word]:
                products[b] += weight * other
            latest[word].append((a, weight))
        yield a, products


def _join(likeness: dict[tuple[str, str], int], rules: StoryRules) -> dict[str, str]:
    """Average-link groups: the two that are most alike in the mean are joined, until none are alike enough.

    A pair that was never likened counts as 0. A group goes by its least page.
    """
    members = {id_: [id_] for id_ in sorted({id_ for pair in likeness for id_ in pair})}
    sums: dict[str, Counter[str]] = {id_: Counter() for id_ in members}
    for (a, b), like in likeness.items():
        sums[a][b] = sums[b][a] = like

    def mean(one: str, other: str) -> int:
        return UNIT * sums[one][other] // (len(members[one]) * len(members[other]))

    heap = [(-UNIT * like, a, b) for (a, b), like in likeness.items()]
    heapify(heap)
    while heap:
        negative, one, other = heappop(heap)
        if one not in members or other not in members or mean(one, other) != -negative:
            continue  # one of the two was joined to a third since
        if -negative < UNIT * rules.mean:
            break
        _fold(sums, one, other)
        members[one] += members.pop(other)
        for third in sums[one]:
            a, b = min(one, third), max(one, third)
            heappush(heap, (-mean(a, b), a, b))
    return {id_: one for one, ids in members.items() for id_ in ids}


def _fold(sums: dict[str, Counter[str]], one: str, other: str) -> None:
    """The sums of two groups that become one."""
    for third, like in sums.pop(other).items():
        del sums[third][other]
        if third != one:
            sums[one][third] += like
            sums[third][one] += like
