"""A build with several processes: pages a second, what a second core brings, memory.

Invented pages of 500 tokens (`made_pages.py`). Builds with one process and with two are taken in turn, so that what
else the machine does meets them alike; the gain is the median of such pairs.
"""

from __future__ import annotations

import json
import statistics
import sys
from pathlib import Path

from made_pages import fill
from tasks.task import Figure, Figures, Place, Reference, Task, run_python

PAGES = 240
LARGE, LARGER = 1_000, 3_000
PAIRS = 2
WATCH = Path(__file__).resolve().parents[1] / "tree.py"


def measure_speed(place: Place) -> Figures:
    """Pages a second of two processes, and how many times faster than one they are."""
    pages = _pages(place, PAGES)
    alone, together = [], []
    for pair in range(PAIRS):
        alone.append(_build(place, pages, 1, f"one-{pair}")["seconds"])
        together.append(_build(place, pages, 2, f"two-{pair}")["seconds"])
    gains = [one / two for one, two in zip(alone, together, strict=True)]
    return {
        "pages_per_second": round(PAGES / min(together), 2),
        "second_core_gain": round(statistics.median(gains), 3),
    }


def measure_memory(place: Place) -> Figures:
    """Peak megabytes of all processes of a build of 3,000 pages, and how many times those of one of 1,000."""
    large, larger = (_build(place, _pages(place, number), 2, str(number)) for number in (LARGE, LARGER))
    return {
        "peak_mb": larger["peak_mb"],
        "growth": round(larger["peak_mb"] / large["peak_mb"], 3),
    }


def _pages(place: Place, number: int) -> Path:
    folder = place.work / f"pages-{number}"
    if not folder.is_dir():
        fill(folder, number)
    return folder


def _build(place: Place, pages: Path, workers: int, name: str) -> Figures:
    store = place.work / f"machines-{name}.db"
    store.unlink(missing_ok=True)
    words = ("-m", "depesche", "build", pages, "--store", store, "--workers", str(workers))
    figures: Figures = json.loads(run_python(WATCH, sys.executable, *words))
    return figures


TASKS = (
    Task(
        "machines-speed",
        (
            Figure("pages_per_second", Reference(6, "asked for"), share=0.3),
            Figure("second_core_gain", Reference(1.6, "asked for"), share=0.05),
        ),
        measure_speed,
        long=True,
        alone=True,
    ),
    Task(
        "machines-memory",
        (
            Figure("peak_mb", Reference(1500, "allowed"), less=True, share=0.2),
            Figure("growth", Reference(1.2, "allowed"), less=True, share=0.05),
        ),
        measure_memory,
        long=True,
        alone=True,
    ),
)
