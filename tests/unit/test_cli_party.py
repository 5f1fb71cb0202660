"""The party command on the invented pages: shown, merged, split, and taken back."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from built import depesche

TEXTS = {
    "eins": "Treffen in Riga\n\nDer kasachische Minister Askar Schumabajew traf Estlands neue Ministerin Mari Tamm "
    "am 3. Mai 2023 in Riga. Schumabajew lobte das Gespräch, das lange gedauert hatte.\n",
    "zwei": "Besuch in Oslo\n\nDer kasachische Minister Askar Schumabajew besuchte am 5. Mai 2023 die norwegische "
    "Regierung in Oslo. Er sprach dort über Fischerei und über den Handel.\n",
    "drei": "Reise nach Wien\n\nDer kasachische Minister Askar Zhumabaev besuchte am 9. Mai 2023 die österreichische "
    "Regierung in Wien. Er sprach dort über Wolle und über den Handel.\n",
}


@pytest.fixture
def store(tmp_path: Path) -> Path:
    pages, path = tmp_path / "pages", tmp_path / "chronicle.db"
    pages.mkdir()
    for name, text in TEXTS.items():
        (pages / f"{name}.txt").write_text(text, "utf-8")
    assert depesche("build", pages, "--store", path).exit_code == 0
    return path


def shown(store: Path, name: str) -> dict[str, Any]:
    done = depesche("party", name, "--store", store, "--format", "jsonl")
    assert done.exit_code == 0, done.stderr
    record: dict[str, Any] = json.loads(done.stdout)
    return record


def test_a_party_is_shown_with_its_spellings_and_the_sentences_of_its_offices(store: Path) -> None:
    record = shown(store, "Askar Zhumabaev")
    assert (record["id"], record["country"], record["pages"]) == ("person:askar-schumabajew", "KAZ", 3)
    assert {spelling["text"] for spelling in record["spellings"]} >= {"Askar Schumabajew", "Askar Zhumabaev"}
    (role,) = [role for role in record["offices"] if role["doc"] == "drei"]
    assert role["office"] == "Minister"
    assert role["sentence"].startswith("Der kasachische Minister Askar Zhumabaev besuchte")
    assert record["entries"] >= 2


@pytest.mark.parametrize("form", ["table", "md"])
def test_the_other_forms_tell_the_same(store: Path, form: str) -> None:
    done = depesche("party", "show", "Tamm", "--store", store, "--format", form)
    assert done.exit_code == 0
    for told in ("Mari Tamm", "person:mari-tamm", "Ministerin Mari Tamm", "eins"):
        assert told in done.stdout


def test_a_merge_lasts_over_builds_and_is_taken_back(store: Path, tmp_path: Path) -> None:
    merged = depesche("party", "merge", "Mari Tamm", "Askar Schumabajew", "--store", store)
    assert (merged.exit_code, merged.stderr) == (0, "decision 1 is kept\n")
    assert shown(store, "Askar Schumabajew")["id"] == "person:mari-tamm"
    late = tmp_path / "late.txt"
    late.write_text(TEXTS["zwei"].replace("5. Mai", "7. Mai").replace("Oslo", "Bergen"), "utf-8")
    assert depesche("build", late, "--store", store).exit_code == 0
    assert shown(store, "person:mari-tamm")["pages"] == 4, "the page read later too"
    assert depesche("party", "undo", "1", "--store", store).exit_code == 0
    assert shown(store, "Askar Schumabajew")["id"] == "person:askar-schumabajew"
    assert depesche("party", "decisions", "--store", store).stdout == ""


def test_a_split_by_page_and_by_spelling(store: Path) -> None:
    assert depesche("party", "split", "Mari Tamm", "--page", "eins", "--store", store).exit_code == 0
    assert shown(store, "Mari Tamm (eins)")["pages"] == 1
    assert depesche("party", "split", "Schumabajew", "--spelling", "Askar Zhumabaev", "--store", store).exit_code == 0
    assert shown(store, "Askar Zhumabaev")["pages"] == 1
    lines = depesche("party", "decisions", "--store", store, "--format", "jsonl").stdout.splitlines()
    assert [json.loads(line)["kind"] for line in lines] == ["split", "split"]


@pytest.mark.parametrize(
    ("words", "names"),
    [
        (["Niemand"], "no page speaks of such a party"),
        (["merge", "Mari Tamm", "person:mari-tamm"], "one party already"),
        (["split", "Mari Tamm"], "--page"),
        (["split", "Mari Tamm", "--page", "vier"], "no such page"),
        (["split", "Mari Tamm", "--spelling", "Marie Tamm"], "no page writes"),
        (["undo", "7"], "no such decision"),
    ],
)
def test_wrong_use_is_one_line(store: Path, words: list[str], names: str) -> None:
    done = depesche("party", *words, "--store", store)
    assert done.exit_code == 2
    assert done.stderr.startswith("depesche: ")
    assert done.stderr.count("\n") == 1
    assert names in done.stderr
