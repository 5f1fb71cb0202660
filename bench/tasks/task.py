"""What a task of the bench is: figures with what they are compared to, and a function that measures them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

Row = Mapping[str, Any]
Figures = dict[str, float]


class Measured(float):
    """A figure with the ends of its interval of 95 %, as a scorer gives them."""

    low: float
    high: float

    @classmethod
    def between(cls, value: float, low: float, high: float) -> Measured:
        """The figure with its ends."""
        measured = cls(value)
        measured.low, measured.high = low, high
        return measured


class BenchError(Exception):
    """Something that stops one task; its text is one line."""


@dataclass(frozen=True)
class Reference:
    """A published figure, or that of a simple baseline."""

    value: float
    name: str


@dataclass(frozen=True)
class Figure:
    """One measured number.

    `less` marks a cost, where a floor is a ceiling. `slack` is what a floor stays below the figure it is raised to,
    `share` the same in parts of the figure, for figures that depend on the machine.
    """

    name: str
    reference: Reference | None = None
    less: bool = False
    slack: float = 0.002
    share: float = 0.0


def count(name: str, reference: Reference | None = None, *, less: bool = False) -> Figure:
    """A whole number: its floor is the number itself."""
    return Figure(name, reference, less, slack=0.0)


@dataclass(frozen=True)
class Place:
    """Where a task finds the measuring data, and a folder for what it writes."""

    shared: Path
    work: Path

    def write(self, name: str, rows: Iterable[Row]) -> Path:
        """The rows as JSON lines in the task's folder."""
        path = self.work / name
        path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
        return path

    def score(self, scorer: str, *words: str | Path) -> Any:
        """What a scorer among the measuring data prints as JSON."""
        return json.loads(run_python(self.shared / scorer, *words))


@dataclass(frozen=True)
class Task:
    """A named group of figures that are measured together.

    `long`: it takes more than half a minute, so it starts first. `alone`: nothing else may run beside it.
    """

    name: str
    figures: tuple[Figure, ...]
    measure: Callable[[Place], Figures]
    long: bool = False
    alone: bool = False


def read_lines(path: Path) -> list[dict[str, Any]]:
    """The objects of a JSON-lines file, split at line feeds only."""
    return [json.loads(line) for line in path.read_text("utf-8").split("\n") if line.strip()]


def run_python(*words: str | Path) -> str:
    """What a Python program prints; BenchError with its last words where it fails."""
    done = subprocess.run(
        [sys.executable, *map(str, words)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONUTF8": "1"},
        check=False,
    )
    if done.returncode:
        said = (done.stderr.strip() or done.stdout.strip() or "it says nothing").split("\n")[-1]
        raise BenchError(f"{Path(str(words[0])).name} ended with {done.returncode}: {said}")
    return done.stdout


def depesche(*words: str | Path) -> str:
    """What the command line of Depesche prints."""
    return run_python("-m", "depesche", *words)
