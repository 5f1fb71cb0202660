"""`depesche diff`: versions of a page, from two files and from a store."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from built import build_into, depesche, records, sources

TITLE = "Brand im Hafen von Lindenau"
TEXT = (
    f"{TITLE}\n"
    "Bei dem Brand im Hafen von Lindenau sind am Dienstag mindestens 39 Menschen verletzt worden. Das teilte die "
    "Verwaltung der Stadt mit.\n"
    "Die Feuerwehr ist mit zwei Zügen im Einsatz, die Straße am Hafen bleibt nach Angaben der Polizei gesperrt.\n"
)
URL = "https://lindenauer.example/brand"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    pages = tmp_path / "pages"
    pages.mkdir()
    for name, day, text in (
        ("morgens", "2024-05-14", TEXT),
        ("abends", "2024-05-15", TEXT.replace("39", "42").replace(TITLE, "Brand in Lindenau gelöscht")),
    ):
        (pages / f"{name}.txt").write_text(text, "utf-8")
        told = {"url": f"{URL}?utm_source={name}", "fetched": day, "published": "2024-05-14"}
        (pages / f"{name}.meta.json").write_text(json.dumps(told))
    (pages / "anderes.txt").write_text(TEXT.replace("Lindenau", "Beispielstadt"), "utf-8")
    return pages


def test_two_files_are_compared(folder: Path) -> None:
    done = depesche("diff", folder / "morgens.txt", folder / "abends.txt", "--format", "jsonl")
    assert (done.exit_code, done.stderr) == (0, "")
    (step,) = records(done.stdout)
    assert [(one["kind"], one["line_before"]) for one in step["changes"]] == [
        ("title", None), ("line changed", 0), ("number", 0)
    ]  # fmt: skip
    assert (step["before"]["doc"], step["after"]["doc"]) == ("morgens", "abends")
    table = depesche("diff", folder / "morgens.txt", folder / "abends.txt").stdout
    assert "39 Menschen → 42 Menschen" in table and "[-39-] {+42+}" in table


def test_a_store_keeps_all_versions_of_an_address_and_tells_what_changed(folder: Path, tmp_path: Path) -> None:
    store = tmp_path / "s.db"
    assert build_into(store, sources(folder)).pages == 3
    done = depesche("diff", "--store", store, "--format", "jsonl")
    (step,) = records(done.stdout)
    assert step["address"] == "lindenauer.example/brand"
    assert [step[side]["fetched"] for side in ("before", "after")] == ["2024-05-14", "2024-05-15"]
    assert "number" in [one["kind"] for one in step["changes"]]
    assert depesche("diff", "--store", store, "--url", URL, "--format", "jsonl").stdout == done.stdout
    none = depesche("diff", "--store", store, "--url", "https://lindenauer.example/sonst")
    assert none.stdout == "0 addresses with several versions, 0 changes\n"


def test_a_page_saved_anew_under_its_old_name_does_not_replace_the_old_one(folder: Path, tmp_path: Path) -> None:
    store = tmp_path / "s.db"
    build_into(store, sources(folder))
    (folder / "abends.txt").write_text(TEXT.replace("39", "57"), "utf-8")
    build_into(store, sources(folder))
    steps = records(depesche("diff", "--store", store, "--format", "jsonl").stdout)
    assert len(steps) == 2
    assert len({step["before"]["id"] for step in steps} | {step["after"]["id"] for step in steps}) == 3


def test_wrong_use_and_unreadable_files_have_one_line(folder: Path, tmp_path: Path) -> None:
    one = folder / "morgens.txt"
    (tmp_path / "leer.txt").write_text("")
    (tmp_path / "zwei.jsonl").write_text('{"text": "Haus"}\n{"text": "Hof"}\n')
    for words, code in (
        ([one], 2), ([one, one, one], 2), ([], 2), ([one, one, "--store", "s.db"], 2), ([one, one, "--url", "x"], 2),
        ([one, tmp_path / "zwei.jsonl"], 2), ([one, tmp_path / "leer.txt"], 1), ([one, tmp_path / "fehlt.txt"], 2),
        (["--store", tmp_path / "fehlt.db"], 1),
    ):  # fmt: skip
        done = depesche("diff", *words)
        assert (done.exit_code, done.stdout, done.stderr.count("\n")) == (code, "", 1), words


def test_nothing_in_a_version_is_obeyed(folder: Path) -> None:
    (folder / "abends.txt").write_text(TEXT.replace("39", "\x1b[31m42\u202e"), "utf-8")
    done = depesche("diff", folder / "morgens.txt", folder / "abends.txt")
    assert done.exit_code == 0
    assert not any(ch in done.stdout for ch in "\x1b\u202e")
