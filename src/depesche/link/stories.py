"""Pages on one happening and its follow-ups: beginnings of words and names weighed by rarity, fading with time.

Where pages have meaning vectors, those tell look-alikes apart: the same words about another thing count less, other
words about the same thing more. All weights are whole numbers, so sums do not depend on their order.
"""

from __future__ import annotations

import math
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

import msgspec

from depesche.link.alike import UNIT, Alike, PageWords, find_alike
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


class StoryWords(msgspec.Struct, frozen=True):
    """The same with the words and names of title and text, and how often each stands there."""

    id: str
    counts: Mapping[str, int]
    days: Days = Days()
    meaning: bytes = b""


Vector = dict[str, int]


def find_stories(texts: Iterable[StoryText], rules: StoryRules) -> tuple[Story, ...]:
    """The stories of the pile; a page that shares its subject with none is a story of its own."""
    return stories_among([_words(text, rules) for text in texts], rules)


def stories_among(pages: Sequence[StoryWords], rules: StoryRules) -> tuple[Story, ...]:
    """The same for pages of which the words are counted."""
    groups = join_alike(_likeness(pages, rules), rules.mean)
    members: dict[str, list[str]] = defaultdict(list)
    for page in pages:
        members[groups.get(page.id, page.id)].append(page.id)
    return tuple(Story(f"s-{min(pages)}", tuple(sorted(pages))) for _, pages in sorted(members.items()))


def page_likeness(texts: Sequence[StoryText], rules: StoryRules) -> dict[tuple[str, str], int]:
    """Likeness in thousandths of every pair of pages that reaches the least one; the lesser id stands first."""
    alike = _likeness([_words(text, rules) for text in texts], rules)
    return dict(sorted(((min(a, b), max(a, b)), like) for a, b, like in alike.named()))


def _likeness(texts: Sequence[StoryWords], rules: StoryRules) -> Alike:
    ordered = sorted(texts, key=lambda text: (text.days.first or text.days.last or date.min, text.id))
    weights = _vectors(ordered, rules)
    pages = [PageWords(text.id, text.days, weights.pop(text.id), text.meaning) for text in ordered]
    return find_alike(pages, rules)


def page_similarity(
    texts: Sequence[StoryText], pairs: Iterable[tuple[str, str]], rules: StoryRules
) -> dict[tuple[str, str], int]:
    """How alike a person would call two pages, in thousandths: shared words and names, and meaning; no time."""
    known, vectors = {text.id: text for text in texts}, _vectors([_words(text, rules) for text in texts], rules)
    found: dict[tuple[str, str], int] = {}
    for a, b in pairs:
        shared = sum(weight * vectors[b].get(word, 0) for word, weight in vectors[a].items()) // (2 * UNIT)
        words = math.isqrt(UNIT * shared)
        meant = nearness(known[a].meaning, known[b].meaning)
        found[a, b] = (words + 2 * meant) // 3 if known[a].meaning and known[b].meaning else words
    return found


def _vectors(texts: Sequence[StoryWords], rules: StoryRules) -> dict[str, Vector]:
    """For each text the weights of its words and of its names; the squares of either sum to about UNIT squared."""
    spread: Counter[str] = Counter(word for text in texts for word in text.counts)
    ceiling = max(rules.rare, rules.common * len(texts) // 100)
    weights = {word: _rarity(n, len(texts)) for word, n in spread.items() if 1 < n <= ceiling}
    return {text.id: _vector(text.counts, weights, rules.keep) for text in texts}


def _words(text: StoryText, rules: StoryRules) -> StoryWords:
    return StoryWords(text.id, count_words(text.text, text.title, rules), text.days, text.meaning)


def count_words(text: str, title: str, rules: StoryRules) -> dict[str, int]:
    """How often a page has each beginning of a word and each name; what its title has counts several times."""
    counts: dict[str, int] = defaultdict(int)
    for words, times in ((text, 1), (title, rules.title)):
        for word in words_of(words):
            if len(word) >= SHORTEST:
                counts[stem(word)] += times
        for name in _names(words):
            counts[NAME + name] += times
    return {sys.intern(word): counts[word] for word in sorted(counts)}


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


def _vector(counts: Mapping[str, int], weights: Vector, keep: int) -> Vector:
    """The heaviest words and the heaviest names, either scaled by itself."""
    raw = {word: weights[word] * round(100 * (1 + math.log(n))) for word, n in counts.items() if word in weights}
    names = {word: weight for word, weight in raw.items() if word[0] == NAME}
    return _scaled({w: x for w, x in raw.items() if w[0] != NAME}, keep) | _scaled(names, keep)


def _scaled(raw: Vector, keep: int) -> Vector:
    best = sorted(raw.items(), key=lambda item: (-item[1], item[0]))[:keep]
    norm = math.isqrt(sum(weight * weight for _, weight in best))
    return {word: weight * UNIT // norm for word, weight in best} if norm else {}
