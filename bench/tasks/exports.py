"""Speed and memory of exporting a store of 50,000 invented entries; nothing of the measuring data is needed."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path

from tasks.task import Figure, Figures, Place, Reference, Task, run_python

ENTRIES = 50_000
RUNS = 2
BENCH = Path(__file__).resolve().parents[1]


def measure(place: Place) -> Figures:
    """Each form as a process of its own, from cold, the better of two; a row is one of any table."""
    store = place.work / "made.db"
    run_python(BENCH / "made_store.py", store, str(ENTRIES))
    figures: Figures = {}
    for form in ("csv", "parquet"):
        out = place.work / form
        words = ("-m", "depesche", "--quiet", "export", form, "--store", store, "--out", out)
        runs = [json.loads(run_python(BENCH / "process.py", sys.executable, *words)) for _ in range(RUNS)]
        seconds = min(run["seconds"] for run in runs)
        figures[f"{form}_rows_a_second"] = round(_rows(out) / seconds)
        figures[f"{form}_entries_a_second"] = round(ENTRIES / seconds)
        figures[f"{form}_peak_mb"] = max(run["peak_mb"] for run in runs)
    return figures


def _rows(folder: Path) -> int:
    """Rows of all tables, as the codebook says that they were written."""
    told = re.search(r"^- written: (.*)$", (folder / "codebook.md").read_text("utf-8"), re.MULTILINE)
    return sum(int(number) for number in re.findall(r"(\d+) rows? of", told[1] if told else ""))


def _figures(form: str) -> tuple[Figure, ...]:
    return (
        Figure(f"{form}_rows_a_second", Reference(30_000, "goal"), slack=0.0, share=0.5),
        Figure(f"{form}_entries_a_second", slack=0.0, share=0.5),
        Figure(f"{form}_peak_mb", Reference(200, "goal"), less=True, share=0.2),
    )


TASKS = (Task("exports", (*_figures("csv"), *_figures("parquet")), measure, long=True, alone=True),)
