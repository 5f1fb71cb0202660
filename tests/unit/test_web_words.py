"""Both languages have the same words, every word asked for is there, and days are told as they are known."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

import depesche.web
from depesche.model.days import Days, Precision
from depesche.model.linkage import Change, DifferenceKind, Field, RelationKind
from depesche.model.page import Role
from depesche.model.reading import PartyKind, QuoteType, Status
from depesche.packs.ontology import load_ontology
from depesche.web.tongue import LANGUAGES, tongue

TEMPLATES = Path(depesche.web.__file__).parent / "templates"


def test_both_languages_have_the_same_words() -> None:
    german, english = (tongue(code).words for code in LANGUAGES)
    assert {(section, name) for section in german for name in german[section]} == {
        (section, name) for section in english for name in english[section]
    }
    for section, words in german.items():
        for name, told in words.items():
            other = english[section][name]
            assert type(told) is type(other), f"{section}.{name}"
            fields = [
                set(re.findall(r"\{(\w+)\}", " ".join(one) if isinstance(one, list) else one)) for one in (told, other)
            ]
            assert fields[0] == fields[1], f"{section}.{name}"


def test_every_word_that_is_asked_for_is_there() -> None:
    words = tongue("de").words
    asked = {
        key for path in TEMPLATES.glob("*.html") for key in re.findall(r'\bt\("(\w+\.[\w-]+)"', path.read_text("utf-8"))
    }
    assert len(asked) > 80
    assert [key for key in sorted(asked) if key.partition(".")[2] not in words[key.partition(".")[0]]] == []


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_value_has_a_word(code: str) -> None:
    words, ontology = tongue(code).words, load_ontology()
    wanted = {
        "status": {one.value for one in Status},
        "change": {one.value for one in Change},
        "relation": {one.value for one in RelationKind},
        "field": {one.value for one in Field},
        "difference": {one.value for one in DifferenceKind},
        "precision": {one.value for one in Precision},
        "role": {one.value for one in Role},
        "kind": {one.value for one in PartyKind},
        "quote": {one.value for one in QuoteType},
        "type": set(ontology.types),
        "mode": {mode for kind in ontology.types.values() for mode in kind.modes},
    }
    assert {name: values - set(words[name]) for name, values in wanted.items() if values - set(words[name])} == {}


@pytest.mark.parametrize(
    ("days", "german", "english"),
    [
        (Days(), "kein Tag bekannt", "no day known"),
        (Days(date(2024, 5, 16), date(2024, 5, 16)), "16. Mai 2024", "May 16, 2024"),
        (Days(date(2024, 5, 1), date(2024, 5, 31)), "Mai 2024", "May 2024"),
        (Days(date(2024, 1, 1), date(2024, 12, 31)), "2024", "2024"),
        (Days(date(2024, 5, 16), None), "ab 16. Mai 2024", "from May 16, 2024"),
        (Days(None, date(2024, 5, 16)), "bis 16. Mai 2024", "until May 16, 2024"),
    ],
)
def test_days_are_told_as_they_are_known(days: Days, german: str, english: str) -> None:
    assert (tongue("de").days(days), tongue("en").days(days)) == (german, english)


def test_counts_have_two_forms() -> None:
    told = tongue("de")
    assert [told("count.entries", n=n) for n in (0, 1, 12345)] == ["0 Einträge", "1 Eintrag", "12.345 Einträge"]
    assert told.country("CHN") == "China"
    assert told.country("ZZZ") == "ZZZ"
