"""Tests that need the measuring data beside the project are skipped where it is missing, and say so."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

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
