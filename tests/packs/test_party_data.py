from __future__ import annotations

from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest
from babel import Locale
from babel.core import get_global

from depesche.errors import PackError
from depesche.model.days import Days, month_of, one_day
from depesche.packs.files import DATA
from depesche.packs.parties import PartyBook, stem_of
from depesche.packs.party_lists import load_parties

BOOK = load_parties()


@pytest.mark.parametrize(
    ("words", "name", "length"),
    [
        ("Vereinigten Staaten von Amerika", "Vereinigte Staaten", 4),
        ("Weißen Hauses sagte", "Weißes Haus", 2),
        ("Europäischen Union", "Europäische Union", 2),
        ("Chinas Wirtschaft", "China", 1),
        ("UN-Sicherheitsrates", "UN-Sicherheitsrat", 1),
        ("Beijing", "Peking", 1),
    ],
)
def test_listed_names_are_met_in_every_form(words: str, name: str, length: int) -> None:
    found = BOOK.named(words.split(), 0)
    assert found is not None
    assert (found[0].name, found[1]) == (name, length)


@pytest.mark.parametrize("words", ["Staaten", "Union der Dörfer", "weiße Haus", "Chinakohl"])
def test_other_words_are_no_listed_name(words: str) -> None:
    assert BOOK.named(words.split(), 0) is None


@pytest.mark.parametrize(
    ("word", "code"), [("russischen", "RUS"), ("US-amerikanische", "USA"), ("Britische", "GBR"), ("nigrische", "NER")]
)
def test_adjectives_tell_their_country(word: str, code: str) -> None:
    assert BOOK.adjective(word) == code


@pytest.mark.parametrize("word", ["westlichen", "modische", "Russland", "schweizer"])
def test_other_adjectives_tell_none(word: str) -> None:
    assert BOOK.adjective(word) is None


def test_governments_and_bodies_are_named_with_the_adjective() -> None:
    assert BOOK.government("RUS") == "Russische Regierung"
    assert BOOK.government("DEU") == "Bundesregierung"
    assert BOOK.beside("CHN", "Außenministerium", "n") == "Chinesisches Außenministerium"
    assert BOOK.beside("FRA", "Senat", "m") == "Französischer Senat"


def test_the_holder_is_the_one_of_the_days() -> None:
    spring, december = month_of(2023, 3), month_of(2022, 12)
    assert holder(("foreign-minister",), "CHN", spring) == "Qin Gang"
    assert holder(("foreign-minister",), "CHN", december) is None, "two held the office in that month"
    assert holder(("president", "monarch"), "GBR", spring) == "Charles III."
    assert holder(("president",), "RUS", Days()) is None, "an undated page has no holder"


def test_after_the_list_was_written_it_names_nobody() -> None:
    assert holder(("president",), "USA", one_day(date(2040, 1, 1))) is None


def holder(keys: tuple[str, ...], country: str, days: Days) -> str | None:
    found = BOOK.holder(keys, country, days)
    return found.person if found else None


@pytest.mark.parametrize(
    ("form", "word", "gender"),
    [
        ("Außenministerin", "Außenminister", "f"),
        ("Präsidenten", "Präsident", "m"),
        ("Vorsitzenden", "Vorsitzender", "f"),
        ("Landesinnenminister", "Landesinnenminister", "m"),
    ],
)
def test_office_words_are_met_in_every_form(form: str, word: str, gender: str) -> None:
    office = BOOK.office(form)
    assert office is not None
    assert (office.word, office.gender) == (word, gender)


def test_a_compound_office_has_no_listed_holder() -> None:
    compound = BOOK.office("Landesinnenminister")
    assert compound is not None
    assert compound.keys == ()
    assert BOOK.office("Begleiter") is None


def test_holders_of_an_office_do_not_overlap_by_more_than_a_month() -> None:
    held: dict[tuple[str, str | None], list[tuple[date, date, str]]] = {}
    for h in BOOK.holders:
        assert h.days.first is not None
        assert h.days.last is not None
        held.setdefault((h.office, h.country), []).append((h.days.first, h.days.last, h.person))
    for key, terms in held.items():
        terms.sort()
        for before, after in pairwise(terms):
            assert (before[1] - after[0]).days <= 31, (key, before, after)


def test_no_term_overlaps_another_where_both_are_known_to_the_day() -> None:
    held: dict[tuple[str, str], list[tuple[str, str, str]]] = {}
    for office, country, person, first, last, _ in table("holders.tsv"):
        held.setdefault((office, country), []).append((first, last.rstrip("+"), person))
    for key, terms in held.items():
        for before, after in pairwise(sorted(terms)):
            exact = len(before[1]) == len(after[0]) == 10
            assert before[1] <= after[0] if exact else before[1][:7] <= after[0][:7], (key, before, after)


def test_a_name_stands_for_one_holder() -> None:
    countries: dict[str, set[str]] = {}
    for _, country, person, _, _, _ in table("holders.tsv"):
        countries.setdefault(person, set()).add(country)
    assert {person: of for person, of in countries.items() if len(of - {""}) > 1} == {}
    persons = [row[0] for row in table("persons.tsv")]
    assert len(persons) == len(set(persons))


def test_a_form_stands_for_one_party() -> None:
    meant: dict[str, list[str]] = {}
    for file in ("countries.tsv", "bodies.tsv", "seats.tsv"):
        for row in table(file):
            for form in row[2 if file == "countries.tsv" else 0].split(";"):
                meant.setdefault(form, []).append(row[1])
    assert {form: names for form, names in meant.items() if len(names) > 1} == {}


def test_heads_of_state_and_government_and_foreign_ministers_of_sixty_countries_are_listed() -> None:
    offices: dict[str | None, set[str]] = {}
    for h in BOOK.holders:
        if h.days.last and h.days.last >= date(2000, 1, 1):
            offices.setdefault(h.country, set()).add(h.office)
    heads, governments = {"president", "monarch", "leader"}, {"prime-minister", "chancellor"}
    all_three = [c for c, held in offices.items() if "foreign-minister" in held and held & heads and held & governments]
    assert len(all_three) >= 60
    assert {"USA", "BRA", "MEX"}.isdisjoint(all_three), "where a president leads the government there is no third"


def test_a_hundred_and_fifty_international_bodies_are_listed() -> None:
    bodies = {row[1]: row[2] for row in table("bodies.tsv")}
    assert sum(kind == "igo" for kind in bodies.values()) >= 150


def test_every_country_of_iso_3166_is_met_under_its_german_name() -> None:
    three = {code: alpha2[0] for code, alpha2 in get_global("territory_aliases").items() if len(code) == 3}
    german, english = Locale("de").territories, Locale("en").territories
    listed = {row[0]: row for row in table("countries.tsv")}
    iso = {code for code in listed if code not in FORMER and code != "XKX"}
    assert len(iso) == 249, "the assigned codes"
    for code in sorted(iso):
        name = german[three[code]]
        found = BOOK.named(name.split(), 0)
        assert found is not None, (code, name)
        assert (found[0].country, found[1]) == (code, len(name.split())), (code, name)
        assert listed[code][7] == english[three[code]] or code in OTHERWISE, code


FORMER = ("CSK", "DDR", "SCG", "SUN", "YUG")
"""States of former times, whose codes are no longer assigned."""

OTHERWISE = ("COD", "COG", "HKG", "MAC", "MMR", "PSE", "TUR")
"""Whose English name in the Common Locale Data is not the one in use."""


def table(file: str) -> list[list[str]]:
    """The rows of a list, without comments and header."""
    lines = (DATA / "parties" / file).read_text("utf-8").split("\n")
    return [line.split("\t") for line in lines if line and not line.startswith("#")][1:]


def test_every_country_of_a_list_is_a_state_we_know() -> None:
    codes = {h.country for h in BOOK.holders} | {known.country for forms in BOOK.names.values() for _, known in forms}
    assert codes - {None} <= set(BOOK.countries)


def test_every_row_tells_its_source() -> None:
    for path in sorted((DATA / "parties").glob("*.tsv")):
        rows = [line for line in path.read_text("utf-8").split("\n") if line and not line.startswith("#")]
        assert rows[0].split("\t")[-1] == "source", path.name
        assert all(row.split("\t")[-1].strip() for row in rows), path.name


def test_a_wrong_day_is_a_pack_error(tmp_path: Path) -> None:
    for path in (DATA / "parties").glob("*.tsv"):
        (tmp_path / path.name).write_text(path.read_text("utf-8"), "utf-8")
    holders = tmp_path / "holders.tsv"
    holders.write_text(holders.read_text("utf-8") + "president\tRUS\tJemand\tgestern\t2001-01\tnobody\n", "utf-8")
    with pytest.raises(PackError, match="Jemand"):
        load_parties(tmp_path)


def test_stems() -> None:
    assert [stem_of(word) for word in ("Russische", "russischem", "US-amerikanischer")] == [
        "russisch",
        "russisch",
        "US-amerikanisch",
    ]


def test_the_book_is_the_same_every_time() -> None:
    again: PartyBook = load_parties()
    assert list(again.names) == list(BOOK.names)
    assert again == BOOK
