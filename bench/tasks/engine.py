"""Daft beside the plain build: the same pages, in turns, so that other work on the machine hits both alike."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from made_pages import fill
from tasks.task import BenchError, Figure, Figures, Place, Reference, Task, run_python

TURNS, PAGES = 2, 1000  # 2,000 pages by each
WATCH = Path(__file__).resolve().parents[1] / "process.py"


def measure(place: Place) -> Figures:
    """By how much faster Daft's native runner is; both also link, and store what they have read."""
    seconds = {"plain": 0.0, "daft": 0.0}
    for turn in range(TURNS):
        pages = place.work / f"pages-{turn}"
        fill(pages, PAGES)
        for name in sorted(seconds, reverse=turn % 2 == 0):
            seconds[name] += _build(place, pages, f"{name}-{turn}", name == "daft")
        one, other = (_chronicle(place, f"{name}-{turn}") for name in seconds)
        if one != other:
            raise BenchError("the chronicles differ")
    return {"rate_beside_plain": round(seconds["plain"] / seconds["daft"], 2)}


def _build(place: Place, pages: Path, name: str, daft: bool) -> float:
    words: tuple[str | Path, ...] = ("-m", "depesche", "build", pages, "--store", place.work / f"{name}.db", "--quiet")
    if daft:
        words += ("--engine", "daft", "--lake", place.work / f"{name}-lake")
    seconds: float = json.loads(run_python(WATCH, sys.executable, *words))["seconds"]
    return seconds


def _chronicle(place: Place, name: str) -> str:
    return run_python("-m", "depesche", "chronicle", "--store", place.work / f"{name}.db", "--format", "jsonl")


TASKS = (
    Task(
        "engine",
        (Figure("rate_beside_plain", Reference(1.1, "aimed at"), share=0.1),),
        measure,
        long=True,
        alone=True,
    ),
)
"""It takes a quarter of an hour on two idle cores."""
