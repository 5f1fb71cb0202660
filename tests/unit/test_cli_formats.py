"""The reference of formats names every field that is written."""

from __future__ import annotations

from pathlib import Path

import pytest
from built import PAGES, depesche, records
from made import made_entry

from depesche.export import LISTINGS
from depesche.export.jsonl import entry_record
from depesche.export.pages import LAYERS

REFERENCE = (Path(__file__).resolve().parents[2] / "docs" / "reference" / "formats.md").read_text("utf-8")


def _told(field: str) -> bool:
    return f"`{field}`" in REFERENCE or f'"{field}"' in REFERENCE


def test_every_field_of_an_article() -> None:
    (article,) = records(depesche("extract", PAGES / "abendblatt.txt").stdout)
    assert [field for field in article if not _told(field)] == []


def test_every_field_of_every_layer() -> None:
    articles = depesche("extract", PAGES).stdout
    for record in records(depesche("annotate", input=articles).stdout):
        for layer in LAYERS:
            assert _told(layer)
            for one in record[layer]:
                assert [field for field in one if not _told(field)] == []


def test_every_field_of_an_entry() -> None:
    record = entry_record(made_entry("a", "b"))
    nested = [one for field in ("participants", "sources", "mentions") for one in record[field]]  # type: ignore[attr-defined]
    for told in [record, *nested]:
        assert [field for field in told if not _told(field)] == []


@pytest.mark.parametrize("form", LISTINGS)
def test_every_form(form: str) -> None:
    headings = [line.removeprefix("### ") for line in REFERENCE.split("\n") if line.startswith("### ")]
    assert form in ", ".join(headings).split(", ")
