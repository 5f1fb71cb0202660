"""`depesche build` and the commands that ask its store."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path
from typing import Any

import pytest
from built import NAMES, PAGES, depesche, records

ENTRY = [
    "id", "title", "type", "mode", "status", "start", "end", "precision", "place", "participants", "sources", "origins",
    "mentions", "history", "relations", "differences",
]  # fmt: skip
MENTION = [
    "doc", "id", "type", "mode", "status", "evidence", "spans", "trigger", "actors", "recipients", "place", "time_text",
    "start", "end", "attribution", "published",
]  # fmt: skip


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("store") / "chronicle.db"
    done = depesche("build", PAGES, "--store", path)
    assert done.exit_code == 0, done.stderr
    assert done.stdout == ""
    assert done.stderr.startswith(f"{len(NAMES)} pages read, 0 known already, 0 not read; ")
    return path


@pytest.fixture(scope="module")
def entries(store: Path) -> list[dict[str, Any]]:
    return records(depesche("chronicle", "--store", store, "--format", "jsonl").stdout)


# --- build


def test_building_again_reads_nothing(store: Path) -> None:
    done = depesche("build", PAGES, "--store", store)
    assert done.stderr.startswith(f"0 pages read, {len(NAMES)} known already")


def test_quiet_says_nothing_when_all_is_well(store: Path) -> None:
    assert depesche("build", PAGES, "--store", store, "--quiet").stderr == ""
    assert depesche("--quiet", "build", PAGES, "--store", store).stderr == ""


def test_a_page_that_cannot_be_read_stops_nothing(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes((PAGES / "bote.txt").read_bytes())
    (tmp_path / "b.docx").write_bytes(b"PK\x03\x04....")
    done = depesche("build", tmp_path, "--store", tmp_path / "s.db")
    assert done.exit_code == 3
    assert "1 pages read, 0 known already, 1 not read" in done.stderr
    assert "depesche: not read: b.docx: " in done.stderr
    listed = depesche("pages", "--store", tmp_path / "s.db")
    assert listed.exit_code == 0 and "not read  b.docx" in listed.stdout


def test_the_store_may_lie_among_the_pages(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes((PAGES / "bote.txt").read_bytes())
    for _ in range(2):
        done = depesche("build", tmp_path, "--store", tmp_path / "s.db")
        assert done.exit_code == 0, done.stderr


def test_a_store_that_cannot_be_used_is_a_failed_job(tmp_path: Path) -> None:
    (tmp_path / "s.db").write_text("no store " * 500)
    done = depesche("build", PAGES, "--store", tmp_path / "s.db")
    assert done.exit_code == 1
    assert done.stderr.startswith("depesche: ") and done.stderr.count("\n") == 1
    with sqlite3.connect(tmp_path / "x.db") as other:
        other.execute("CREATE TABLE mine (x)")
    other.close()
    assert depesche("chronicle", "--store", tmp_path / "x.db").exit_code == 1


def test_the_store_may_be_named_once_for_all(store: Path) -> None:
    assert depesche("chronicle", DEPESCHE_STORE=str(store)).exit_code == 0
    missing = depesche("chronicle")
    assert missing.exit_code == 2 and "--store" in missing.stderr


# --- chronicle as JSON lines


def test_entries_have_all_fields_in_a_stable_shape(entries: list[dict[str, Any]]) -> None:
    assert len(entries) > 4
    for entry in entries:
        assert list(entry) == ENTRY
        assert entry["id"].startswith("e-")
        assert all(list(one) == ["name", "country", "kind", "role"] for one in entry["participants"])
        assert all(list(one) == ["doc", "outlet", "agency", "published", "origin"] for one in entry["sources"])
        assert all(list(one) == MENTION for one in entry["mentions"])
        assert all(
            list(one) == ["published", "doc", "change", "status", "start", "end", "attribution"]
            for one in entry["history"]
        )
        assert entry["origins"] == len({source["origin"] for source in entry["sources"]})


def test_evidence_stands_verbatim_at_its_spans(entries: list[dict[str, Any]]) -> None:
    texts = {one["doc"]: one["text"] for one in records(depesche("extract", PAGES).stdout)}
    for entry in entries:
        for mention in entry["mentions"]:
            found = [texts[mention["doc"]][start:end] for start, end in mention["spans"]]
            assert found == mention["evidence"]


def test_a_visit_announced_by_one_page_and_told_by_another_is_one_entry(entries: list[dict[str, Any]]) -> None:
    told = {"abendblatt", "morgenpost"}
    (visit,) = [entry for entry in entries if {source["doc"] for source in entry["sources"]} == told]
    assert (visit["type"], visit["status"]) == ("CONSULT", "occurred")
    assert (visit["start"], visit["end"]) == ("2024-03-14", "2024-03-14")
    assert [step["change"] for step in visit["history"]] == ["announced", "occurred"]


def test_ids_are_those_of_the_least_mention(entries: list[dict[str, Any]]) -> None:
    for entry in entries:
        assert entry["id"][2:] == min(mention["id"] for mention in entry["mentions"])[2:]


# --- other forms and filters


@pytest.mark.parametrize("form", ["table", "md", "csv", "ics", "html"])
def test_every_form_shows_every_title_of_a_dated_entry(form: str, store: Path, entries: list[dict[str, Any]]) -> None:
    done = depesche("chronicle", "--store", store, "--format", form, COLUMNS="300")
    assert (done.exit_code, done.stderr) == (0, "")
    plain = done.stdout.replace("\r\n ", "")
    for entry in entries:
        if entry["start"]:
            assert entry["title"] in plain


def test_a_file_gets_what_standard_output_would(store: Path, tmp_path: Path) -> None:
    out = tmp_path / "c.jsonl"
    out.write_text("old")
    assert depesche("chronicle", "--store", store, "--format", "jsonl", "--out", out).stdout == ""
    assert out.read_bytes() == depesche("chronicle", "--store", store, "--format", "jsonl").stdout_bytes
    assert [path.name for path in tmp_path.iterdir()] == ["c.jsonl"]


def test_filters_narrow_the_chronicle(store: Path, entries: list[dict[str, Any]]) -> None:
    def ids(*words: str) -> set[str]:
        found = records(depesche("chronicle", "--store", store, "--format", "jsonl", *words).stdout)
        return {entry["id"] for entry in found}

    everything = {entry["id"] for entry in entries}
    assert ids("--type", "sanction") == {entry["id"] for entry in entries if entry["type"] == "SANCTION"} < everything
    assert ids("--status", "cancelled") == {entry["id"] for entry in entries if entry["status"] == "cancelled"}
    assert ids("--from", "2024-03-14", "--to", "2024-03-14") < everything
    assert ids("--party", "NOR", "--with", "DEU") and ids("--party", "NOR", "--with", "DEU") < everything
    assert ids("--text", "Reedereien") and ids("--text", "Reedereien") < everything
    assert ids("--party", "Nobody") == set()


def test_an_unknown_type_is_wrong_use_and_lists_those_there_are(store: Path) -> None:
    done = depesche("chronicle", "--store", store, "--type", "PARTY")
    assert done.exit_code == 2
    assert "CONSULT" in done.stderr


def test_the_store_is_not_overwritten_by_an_export(store: Path) -> None:
    done = depesche("chronicle", "--store", store, "--out", store)
    assert done.exit_code == 2
    assert depesche("chronicle", "--store", store).exit_code == 0


# --- upcoming, overdue, show, pages


def test_what_is_planned_is_upcoming_before_its_day_and_overdue_after(store: Path) -> None:
    def ids(command: str, day: str) -> set[str]:
        return {e["id"] for e in records(depesche(command, "--store", store, "--on", day, "--format", "jsonl").stdout)}

    planned = ids("upcoming", "2024-03-23")
    assert planned
    assert ids("overdue", "2025-01-01") >= planned
    assert not ids("overdue", "2024-01-01")


def test_show_tells_an_entry_in_full(store: Path, entries: list[dict[str, Any]]) -> None:
    visit = next(entry for entry in entries if len(entry["sources"]) == 2)
    done = depesche("show", visit["id"], "--store", store)
    assert done.exit_code == 0
    for part in (visit["title"], "abendblatt", "morgenpost", "history", visit["mentions"][0]["evidence"][0]):
        assert part in done.stdout
    assert records(depesche("show", visit["id"], "--store", store, "--format", "jsonl").stdout) == [visit]


def test_show_of_no_entry_is_wrong_use(store: Path) -> None:
    done = depesche("show", "e-none", "--store", store)
    assert (done.exit_code, done.stdout) == (2, "")


def test_pages_tells_the_days_and_why(store: Path) -> None:
    done = depesche("pages", "--store", store)
    assert "2024-03-15  morgenpost\n    Eide und Baerbock sprechen in Berlin über die Ostsee\n" in done.stdout
    assert "15.03.2024" in done.stdout
    listed = records(depesche("pages", "--store", store, "--format", "jsonl").stdout)
    assert [one["doc"] for one in listed] == list(NAMES)
    assert json.dumps(listed[0]["reasons"])


def test_asking_needs_a_store_that_is_there(tmp_path: Path) -> None:
    for words in (["chronicle"], ["pages"], ["show", "e-1"], ["upcoming", "--on", "2024-01-01"]):
        done = depesche(*words, "--store", tmp_path / "none.db")
        assert done.exit_code == 1
        assert "depesche build" in done.stderr
    assert list(tmp_path.iterdir()) == []
