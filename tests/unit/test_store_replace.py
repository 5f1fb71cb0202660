"""Replacing a linkage."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from made import made_entry, made_linkage

from depesche.model.linkage import Copy, Linkage, Story
from depesche.store import ChronicleFilter, open_store
from depesche.store.replace import successors


@pytest.mark.parametrize(
    ("old", "holder", "found"),
    [
        ({"e-b": ["m-b", "m-c"]}, {"m-b": "e-a", "m-c": "e-a"}, {"e-b": "e-a"}),
        ({"e-b": ["m-b", "m-c", "m-d"]}, {"m-b": "e-a", "m-c": "e-c", "m-d": "e-c"}, {"e-b": "e-c"}),
        ({"e-b": ["m-b", "m-c"]}, {"m-c": "e-c", "m-b": "e-a"}, {"e-b": "e-a"}),
        ({"e-b": ["m-b"]}, {"m-x": "e-a"}, {}),
    ],
)
def test_an_entry_is_followed_by_the_holder_of_most_of_its_mentions(
    old: dict[str, list[str]], holder: dict[str, str], found: dict[str, str]
) -> None:
    assert successors(old, holder) == found


def test_only_rows_that_differ_are_written(tmp_path: Path) -> None:
    path = tmp_path / "chronicle.db"
    same, other = made_entry("a"), made_entry("b")
    copies, stories = (Copy("p-b", "p-a", 70),), (Story("s-1", ("p-a", "p-b")),)
    with open_store(str(path), write=True).writer() as writer:
        writer.put_linkage(Linkage(copies, stories, (same, other)), "1")
        before = _rows(path)
        writer.put_linkage(Linkage(copies, stories, (same, other)), "2")
        assert _rows(path) == before
        writer.put_linkage(Linkage((), stories, (same, made_entry("b", title="Neu"), made_entry("c"))), "3")
    after = _rows(path)
    assert after["entries"]["e-a"] == before["entries"]["e-a"]
    assert after["entries"]["e-b"] != before["entries"]["e-b"]
    assert set(after["entries"]) == {"e-a", "e-b", "e-c"}
    assert (after["copies"], after["stories"]) == ({}, before["stories"])


def test_search_forgets_what_is_gone(tmp_path: Path) -> None:
    store = open_store(str(tmp_path / "chronicle.db"), write=True)
    with store.writer() as writer:
        writer.put_linkage(made_linkage(made_entry("a", title="Alte Worte"), made_entry("b", title="Alte Sachen")), "1")
        writer.put_linkage(made_linkage(made_entry("a", title="Neue Worte")), "2")
    with store.view() as view:
        assert list(view.entries(ChronicleFilter(text="alte"))) == []
        assert [entry.id for entry in view.entries(ChronicleFilter(text="eu"))] == ["e-a"]


def _rows(path: Path) -> dict[str, dict[str, int]]:
    """The number that each row was written under: a row that is written anew gets another."""
    connection = sqlite3.connect(path)
    try:
        return {
            table: dict(connection.execute(f"SELECT {key}, rowid FROM {table}").fetchall())
            for table, key in (("entries", "id"), ("copies", "page"), ("stories", "id"))
        }
    finally:
        connection.close()
