"""Whatever the text, the parse is well formed and nothing is raised."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from depesche.packs.load import load_packs
from depesche.parse import parse_text

PACKS = load_packs()
WORDS = st.sampled_from(
    [
        "Der",
        "Rat",
        "traf",
        ",",
        "dass",
        "zu",
        "reisen",
        "und",
        "Putin",
        "hat",
        "nicht",
        ".",
        "„",
        "“",
        "am",
        "7.",
        "Mai",
        "die",
        "wurde",
        "getroffen",
        "\n",
        "?",
        "(",
        ")",
        ":",
        "x" * 80,
        "\ud800",
        "\x00",
        "١٢",
    ]
)


@settings(max_examples=60, deadline=None)
@given(st.lists(WORDS, max_size=60))
def test_sentences_tile_the_words_and_links_point_at_words(pieces: list[str]) -> None:
    text = " ".join(pieces)
    parse = parse_text(text, PACKS, "de")
    assert [s.first for s in parse.sentences] == [0, *(s.last for s in parse.sentences)][: len(parse.sentences)]
    assert (
        "".join(parse.word(i) for i in range(len(parse.words))).split() == ["".join(text.split())][: len(parse.words)]
    )
    covered = {i for s in parse.sentences for i in range(s.first, s.last)}
    assert covered == set(range(len(parse.words)))
    assert all(0 <= link.head < len(parse.words) for link in parse.links)
    assert all(phrase.first <= phrase.head < phrase.last for phrase in parse.phrases)


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=300))
def test_any_text_is_parsed(text: str) -> None:
    parse = parse_text(text, PACKS, "de")
    assert all(text[w.start : w.end] for w in parse.words)
