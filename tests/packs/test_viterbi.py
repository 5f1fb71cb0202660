"""The searches over HanTa's tables find what HanTa's own searches find."""

from __future__ import annotations

import random
import re

import pytest
from HanTa.HanoverTagger import HanoverTagger

from depesche.packs.load import load_packs
from depesche.packs.tagger import MODELS
from depesche.packs.viterbi import Sentences, Words, going_on

WORDS = re.compile(r"\w+(?:-\w+)*|[^\w\s]")


@pytest.fixture(scope="module", params=["de", "en"])
def own(request: pytest.FixtureRequest) -> HanoverTagger:
    """HanTa as it comes."""
    return HanoverTagger(MODELS[request.param])


def told() -> list[list[str]]:
    """The sentences that the frames come with as examples, as words."""
    frames = load_packs().german.frames.frames
    texts = [example.text for _, frame in frames for example in frame.yes] + [
        no for _, frame in frames for no in frame.no
    ]
    return [WORDS.findall(text) for text in sorted(set(texts))]


def forms(model: HanoverTagger) -> list[str]:
    """Words that the model does not know, made of pieces of words that are told of, and short and odd ones."""
    known = sorted({word.lower() for sentence in told() for word in sentence})
    drawn = random.Random(7)
    made = [
        drawn.choice(known)[: drawn.randint(1, 9)] + drawn.choice(known)[-drawn.randint(1, 9) :] for _ in range(300)
    ]
    odd = [
        "x",
        "xq",
        "xqz",
        "qqqq",
        "-",
        "7.",
        "üß",
        "donaudampfschifffahrtsgesellschaftskapitän" + "s" * 18,
        "ſ",
        "北京",
    ]
    return [word for word in (*made, *odd) if word not in model.cache]


def test_classes_of_unknown_words(own: HanoverTagger) -> None:
    words = Words(own)
    for form in forms(own):
        assert words.classes(form) == own.analyze_forward(form), form


def test_morphemes_of_words_for_all_ends(own: HanoverTagger) -> None:
    words = Words(own)
    drawn = random.Random(3)
    ends = sorted(own.reachability)
    for form in forms(own):
        for end in (*drawn.sample(ends, 4), *(-tag for tag, _ in own.analyze_forward(form)[:2])):
            assert words.morphemes(form, end) == own.analyze_viterbi(form, end), (form, end)


@pytest.mark.parametrize("casesensitive", [True, False])
def test_classes_of_sentences(own: HanoverTagger, casesensitive: bool) -> None:
    best = Sentences(own).best
    sentences = [*told()[:400], ["Xq"], [".", ".", "."], ["WEISS", "ER", "DAS", "?"], ["der"] * 30]
    for sentence in sentences:
        assert best(sentence, casesensitive) == own.tag_sent_viterbi(sentence, casesensitive), sentence


def test_tagger_gives_what_the_library_gives() -> None:
    library, tagger = HanoverTagger(MODELS["de"]), load_packs().german.tagger
    for sentence in told()[:150]:
        expected = [(tag, lemma) for _, lemma, tag in library.tag_sent(sentence)]
        found = tagger.tag(sentence)
        marks = [not re.search(r"\w", word) for word in sentence]
        assert [pair for pair, mark in zip(found, marks, strict=True) if not mark] == [
            pair for pair, mark in zip(expected, marks, strict=True) if not mark
        ]


def test_states_that_go_on_are_the_best_and_those_hardly_worse_than_the_next() -> None:
    row = {(0, k): weight for k, weight in enumerate([-1.0, -2.0, -9.0, -3.0, -4.5, -5.2])}
    assert [state[1] for state, _ in going_on(row, 3)] == [0, 1, 3, 4, 5]
    assert [state[1] for state, _ in going_on(row, 6)] == [0, 1, 2, 3, 4, 5]
