"""Disks that are full or closed, other programs in the way, clocks that jump, stores of other versions: on the command
line each is one clear line, and nothing is lost."""

from __future__ import annotations

import os
import resource
import shutil
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from built import PAGES, build_into, depesche, exported

from depesche.store import open_store
from depesche.store.schema import HEAD
from depesche.store.sqlite import lock

BUILD = "from depesche.cli import main; main()"


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("whole") / "s.db"
    build_into(path)
    return path


def _copy(whole: Path, folder: Path) -> Path:
    copy = folder / "copy.db"
    assert depesche("--quiet", "backup", whole, copy).exit_code == 0
    return copy


def _one_line(said: str) -> str:
    """The one line of error in what was said."""
    lines = [line for line in said.splitlines() if line.startswith("depesche: ")]
    assert len(lines) == 1, said
    assert "Traceback" not in said
    return lines[0]


# --- disks


def _on_a_small_disk(room: int, *words: str | Path) -> subprocess.CompletedProcess[str]:
    """The command line where no file may grow beyond so many bytes, as on a disk that is full."""

    def limit() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (room, room))

    told = [sys.executable, "-c", BUILD, *map(str, words)]
    clean = {name: value for name, value in os.environ.items() if not name.startswith("DEPESCHE_")}
    return subprocess.run(told, capture_output=True, text=True, check=False, preexec_fn=limit, env=clean)


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such limits")
def test_a_disk_that_fills_up_stops_a_build_with_a_line_and_it_goes_on(whole: Path, tmp_path: Path) -> None:
    store = tmp_path / "s.db"
    done = _on_a_small_disk(200_000, "build", PAGES, "--store", store)
    assert done.returncode == 1
    assert "disk" in _one_line(done.stderr)
    if store.exists():
        assert list(open_store(str(store), write=True).faults()) == []
    assert depesche("build", PAGES, "--store", store).exit_code == 0
    assert exported(store) == exported(whole)


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such limits")
@pytest.mark.parametrize(
    "words", [("export", "csv", "--store", "{}", "--out", "{}.out"), ("backup", "{}", "{}.out"),
              ("copy-store", "{}", "{}.out"), ("chronicle", "--store", "{}", "--format", "html", "--out", "{}.out")]
)  # fmt: skip
def test_a_full_disk_leaves_no_half_copy_and_no_half_export(
    whole: Path, tmp_path: Path, words: tuple[str, ...]
) -> None:
    copy = _copy(whole, tmp_path)
    before = exported(copy)
    done = _on_a_small_disk(2000, *(word.format(copy) for word in words))
    assert done.returncode == 1
    assert _one_line(done.stderr)
    left = [path for path in tmp_path.iterdir() if path.name.startswith("copy.db.out")]
    assert [path for path in left if "lock" not in path.name and path.stat().st_size] == []
    assert exported(copy) == before


def test_a_store_that_may_only_be_read_is_read_and_not_written(
    whole: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = _copy(whole, tmp_path)
    monkeypatch.setattr("os.access", lambda *_: False)
    assert depesche("chronicle", "--store", copy).exit_code == 0
    assert depesche("check", "--store", copy).exit_code == 0
    monkeypatch.undo()
    real = sqlite3.connect

    def closed(name: object, *words: object, **more: object) -> sqlite3.Connection:
        """Every connection as to a file that may only be read."""
        connection = real(name, *words, **more)  # type: ignore[arg-type,call-overload]
        connection.execute("PRAGMA query_only = ON")
        return connection

    monkeypatch.setattr("sqlite3.connect", closed)
    done = depesche("build", PAGES, "--store", copy, "--not-after", "2030-01-01")
    assert done.exit_code == 1
    assert "may only be read; allow writing to it" in _one_line(done.stderr)


# --- others in the way


def test_a_store_that_another_writes_is_told_and_can_be_read(whole: Path, tmp_path: Path) -> None:
    copy = _copy(whole, tmp_path)
    entry = exported(copy).split('"id":"')[1].split('"')[0]
    with lock(copy):
        for words in (("build", PAGES, "--not-after", "2030-01-01"), ("decide", "confirm", entry, "--who", "x")):
            done = depesche(*words, "--store", copy)
            assert done.exit_code == 1
            assert "another program is writing to this store; wait until it is done" in _one_line(done.stderr)
        assert depesche("chronicle", "--store", copy).exit_code == 0
        assert depesche("check", "--store", copy).exit_code == 0
        assert depesche("backup", copy, tmp_path / "b.db").exit_code == 0
    assert exported(copy) == exported(whole)


# --- clocks


@pytest.mark.parametrize("moment", [0, 4_102_444_800], ids=["1970", "2100"])
def test_times_of_files_play_no_part(whole: Path, tmp_path: Path, moment: int) -> None:
    pages = tmp_path / "pages"
    shutil.copytree(PAGES, pages)
    for path in pages.iterdir():
        os.utime(path, (moment, moment))
    assert depesche("build", pages, "--store", tmp_path / "s.db").exit_code == 0
    assert exported(tmp_path / "s.db") == exported(whole)


@pytest.mark.parametrize("said", ["1970-01-01T00:00:00+00:00", "2100-01-01T00:00:00+00:00"])
def test_the_clock_plays_no_part_in_what_is_read(
    whole: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, said: str
) -> None:
    store = tmp_path / "s.db"
    module = sys.modules["depesche.cli.build"]  # the package has a command of this name
    monkeypatch.setattr(module, "_now", lambda: said)
    assert depesche("build", PAGES, "--store", store).exit_code == 0
    assert exported(store) == exported(whole)
    monkeypatch.setattr(module, "_now", lambda: "1999-01-01T00:00:00+00:00")  # the clock was set back
    assert depesche("build", PAGES, "--store", store, "--not-after", "2100-01-01").exit_code == 0
    assert list(open_store(str(store)).faults()) == []
    with open_store(str(store)).view() as view:
        assert len(list(view.runs())) == 2


# --- stores of other versions


def _marked(path: Path, version: str) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE alembic_version SET version_num = ?", (version,))
    connection.close()


@pytest.mark.parametrize(
    "words", [("build", str(PAGES)), ("chronicle",), ("pages",), ("check",), ("export", "atom", "--out", "{}.out")]
)
def test_a_newer_store_is_refused_by_every_command(whole: Path, tmp_path: Path, words: tuple[str, ...]) -> None:
    copy = _copy(whole, tmp_path)
    _marked(copy, "0999")
    before = copy.read_bytes()
    done = depesche(*(word.format(copy) for word in words), "--store", copy)
    assert done.exit_code == 1
    assert "written by a newer Depesche" in _one_line(done.stderr)
    assert copy.read_bytes() == before


def test_a_store_of_an_older_version_is_migrated_with_its_chronicle(whole: Path, tmp_path: Path) -> None:
    copy = _copy(whole, tmp_path)
    before = exported(copy)
    with sqlite3.connect(copy) as connection:  # back to the tables of version 4: no vectors, nothing kept of linking
        for table in ("meanings", "traces", "blocks"):
            connection.execute(f"DROP TABLE {table}")
        connection.execute("ALTER TABLE entries DROP COLUMN made_of")
    connection.close()
    _marked(copy, "0004")
    assert depesche("chronicle", "--store", copy).exit_code == 0
    with sqlite3.connect(copy) as connection:
        assert connection.execute("SELECT version_num FROM alembic_version").fetchall() == [(HEAD,)]
    connection.close()
    assert exported(copy) == before
    assert list(open_store(str(copy)).faults()) == []
