"""Texts taken from one another: found by runs of words they share, proved by the passages.

Candidates come from a sampled index of word runs, so cost grows with the pile; a run that very many texts have
(furniture, a slogan, a wire text in every paper) joins them along a chain only. Topic alone never makes a copy.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from functools import cache

import msgspec

from depesche.link.words import digest, word_spans, words_of
from depesche.model.linkage import Copy
from depesche.model.reason import Reason
from depesche.model.text import Span
from depesche.packs.linking import CopyRules

TRIES = 8  # places of one run that are tried for the longest match
LEAST_SHARED_RUNS = 2


class _Text(msgspec.Struct, frozen=True):
    id: str
    words: list[str]
    spans: list[Span]
    runs: dict[int, list[int]]

    def own(self, spread: Counter[int], rules: CopyRules) -> list[bool]:
        """Which words are the text's own: not in a run that a crowd of texts has (a slogan, a footer).

        Where hardly anything is left, as in a wire text that every paper prints, all words are its own.
        """
        own = [True] * len(self.words)
        for run, places in self.runs.items():
            if spread[run] > rules.furniture:
                for place in places:
                    own[place : place + rules.seed] = [False] * rules.seed
        return own if 100 * sum(own) >= rules.share * len(own) else [True] * len(own)


def find_copies(documents: Sequence[tuple[str, str]], rules: CopyRules) -> tuple[Copy, ...]:
    """Every pair of texts of which one holds a good part of the other; `page` is the shorter of the two."""
    texts = [_read(id_, text, rules.seed) for id_, text in sorted(dict(documents).items())]
    spread = Counter(run for text in texts for run in text.runs)
    own = cache(lambda i: texts[i].own(spread, rules))
    pairs = (_by_length(texts, a, b) for a, b in _candidates(texts, rules))
    found = (_compare(texts[short], texts[long], rules, own(short)) for short, long in pairs)
    return tuple(sorted((copy for copy in found if copy), key=lambda copy: (copy.page, copy.of)))


def _read(id_: str, text: str, seed: int) -> _Text:
    words = words_of(text)
    runs: dict[int, list[int]] = defaultdict(list)
    for i in range(len(words) - seed + 1):
        runs[digest(tuple(words[i : i + seed]))].append(i)
    return _Text(id_, words, word_spans(text), dict(runs))


def _candidates(texts: list[_Text], rules: CopyRules) -> list[tuple[int, int]]:
    index: dict[int, list[int]] = defaultdict(list)
    for i, text in enumerate(texts):
        for run in text.runs:
            if run % rules.sample == 0 or len(text.words) < 4 * rules.least:
                index[run].append(i)
    shared: Counter[tuple[int, int]] = Counter()
    for holders in index.values():
        shared.update(_pairs(holders, rules.crowd))
    return sorted(pair for pair, runs in shared.items() if runs >= LEAST_SHARED_RUNS)


def _pairs(holders: list[int], crowd: int) -> Iterator[tuple[int, int]]:
    reach = len(holders) if len(holders) <= crowd else 1
    for i, a in enumerate(holders):
        for b in holders[i + 1 : i + 1 + reach]:
            yield a, b


def _compare(short: _Text, long: _Text, rules: CopyRules, own: list[bool]) -> Copy | None:
    matches = _matches(short, long, rules.seed)
    shared = sum(sum(own[i : i + length]) for i, _, length in matches)
    words = sum(own)
    share = 100 * shared // max(words, 1)
    if share < rules.share or shared < min(rules.least, words):
        return None
    passages = tuple(
        (_span(short, i, length), _span(long, j, length)) for i, j, length in matches if length >= rules.proof
    )
    if not passages:
        return None
    note = f"{shared} of {words} words of its own stand in the other text"
    return Copy(short.id, long.id, share, passages, Reason("link.copy.passages", note, score=share))


def _by_length(texts: list[_Text], a: int, b: int) -> tuple[int, int]:
    return (a, b) if (len(texts[a].words), a) <= (len(texts[b].words), b) else (b, a)


def _matches(short: _Text, long: _Text, seed: int) -> list[tuple[int, int, int]]:
    """Runs of shared words: where in the short text, where in the long one, how many; left to right."""
    matches = []
    i, following = 0, 0
    while i + seed <= len(short.words):
        places = long.runs.get(digest(tuple(short.words[i : i + seed])), ())
        best = max(((_length(short, long, i, j), -abs(j - following), j) for j in places[:TRIES]), default=(0, 0, 0))
        if best[0] >= seed:
            matches.append((i, best[2], best[0]))
            i, following = i + best[0], best[2] + best[0]
        else:
            i += 1
    return matches


def _length(short: _Text, long: _Text, i: int, j: int) -> int:
    start, last = i, min(len(short.words), len(long.words) - j + i)
    while i < last and short.words[i] == long.words[i - start + j]:
        i += 1
    return i - start


def _span(text: _Text, first: int, length: int) -> Span:
    return Span(text.spans[first].start, text.spans[first + length - 1].end)
