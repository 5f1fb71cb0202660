"""Clauses, predicates and links on sentences of our own."""

from __future__ import annotations

import pytest
from made import links_of

from depesche.model.parse import Mood, Tense, Voice
from depesche.packs.load import Packs, load_packs
from depesche.parse import parse_text


@pytest.fixture(scope="module")
def packs() -> Packs:
    return load_packs()


@pytest.mark.parametrize(
    ("text", "verb", "expected"),
    [
        ("Der Minister besuchte am Montag die Hauptstadt.", "besuchen", {("subj", "Minister"), ("obj", "Hauptstadt")}),
        ("Den Minister empfing der König.", "empfangen", {("subj", "König"), ("obj", "Minister")}),
        ("Die Kommission teilte den Beschluss mit.", "mitteilen", {("subj", "Kommission"), ("obj", "Beschluss")}),
        ("Der Sender wurde von der Polizei durchsucht.", "durchsuchen", {("subj", "Sender"), ("agent:von", "Polizei")}),
        ("Polen hat der Ukraine geholfen.", "helfen", {("subj", "Polen"), ("dat", "Ukraine")}),
        ("Der Mann, der den Zug anhielt, floh.", "anhalten", {("subj", "Mann"), ("obj", "Zug")}),
        ("Sie reiste nach Rom und traf den Papst.", "treffen", {("subj", "Sie"), ("obj", "Papst")}),
        ("Er forderte die Partei auf, den Antrag zu prüfen.", "prüfen", {("subj", "Partei"), ("obj", "Antrag")}),
    ],
)
def test_links(text: str, verb: str, expected: set[tuple[str, str]], packs: Packs) -> None:
    assert expected <= links_of(parse_text(text, packs, "de"), verb)


@pytest.mark.parametrize(
    ("text", "lemma", "tense", "mood"),
    [
        ("Der Rat wird am Montag tagen.", "tagen", Tense.FUTURE, Mood.INDICATIVE),
        ("Der Rat tagte am Montag.", "tagen", Tense.PAST, Mood.INDICATIVE),
        ("Der Rat hat am Montag getagt.", "tagen", Tense.PAST, Mood.INDICATIVE),
        ("Der Rat komme am Montag, hieß es.", "kommen", Tense.PRESENT, Mood.KONJUNKTIV_1),
        ("Sie arbeiten an einem Entwurf.", "arbeiten", Tense.PRESENT, Mood.INDICATIVE),
        ("Die Gespräche begannen am Freitag.", "beginnen", Tense.PAST, Mood.INDICATIVE),
    ],
)
def test_tense_and_mood(text: str, lemma: str, tense: Tense, mood: Mood, packs: Packs) -> None:
    found = [p for p in parse_text(text, packs, "de").predicates if p.lemma == lemma]
    assert [(p.tense, p.mood) for p in found] == [(tense, mood)]


def test_modal_negation_and_voice(packs: Packs) -> None:
    parse = parse_text("Der Vertrag soll nicht unterzeichnet werden.", packs, "de")
    predicate = next(p for p in parse.predicates if p.lemma == "unterzeichnen")
    assert predicate.modal == "sollen"
    assert parse.word(predicate.negation) == "nicht"
    assert predicate.voice == Voice.PASSIVE


def test_a_clause_goes_on_behind_the_one_that_interrupts_it(packs: Packs) -> None:
    parse = parse_text("Das Treffen, das der Rat plante, wurde abgesagt.", packs, "de")
    assert ("subj", "Treffen") in links_of(parse, "absagen")
    assert ("obj", "Treffen") in links_of(parse, "planen")


def test_every_word_has_its_clause_and_sentence(packs: Packs) -> None:
    parse = parse_text("Wenn er kommt, gehen wir.\nUnd dann? – Mal sehen; (nichts).", packs, "de")
    assert len(parse.owners) == len(parse.words)
    assert [s.first for s in parse.sentences[1:]] == [s.last for s in parse.sentences[:-1]]
    for i, clause in enumerate(parse.owners):
        assert parse.clauses[clause].first <= i < parse.clauses[clause].last
