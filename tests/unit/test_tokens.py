"""Where words and sentences begin and end."""

from __future__ import annotations

import pytest

from depesche.packs.grammar import Grammar, load_grammar
from depesche.parse.tokens import sentences_of, words_of


@pytest.fixture(scope="module")
def grammar() -> Grammar:
    return load_grammar("de")


def forms(text: str, grammar: Grammar) -> list[str]:
    return [text[a:b] for a, b in words_of(text, grammar)]


def sentences(text: str, grammar: Grammar) -> list[str]:
    words = words_of(text, grammar)
    return [text[words[a][0] : words[b - 1][1]] for a, b in sentences_of(text, words, grammar)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Am 7. Mai kam er.", ["Am", "7.", "Mai", "kam", "er", "."]),
        ("Es waren 12. Der Rest ging.", ["Es", "waren", "12", ".", "Der", "Rest", "ging", "."]),
        ("Der 70-Jährige las um 20.30 Uhr", ["Der", "70-Jährige", "las", "um", "20.30", "Uhr"]),
        ("Kreml-Sprecher sagte: „Nein“", ["Kreml-Sprecher", "sagte", ":", "„", "Nein", "“"]),
        ("Treffen in Riga.Danach Essen", ["Treffen", "in", "Riga", ".", "Danach", "Essen"]),
    ],
)
def test_words(text: str, expected: list[str], grammar: Grammar) -> None:
    assert forms(text, grammar) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Dr. Weber kam. Sie sprach.", ["Dr. Weber kam.", "Sie sprach."]),
        ("„Wir gehen.“ Er blieb.", ["„Wir gehen.“", "Er blieb."]),
        ("„Gehen Sie?“, fragte er.", ["„Gehen Sie?“, fragte er."]),
        ("Das war im 21. Jahrhundert so.", ["Das war im 21. Jahrhundert so."]),
        ("Erste Zeile\nZweite Zeile", ["Erste Zeile", "Zweite Zeile"]),
        ("Oslo (dpa) Der Minister reist ab.", ["Oslo (dpa)", "Der Minister reist ab."]),
    ],
)
def test_sentences(text: str, expected: list[str], grammar: Grammar) -> None:
    assert sentences(text, grammar) == expected


def test_a_sentence_without_end_is_cut(grammar: Grammar) -> None:
    parts = sentences("wort " * 1000, grammar)
    assert len(parts) > 1
    assert max(len(part.split()) for part in parts) <= 120


@pytest.mark.parametrize("marks", ["(" * 400, "„“”»«" * 80, "a" + "\u0301" * 400, "?!" * 200])
def test_a_row_of_marks_is_no_long_sentence(marks: str, grammar: Grammar) -> None:
    parts = sentences(f"Ada Berg kam {marks} an.", grammar)
    assert max(len(part) for part in parts) < 60


def test_marks_behind_a_word_end_nothing(grammar: Grammar) -> None:
    assert sentences("Er sagte („…“), das [!?] reiche", grammar) == ["Er sagte („…“), das [!?] reiche"]
