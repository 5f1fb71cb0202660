"""What the attachment model makes of sentences of our own, and that it does so on every machine alike."""

from __future__ import annotations

import tracemalloc
from pathlib import Path

import numpy as np
import pytest
from made import links_of

from depesche.errors import PackError
from depesche.model.parse import Parse, Voice
from depesche.packs.attachments import load_attachments
from depesche.packs.load import Packs, load_packs
from depesche.parse import parse_text, ruled_words
from depesche.parse.attach import attach

FIRST = "Der Kanzler empfing am Montag in Bonn den Präsidenten von Ghana."
SECOND = "Dem Vorschlag der Kommission stimmten Polen und Ungarn nicht zu, weil Brüssel ihnen Geld verweigert."


@pytest.fixture(scope="module")
def packs() -> Packs:
    return load_packs()


def told(parse: Parse, sentence: int) -> list[tuple[str, str, str]]:
    """(predicate, role, head) of one sentence."""
    own = parse.sentences[sentence]
    return [
        (parse.word(parse.predicates[link.predicate].word), link.role, parse.word(link.head))
        for link in parse.links
        if own.first <= link.head < own.last
    ]


def test_chances_of_a_word_sum_to_one_and_no_word_is_its_own_head(packs: Packs) -> None:
    german = packs.german
    ruled = ruled_words(SECOND.replace(",", " ,").replace(".", " .").split(), packs, "de")
    (found,) = attach(ruled, frozenset(), german.attachments, german.clusters)
    assert np.allclose(found.chances.sum(axis=(1, 2)), 1)
    assert not found.chances[np.arange(len(ruled.words)), np.arange(len(ruled.words))].any()


def test_a_sentence_is_read_alike_alone_and_among_others(packs: Packs) -> None:
    german = packs.german
    words = FIRST.replace(".", " .").split()
    (alone,) = attach(ruled_words(words, packs, "de"), frozenset(), german.attachments, german.clusters)
    together = parse_text("\n".join((SECOND, FIRST, SECOND * 3)), packs, "de")
    again = parse_text(FIRST, packs, "de")
    assert told(together, 1) == told(again, 0)
    assert alone.chances.dtype == np.float64


def test_sentences_of_one_length_are_read_at_once_as_each_by_itself(packs: Packs) -> None:
    german = packs.german
    lines = ("Xi lacht.", "Er kam an.", "Sie rief ihn.", "Ja.", "Wer ging?")
    together = parse_text("\n".join(lines), packs, "de")
    found = {one.first: one for one in attach(together, frozenset(), german.attachments, german.clusters)}
    for sentence, line in zip(together.sentences, lines, strict=True):
        (alone,) = attach(parse_text(line, packs, "de"), frozenset(), german.attachments, german.clusters)
        assert found[sentence.first].chances.tobytes() == alone.chances.tobytes()
        assert found[sentence.first].voices.tobytes() == alone.voices.tobytes()


def test_twice_the_text_takes_no_more_memory_for_its_chances(packs: Packs) -> None:
    """The chances of 4,000 words in sentences as long as they may be are 97 MB."""

    def peak(signs: int) -> int:
        tracemalloc.start()
        parse_text("¿" * signs, packs, "de")
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return most

    parse_text("¿", packs, "de")
    assert peak(8_000) < peak(4_000) + 30_000_000


def test_a_damaged_model_is_refused(tmp_path: Path) -> None:
    (tmp_path / "de").mkdir()
    (tmp_path / "de/attachments.npz").write_bytes(b"no weights")
    with pytest.raises(PackError, match=r"attachments\.npz"):
        load_attachments("de", tmp_path)


@pytest.mark.parametrize(
    ("text", "verb", "expected"),
    [
        (FIRST, "empfangen", {("subj", "Kanzler"), ("obj", "Präsidenten"), ("obl:in", "Bonn"), ("obl:an", "Montag")}),
        (SECOND, "zustimmen", {("subj", "Polen"), ("subj", "Ungarn"), ("dat", "Vorschlag")}),
        (SECOND, "verweigern", {("subj", "Brüssel"), ("obj", "Geld"), ("dat", "ihnen")}),
        ("Als Scholz Macron in Paris traf, schwieg Meloni.", "treffen", {("subj", "Scholz"), ("obj", "Macron")}),
        ("Er sagte, dass der Vertrag ungültig sei.", "sagen", {("subj", "Er"), ("ccomp", "ungültig")}),
        ("Sie versprach, den Streit beizulegen.", "beilegen", {("subj", "Sie"), ("obj", "Streit")}),
    ],
)
def test_arguments(text: str, verb: str, expected: set[tuple[str, str]], packs: Packs) -> None:
    assert expected <= links_of(parse_text(text, packs, "de"), verb)


def test_a_predicate_noun_heads_its_copula(packs: Packs) -> None:
    parse = parse_text("Die Richterin ist seit Mai Präsidentin des Landes.", packs, "de")
    assert [(parse.word(p.word), p.voice) for p in parse.predicates] == [("Präsidentin", Voice.COPULA)]


def test_a_prepositional_phrase_belongs_to_its_noun_or_its_verb(packs: Packs) -> None:
    parse = parse_text("Der Sprecher kündigte Gespräche mit Oman an.", packs, "de")
    owner = {parse.word(phrase.head): phrase.attached_to for phrase in parse.phrases}
    assert parse.word(owner["Oman"]) == "Gespräche"
