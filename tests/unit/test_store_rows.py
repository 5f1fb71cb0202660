"""Structs as rows."""

from __future__ import annotations

from datetime import date

import pytest
from made import ADA, made_entry, made_participant

from depesche.errors import StoreError
from depesche.model.days import Days
from depesche.model.page import Metadata
from depesche.model.reading import PartyKind
from depesche.store.rows import fold, from_json, participant_rows, place_in_time, to_json, unpack


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("EU-Gipfel", "eu gipfel"),
        ("  »Straße«,\n heißt's ", "strasse heisst s"),
        ("ÄRZTE\u00adKAMMER", "ärzte kammer"),
        ("A\u0308rzte", "ärzte"),
        ("snake_case\0null", "snake case null"),
        ("—…!", ""),
    ],
)
def test_search_sees_letters_digits_and_single_blanks(text: str, folded: str) -> None:
    assert fold(text) == folded


def test_lone_surrogates_are_replaced_one_by_one_wherever_they_stand() -> None:
    value = Metadata(title="a\ud800b", authors=("\udfffc", "d"))
    assert from_json(to_json(value), Metadata) == Metadata(title="a\ufffdb", authors=("\ufffdc", "d"))


def test_damage_is_a_store_error() -> None:
    with pytest.raises(StoreError, match="damaged"):
        unpack(b"no zlib", Metadata)
    with pytest.raises(StoreError, match="Metadata"):
        from_json("{", Metadata)


@pytest.mark.parametrize(
    ("days", "place"),
    [
        (Days(date(2024, 5, 1), date(2024, 5, 2)), "2024-05-01 2024-05-02"),
        (Days(None, date(2024, 5, 2)), "2024-05-02 2024-05-02"),
        (Days(date(2024, 5, 1), None), "2024-05-01 9999"),
        (Days(), "9999 9999"),
    ],
)
def test_entries_without_days_come_last(days: Days, place: str) -> None:
    assert place_in_time(made_entry("a", days=days)) == place


def test_a_party_has_one_row_with_all_its_wordings() -> None:
    entry = made_entry("a", "b", parties=(ADA, made_participant("Ankara", name="Türkei", kind=PartyKind.GOVERNMENT)))
    found = participant_rows(entry, 7)
    assert [(row["entry"], row["position"], row["name"]) for row in found] == [(7, 0, "Ada Berg"), (7, 1, "Türkei")]
    assert found[1]["words"] == " ankara  türkei "
