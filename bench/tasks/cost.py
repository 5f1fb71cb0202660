"""Time and memory. Nothing else runs beside it; floors here are generous, since machines differ."""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

from tasks.reading import annotated
from tasks.task import Figure, Figures, Place, Reference, Task, read_lines, run_python

PAGES = "seeds/pages"
RUNS = 2
WATCH = Path(__file__).resolve().parents[1] / "process.py"


def measure(place: Place) -> Figures:
    """A build of the seed pages as a process of its own, the better of two; pages read a second of processor time."""
    runs = [_build(place, run) for run in range(RUNS)]
    return {
        "build_seconds": min(run["seconds"] for run in runs),
        "build_peak_mb": min(run["peak_mb"] for run in runs),
        "pages_per_cpu_second": _reading_speed(place),
    }


def _build(place: Place, run: int) -> Figures:
    """Seconds and peak megabytes of a build into a new store, interpreter and knowledge loaded from cold."""
    words = ("-m", "depesche", "build", place.shared / PAGES, "--store", place.work / f"cost-{run}.db")
    figures: Figures = json.loads(run_python(WATCH, sys.executable, *words))
    return figures


def _reading_speed(place: Place) -> float:
    """The 66 articles of the event task, once the knowledge is loaded."""
    rows = read_lines(place.shared / "bench/events/texts.jsonl")
    annotated(rows[0]["doc"], rows[0]["text"], rows[0]["published"])
    began = time.process_time()
    for row in rows:
        annotated(row["doc"], row["text"], row["published"], row["title"])
    return round(len(rows) / (time.process_time() - began), 2)


TASKS = (
    Task(
        "cost",
        (
            Figure("build_seconds", Reference(15, "allowed"), less=True, share=2.0),
            Figure("build_peak_mb", less=True, share=0.3),
            Figure("pages_per_cpu_second", share=0.5),
        ),
        measure,
        alone=True,
    ),
)
