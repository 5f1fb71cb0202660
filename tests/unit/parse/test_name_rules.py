from __future__ import annotations

import pytest

from depesche.model.parse import Sentence, Word
from depesche.packs.party_lists import load_parties
from depesche.parse.name_rules import ruled_names

BOOK = load_parties()
TAGS = {"NE": "NE", "A": "ADJ(A)", "D": "ART", "N": "NN", "P": "APPR", "V": "VV(FIN)", "F": "FM", "$": "$,"}


def names(tagged: str) -> list[tuple[str, str]]:
    """Names of one sentence written as "word/tag word/tag"."""
    text, words = "", []
    for pair in tagged.split():
        form, _, tag = pair.rpartition("/")
        words.append(Word(len(text), len(text) + len(form), TAGS[tag], form))
        text += form + " "
    found = ruled_names(text, words, [Sentence(0, len(text), 0, len(words))], BOOK).names
    return [(text[words[n.first].start : words[n.last - 1].end], n.label) for n in found]


@pytest.mark.parametrize(
    ("tagged", "wanted"),
    [
        ("Präsident/N Wladimir/NE Putin/NE reist/V nach/P Peking/NE", [("Wladimir Putin", "PER"), ("Peking", "LOC")]),
        ("Kanzlerin/N Ursula/NE von/P der/D Leyen/NE spricht/V", [("Ursula von der Leyen", "PER")]),
        ("die/D russische/A Regierung/N schweigt/V", [("russische", "LOCderiv")]),
        ("Chinesen/N und/P Briten/N verhandeln/V", [("Chinesen", "LOCderiv"), ("Briten", "LOCderiv")]),
        ("die/D US-Truppen/N ziehen/V ab/P", [("US-Truppen", "LOCpart")]),
        ("die/D SPD-Spitze/N tagt/V", [("SPD-Spitze", "ORGpart")]),
        ("der/D UN-Sicherheitsrat/N tagt/V", [("UN-Sicherheitsrat", "ORG")]),
        ("in/P Hintertupfingen/NE regnet/V es/P", [("Hintertupfingen", "LOC")]),
        ("Außenminister/N Lindqvist/NE reist/V ab/P", [("Lindqvist", "PER")]),
    ],
)
def test_names_are_found(tagged: str, wanted: list[tuple[str, str]]) -> None:
    assert names(tagged) == wanted


@pytest.mark.parametrize(
    "tagged",
    [
        "das/D Essen/N schmeckt/V",
        "ein/D Bild/N hängt/V",
        "der/D Präsident/N spricht/V",
        "der/D Westen/N schweigt/V",
        "eine/D modische/A Jacke/N passt/V",
    ],
)
def test_common_words_are_no_names(tagged: str) -> None:
    assert names(tagged) == []


def test_a_surname_is_a_person_once_the_page_names_them_in_full() -> None:
    found = names("Olga/NE Lindqvist/NE kommt/V aber/P Lindqvist/NE schweigt/V")
    assert found == [("Olga Lindqvist", "PER"), ("Lindqvist", "PER")]


def test_no_words_no_names() -> None:
    assert ruled_names("", [], [], BOOK).names == ()
