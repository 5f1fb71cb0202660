"""The data that linking leans on: examples hold, tables are whole."""

from __future__ import annotations

from string import Formatter

import pytest
from link_pages import RULES

from depesche.errors import PackError
from depesche.link.differences import denies
from depesche.link.fields import Fields
from depesche.link.titles import word_title
from depesche.link.words import digest, word_places, words_of
from depesche.model.days import Days, Precision
from depesche.model.linkage import ParticipantIn
from depesche.model.reading import Participant, PartyKind, Place, Status
from depesche.model.text import Span
from depesche.packs.linking import load_linking

TYPES = tuple(sorted(name for name in RULES.titles.names if "-" not in name))
DENIAL = RULES.words.denial.examples


@pytest.mark.parametrize("words", DENIAL.yes)
def test_denied(words: str) -> None:
    assert denies(words, RULES)


@pytest.mark.parametrize("words", DENIAL.no)
def test_not_denied(words: str) -> None:
    assert not denies(words, RULES)


@pytest.mark.parametrize("type_", TYPES)
def test_every_type_has_titles(type_: str) -> None:
    wording = RULES.titles.titles[type_]
    assert wording.s
    assert wording.p


def test_there_are_eighteen_types() -> None:
    assert len(TYPES) == 18


def test_templates_name_known_parts() -> None:
    wordings = [*RULES.titles.titles.values(), RULES.titles.invitation, RULES.titles.aggregate]
    for wording in wordings:
        for template in (*wording.s, *wording.p):
            assert {name for _, name, _, _ in Formatter().parse(template) if name} <= {"a", "r", "all", "place"}


def test_type_sets_name_known_types() -> None:
    types = RULES.types
    for names in (types.mutual, types.ongoing, types.territorial, types.parts, types.replies, types.reactions):
        assert names <= set(TYPES)
    assert set(RULES.modes) | set(RULES.thresholds) <= set(TYPES)


def test_exclusive_groups_are_groups() -> None:
    for groups in RULES.words.exclusive.values():
        assert set(groups) <= RULES.words.groups.keys()


def test_an_unknown_language_is_named() -> None:
    with pytest.raises(PackError, match=r"linking\.toml"):
        load_linking("xx")


def fields(*actors: str, kind: PartyKind = PartyKind.PERSON, **given: object) -> Fields:
    parts = tuple(ParticipantIn(Participant(Span(0, 1), name, name, kind), "actor") for name in actors)
    values = {"type": "CONSULT", "mode": "visit", "status": Status.OCCURRED, "place": None} | given
    return Fields(days=Days(), precision=Precision.UNKNOWN, participants=parts, leading=frozenset(actors), **values)


@pytest.mark.parametrize(
    ("given", "kind", "title"),
    [
        (fields("Alma Brandt", place=Place("Prag", "Prag")), "event", "Alma Brandt besucht Prag"),
        (fields("A", "B", place=Place("Prag", "Prag")), "event", "A und B besuchen Prag"),
        (fields("Alma Brandt", status=Status.PLANNED), "event", "Geplant: Besuch: Alma Brandt"),
        (fields("A", "B", mode="phone"), "event", "Telefonat: A, B"),
        (fields(), "event", "Besuch"),
        (fields("A", "B"), "count", "Mehrere Begegnungen: A, B"),
        (fields("Vereinigte Staaten", kind=PartyKind.COUNTRY, place=Place("Prag", "Prag")), "event",
         "Vereinigte Staaten besuchen Prag"),
        (fields("Rettungsleute", kind=PartyKind.GROUP, place=Place("Prag", "Prag")), "event", "Besuch: Rettungsleute"),
        (fields("{place}", mode="phone"), "event", "Telefonat: {place}"),
        (fields("A", type="FREMD", mode=None), "event", "FREMD"),
    ],
)  # fmt: skip
def test_titles(given: Fields, kind: str, title: str) -> None:
    assert word_title(given, kind, RULES.titles) == title


def test_words_and_their_places() -> None:
    text = "Brandt, 58, reist."
    assert words_of(text) == ["brandt", "58", "reist"]
    assert [text[start:end] for start, end in word_places(text)] == ["Brandt", "58", "reist"]


def test_digest_takes_any_characters() -> None:
    assert digest(("\ud800", "a")) != digest(("a", "\ud800"))
