"""Pairs of texts and of mentions that are held as numbers are those that the plain words for them give."""

from __future__ import annotations

from collections import Counter, defaultdict
from itertools import combinations, pairwise

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from depesche.link.entries import ScoredPairs
from depesche.link.runs import Texts, common_runs, pairs_sharing, runs_of
from depesche.model.linkage import Copies, Copy
from depesche.model.text import Span

holdings = st.lists(st.sets(st.integers(0, 9), max_size=8), max_size=9)
names = st.sampled_from("abcdefgh")


@given(holdings, st.integers(1, 4), st.integers(1, 3))
def test_texts_that_share_runs(held: list[set[int]], crowd: int, least: int) -> None:
    holders: dict[int, list[int]] = defaultdict(list)
    for text, runs in enumerate(held):
        for run in runs:
            holders[run].append(text)
    shared: Counter[tuple[int, int]] = Counter()
    for texts in holders.values():
        shared.update(combinations(texts, 2) if len(texts) <= crowd else pairwise(texts))
    chosen = [np.array(sorted(runs), dtype=np.uint64) for runs in held]
    assert [*pairs_sharing(chosen, crowd, least)] == sorted(pair for pair, count in shared.items() if count >= least)


@given(st.dictionaries(names, st.lists(st.integers(0, 3), max_size=9)), st.integers(1, 3), st.integers(1, 3))
def test_runs_of_a_pile(pile: dict[str, list[int]], seed: int, crowd: int) -> None:
    texts = Texts(seed)
    for name, words in pile.items():
        texts.add(name, np.array(words, dtype=np.uint32))
    ordered = texts.ordered()
    assert ordered.ids == tuple(sorted(pile))
    for runs, name in zip(ordered, ordered.ids, strict=True):
        words = pile[name]
        told = [tuple(words[i : i + seed]) for i in range(len(words) - seed + 1)]
        assert len(runs) == len(told)
        assert [np.count_nonzero(runs == run) for run in runs] == [told.count(one) for one in told]
    spread = Counter(run for runs in ordered for run in {*runs.tolist()})
    assert common_runs(ordered, crowd).tolist() == sorted(run for run, texts in spread.items() if texts > crowd)


def test_a_run_is_a_number_for_its_words_in_their_order() -> None:
    one, other = (runs_of(np.array(words, dtype=np.uint32), 2) for words in ([1, 2, 1, 2], [2, 1]))
    assert one[0] == one[2] != one[1] == other[0]


@given(
    st.dictionaries(st.tuples(names, names).filter(lambda pair: pair[0] < pair[1]), st.integers(0, 30)),
    st.lists(st.frozensets(names, min_size=2), max_size=2),
)
def test_what_hangs_together(scores: dict[tuple[str, str], int], together: list[frozenset[str]]) -> None:
    pairs = ScoredPairs("hgfedcba")
    for (a, b), score in scores.items():
        pairs.add(a, b, score)
    parts = {name: {name} for name in "abcdefgh"}
    for ids in (*scores, *together):
        joined = set().union(*(parts[name] for name in ids))
        parts |= dict.fromkeys(joined, joined)
    wanted = sorted({tuple(sorted(part)) for part in parts.values() if len(part) > 1})
    found = [*pairs.parts(together)]
    assert [tuple(ids) for ids, _ in found] == wanted
    for ids, inside in found:
        assert list(inside) == sorted((a, b, score) for (a, b), score in scores.items() if a in ids)


@given(st.sets(st.tuples(names, names).filter(lambda pair: pair[0] != pair[1])), st.frozensets(names))
def test_copies_among_pages(pairs: set[tuple[str, str]], pages: frozenset[str]) -> None:
    copies = Copies(Copy(page, of, 50, ((Span(0, 3), Span(4, 7)),)) for page, of in pairs)
    assert [*copies] == [Copy(page, of, 50, ((Span(0, 3), Span(4, 7)),)) for page, of in sorted(pairs)]
    assert copies.among(pages) == {(min(pair), max(pair)) for pair in pairs if {*pair} <= pages}
