"""The whole main job with sockets blocked: reading, linking, asking and exporting need no network."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn

import pytest
from built import PAGES, depesche, records

from depesche.export import EXPORTS, LISTINGS

ASKING = (
    "pages",
    "quotes",
    "differences",
    "upcoming --day 2024-05-01",
    "overdue --day 2024-06-01",
    "check",
    "decide list",
    "party decisions",
)


class Asked(AssertionError):
    """Somebody wanted the network."""


def _refuse(*_: object, **__: object) -> NoReturn:
    raise Asked("the main job asked for the network")


@pytest.fixture(scope="module")
def no_network() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patched:
        for name in ("connect", "connect_ex", "bind", "sendto"):
            patched.setattr(f"socket.socket.{name}", _refuse)
        for name in ("getaddrinfo", "gethostbyname", "gethostbyname_ex", "create_connection"):
            patched.setattr(f"socket.{name}", _refuse)
        yield


@pytest.fixture(scope="module")
def store(no_network: None, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("alone") / "s.db"
    done = depesche("build", PAGES, "--store", path)
    assert done.exit_code == 0, done.stderr
    return path


def test_the_network_is_blocked(no_network: None) -> None:
    with pytest.raises(Asked):
        socket.create_connection(("127.0.0.1", 9))
    with socket.socket() as asking, pytest.raises(Asked):
        asking.connect(("127.0.0.1", 9))


@pytest.mark.parametrize("form", LISTINGS)
def test_listings(store: Path, form: str) -> None:
    done = depesche("chronicle", "--store", store, "--format", form)
    assert (done.exit_code, done.stdout != "") == (0, True), done.stderr


@pytest.mark.parametrize("form", EXPORTS)
def test_exports(store: Path, form: str, tmp_path: Path) -> None:
    done = depesche("export", form, "--store", store, "--out", tmp_path / "out")
    assert done.exit_code == 0, done.stderr


@pytest.mark.parametrize("words", ASKING)
def test_asking(store: Path, words: str) -> None:
    done = depesche(*words.split(), "--store", store)
    assert done.exit_code == 0, done.stderr


def test_pages_without_a_store(no_network: None) -> None:
    assert depesche("extract", PAGES).exit_code == 0
    assert depesche("explain", PAGES / "bote.txt").exit_code == 0
    assert depesche("annotate", input='{"text": "Ada Berg traf am Montag Cem Dorn.", "doc": "a"}\n').exit_code == 0


def test_deciding_and_keeping(store: Path, tmp_path: Path) -> None:
    entry = records(depesche("chronicle", "--store", store, "--format", "jsonl").stdout)[0]["id"]
    assert depesche("show", entry, "--store", store).exit_code == 0
    assert depesche("decide", "confirm", entry, "--store", store, "--who", "Prüferin").exit_code == 0
    assert depesche("backup", store, tmp_path / "b.db").exit_code == 0
    assert depesche("copy-store", store, tmp_path / "c.db").exit_code == 0
