"""The status of events that a noun tells, from the verb that carries it out or lies beside it."""

from __future__ import annotations

from datetime import date

import pytest

from depesche.packs.load import Packs, load_packs
from depesche.pipeline import annotate_text


@pytest.fixture(scope="module")
def packs() -> Packs:
    return load_packs()


@pytest.mark.parametrize(
    ("text", "trigger", "status"),
    [
        ("Bis März müssen in Malawi Neuwahlen organisiert werden.", "Neuwahlen", "hypothetical"),
        ("In Malawi wurden Neuwahlen organisiert.", "Neuwahlen", "occurred"),
        ("Der Rat könnte Sanktionen gegen Eritrea beschließen.", "Sanktionen", "hypothetical"),
        ("Der Rat konnte Sanktionen gegen Eritrea beschließen.", "Sanktionen", "occurred"),
        ("Der Bericht soll vor dem Abzug der Truppen aus Mali erscheinen.", "Abzug", "planned"),
        ("Der Bericht erschien vor dem Abzug der Truppen aus Mali.", "Abzug", "occurred"),
        ("Der Händler muss möglicherweise mit einer Haftstrafe rechnen.", "Haftstrafe", "hypothetical"),
    ],
)
def test_a_noun_has_the_status_of_its_verb(text: str, trigger: str, status: str, packs: Packs) -> None:
    reading = annotate_text(text, packs, published=date(2024, 5, 14))
    assert [e.status for e in reading.events if e.trigger.of(reading.text) == trigger] == [status]
