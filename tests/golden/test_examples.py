"""The example pages as one chronicle: three stories, each of which has to come out as a reader would tell it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

PAGES = Path(__file__).resolve().parents[2] / "examples" / "pages"

Record = dict[str, Any]


def _run(*words: str) -> list[Record]:
    done = subprocess.run(
        [sys.executable, "-m", "depesche", *words], capture_output=True, text=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.split("\n") if line]


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> str:
    path = str(tmp_path_factory.mktemp("examples") / "examples.db")
    _run("--quiet", "build", str(PAGES), "--store", path)
    return path


@pytest.fixture(scope="module")
def entries(store: str) -> list[Record]:
    return _run("chronicle", "--store", store, "--format", "jsonl")


@pytest.fixture(scope="module")
def articles() -> dict[str, Record]:
    return {article["doc"]: article for article in _run("extract", str(PAGES))}


def _docs(entry: Record) -> set[str]:
    return {mention["doc"] for mention in entry["mentions"]}


def _find(entries: list[Record], type_: str, *docs: str) -> Record:
    """The one entry of a type that all of these pages tell."""
    found = [entry for entry in entries if entry["type"] == type_ and set(docs) <= _docs(entry)]
    assert len(found) == 1, [entry["title"] for entry in found]
    return found[0]


def _visit(entries: list[Record]) -> Record:
    return _find(entries, "CONSULT", "hafenblatt-einladung", "alpenwarte-verschoben")


def _summit(entries: list[Record]) -> Record:
    return _find(entries, "CONSULT", "rundblick-gipfel-geplant", "mittagspost-gipfel-abgesagt")


def _attack(entries: list[Record]) -> Record:
    return _find(entries, "ASSAULT", "alpenwarte-ueberfall", "neue-lindener-ueberfall")


def _names(entry: Record) -> set[str]:
    return {part["name"] for part in entry["participants"]}


def _changes(entry: Record) -> list[tuple[str, str]]:
    return [(step["doc"], step["change"]) for step in entry["history"]]


# --- a visit that was invited to, planned, moved and held


def test_the_visit_is_one_entry_of_six_pages_and_took_place(entries: list[Record]) -> None:
    visit = _visit(entries)
    assert (visit["mode"], visit["status"]) == ("visit", "occurred")
    assert _docs(visit) == {
        "hafenblatt-einladung",
        "mittagspost-plan",
        "alpenwarte-verschoben",
        "neue-lindener-ankunft",
        "kompass24-bilanz",
        "weltfenster-uebersetzt",
    }
    assert "Ramiro Etcheverry" in _names(visit)


def test_the_visit_has_the_days_on_which_it_was_held(entries: list[Record]) -> None:
    visit = _visit(entries)
    assert (visit["start"], visit["end"]) == ("2025-05-20", "2025-05-21")
    assert visit["place"]["country"] == "SVN"


def test_the_visit_was_announced_then_moved_then_held(entries: list[Record]) -> None:
    changes = _changes(_visit(entries))
    assert changes[0] == ("hafenblatt-einladung", "announced")
    assert changes.index(("alpenwarte-verschoben", "moved")) < changes.index(("neue-lindener-ankunft", "occurred"))


def test_the_first_days_of_the_visit_stay_on_display(entries: list[Record]) -> None:
    conflicts = [d for d in _visit(entries)["differences"] if (d["field"], d["kind"]) == ("date", "conflict")]
    values = {(value["doc"], value["value"]) for difference in conflicts for value in difference["values"]}
    assert ("mittagspost-plan", "2025-05-14/2025-05-15") in values
    assert ("alpenwarte-verschoben", "2025-05-20/2025-05-21") in values


def test_the_invitation_is_an_entry_of_its_own_that_leads_to_the_visit(entries: list[Record]) -> None:
    visit = _visit(entries)
    inviting = [
        entry for entry in entries if {"kind": "invitation-to", "id": visit["id"]} in entry["relations"]
    ]  # fmt: skip
    assert len(inviting) == 1
    assert _docs(inviting[0]) >= {"hafenblatt-einladung", "mittagspost-plan"}
    assert _names(inviting[0]) == {"Tomaž Krivec", "Ramiro Etcheverry"}


def test_the_signing_at_the_end_of_the_visit_is_told(entries: list[Record]) -> None:
    signing = next(e for e in entries if e["mode"] == "sign" and "kompass24-bilanz" in _docs(e))
    assert (signing["start"], signing["status"]) == ("2025-05-21", "occurred")
    assert {"Alenka Zorman", "Lucía Bentancor"} <= _names(signing)


# --- a summit that was called off


def test_the_summit_was_announced_and_called_off(entries: list[Record]) -> None:
    summit = _summit(entries)
    assert (summit["mode"], summit["status"]) == ("multilateral", "cancelled")
    assert (summit["start"], summit["end"]) == ("2025-09-18", "2025-09-19")
    changes = _changes(summit)
    assert changes[0] == ("rundblick-gipfel-geplant", "announced")
    assert ("mittagspost-gipfel-abgesagt", "cancelled") in changes


def test_three_reprints_of_one_wire_report_count_once(entries: list[Record]) -> None:
    summit = _summit(entries)
    origins = {source["doc"]: source["origin"] for source in summit["sources"]}
    wire = {origins[doc] for doc in ("mittagspost-gipfel-abgesagt", "stadtbote-gipfel-abgesagt", "regionalwelle-0912")}
    assert len(wire) == 1
    assert summit["origins"] == 3
    assert len(origins) == 5


def test_the_call_after_the_summit_was_called_off(entries: list[Record]) -> None:
    call = next(e for e in entries if e["mode"] == "phone" and "hafenblatt-0917" in _docs(e))
    assert (call["start"], call["end"]) == ("2025-09-17", "2025-09-17")
    assert {"Kwabena Asante-Boadu", "Ibrahima Kouadio"} <= _names(call)


# --- an attack of which every source counts other dead


def test_the_attack_is_one_entry_of_one_day(entries: list[Record]) -> None:
    attack = _attack(entries)
    assert {"kompass24-festnahmen", "wochenblick-hintergrund"} <= _docs(attack)
    assert (attack["start"], attack["end"], attack["status"]) == ("2025-06-22", "2025-06-22", "occurred")
    assert attack["origins"] == 4


def test_the_dead_are_counted_differently_and_all_counts_are_shown(entries: list[Record]) -> None:
    numbers = [difference for difference in _attack(entries)["differences"] if difference["field"] == "number"]
    assert {(value["doc"], value["value"]) for difference in numbers for value in difference["values"]} >= {
        ("alpenwarte-ueberfall", "9"),
        ("neue-lindener-ueberfall", "14"),
        ("kompass24-festnahmen", "11"),
    }


# --- what was to come and what was overdue, seen from six days


VISIT, SUMMIT, RETURN = "Ramiro Etcheverry besucht Ljubljana", "Gipfel in Accra", "Tomaž Krivec besucht Montevideo"
PROTEST = "Protest: Umweltschützer"


@pytest.mark.parametrize(
    ("day", "to_come"),
    [
        ("2025-02-01", [(VISIT, "2025-03-01", "2025-05-31")]),
        ("2025-04-10", [(VISIT, "2025-05-14", "2025-05-15")]),
        ("2025-05-15", [(VISIT, "2025-05-20", "2025-05-21"), (PROTEST, "2025-05-21", "2025-05-21")]),
        ("2025-06-01", [(RETURN, "2026-01-01", "2026-12-31")]),
        ("2025-09-11", [(SUMMIT, "2025-09-18", "2025-09-19"), (RETURN, "2026-01-01", "2026-12-31")]),
        ("2025-09-12", [(RETURN, "2026-01-01", "2026-12-31")]),
    ],
)
def test_what_was_to_come_on_a_day(store: str, day: str, to_come: list[tuple[str, str, str]]) -> None:
    found = _run("upcoming", "--store", store, "--on", day, "--format", "jsonl")
    assert len(found) == len(to_come)
    for entry, (title, start, end) in zip(found, to_come, strict=True):
        assert entry["title"].startswith(f"Geplant: {title}")
        assert (entry["start"], entry["end"], entry["status"]) == (start, end, "planned")


@pytest.mark.parametrize(
    ("day", "overdue"),
    [
        ("2025-02-01", []),
        ("2025-05-16", []),
        ("2025-05-22", []),
        ("2025-09-20", []),
        ("2026-12-31", []),
        ("2027-01-01", [f"Geplant: {RETURN}"]),
    ],
)
def test_what_was_overdue_on_a_day(store: str, day: str, overdue: list[str]) -> None:
    assert [e["title"] for e in _run("overdue", "--store", store, "--on", day, "--format", "jsonl")] == overdue


def test_without_the_page_that_calls_it_off_the_summit_is_overdue(tmp_path: Path) -> None:
    store = str(tmp_path / "some.db")
    _run("--quiet", "build", str(PAGES / "rundblick-gipfel-geplant.txt"), "--store", store)
    (summit,) = _run("overdue", "--store", store, "--on", "2025-09-20", "--format", "jsonl")
    assert summit["title"].startswith(f"Geplant: {SUMMIT}")


# --- the pages


@pytest.mark.parametrize("doc", ["kompass24-festnahmen", "weltfenster-uebersetzt", "wochenblick-hintergrund"])
def test_an_undated_page_is_given_no_single_day(articles: dict[str, Record], doc: str) -> None:
    assert articles[doc]["published"] is None


@pytest.mark.parametrize(
    ("doc", "day"),
    [
        ("hafenblatt-einladung", "2025-01-17"),
        ("mittagspost-plan", "2025-04-08"),
        ("alpenwarte-verschoben", "2025-05-06"),
        ("kompass24-bilanz", "2025-05-22"),
        ("stadtbote-gipfel-abgesagt", "2025-09-12"),
    ],
)
def test_a_page_has_the_day_that_it_tells_itself(articles: dict[str, Record], doc: str, day: str) -> None:
    assert articles[doc]["published"] == day


def test_the_english_page_is_cleaned_and_dated(articles: dict[str, Record]) -> None:
    page = articles["morning-ledger-summit"]
    assert (page["language"], page["published"]) == ("en", "2025-09-03")
    assert page["text"].startswith("Ghana is preparing") and "newsletter" not in page["text"]


@pytest.mark.parametrize(
    ("doc", "furniture"),
    [
        ("hafenblatt-einladung", "Wir verwenden Cookies"),
        ("hafenblatt-einladung", "Schnee legt Karawankentunnel lahm"),
        ("alpenwarte-verschoben", "22 minutes ago"),
        ("alpenwarte-verschoben", "Rain stops play"),
        ("rundblick-gipfel-geplant", "Mehr aktuelle News"),
        ("weltfenster-uebersetzt", "POST A REPLY"),
        ("weltfenster-uebersetzt", "01:48"),
        ("kompass24-festnahmen", "2019"),
    ],
)
def test_furniture_is_dropped_and_the_line_is_named(articles: dict[str, Record], doc: str, furniture: str) -> None:
    lines = (PAGES / f"{doc}.txt").read_text(encoding="utf-8").split("\n")
    page = articles[doc]
    dropped = {drop["line"] for drop in page["dropped"]}
    assert furniture not in page["text"]
    holding = {number for number, line in enumerate(lines) if furniture in line}
    assert holding and holding <= dropped


def test_agency_and_authors_are_read_from_lines_that_are_dropped(articles: dict[str, Record]) -> None:
    assert articles["stadtbote-gipfel-abgesagt"]["agency"] == "dpa"
    assert articles["rundblick-gipfel-geplant"]["authors"] == ["Ruth Ambacher", "Jonas Feld"]
    assert articles["hafenblatt-einladung"]["title"] == "Uruguays Präsident soll nach Ljubljana kommen"
