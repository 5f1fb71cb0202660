"""Time and memory. Nothing else runs beside it; floors here are generous, since machines differ."""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

from depesche.packs.attachments import load_attachments
from depesche.packs.files import DATA
from depesche.packs.names import load_name_model
from depesche.parse import parse_text
from tasks.reading import annotated, knowledge
from tasks.task import Figure, Figures, Place, Reference, Task, read_lines, run_python

PAGES = "seeds/pages"
RUNS = 2
MODELS = DATA / "models/de"
WATCH = Path(__file__).resolve().parents[1] / "process.py"


def measure(place: Place) -> Figures:
    """A build of the seed pages as a process of its own, the better of two; pages read a second of processor time."""
    runs = [_build(place, run) for run in range(RUNS)]
    return {
        "build_seconds": min(run["seconds"] for run in runs),
        "build_peak_mb": min(run["peak_mb"] for run in runs),
        "pages_per_cpu_second": _reading_speed(place),
        "parses_per_cpu_second": _parsing_speed(place),
        "models_load_seconds": min(_loading() for _ in range(RUNS)),
        "models_mb": round(sum(path.stat().st_size for path in MODELS.glob("*.npz")) / 1e6, 2),
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


def _parsing_speed(place: Place) -> float:
    """Articles of 500 words a second of processor time: tags, names, links; a form's analysis is kept."""
    texts = [row["text"] for row in read_lines(place.shared / "bench/events/texts.jsonl")]
    parse_text(texts[0], knowledge(), "de")
    began = time.process_time()
    words = sum(len(parse_text(text, knowledge(), "de").words) for text in texts)
    return round(words / 500 / (time.process_time() - began), 2)


def _loading() -> float:
    """Seconds until the trained models are in memory."""
    began = time.process_time()
    load_name_model("de")
    load_attachments("de")
    return round(time.process_time() - began, 3)


TASKS = (
    Task(
        "cost",
        (
            Figure("build_seconds", Reference(15, "allowed"), less=True, share=2.0),
            Figure("build_peak_mb", less=True, share=0.3),
            Figure("pages_per_cpu_second", share=0.5),
            Figure("parses_per_cpu_second", share=0.4),
            Figure("models_load_seconds", Reference(1.5, "allowed"), less=True, share=2.0),
            Figure("models_mb", Reference(12, "allowed"), less=True, share=0.1),
        ),
        measure,
        alone=True,
    ),
)
