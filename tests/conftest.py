"""Tests that need the measuring data beside the project are skipped where it is missing, and say so."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from postgresql_server import Server

sys.path.insert(0, str(Path(__file__).resolve().parent / "unit"))  # where the made values lie

SHARED = Path(__file__).resolve().parents[2] / "shared"


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if SHARED.is_dir():
        return
    if os.environ.get("DEPESCHE_NEEDS_SHARED"):
        pytest.exit(f"the measuring data is missing: {SHARED}", returncode=1)
    for item in items:
        if item.get_closest_marker("shared"):
            item.add_marker(pytest.mark.skip(reason="needs the measuring data in ../shared"))


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of measuring data beside the project."""
    return SHARED


@pytest.fixture(scope="session")
def postgresql() -> Iterator[Server]:
    """A PostgreSQL server of this process's own."""
    from postgresql_server import programs, running_server

    if programs() is None:
        if os.environ.get("DEPESCHE_NEEDS_POSTGRESQL"):
            pytest.fail("no PostgreSQL is installed")
        pytest.skip("needs PostgreSQL (initdb)")
    with running_server() as server:
        yield server


@pytest.fixture(params=["sqlite", "postgresql"])
def fresh(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[], str]:
    """Names stores that are not there yet, of each make of database in turn."""
    if request.param == "postgresql":
        server: Server = request.getfixturevalue("postgresql")
        return server.fresh
    numbers = iter(range(1000))
    return lambda: str(tmp_path / f"store-{next(numbers)}.db")
