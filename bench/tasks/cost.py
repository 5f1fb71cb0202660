"""Time and memory. Nothing else runs beside it; floors here are generous, since machines differ."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

from tasks.reading import annotated
from tasks.task import BenchError, Figure, Figures, Place, Reference, Task, read_lines

PAGES = "seeds/pages"
RUNS = 2
MEGABYTE = 1_000_000
PEAK_UNIT = 1 if sys.platform == "darwin" else 1024  # bytes of one unit of ru_maxrss


def measure(place: Place) -> Figures:
    """A build of the seed pages as a process of its own, the better of two; pages read a second of processor time."""
    runs = [_build(place, run) for run in range(RUNS)]
    return {
        "build_seconds": min(seconds for seconds, _ in runs),
        "build_peak_mb": min(peak for _, peak in runs),
        "pages_per_cpu_second": _reading_speed(place),
    }


def _build(place: Place, run: int) -> tuple[float, float]:
    """Seconds and peak megabytes of a build into a new store, interpreter and knowledge loaded from cold."""
    store, said = place.work / f"cost-{run}.db", place.work / f"cost-{run}.txt"
    words: list[str | Path] = [sys.executable, "-m", "depesche", "build", place.shared / PAGES, "--store", store]
    began = time.perf_counter()
    with said.open("wb") as errors, subprocess.Popen(words, stderr=errors) as process:
        _, status, used = os.wait4(process.pid, 0)  # the only way to the peak of this one process
        process.returncode = os.waitstatus_to_exitcode(status)
    seconds = time.perf_counter() - began
    if process.returncode:
        reason = said.read_text("utf-8").strip().split("\n")[-1]
        raise BenchError(f"the build of the seed pages ended with {process.returncode}: {reason}")
    return round(seconds, 2), round(used.ru_maxrss * PEAK_UNIT / MEGABYTE, 1)


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
            Figure("build_seconds", Reference(15, "allowed"), less=True, share=1.0),
            Figure("build_peak_mb", less=True, share=0.3),
            Figure("pages_per_cpu_second", share=0.5),
        ),
        measure,
        alone=True,
    ),
)
