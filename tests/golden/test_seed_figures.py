"""The figures of the seed pages hold their floors (`bench/floors.json`), measured as `make bench` does."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

BENCH = Path(__file__).resolve().parents[2] / "bench"
sys.path.insert(0, str(BENCH))

from floors import read_floors  # noqa: E402
from tasks import seeds  # noqa: E402
from tasks.task import Place  # noqa: E402

pytestmark = pytest.mark.shared
FLOORS = read_floors()
NAMES = [f"{task.name}.{figure.name}" for task in seeds.TASKS for figure in task.figures]


@pytest.fixture(scope="module")
def figures(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, float]:
    return {
        f"{task.name}.{name}": value
        for task in seeds.TASKS
        for name, value in task.measure(Place(shared, tmp_path_factory.mktemp(task.name))).items()
    }


@pytest.mark.parametrize("name", NAMES)
def test_figure_holds_its_floor(name: str, figures: dict[str, float]) -> None:
    assert FLOORS[name].holds(figures[name]), f"{name} is {figures[name]}, its floor {FLOORS[name].value}"
