"""Stores of the example pages and their exports, made once for all tests of a process."""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "unit"))  # where the made values lie

from built import depesche, records

EXAMPLES = Path(__file__).resolve().parents[2] / "examples" / "pages"


@pytest.fixture(scope="session")
def example_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("store") / "examples.db"
    assert depesche("--quiet", "build", EXAMPLES, "--store", path).exit_code == 0
    return path


@pytest.fixture(scope="session")
def entries_of_examples(example_store: Path) -> list[dict[str, Any]]:
    found = records(depesche("chronicle", "--store", example_store, "--format", "jsonl").stdout)
    assert len(found) > 30
    return found


@pytest.fixture(scope="session")
def export(example_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Path]:
    """Exports the examples to a form, with options; each only once."""
    folder = tmp_path_factory.mktemp("exports")

    @cache
    def made(form: str, *words: str) -> Path:
        path = folder / "-".join([form, *(word.strip("-") for word in words)])
        done = depesche("export", form, "--store", example_store, "--out", path, *words)
        assert (done.exit_code, done.stdout) == (0, ""), done.stderr
        return path

    return made
