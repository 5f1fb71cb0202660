"""Exports of the example pages to tables, read back and compared with the JSON lines."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from built import depesche
from example_entries import VISIT, Entry, titled

Export = Callable[..., Path]


@pytest.fixture(scope="module")
def entries(entries_of_examples: list[Entry]) -> list[Entry]:
    return entries_of_examples


def _tsv(path: Path) -> list[list[str]]:
    return [line.split("\t") for line in path.read_text("utf-8").split("\n")[:-1]]


# --- csv and parquet


def test_csv_holds_every_entry_and_every_part_of_it(export: Export, entries: list[Entry]) -> None:
    folder = export("csv")

    def rows(name: str) -> list[dict[str, str]]:
        with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    assert [row["id"] for row in rows("entries")] == [entry["id"] for entry in entries]
    for row, entry in zip(rows("entries"), entries, strict=True):
        assert (row["title"], row["start"], row["end"]) == (entry["title"], entry["start"] or "", entry["end"] or "")
    for table, field in (("participants", "participants"), ("mentions", "mentions"), ("history", "history")):
        assert len(rows(table)) == sum(len(entry[field]) for entry in entries)
    told = {(row["mention"], row["first"], row["after"], row["text"]) for row in rows("evidence")}
    assert told == {
        (mention["id"], str(start), str(end), " ".join(words.split()))
        for entry in entries
        for mention in entry["mentions"]
        for (start, end), words in zip(mention["spans"], mention["evidence"], strict=True)
    }
    assert {(r["entry"], r["kind"], r["other"]) for r in rows("relations")} == {
        (entry["id"], one["kind"], one["id"]) for entry in entries for one in entry["relations"]
    }
    assert {(r["entry"], r["field"], r["kind"], r["doc"], r["value"]) for r in rows("differences")} == {
        (entry["id"], one["field"], one["kind"], value["doc"], value["value"])
        for entry in entries
        for one in entry["differences"]
        for value in one["values"]
    }
    pages = {row["page"] for row in rows("sources")}
    assert pages == {row["page"] for row in rows("entry_sources")}


def test_the_table_of_entries_is_the_chronicle_as_csv(export: Export, example_store: Path) -> None:
    shown = depesche("chronicle", "--store", example_store, "--format", "csv").stdout_bytes
    assert (export("csv") / "entries.csv").read_bytes() == shown


def test_csv_for_excel_has_a_mark_and_the_separator_that_was_asked_for(export: Export, entries: list[Entry]) -> None:
    path = export("csv", "--bom", "--separator", "semicolon") / "entries.csv"
    assert path.read_bytes().startswith(b"\xef\xbb\xbfid;title;")
    with path.open(encoding="utf-8-sig", newline="") as file:
        assert [row["title"] for row in csv.DictReader(file, delimiter=";")] == [entry["title"] for entry in entries]


def test_parquet_gives_back_every_row_with_its_types(export: Export, entries: list[Entry]) -> None:
    from pyarrow import parquet

    folder = export("parquet")
    table = parquet.read_table(folder / "entries.parquet")
    for row, entry in zip(table.to_pylist(), entries, strict=True):
        assert row["start"] == (date.fromisoformat(entry["start"]) if entry["start"] else None)
        assert row["actors"] == [one["name"] for one in entry["participants"] if one["role"] == "actor"]
        assert row["evidence"] == [words for mention in entry["mentions"] for words in mention["evidence"]]
        assert (row["origins"], row["mode"]) == (entry["origins"], entry["mode"])
    assert table.schema.field("start").metadata[b"says"].startswith(b"First day")
    mentions = parquet.read_table(folder / "mentions.parquet").to_pylist()
    assert {row["mention"] for row in mentions} == {one["id"] for entry in entries for one in entry["mentions"]}
    csv_files = {path.stem for path in export("csv").glob("*.csv")}
    assert {path.stem for path in folder.glob("*.parquet")} == csv_files - {"codebook"}


def test_the_chronicle_comes_back_whole_from_parquet(export: Export, entries: list[Entry]) -> None:
    assert _from_tables(export("parquet")) == entries


def _from_tables(folder: Path) -> list[Entry]:
    """The entries as in the JSON lines, put together again from the tables alone."""
    from pyarrow import parquet

    def rows(name: str) -> list[dict[str, Any]]:
        plain = parquet.read_table(folder / f"{name}.parquet").to_pylist()
        return [{key: one.isoformat() if isinstance(one, date) else one for key, one in row.items()} for row in plain]

    def of(name: str, key: str, id: str) -> list[dict[str, Any]]:
        return [row for row in tables[name] if row[key] == id]

    def picked(row: dict[str, Any], *names: str) -> dict[str, Any]:
        return {name: row[name] for name in names}

    def mention(row: dict[str, Any]) -> dict[str, Any]:
        said = of("evidence", "mention", row["mention"])
        return {
            **picked(
                row, "doc", "type", "mode", "status", "trigger", "actors", "recipients", "time_text", "start", "end"
            ),
            **picked(row, "attribution", "published"),
            "id": row["mention"],
            "place": row["country"] or row["place"],
            "evidence": [one["text"] for one in said],
            "spans": [[one["first"], one["after"]] for one in said],
        }

    def differences(id: str) -> list[dict[str, Any]]:
        found: dict[int, dict[str, Any]] = {}
        for row in of("differences", "entry", id):
            one = found.setdefault(row["difference"], {**picked(row, "field", "kind"), "values": []})
            one["values"].append(picked(row, "doc", "text", "value"))
        return list(found.values())

    names = ("participants", "mentions", "evidence", "history", "relations", "differences", "entry_sources")
    tables = {name: rows(name) for name in names}
    pages = {row["page"]: row for row in rows("sources")}
    return [
        {
            **picked(row, "id", "title", "type", "mode", "status", "start", "end", "precision", "origins"),
            "place": {"name": row["place"], "country": row["country"]} if row["place"] else None,
            "participants": [
                picked(one, "name", "country", "kind", "role") for one in of("participants", "entry", row["id"])
            ],
            "sources": [
                {**picked(one, "doc", "origin"), **picked(pages[one["page"]], "outlet", "agency", "published")}
                for one in of("entry_sources", "entry", row["id"])
            ],
            "mentions": [mention(one) for one in of("mentions", "entry", row["id"])],
            "history": [
                picked(one, "published", "doc", "change", "status", "start", "end", "attribution")
                for one in of("history", "entry", row["id"])
            ],
            "relations": [{"kind": one["kind"], "id": one["other"]} for one in of("relations", "entry", row["id"])],
            "differences": differences(row["id"]),
        }
        for row in rows("entries")
    ]


@pytest.mark.parametrize("form", ["csv", "parquet", "polecat", "gdelt"])
def test_the_codebook_names_every_column_of_every_table(form: str, export: Export) -> None:
    from pyarrow import parquet

    folder = export(form)
    with (folder / "codebook.csv").open(encoding="utf-8", newline="") as file:
        book = list(csv.DictReader(file))
    assert all(row["says"] and row["type"] for row in book)
    told: dict[str, list[str]] = {}
    for row in book:
        told.setdefault(row["table"], []).append(row["column"])
    for name, columns in told.items():
        path = next(folder.glob(f"{name}.[cpt]*"))
        if path.suffix == ".parquet":
            assert parquet.read_schema(path).names == columns
        elif path.suffix == ".csv":
            assert path.read_text("utf-8").split("\n")[0].split(",") == columns
        else:
            assert {len(row) for row in _tsv(path)} == {len(columns)}
    page = (folder / "codebook.md").read_text("utf-8")
    assert all(f"| `{column}` |" in page for columns in told.values() for column in columns)


# --- polecat and gdelt


def _coded(entry: Entry) -> str | None:
    """PLOVER's type by the rules of the task, worked out anew from the JSON lines; None where there is no row."""
    plans = {"CONSULT": "AGREE", "SUPPORT": "AGREE", "COOPERATE": "AGREE", "AID": "AGREE", "RETREAT": "CONCEDE",
             "AGREE": "AGREE", "CONCEDE": "CONCEDE"}  # fmt: skip
    if entry["type"] in {"OFFICE", "INCIDENT"} or entry["precision"] not in {"day", "days"} or not entry["start"]:
        return None
    return {"occurred": entry["type"], "planned": plans.get(entry["type"])}.get(entry["status"])


def test_polecat_has_its_forty_columns_and_plans_are_agreements(export: Export, entries: list[Entry]) -> None:
    from pyarrow import csv as arrow_csv

    folder = export("polecat")
    table = arrow_csv.read_csv(
        folder / "polecat.tsv", parse_options=arrow_csv.ParseOptions(delimiter="\t", quote_char=False)
    )
    assert table.num_columns == 40
    names = table.column_names
    assert (names[:7], names[23], names[33:35], names[-1]) == (
        ["Event ID", "Event Date", "Event Type", "Event Mode", "Intensity", "Quad Code", "Contexts"],
        "Placename",
        ["Source", "Publication Date"],
        "Version",
    )
    rows = {row["Event ID"]: row for row in table.to_pylist()}
    assert {id: row["Event Type"] for id, row in rows.items()} == {
        entry["id"]: type for entry in entries if (type := _coded(entry))
    }
    visit = rows[titled(entries, VISIT)["id"]]
    assert (visit["Event Date"], visit["Event Mode"], visit["Intensity"]) == (date(2025, 5, 20), "visit", 4.0)
    assert (visit["Actor Name"], visit["Actor Country"], visit["Actor COW"]) == ("Ramiro Etcheverry", "URY", "165")
    assert visit["Recipient Name"] == "Slowenien;Tomaž Krivec"
    assert (visit["Quad Code"], visit["Country"]) == ("VERBAL COOPERATION", "SVN")


@pytest.mark.parametrize("form", ["polecat", "gdelt"])
def test_status_of_every_entry_lies_beside_the_events(form: str, export: Export, entries: list[Entry]) -> None:
    header, *rows = _tsv(export(form) / "status.tsv")
    told = [dict(zip(header, row, strict=True)) for row in rows]
    assert [(row["event_id"], row["status"]) for row in told] == [(e["id"], e["status"]) for e in entries]
    for row, entry in zip(told, entries, strict=True):
        assert bool(row["written_as"]) is (_coded(entry) is not None)
        assert bool(row["left_out"]) is not bool(row["written_as"])
        assert row["history"].count(";") == len(entry["history"]) - 1
    page = (export(form) / "codebook.md").read_text("utf-8")
    left = sum(1 for row in told if row["left_out"])
    assert sum(int(n) for n in re.findall(r"^- left out: (\d+) events?:", page, re.MULTILINE)) == left > 0


def test_gdelt_has_its_columns_and_joins_with_status(export: Export, entries: list[Entry]) -> None:
    from pyarrow import csv as arrow_csv

    folder = export("gdelt")

    def read(name: str) -> Any:
        options = arrow_csv.ReadOptions(autogenerate_column_names=True)
        return arrow_csv.read_csv(
            folder / f"{name}.tsv",
            read_options=options,
            parse_options=arrow_csv.ParseOptions(delimiter="\t", quote_char=False),
        )

    events, mentions = read("events"), read("mentions")
    assert (events.num_columns, mentions.num_columns) == (61, 16)
    _header, *rows = _tsv(folder / "status.tsv")
    number = {row[0]: int(row[1]) for row in rows}
    assert len(set(number.values())) == len(number)
    found = {row["f0"]: row for row in events.to_pylist()}
    assert set(found) == {number[entry["id"]] for entry in entries if _coded(entry)}
    visit = found[number[titled(entries, VISIT)["id"]]]
    assert (visit["f1"], visit["f3"]) == (20250520, 2025)
    assert (visit["f5"], visit["f6"], visit["f7"]) == ("URY", "Ramiro Etcheverry", "URY")
    assert (visit["f26"], visit["f27"], visit["f28"], visit["f29"], visit["f30"]) == (42, 42, 4, 1, 4.0)
    assert (visit["f31"], visit["f32"], visit["f33"]) == (6, 6, 6)
    assert (visit["f51"], visit["f52"], visit["f53"]) == (4, "Ljubljana", "SI")
    assert (visit["f59"], visit["f60"][:8]) == (20250522000000, "https://")
    of_visit = [row for row in mentions.to_pylist() if row["f0"] == number[titled(entries, VISIT)["id"]]]
    assert {row["f15"] for row in of_visit} == {one["id"] for one in titled(entries, VISIT)["mentions"]}
    assert [row["f2"] for row in of_visit].count(None) == 1, "one of its pages is undated"
