"""Keeping a store: it is looked through, copied from any database to any other, and backed up while a build writes."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from built import depesche, exported
from made import made_article, made_page, made_reading
from postgresql_server import SECRET, Server

from depesche.errors import StoreError
from depesche.store import Store, open_store, sqlite

Fresh = Callable[[], str]


def _whole(url: str) -> dict[str, list[tuple[object, ...]]]:
    """Every row of a store, by table."""
    from depesche.store.copying import _rows, tables
    from depesche.store.database import locate

    database = locate(url)
    with database.reading() as connection:
        return {table.name: list(_rows(connection, table)) for table in tables()}


def _do(path: Path, statement: str) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute(statement)
    connection.close()


@pytest.fixture
def damaged(example_store: Path, tmp_path: Path) -> Path:
    """A copy of the store of examples, to be damaged."""
    path = tmp_path / "damaged.db"
    assert depesche("--quiet", "backup", example_store, path).exit_code == 0
    return path


# --- copy-store


def test_a_copy_is_the_same_in_every_row_and_in_what_it_answers(
    fresh: Fresh, example_store: Path, tmp_path: Path
) -> None:
    target, back = fresh(), tmp_path / "back.db"
    done = depesche("copy-store", example_store, target)
    assert done.exit_code == 0, done.stderr
    assert "51 entries from 16 pages copied and compared" in done.stderr
    assert depesche("copy-store", target, back).exit_code == 0
    assert _whole(target) == _whole(str(back)) == _whole(str(example_store))
    assert exported(target) == exported(example_store)
    assert depesche("check", "--store", target).exit_code == 0
    assert depesche("--quiet", "chronicle", "--store", target, "--text", "gipfel").stdout.count("\n") > 1


def test_a_copy_goes_on_as_its_source_would(fresh: Fresh, example_store: Path) -> None:
    target = fresh()
    depesche("--quiet", "copy-store", example_store, target)
    with open_store(target, write=True).writer() as writer:
        writer.put_page(made_page("a"), made_article("a"), made_reading("a"), "1", "k")
    examples = Path(__file__).resolve().parents[2] / "examples" / "pages"
    assert "16 known already" in depesche("build", examples, "--store", target).stderr
    with open_store(target).view() as view:
        assert len(list(view.runs())) == 2


def test_a_target_that_holds_something_is_refused_and_left_alone(fresh: Fresh, example_store: Path) -> None:
    target = fresh()
    with open_store(target, write=True).writer() as writer:
        writer.put_page(made_page("a"), made_article("a"), made_reading("a"), "1", "k")
    before = _whole(target)
    done = depesche("copy-store", example_store, target)
    assert done.exit_code == 1
    assert "it holds something already" in done.stderr
    assert SECRET not in done.stderr
    assert _whole(target) == before


def test_an_empty_store_may_be_filled(fresh: Fresh, example_store: Path) -> None:
    target = fresh()
    open_store(target, write=True)
    assert depesche("--quiet", "copy-store", example_store, target).exit_code == 0
    assert exported(target) == exported(example_store)


def test_a_store_is_not_copied_onto_itself(example_store: Path) -> None:
    assert depesche("copy-store", example_store, example_store).exit_code == 2


def test_a_copy_that_fails_or_comes_out_otherwise_is_not_kept(
    fresh: Fresh, example_store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from depesche.store import copying

    target = fresh()
    source = open_store(str(example_store))
    ticks = iter(range(30))
    with pytest.raises(StopIteration):
        source.copy_to(target, lambda: next(ticks) and None)
    _see_nothing(target)
    monkeypatch.setattr(copying, "_digest", lambda *_: (0, ""))
    with pytest.raises(StoreError, match="came out otherwise"):
        source.copy_to(target)
    _see_nothing(target)
    monkeypatch.undo()
    source.copy_to(target)
    assert _whole(target) == _whole(str(example_store))


def _see_nothing(url: str) -> None:
    with pytest.raises(StoreError, match="nothing is stored there yet"):
        open_store(url)


@pytest.mark.skipif(sys.platform == "win32", reason="there are no signals")
def test_a_copy_that_is_killed_leaves_nothing_and_can_be_repeated(fresh: Fresh, example_store: Path) -> None:
    script = """
import os, signal, sys
from depesche.store import open_store
left = int(sys.argv[3])
def tick():
    global left
    left -= 1
    if left == 0:
        os.kill(os.getpid(), signal.SIGKILL)
open_store(sys.argv[1]).copy_to(sys.argv[2], tick)
"""
    target, rows = fresh(), open_store(str(example_store)).size()
    for moment in (1, rows // 3, rows - 1):
        words = [sys.executable, "-c", script, str(example_store), target, str(moment)]
        assert subprocess.run(words, check=False).returncode == -signal.SIGKILL
        _see_nothing(target)
    open_store(str(example_store)).copy_to(target)
    assert _whole(target) == _whole(str(example_store))


# --- backup


def test_a_backup_is_a_store_of_its_own_in_one_file(example_store: Path, tmp_path: Path) -> None:
    copy = tmp_path / "backup.db"
    done = depesche("backup", example_store, copy)
    assert done.exit_code == 0
    assert "51 entries from 16 pages" in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["backup.db"]
    assert _whole(str(copy)) == _whole(str(example_store))


def test_a_backup_of_what_a_build_writes_holds_whole_pages(tmp_path: Path) -> None:
    store = open_store(str(tmp_path / "live.db"), write=True)
    ended, begun = threading.Event(), threading.Event()
    thread = threading.Thread(target=_writing, args=(store, begun, ended))
    thread.start()
    try:
        assert begun.wait(30)
        for number in range(8):
            copy = tmp_path / f"copy-{number}.db"
            store.backup_to(copy)
            with open_store(str(copy)).view() as view:
                ids = [page.id for page in view.pages()]
                assert [reading.page for reading in view.readings()] == ids
                assert ids
            assert list(open_store(str(copy)).faults()) == []
    finally:
        ended.set()
        thread.join()


def _writing(store: Store, begun: threading.Event, ended: threading.Event) -> None:
    with store.writer() as writer:
        number = 0
        while not ended.is_set() and number < 5000:
            name = f"{number:04}"
            text = f"Seite {name}. " * 50
            reading = made_reading(name, text=text)
            writer.put_page(made_page(name, text=text), made_article(name, text=text), reading, "1", "k")
            begun.set()
            number += 1


def test_a_backup_writes_over_nothing_and_sends_servers_elsewhere(
    example_store: Path, tmp_path: Path, postgresql: Server
) -> None:
    there = tmp_path / "there.db"
    there.write_text("something", "utf-8")
    done = depesche("backup", example_store, there)
    assert (done.exit_code, there.read_text("utf-8")) == (2, "something")
    url = postgresql.fresh()
    open_store(url, write=True)
    done = depesche("backup", url, tmp_path / "new.db")
    assert done.exit_code == 2
    assert "pg_dump" in done.stderr
    assert SECRET not in done.stderr
    assert not (tmp_path / "new.db").exists()


# --- check


def test_a_sound_store_has_no_faults(example_store: Path) -> None:
    done = depesche("check", "--store", example_store)
    assert (done.exit_code, done.stdout) == (0, "")
    assert "51 entries from 16 pages, no faults" in done.stderr


@pytest.mark.parametrize(
    ("damage", "says"),
    [
        ("UPDATE pages SET digest = 'x' WHERE id = (SELECT min(id) FROM pages)", "not those that were stored"),
        ("UPDATE readings SET digest = 'x'", "its reading is not the one that was stored"),
        ("UPDATE readings SET published = '1999-01-01'", "days of its reading"),
        ("UPDATE pages SET raw = x'00'", "damaged"),
        ("UPDATE articles SET value = (SELECT value FROM articles ORDER BY page LIMIT 1)", "its article is that of"),
        ("DELETE FROM articles", "no article or no reading"),
        ("UPDATE page_text SET words = 'x'", "search does not have its words"),
        ("UPDATE entry_text SET words = 'x'", "search does not have its words"),
        ("UPDATE entries SET first = '1999-01-01'", "its columns are not those of its value"),
        ("UPDATE entries SET value = replace(value, 'a', 'b')", "entry e-"),
        ('UPDATE entries SET value = replace(value, \'"evidence":["\', \'"evidence":["x\')', "as it is told"),
        ("DELETE FROM participants", "its participants are not"),
        ("DELETE FROM mentions", "its mentions are not"),
        ("DELETE FROM readings", "which is not there"),
        ("INSERT INTO redirects VALUES ('e-1', 'e-nowhere')", "leads to e-nowhere, which is not there"),
        ('INSERT INTO copies VALUES (\'a\', \'b\', \'{"page":"a","of":"b","share":3}\')', "names the page a,"),
        ('INSERT INTO stories VALUES (\'s\', \'{"id":"s","pages":["a"]}\')', "names the page a,"),
        ("INSERT INTO decisions VALUES (1, '{}')", "cannot be read"),
        ("UPDATE parties SET words = 'x'", "its columns are not"),
    ],
)
def test_each_fault_is_a_line_and_the_exit_code_says_so(damaged: Path, damage: str, says: str) -> None:
    _do(damaged, damage)
    done = depesche("check", "--store", damaged)
    assert done.exit_code == 1, done.stderr
    assert says in done.stdout
    assert all(": " in line for line in done.stdout.splitlines())
    assert "fault" in done.stderr


def test_faults_are_told_as_json_lines_too(damaged: Path) -> None:
    _do(damaged, "UPDATE pages SET digest = 'x'")
    lines = [
        json.loads(line) for line in depesche("check", "--store", damaged, "--format", "jsonl").stdout.splitlines()
    ]
    assert len(lines) == 16
    assert {(line["kind"], line["what"]) for line in lines} == {
        ("page", "its characters are not those that were stored")
    }


def test_a_server_is_looked_through_as_well(postgresql: Server, example_store: Path) -> None:
    import psycopg

    url = postgresql.fresh()
    open_store(str(example_store)).copy_to(url)
    assert list(open_store(url).faults()) == []
    with psycopg.connect(url.replace("+psycopg", ""), autocommit=True) as connection:
        connection.execute("DELETE FROM entry_text")
    assert {fault.what for fault in open_store(url).faults()} == {"search does not have its words"}


def test_a_full_disk_leaves_no_half_backup(
    example_store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr(sqlite.SQLite, "_into", full)
    with pytest.raises(StoreError, match="full"):
        open_store(str(example_store)).backup_to(tmp_path / "new.db")
    assert os.listdir(tmp_path) == []  # noqa: PTH208
