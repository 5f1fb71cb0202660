"""Floors under the measured figures (`floors.json`): they only rise."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from tasks.task import BenchError, Figure

FLOORS = Path(__file__).with_name("floors.json")
LEAST, MOST = "at_least", "at_most"
TINY = 1e-9  # between a figure and the same figure written as a decimal


@dataclass(frozen=True)
class Floor:
    """The worst that a figure may be: a least value, or a greatest where less is better."""

    value: float
    less: bool = False

    def holds(self, value: float) -> bool:
        """Whether the figure is good enough."""
        return value <= self.value + TINY if self.less else value >= self.value - TINY

    def stricter(self, other: Floor) -> Floor:
        """The one that asks for more; a floor is never lowered."""
        return Floor((min if self.less else max)(self.value, other.value), self.less)


def read_floors(path: Path = FLOORS) -> dict[str, Floor]:
    """The floors by the full name of their figure."""
    if not path.is_file():
        return {}
    floors: dict[str, Floor] = {}
    for name, entry in json.loads(path.read_text("utf-8")).items():
        if list(entry) not in ([LEAST], [MOST]):
            raise BenchError(f"{path.name}: {name} should have one of {LEAST} and {MOST}")
        floors[name] = Floor(entry.get(LEAST, entry.get(MOST)), MOST in entry)
    return floors


def write_floors(floors: Mapping[str, Floor], path: Path = FLOORS) -> None:
    """The floors, sorted, a line each."""
    lines = (
        f"  {json.dumps(name)}: {json.dumps({MOST if floor.less else LEAST: floor.value})}"
        for name, floor in sorted(floors.items())
    )
    path.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")


def below(figure: Figure, value: float) -> Floor:
    """The floor that a measured figure allows: a little worse than the figure, so that noise does not fail it."""
    sign = 1 if figure.less else -1
    if not figure.slack and not figure.share:
        return Floor(value, figure.less)
    worst = value * (1 + sign * figure.share) + sign * figure.slack
    rounded = (math.ceil if figure.less else math.floor)(worst * 1000 - sign * TINY) / 1000
    return Floor(max(rounded, 0.0), figure.less)


def raised(floors: Mapping[str, Floor], measured: Mapping[str, tuple[Figure, float]]) -> dict[str, Floor]:
    """The floors after a run whose figures may have risen."""
    risen = dict(floors)
    for name, (figure, value) in measured.items():
        allowed = below(figure, value)
        risen[name] = floors[name].stricter(allowed) if name in floors else allowed
    return risen
