"""A build killed at any moment and built again gives what an undisturbed build gives."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import IO

import pytest
from built import build_into, exported
from postgresql_server import Server

DELAYS = (0.0, 0.02, 0.04, 0.06, 0.08, 0.1, 0.13, 0.16, 0.2, 0.25, 0.3, 0.4)


class Builder:
    """The process that forks a build for every path that it is told."""

    def __init__(self, to: IO[str], answers: IO[str]) -> None:
        self._to = to
        self._answers = answers

    def kill_after(self, store: Path | str, delay: float, workers: int = 1) -> str:
        """Starts a build, kills it after a while, and tells whether it was "killed" or "done" before.

        With several workers the while begins when the first page is stored.
        """
        self._to.write(f"{delay} {workers} {store}\n")
        self._to.flush()
        return self._answers.readline().strip()


@pytest.fixture(scope="module")
def builder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Builder]:
    warm = tmp_path_factory.mktemp("warm") / "s.db"
    script = Path(__file__).with_name("killable.py")
    with subprocess.Popen(
        [sys.executable, str(script), str(warm)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdin and process.stdout
        assert process.stdout.readline() == "ready\n"
        yield Builder(process.stdin, process.stdout)


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> str:
    store = tmp_path_factory.mktemp("undisturbed") / "s.db"
    build_into(store)
    return exported(store)


@pytest.mark.skipif(sys.platform == "win32", reason="there is no fork")
def test_killed_builds_go_on_where_they_stopped(builder: Builder, undisturbed: str, tmp_path: Path) -> None:
    ends = []
    for number, delay in enumerate(DELAYS):
        store = tmp_path / f"{number}.db"
        ends.append(builder.kill_after(store, delay))
        build_into(store)
        assert exported(store) == undisturbed, f"killed after {delay} s"
    assert ends[0] == "killed"


@pytest.mark.skipif(sys.platform == "win32", reason="there is no fork")
def test_killed_builds_into_postgresql_go_on_where_they_stopped(
    builder: Builder, undisturbed: str, postgresql: Server
) -> None:
    ends = []
    for delay in DELAYS[::2]:
        store = postgresql.fresh()
        ends.append(builder.kill_after(store, delay))
        build_into(store)
        assert exported(store) == undisturbed, f"killed after {delay} s"
    assert ends[0] == "killed"


@pytest.mark.skipif(sys.platform == "win32", reason="there is no fork")
def test_a_store_may_be_killed_again_and_again(builder: Builder, undisturbed: str, tmp_path: Path) -> None:
    store = tmp_path / "s.db"
    ends = [builder.kill_after(store, delay) for delay in (0.0, 0.01, 0.03, 0.05, 0.07)]
    build_into(store)
    assert "killed" in ends
    assert exported(store) == undisturbed


@pytest.mark.skipif(sys.platform == "win32", reason="there is no fork")
def test_killed_builds_of_several_processes_go_on_where_they_stopped(
    builder: Builder, undisturbed: str, tmp_path: Path
) -> None:
    ends = []
    for number, delay in enumerate((0.0, 0.05, 0.2)):
        store = tmp_path / f"{number}.db"
        ends.append(builder.kill_after(store, delay, workers=2))
        build_into(store)
        assert exported(store) == undisturbed, f"killed {delay} s after the first page"
    assert ends[0] == "killed"
