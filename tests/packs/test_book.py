"""What is looked up in the lists of parties is what the lists say, read row by row."""

from __future__ import annotations

import re
import unicodedata

import pytest

from depesche.model.text import slug
from depesche.packs.parties import INFLECTED, PartyBook, PartyNoun, stem_of, without_article
from depesche.packs.party_lists import load_parties


@pytest.fixture(scope="module")
def book() -> PartyBook:
    return load_parties()


def test_persons_by_surname(book: PartyBook) -> None:
    for surname in ("Scholz", "Merz", "Xi", "al-Sudani", "Sudani", "Łukaszenka", "Niemand"):
        listed = [
            person
            for person in book.persons.values()
            if (own := book.surname_of(person.name)) != person.name
            and slug(surname) in (slug(own), slug(without_article(own)))
        ]
        assert list(book.by_surname.get(slug(surname), ())) == listed, surname


def test_of_equal_folded_names_the_first_counts(book: PartyBook) -> None:
    first: dict[str, str] = {}
    for name in book.persons:
        first.setdefault(slug(name), name)
    assert book.by_folded_name == first


@pytest.mark.parametrize(
    ("name", "surname"),
    [("Xi Jinping", "Xi"), ("Kim Jong Un", "Kim"), ("Angela Merkel", "Merkel"), ("Charles III.", "Charles")],
)
def test_surnames(name: str, surname: str, book: PartyBook) -> None:
    assert book.surname_of(name) == surname


@pytest.mark.parametrize(
    ("word", "stem"),
    [
        ("russischen", "russisch"),
        ("Neue", "neu"),
        ("US-", "US-"),
        ("e", ""),
        ("em", ""),
        ("Kieler", "kiel"),
        ("DER", "DER"),
    ],
)
def test_stems(word: str, stem: str) -> None:
    assert stem_of(word) == stem


def test_offices_of_a_country(book: PartyBook) -> None:
    assert book.offices_of["DEU"] == {h.office for h in book.holders if h.country == "DEU"}


def test_a_compound_is_found_by_the_first_ending_that_fits(book: PartyBook) -> None:
    def plain(word: str) -> PartyNoun | None:
        lower = word.lower()
        for ending, noun in book.endings:
            for extra in INFLECTED:
                if lower.endswith(ending + extra) and len(lower) > len(ending) + 3:
                    return noun if noun.name else PartyNoun(noun.kind, word[: len(word) - len(extra)], noun.gender)
        return None

    endings = sorted({ending for ending, _ in book.endings})
    words = [
        f"{start}{ending}{extra}"
        for start in ("Xy", "Wald", "Ölfeld")
        for ending in endings
        for extra in (*INFLECTED, "t")
    ]
    assert any(plain(word) for word in words)
    for word in words:
        if not any(word.startswith(noun) for noun in book.nouns):
            assert book.noun(word) == plain(word), word


@pytest.mark.parametrize(
    "name", ["Łódź", "Straße 7", "İstanbul", "Æsir_x", "Ørsted  Đ", "plain-name", "北京", "é́ñ", "_-_"]
)
def test_slugs(name: str) -> None:
    letters = {"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "ı": "i", "ł": "l", "đ": "d", "ø": "o", "æ": "ae"}
    plain = "".join(letters.get(c, c) for c in name.casefold())
    bare = "".join(c for c in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(c))
    assert slug(name) == re.sub(r"[\W_]+", "-", bare).strip("-")
