"""The figures of the seed pages hold their floors (`bench/floors.json`), measured as `make bench` does."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

BENCH = Path(__file__).resolve().parents[2] / "bench"
sys.path.insert(0, str(BENCH))

from floors import read_floors  # noqa: E402
from tasks import seeds  # noqa: E402
from tasks.task import Place, Task  # noqa: E402

pytestmark = pytest.mark.shared


@pytest.mark.parametrize("task", seeds.TASKS, ids=lambda task: task.name)
def test_figures_hold_their_floors(task: Task, shared: Path, tmp_path: Path) -> None:
    floors = read_floors()
    figures = task.measure(Place(shared, tmp_path))
    assert figures, "a task without figures holds every floor"
    short = {name: value for name, value in figures.items() if not floors[f"{task.name}.{name}"].holds(value)}
    assert short == {}, {name: floors[f"{task.name}.{name}"].value for name in short}
