from __future__ import annotations

from datetime import date
from functools import cache

import pytest

from depesche.model.days import Days, one_day
from depesche.model.reading import Party, PartyKind
from depesche.packs.load import Packs, load_packs
from depesche.parse import parse_text
from depesche.read.parties import find_parties

DAY = one_day(date(2023, 3, 20))


@cache
def packs() -> Packs:
    return load_packs()


def read(text: str, title: str | None = None, days: Days = DAY) -> list[tuple[str, Party]]:
    parse = parse_text(text, packs(), "de")
    return [(text[p.start : p.end], p) for p in find_parties(parse, title, days, packs().parties)]


def meaning(text: str, words: str, title: str | None = None, days: Days = DAY) -> list[tuple[str, str | None]]:
    """Names and countries of the mentions with exactly these words."""
    return [(p.name, p.country) for span, p in read(text, title, days) if span == words]


@pytest.mark.parametrize(
    ("text", "words", "name", "country"),
    [
        (
            "Der schwedische Außenminister Olof Lindqvist reiste ab.",
            "Der schwedische Außenminister Olof Lindqvist",
            "Olof Lindqvist",
            "SWE",
        ),
        (
            "Gestern traf Estlands neue Ministerpräsidentin Mari Tamm ein.",
            "Estlands neue Ministerpräsidentin Mari Tamm",
            "Mari Tamm",
            "EST",
        ),
        (
            "Das sagte der Sprecher des finnischen Außenministeriums, Pekka Virtanen, am Montag.",
            "der Sprecher des finnischen Außenministeriums, Pekka Virtanen",
            "Pekka Virtanen",
            "FIN",
        ),
        ("Die norwegische Regierung lehnt das ab.", "Die norwegische Regierung", "Norwegische Regierung", "NOR"),
        (
            "Norwegens Außenministerium lehnt das ab.",
            "Norwegens Außenministerium",
            "Norwegisches Außenministerium",
            "NOR",
        ),
        ("Oslo lehnt den Vorschlag ab.", "Oslo", "Norwegische Regierung", "NOR"),
        ("Die Minister trafen sich in Oslo.", "Oslo", "Oslo", "NOR"),
        ("Der Kreml lehnt den Vorschlag ab.", "Der Kreml", "Kreml", "RUS"),
        ("Die türkischen Streitkräfte rückten vor.", "Die türkischen Streitkräfte", "Türkische Streitkräfte", "TUR"),
        ("Die Reise nach Kanada wurde abgesagt.", "Kanada", "Kanada", "CAN"),
        ("Der französische Präsident lehnt das ab.", "Der französische Präsident", "Emmanuel Macron", "FRA"),
        ("Westliche Diplomaten äußerten Zweifel.", "Westliche Diplomaten", "Westliche Diplomaten", None),
    ],
)
def test_mentions_and_their_meaning(text: str, words: str, name: str, country: str | None) -> None:
    assert (name, country) in meaning(text, words), read(text)


@pytest.mark.parametrize(
    ("words", "name", "country"),
    [
        ("Der schwedische Außenminister Olof Lindqvist", "Olof Lindqvist", "SWE"),
        ("Estlands neue Ministerpräsidentin Mari Tamm", "Mari Tamm", "EST"),
        ("Der Sprecher des finnischen Außenministeriums, Pekka Virtanen", "Pekka Virtanen", "FIN"),
    ],
)
def test_an_office_and_the_name_behind_it_are_one_mention(words: str, name: str, country: str) -> None:
    assert meaning(words + ", reiste am Montag ab.", words) == [(name, country)]


def test_short_forms_take_the_full_name_of_the_page() -> None:
    text = "Die Ärztin Mari Tamm reiste nach Riga. Tamm sprach dort. Tamms Besuch war kurz."
    assert meaning(text, "Tamm") == [("Mari Tamm", None)]
    assert meaning(text, "Tamms") == [("Mari Tamm", None)]


def test_an_office_of_a_state_that_is_not_told_is_one_of_the_page() -> None:
    text = "In Lettland wird gewählt. Ministerpräsidentin Mari Tamm tritt wieder an. Die lettische Opposition hofft."
    assert meaning(text, "Ministerpräsidentin Mari Tamm") == [("Mari Tamm", "LVA")]
    text = "In Lettland wird beraten. Der EU-Ratspräsident Pekka Virtanen reiste an. Die lettische Opposition hofft."
    assert meaning(text, "Der EU-Ratspräsident Pekka Virtanen") == [("Pekka Virtanen", None)]


def test_a_surname_alone_is_a_listed_person_only_where_the_list_has_it() -> None:
    assert meaning("Minister Macron reiste ab.", "Minister Macron") == [("Emmanuel Macron", "FRA")]
    assert meaning("Minister Lindqvist reiste ab.", "Minister Lindqvist") == [("Lindqvist", None)]


def test_a_family_name_that_stands_in_front_is_the_short_form() -> None:
    text = "Der Sprecher Lin Haitao trat auf. Lin äußerte sich nicht."
    assert meaning(text, "Lin") == [("Lin Haitao", None)]


def test_descriptions_take_up_the_person_of_the_page_before_the_list() -> None:
    text = "Der estnische Präsident Jaan Kask reiste ab. Der estnische Staatschef war zufrieden."
    assert meaning(text, "Der estnische Staatschef") == [("Jaan Kask", "EST")]


def test_an_office_of_former_times_is_not_given_to_its_holder() -> None:
    text = "Der ehemalige französische Präsident sagte aus."
    assert ("Emmanuel Macron", "FRA") not in [(p.name, p.country) for _, p in read(text)]


def test_the_head_of_a_german_state_is_not_the_chancellor() -> None:
    text = "Der niedersächsische Ministerpräsident besuchte Deutschland."
    assert all(p.name != "Olaf Scholz" for _, p in read(text))


def test_an_undated_page_leaves_an_office_open() -> None:
    (party,) = [p for span, p in read("Der französische Präsident lehnt das ab.", days=Days()) if "Präsident" in span]
    assert party.id == "office:praesident:FRA"
    assert (party.office, party.office_country) == ("Präsident", "FRA")


def test_both_heads_of_state_are_two_parties_with_members() -> None:
    text = (
        "Der finnische Präsident Antti Koski traf den lettischen Präsidenten Janis Ozols. Die beiden Präsidenten aßen."
    )
    both = [p for span, p in read(text) if span == "Die beiden Präsidenten"]
    assert [p.name for p in both] == ["Antti Koski", "Janis Ozols"]
    assert all(p.members == ("person:antti-koski", "person:janis-ozols") for p in both)


def test_accents_do_not_part_a_person() -> None:
    assert meaning("Viktor Orban kam.", "Viktor Orban") == [("Viktor Orbán", "HUN")]
    assert meaning("Präsident Erdogan kam.", "Präsident Erdogan") == [("Recep Tayyip Erdoğan", "TUR")]


def test_a_body_has_one_id_with_and_without_the_noun_before_it() -> None:
    ids = {p.id for _, p in read("Die Nachrichtenagentur Reuters schwieg. Dann meldete sich Reuters.")}
    assert ids == {"media:reuters"}


def test_heads_of_state_and_government_are_named_in_full() -> None:
    assert ("Staats- und Regierungschefs", None) in meaning(
        "Die Staats- und Regierungschefs tagten.", "Die Staats- und Regierungschefs"
    )


def test_a_description_is_not_given_to_a_country_without_that_office() -> None:
    text = "Kanzler Jonas Wolf rief Israels Regierungschef Dan Peretz an. Der Kanzler war besorgt."
    assert [name for name, _ in meaning(text, "Der Kanzler")] == ["Jonas Wolf"]


def test_brussels_is_the_union_or_the_city() -> None:
    assert meaning("Brüssel prüft den Antrag.", "Brüssel") == [("Europäische Union", None)]
    assert meaning("Die Minister tagen in Brüssel.", "Brüssel") == [("Brüssel", "BEL")]


def test_both_before_another_noun_are_no_persons() -> None:
    text = "Präsident Antti Koski traf Präsident Janis Ozols. Der Streit der beiden großen Kirchen geht weiter."
    assert meaning(text, "der beiden") == []


def test_a_longer_and_a_shorter_full_name_are_one_person() -> None:
    text = "Karl Olof Lindqvist kam. Später ging Olof Lindqvist."
    assert meaning(text, "Olof Lindqvist") == [("Karl Olof Lindqvist", None)]


def test_a_pronoun_takes_up_the_subject_before_it() -> None:
    text = "Präsident Antti Koski besuchte Kanzler Jonas Wolf. Er blieb bis Freitag."
    assert meaning(text, "Er") == [("Antti Koski", None)]


def test_a_feminine_pronoun_is_no_man() -> None:
    assert meaning("Präsident Antti Koski sprach. Sie ging.", "Sie") == []


def test_the_title_is_context_only() -> None:
    found = read("Macron reist ab.", title="Emmanuel Macron in Oslo")
    assert [(span, p.name) for span, p in found] == [("Macron", "Emmanuel Macron")]


def test_names_and_heads_lie_in_their_mentions() -> None:
    text = "Chinas neuer Außenminister Qin Gang sprach mit dem ukrainischen Außenminister Dmytro Kuleba in Kiew."
    parse = parse_text(text, packs(), "de")
    parties = find_parties(parse, None, DAY, packs().parties)
    assert parties
    for party in parties:
        assert party.span.holds(parse.span(party.head, party.head + 1))
        assert party.name_span is None or party.span.holds(party.name_span)
        assert party.reason is not None
    offices = [(p.office, p.office_country, p.name) for p in parties if p.kind == PartyKind.PERSON]
    assert offices == [("Außenminister", "CHN", "Qin Gang"), ("Außenminister", "UKR", "Dmytro Kuleba")]


@pytest.mark.parametrize(
    "text", ["", "\n\n", "- - -", "US- NATO- -Chef", "\ud800 Präsident", "der die das " * 200, "Präsident " * 300]
)
def test_odd_texts_are_read_without_complaint(text: str) -> None:
    assert all(0 <= p.start < p.end <= len(text) for _, p in read(text))
