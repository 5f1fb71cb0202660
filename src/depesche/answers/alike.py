"""Which wordings are the same words, cut or changed, and which tell the same in other words.

Only wordings that share a run of words, or one of their rarer stems, are compared: cost grows with the pile.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from enum import StrEnum
from math import ceil
from typing import TypeAlias

Words: TypeAlias = tuple[str, ...]

LEAST_CUT = 5
"""Words from which a part of a longer quotation cannot be chance."""

LEAST_CHANGED, SHARED_PER_CENT = 6, 80
LEAST_STEM, STEM, LEAST_STEMS, STEMS_PER_CENT = 4, 5, 4, 40

PAIR = 2
"""Two wordings of which four fifths are shared in order share at least two neighbouring words."""


class Differs(StrEnum):
    """How a source's words stand to the fullest ones."""

    SAME = "same"
    CUT = "cut"
    CHANGED = "changed"


def difference(words: Words, fullest: Words) -> Differs:
    """How these words differ from the fullest ones of their utterance."""
    if words == fullest:
        return Differs.SAME
    return Differs.CUT if holds(fullest, words) else Differs.CHANGED


def holds(longer: Words, shorter: Words) -> bool:
    """Whether the shorter words stand in the longer ones, one after another."""
    return f" {' '.join(shorter)} " in f" {' '.join(longer)} "


def same_words(wordings: Mapping[Words, bool]) -> Iterator[tuple[Words, Words]]:
    """Pairs of which one is part of the other, or a changed form of it. The value tells direct speech."""
    yield from _cut(wordings)
    yield from _changed([words for words, direct in wordings.items() if direct and len(words) >= LEAST_CHANGED])


def _cut(wordings: Mapping[Words, bool]) -> Iterator[tuple[Words, Words]]:
    holders: dict[Words, list[Words]] = defaultdict(list)
    for words in wordings:
        for run in set(_runs(words, LEAST_CUT)):
            holders[run].append(words)
    for words in wordings:
        if len(words) >= LEAST_CUT:
            longer = (other for other in holders[words[:LEAST_CUT]] if len(other) > len(words))
            yield from ((words, other) for other in longer if holds(other, words))


def _changed(wordings: Sequence[Words]) -> Iterator[tuple[Words, Words]]:
    shared: dict[Words, list[Words]] = defaultdict(list)
    for words in sorted(wordings):
        near = {other for pair in set(_runs(words, PAIR)) for other in shared[pair]}
        yield from ((other, words) for other in sorted(near) if _mostly_shared(other, words))
        for pair in set(_runs(words, PAIR)):
            shared[pair].append(words)


def _mostly_shared(a: Words, b: Words) -> bool:
    both = len(a) + len(b)
    if 200 * min(len(a), len(b)) < SHARED_PER_CENT * both:
        return False
    if 200 * sum((Counter(a) & Counter(b)).values()) < SHARED_PER_CENT * both:
        return False
    blocks = SequenceMatcher(None, a, b, autojunk=False).get_matching_blocks()
    return 200 * sum(block.size for block in blocks) >= SHARED_PER_CENT * both


def _runs(words: Words, length: int) -> Iterator[Words]:
    return (words[i : i + length] for i in range(len(words) - length + 1))


def stems(words: Words) -> frozenset[str]:
    """What inflection leaves of the longer words."""
    return frozenset(word[:STEM] for word in words if len(word) >= LEAST_STEM)


def same_matter(wordings: Mapping[str, frozenset[str]]) -> Iterator[tuple[str, str]]:
    """Pairs of names whose stems overlap by two fifths, the lesser name first."""
    spread = Counter(stem for held in wordings.values() for stem in held)
    met: dict[str, list[str]] = defaultdict(list)
    for name in sorted(wordings):
        held = wordings[name]
        # Two sets that share so many share one of the rarest of each: the others need not be looked up.
        needed = max(LEAST_STEMS, ceil(STEMS_PER_CENT * len(held) / 100))
        rarest = sorted(held, key=lambda stem: (spread[stem], stem))[: max(len(held) - needed + 1, 0)]
        for other in sorted({other for stem in rarest for other in met[stem]}):
            shared = len(held & wordings[other])
            if shared >= LEAST_STEMS and 100 * shared >= STEMS_PER_CENT * len(held | wordings[other]):
                yield other, name
        for stem in rarest:
            met[stem].append(name)
