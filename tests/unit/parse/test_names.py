from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from depesche.errors import PackError
from depesche.model.parse import Name, Sentence, Word
from depesche.packs.load import load_packs
from depesche.packs.names import NameModel, load_name_model
from depesche.parse import parse_text
from depesche.parse.name_rules import Ruled
from depesche.parse.names import best_paths, find_names, names_of, settled

PACKS = load_packs()


def names(text: str, language: str = "de") -> list[tuple[str, str]]:
    parsed = parse_text(text, PACKS, language)
    return [(parsed.span(n.first, n.last).of(text), n.label) for n in parsed.names]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Gestern traf Präsident Wladimir Putin in Peking ein.", {("Wladimir Putin", "PER"), ("Peking", "LOC")}),
        ("Das sagte Katrin Holzapfel am Montag in Hannover.", {("Katrin Holzapfel", "PER"), ("Hannover", "LOC")}),
        ("Der Bundestag stimmte dem Gesetz zu.", {("Bundestag", "ORG")}),
        ("Die Fraktion der SPD lehnte den Antrag ab.", {("SPD", "ORG")}),
        ("Die russische Armee zog sich zurück.", {("russische", "LOCderiv")}),
        ("Die US-Regierung kündigte neue Strafen an.", {("US-Regierung", "LOCpart")}),
        ("Der CDU-Chef trat am Abend zurück.", {("CDU-Chef", "ORGpart")}),
        ("Die Züge zwischen Hamburg und Bremen fielen aus.", {("Hamburg", "LOC"), ("Bremen", "LOC")}),
    ],
)
def test_names_are_found(text: str, wanted: set[tuple[str, str]]) -> None:
    assert set(names(text)) == wanted


@pytest.mark.parametrize(
    "text",
    [
        "Das Essen schmeckt gut.",
        "Am Abend gingen die Kinder nach Hause.",
        "Der Präsident sprach lange über die Lage.",
        "",
        "...",
    ],
)
def test_common_words_are_no_names(text: str) -> None:
    assert names(text) == []


def test_a_title_stays_outside() -> None:
    assert ("Olga Lindqvist", "PER") in names("Am Freitag reist Außenministerin Olga Lindqvist nach Wien.")


def test_the_same_text_gives_the_same_names_whatever_was_read_before() -> None:
    text = "Angela Merkel besuchte das Werk von Siemens in Görlitz. Merkel sprach dort mit der Belegschaft."
    fresh = load_packs()
    first = parse_text(text, fresh, "de").names
    parse_text("Ganz andere Leute reisen nach Portugal, sagte Merkel.", fresh, "de")
    assert parse_text(text, fresh, "de").names == first == parse_text(text, PACKS, "de").names


def test_a_sentence_reads_the_same_alone_and_beside_others() -> None:
    one, other = "Die Polizei in Kassel sucht Zeugen.", "Der Minister fährt am Dienstag mit dem Zug nach Prag."
    assert names(f"{one} {other}") == names(one) + names(other)


def test_a_language_without_a_model_is_read_by_the_rules() -> None:
    assert ("Barack Obama", "PER") in names("President Barack Obama met his advisers.", "en")


def test_without_a_model_the_rules_decide() -> None:
    text = "Obama"
    words = [Word(0, 5, "NE", "Obama")]
    assert find_names(text, words, [Sentence(0, 5, 0, 1)], PACKS.parties, None) == (Name(0, 1, "PER"),)


def test_two_people_side_by_side_are_two() -> None:
    found = names("Im Frühjahr gratulierte Xi Putin zum Geburtstag.")
    assert found == [("Xi", "PER"), ("Putin", "PER")]


def test_what_the_rules_are_sure_of_puts_the_model_right() -> None:
    one, other, bank = Name(0, 1, "PER"), Name(1, 2, "LOC"), Name(5, 6, "ORG")
    ruled = Ruled(sure=(one, other, bank, Name(8, 9, "LOC")), guessed=(), firm=(one, other, Name(8, 9, "LOC")))
    assert settled([Name(0, 2, "PER"), Name(4, 5, "OTH")], ruled) == (one, other, Name(4, 5, "OTH"), Name(8, 9, "LOC"))


def test_who_bears_a_sure_first_and_family_name_is_a_person() -> None:
    ruled = Ruled(sure=(Name(0, 2, "PER"), Name(3, 4, "PER")), guessed=(), firm=())
    assert settled([Name(0, 2, "ORG"), Name(3, 4, "ORG")], ruled) == (Name(0, 2, "PER"), Name(3, 4, "ORG"))


def test_a_compound_with_a_listed_name_is_no_body() -> None:
    ruled = Ruled(sure=(Name(0, 1, "LOCpart"),), guessed=(), firm=())
    assert settled([Name(0, 1, "ORG")], ruled) == (Name(0, 1, "LOCpart"),)


def test_a_body_of_two_listed_places_stays_whole() -> None:
    ruled = Ruled(sure=(Name(0, 1, "LOC"), Name(1, 2, "LOC")), guessed=(), firm=())
    assert settled([Name(0, 2, "ORG")], ruled) == (Name(0, 2, "ORG"),)


def test_marks_spell_names() -> None:
    marks = ["B-PER", "I-PER", "B-PER", "O", "I-LOC", "B-ORG", "I-LOC"]
    spelled = [Name(5, 7, "PER"), Name(7, 8, "PER"), Name(9, 10, "LOC"), Name(10, 11, "ORG"), Name(11, 12, "LOC")]
    assert names_of(marks, 5) == spelled


def test_the_best_path_heeds_moves_and_lengths() -> None:
    moves = np.array([[0, -50], [0, 0]], dtype=np.int32)
    short = np.array([[0, 9]], dtype=np.int32)
    long = np.array([[1, 0], [0, 40], [3, 0]], dtype=np.int32)
    nothing = [np.zeros_like(long), np.zeros_like(short)]
    assert best_paths([long, short], nothing, moves) == [[1, 1, 0], [1]]


def test_what_words_weigh_is_forgotten_before_it_grows_too_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("depesche.packs.names.KEPT", 2)
    model: NameModel = load_name_model("de")
    for form in "abcde":
        model.keep((form, "NN", form), model.own.weights[0])
    assert len(model.kept) <= 2


def test_a_missing_or_damaged_model_is_named(tmp_path: Path) -> None:
    (tmp_path / "de").mkdir()
    with pytest.raises(PackError, match=r"models/de/names\.npz"):
        load_name_model("de", tmp_path)
    (tmp_path / "de/names.npz").write_bytes(b"no model")
    with pytest.raises(PackError, match=r"models/de/names\.npz"):
        load_name_model("de", tmp_path)
