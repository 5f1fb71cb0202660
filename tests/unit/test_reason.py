"""Reasons are stamped with the version that gave them, wherever they stand."""

from __future__ import annotations

from depesche.model.page import Dateline
from depesche.model.reading import Reading
from depesche.model.reason import Reason, stamped
from depesche.model.text import Span


def test_every_reason_gets_the_version_and_nothing_else_changes() -> None:
    dateline = Dateline(reasons=(Reason("date.url", span=Span(1, 2)), Reason("date.metadata", version="old")))
    reading = Reading("p", "doc", "text", dateline)
    made = stamped(reading, "1+abc")
    assert [reason.version for reason in made.dateline.reasons] == ["1+abc", "old"]
    assert made.dateline.reasons[0].span == Span(1, 2)
    assert stamped(made, "2") is made
