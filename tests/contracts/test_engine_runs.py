"""A build by Daft, alone or on Ray with a worker that dies, gives what the plain build gives."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from built import NAMES, PAGES, build_into, exported, sources

from depesche.model.page import Unread
from depesche.store import open_store

HERE = Path(__file__).resolve().parent
PATIENCE = 400  # seconds: a machine may have other work


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The invented pages, one that holds no article, and a file that is none."""
    folder = tmp_path_factory.mktemp("pages") / "in"
    shutil.copytree(PAGES, folder)
    (folder / "leer.html").write_text("<html><body><p> </p></body></html>", "utf-8")
    (folder / "scan.pdf").write_bytes(b"%PDF-1.7")
    return folder


def _run(*words: str | Path) -> subprocess.CompletedProcess[str]:
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("DEPESCHE_", "RAY_", "DAFT_"))}
    command = [sys.executable, *map(str, words)]
    return subprocess.run(
        command, env=clean, capture_output=True, text=True, encoding="utf-8", timeout=PATIENCE, check=False
    )


def _build(pages: Path, lake: Path, store: Path) -> subprocess.CompletedProcess[str]:
    return _run("-m", "depesche", "build", pages, "--engine", "daft", "--lake", lake, "--store", store)


def _unread(store: Path) -> list[Unread]:
    with open_store(str(store)).view() as view:
        return list(view.unread())


def test_daft_alone_gives_the_plain_chronicle_and_reads_nothing_twice(pages: Path, tmp_path: Path) -> None:
    plain, lake = tmp_path / "plain.db", tmp_path / "lake"
    report = build_into(plain, sources(pages))
    first = _build(pages, lake, tmp_path / "a.db")
    assert first.returncode == 3, first.stderr
    assert f"{report.read} pages read, 0 known already, {len(report.unread)} not read" in first.stderr
    assert exported(tmp_path / "a.db") == exported(plain)
    assert _unread(tmp_path / "a.db") == _unread(plain) != []

    before = sorted(path for path in lake.rglob("*") if path.is_file())
    days = {path.parent.name for path in before if path.name.endswith(".parquet")}
    assert {"day=2024-03-15", "day=unread"} <= days
    again = _build(pages, lake, tmp_path / "b.db")  # another store of the same lake
    assert f"0 pages read, {report.read} known already" in again.stderr
    assert sorted(path for path in lake.rglob("*") if path.is_file()) == before
    assert exported(tmp_path / "b.db") == exported(plain)
    assert _unread(tmp_path / "b.db") == _unread(plain)


def test_pages_that_come_later_and_those_of_a_plain_build_join_the_lake(tmp_path: Path) -> None:
    store, lake, first, second = tmp_path / "s.db", tmp_path / "lake", tmp_path / "first", tmp_path / "second"
    for folder, names in ((first, NAMES[:2]), (second, NAMES[2:])):
        folder.mkdir()
        for path in (path for path in PAGES.iterdir() if path.name.startswith(names)):
            shutil.copy(path, folder)
    build_into(store, sources(first))
    build_into(tmp_path / "plain.db", sources(first, second))
    done = _build(second, lake, store)
    assert done.returncode == 0, done.stderr
    assert exported(store) == exported(tmp_path / "plain.db")
    assert len(list((lake / "pages").iterdir())) == 2


@pytest.mark.skipif(sys.platform != "linux", reason="the killer looks into /proc")
def test_ray_with_two_workers_of_which_one_is_killed_gives_the_plain_chronicle(tmp_path: Path) -> None:
    build_into(tmp_path / "plain.db")
    done = _run(HERE / "ray_build.py", PAGES, tmp_path / "lake", tmp_path / "s.db", tmp_path / "o.json")
    assert done.returncode == 0, done.stderr
    assert json.loads((tmp_path / "o.json").read_text("utf-8")) == {"code": 0, "killed": True}
    assert exported(tmp_path / "s.db") == exported(tmp_path / "plain.db")
