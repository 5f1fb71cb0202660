"""A store that is built on: what is new is linked, what stays is left alone, the chronicle is that of one build."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from built import NAMES, build_into, depesche, exported, sources

from depesche import relink
from depesche.errors import StoreError
from depesche.store import KeptTrace, Store, open_store


@pytest.fixture
def nearly_all(tmp_path: Path) -> Path:
    """A store of all invented pages but the last."""
    store = tmp_path / "s.db"
    build_into(store, [page for page in sources() if page.doc != NAMES[-1]])
    return store


@pytest.fixture(scope="module")
def at_once(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The chronicle of all invented pages from one build."""
    store = tmp_path_factory.mktemp("once") / "s.db"
    build_into(store)
    return exported(store)


def _writing(path: Path) -> Store:
    return open_store(str(path), write=True)


def _made_of(path: Path) -> dict[str, str]:
    with open_store(str(path)).view() as view:
        return view.kept().made_of()


def _traces(path: Path) -> list[KeptTrace]:
    with open_store(str(path)).view() as view:
        return list(view.kept().traces())


def test_only_entries_that_are_made_of_something_new_are_made(
    nearly_all: Path, at_once: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, worded = _made_of(nearly_all), []
    really = relink.stamped
    monkeypatch.setattr(relink, "stamped", lambda value, version: worded.append(value) or really(value, version))
    build_into(nearly_all)
    after = _made_of(nearly_all)
    made = {value.id for value in worded if hasattr(value, "mentions")}
    assert made == {id for id, key in after.items() if before.get(id) != key}
    assert 0 < len(made) < len(after)
    assert exported(nearly_all) == at_once


def test_a_linking_that_was_cut_off_leaves_nothing_behind(nearly_all: Path, at_once: str) -> None:
    with _writing(nearly_all).writer() as writer:
        writer.put_traces([KeptTrace("p-gone", "a key", b"noise"), KeptTrace(_traces(nearly_all)[0].page, "k", b"")])
    build_into(nearly_all)
    assert exported(nearly_all) == at_once
    assert len(_traces(nearly_all)) == len(NAMES)


def test_what_another_version_kept_is_not_used(nearly_all: Path, at_once: str) -> None:
    with _writing(nearly_all).writer() as writer:
        writer.forget_traces("another version")
        page = _page_of(nearly_all)
        writer.put_traces([KeptTrace(page, "key", b"in a form of its own")])
    build_into(nearly_all)
    assert exported(nearly_all) == at_once
    assert all(_made_of(nearly_all).values())


def _page_of(path: Path) -> str:
    with open_store(str(path)).view() as view:
        return next(view.readings()).page


def test_a_damaged_trace_is_told_in_a_line(nearly_all: Path) -> None:
    kept = _traces(nearly_all)[0]
    with closing(sqlite3.connect(nearly_all)) as connection, connection:
        connection.execute("UPDATE traces SET value = x'00' WHERE page = ?", [kept.page])
    with pytest.raises(StoreError, match=rf"{kept.page} is damaged; build into a new store"):
        build_into(nearly_all)
    done = depesche("check", "--store", nearly_all)
    assert f"trace {kept.page}" in done.stdout


def test_a_page_that_says_something_else_now_is_linked_as_if_it_always_had(tmp_path: Path) -> None:
    """Another last day of publication reads every page again; going back gives what was there first."""
    store = tmp_path / "s.db"
    build_into(store)
    first, kept = exported(store), _traces(store)
    build_into(store, not_after=date(2001, 1, 1))
    assert exported(store) != first
    build_into(store)
    assert (exported(store), _traces(store)) == (first, kept)
