"""The differences command: every value with who says so and as of when."""

from __future__ import annotations

from pathlib import Path

import pytest
from built import depesche, records

TEXTS = {
    "alpen": "Angriff auf Zug\n\nBei einem Angriff auf einen Zug in Sambia sind am Sonntag neun Menschen "
    "getötet worden. Die Polizei sucht nach den Tätern.\n",
    "linden": "Tote bei Angriff\n\nBei dem Angriff auf einen Zug in Sambia sind am Sonntag 14 Menschen "
    "getötet worden. Das sagte ein Arzt aus der Stadt.\n",
}


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("differences")
    (folder / "pages").mkdir()
    for name, text in TEXTS.items():
        (folder / "pages" / f"{name}.txt").write_text(text, "utf-8")
    days = "file,published\nalpen.txt,2025-06-23\nlinden.txt,2025-06-24\n"
    (folder / "pages" / "pages.csv").write_text(days, "utf-8")
    path = folder / "chronicle.db"
    assert depesche("build", folder / "pages", "--store", path).exit_code == 0
    return path


def test_numbers_that_differ_are_told_with_source_and_day(store: Path) -> None:
    found = records(depesche("differences", "--store", store, "--format", "jsonl", "--field", "number").stdout)
    assert found
    for one in found:
        assert (one["field"], one["kind"]) == ("number", "conflict")
        assert [(value["doc"], value["value"], value["published"]) for value in one["values"]] == [
            ("alpen", "9", "2025-06-23"),
            ("linden", "14", "2025-06-24"),
        ]
        assert len({value["origin"] for value in one["values"]}) == 2


@pytest.mark.parametrize("form", ["table", "md"])
def test_people_read_the_same(store: Path, form: str) -> None:
    told = depesche("differences", "--store", store, "--format", form).stdout
    assert "neun" in told and "alpen" in told and "as of 2025-06-23" in told and "number, conflict" in told


def test_other_fields_kinds_and_entries_are_left_out(store: Path) -> None:
    for words in (["--field", "place"], ["--kind", "refinement", "--field", "number"], ["--party", "Novak"]):
        assert depesche("differences", "--store", store, "--format", "jsonl", *words).stdout == ""
    assert depesche("differences", "--store", store, "--field", "place").stdout == "0 differences\n"


def test_wrong_use_is_one_line(store: Path) -> None:
    done = depesche("differences", "--store", store, "--field", "weather")
    assert (done.exit_code, done.stderr.count("\n")) == (2, 1)
    assert depesche("differences", "--store", store, "--out", store).exit_code == 2
