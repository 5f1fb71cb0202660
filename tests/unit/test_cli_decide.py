"""The decide command on the invented pages: kept with who, when and why, replayed, reviewed, taken back."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from built import build_into, depesche, exported, records, sources

from depesche.store import open_store


@pytest.fixture
def store(tmp_path: Path) -> Path:
    path = tmp_path / "chronicle.db"
    build_into(path)
    return path


def chronicle(store: Path) -> list[dict[str, Any]]:
    return records(exported(store))


def listed(store: Path, *words: str) -> list[dict[str, Any]]:
    done = depesche("decide", "list", "--store", store, "--format", "jsonl", *words)
    assert done.exit_code == 0, done.stderr
    return records(done.stdout)


def decided(store: Path, *words: str) -> None:
    done = depesche("decide", *words, "--store", store)
    assert done.exit_code == 0, done.stderr


def test_a_merge_is_kept_with_who_when_and_why_and_taken_back(store: Path) -> None:
    before = exported(store)
    first, second = (entry["id"] for entry in chronicle(store)[:2])
    done = depesche("decide", "merge", first, second, "--why", "one talk", "--who", "Ada", "--store", store)
    assert (done.exit_code, done.stderr) == (0, "decision 1 is kept\n")
    (one,) = listed(store)
    assert (one["kind"], one["who"], one["why"], one["in_effect"]) == ("merge", "Ada", "one talk", True)
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", one["when"])
    assert one["entries"] == [min(first, second)]
    assert "decided.merge: Ada" in depesche("show", min(first, second), "--store", store).stdout
    decided(store, "undo", "1")
    assert (exported(store), listed(store)) == (before, [])


def test_a_split_and_a_rejection_last_over_builds_in_any_order(store: Path, tmp_path: Path) -> None:
    visit = next(entry for entry in chronicle(store) if len(entry["sources"]) == 2)
    docs = [source["doc"] for source in visit["sources"]]
    decided(store, "split", visit["id"], docs[0])
    gone = next(entry["id"] for entry in chronicle(store) if entry["type"] == "ACCUSE" or len(entry["sources"]) == 1)
    decided(store, "reject", gone)
    whole = exported(store)
    assert gone not in {entry["id"] for entry in chronicle(store)}
    assert not any(set(docs) <= {source["doc"] for source in entry["sources"]} for entry in chronicle(store))
    late = tmp_path / "late.db"
    with open_store(str(store)).view() as view, open_store(str(late), write=True).writer() as writer:
        for _, decision in view.all_decisions():
            writer.decide(decision)
    for source in reversed(sources()):
        build_into(late, [source])
    assert exported(late) == whole


def test_a_decision_whose_passage_is_gone_is_up_for_review(store: Path, tmp_path: Path) -> None:
    visit = next(entry for entry in chronicle(store) if len(entry["sources"]) == 2)
    decided(store, "confirm", visit["id"])
    assert listed(store, "--review") == []
    other = tmp_path / "other.db"
    with open_store(str(store)).view() as view, open_store(str(other), write=True).writer() as writer:
        for _, decision in view.all_decisions():
            writer.decide(decision)
    build_into(other, [page for page in sources() if page.doc != visit["sources"][0]["doc"]])
    (one,) = listed(other, "--review")
    assert [mark["found"] for mark in one["sides"][0]].count(False) == 1
    assert "not found any more" in depesche("decide", "list", "--store", other).stdout


def test_the_name_may_be_settled_once(store: Path) -> None:
    first = chronicle(store)[0]["id"]
    assert depesche("decide", "confirm", first, "--store", store, DEPESCHE_WHO="Bo").exit_code == 0
    assert listed(store)[0]["who"] == "Bo"


@pytest.mark.parametrize(
    ("words", "names"),
    [
        (["merge", "e-none", "e-other"], "no such entry"),
        (["merge", "FIRST", "FIRST"], "two different ones"),
        (["split", "FIRST", "m-none"], "no mention or page"),
        (["split", "FIRST", "EVERY"], "fewer of them"),
        (["undo", "7"], "no such decision"),
        (["split", "FIRST"], "--help"),
    ],
)
def test_wrong_use_is_one_line(store: Path, words: list[str], names: str) -> None:
    first = next(entry for entry in chronicle(store) if len(entry["mentions"]) == 1)
    known = {"FIRST": first["id"], "EVERY": first["mentions"][0]["id"]}
    done = depesche("decide", *(known.get(word, word) for word in words), "--store", store)
    assert done.exit_code == 2
    assert done.stderr.startswith("depesche: ") and done.stderr.count("\n") == 1
    assert names in done.stderr
