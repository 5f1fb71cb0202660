"""What must not matter: the order of pages, how often one builds, the hash seed, the clock's zone, the network."""

from __future__ import annotations

import os
import random
import socket
import subprocess
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "unit"))

from built import PAGES, build_into, exported, sources


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> str:
    store = tmp_path_factory.mktemp("undisturbed") / "s.db"
    build_into(store)
    text = exported(store)
    assert text.count("\n") > 5
    return text


@pytest.mark.parametrize("seed", range(3))
def test_the_order_of_pages_does_not_matter(seed: int, tmp_path: Path, undisturbed: str) -> None:
    found = sources()
    random.Random(seed).shuffle(found)
    build_into(tmp_path / "s.db", found)
    assert exported(tmp_path / "s.db") == undisturbed


@pytest.mark.parametrize("seed", range(3))
def test_pages_added_later_give_what_all_at_once_give(seed: int, tmp_path: Path, undisturbed: str) -> None:
    found = sources()
    random.Random(seed).shuffle(found)
    cut = 1 + seed
    build_into(tmp_path / "s.db", found[:cut])
    build_into(tmp_path / "s.db", found[cut:])
    assert exported(tmp_path / "s.db") == undisturbed


def test_building_twice_adds_nothing(tmp_path: Path, undisturbed: str) -> None:
    build_into(tmp_path / "s.db")
    build_into(tmp_path / "s.db")
    assert exported(tmp_path / "s.db") == undisturbed


@pytest.mark.parametrize("workers", [2, 3])
def test_the_number_of_processes_does_not_matter(workers: int, tmp_path: Path, undisturbed: str) -> None:
    build_into(tmp_path / "s.db", workers=workers)
    assert exported(tmp_path / "s.db") == undisturbed
    assert build_into(tmp_path / "s.db", workers=workers).read == 0


def test_no_network_is_needed(tmp_path: Path, undisturbed: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("the network was asked")

    for name in ("socket", "create_connection", "getaddrinfo", "socketpair"):
        monkeypatch.setattr(socket, name, refuse)
    build_into(tmp_path / "s.db")
    assert exported(tmp_path / "s.db") == undisturbed


@pytest.mark.parametrize(
    "environment",
    [
        {"PYTHONHASHSEED": "1", "TZ": "Pacific/Kiritimati", "LC_ALL": "C"},
        {"PYTHONHASHSEED": "4242", "TZ": "America/Los_Angeles", "LC_ALL": "C.UTF-8", "LANG": "tr_TR.UTF-8"},
    ],
)
def test_hash_seed_time_zone_and_locale_do_not_matter(
    environment: dict[str, str], tmp_path: Path, undisturbed: str
) -> None:
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("DEPESCHE_", "PYTHON"))}

    def run(*words: str) -> bytes:
        command = [sys.executable, "-m", "depesche", *words]
        return subprocess.run(command, env=clean | environment, capture_output=True, check=True).stdout

    run("build", str(PAGES), "--store", str(tmp_path / "s.db"), "--quiet")
    assert run("chronicle", "--store", str(tmp_path / "s.db"), "--format", "jsonl").decode() == undisturbed
