"""How fast pages are cleaned and dated on one core, and the memory that thousands of them take in one process."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

from trafilatura import bare_extraction

from depesche.errors import PageError
from depesche.ingest import read
from depesche.model.page import Page
from depesche.pipeline import extract_page
from tasks.reading import knowledge
from tasks.task import Figure, Figures, Place, Reference, Task, run_python

FLATTENED = "bench/extract/dev/t2/input"
HTML = "bench/extract/dev/t1/html"
ENDURE = Path(__file__).resolve().parents[1] / "endure.py"
MANY, EARLY = 3000, 1000
DATES = {"extensive_search": False, "original_date": True, "max_date": "2100-01-01"}
"""For trafilatura: no guesses from the text, the first publication, and a fixed last day, which would be today's."""
WARM = 20
"""Pages read before any time is taken: knowledge loads, patterns are compiled."""


def measure_speed(place: Place) -> Figures:
    """Flattened pages a second of processor time; HTML pages, and their rate beside trafilatura, page by page."""
    flattened, html = _pages(place.shared / FLATTENED), _pages(place.shared / HTML)
    for page in [*flattened[:WARM], *html[:WARM]]:
        _ours(page)
        _alone(page)
    seconds = sum(_took(_ours, page) for page in flattened)
    ours, alone = 0.0, 0.0
    for page in html:
        ours += _took(_ours, page)
        alone += _took(_alone, page)
    return {
        "flattened_pages_per_cpu_second": round(len(flattened) / seconds, 1),
        "html_pages_per_cpu_second": round(len(html) / ours, 1),
        "html_beside_trafilatura": round(alone / ours, 3),
    }


def measure_memory(place: Place) -> Figures:
    """Peak megabytes of a process that cleans and dates 3,000 pages of both forms, and what the last 2,000 add."""
    folders = (place.shared / FLATTENED, place.shared / HTML)
    peaks = json.loads(run_python(ENDURE, str(MANY), str(EARLY), *folders))
    return {"peak_mb": peaks["peak_mb"], "growth_after_1000_mb": round(peaks["peak_mb"] - peaks["early_mb"], 1)}


def _pages(folder: Path) -> Sequence[Page]:
    return [page for page in read([folder]) if isinstance(page, Page)]


def _took(work: Callable[[Page], object], page: Page) -> float:
    began = time.process_time()
    work(page)
    return time.process_time() - began


def _ours(page: Page) -> None:
    with suppress(PageError):  # what holds no article has taken its time as well
        extract_page(page, knowledge(), None)


def _alone(page: Page) -> object:
    """Trafilatura from the page's source, with the metadata, which we read ourselves."""
    return bare_extraction(page.raw, with_metadata=True, include_comments=False, date_extraction_params=DATES)


TASKS = (
    Task(
        "speed",
        (
            Figure("flattened_pages_per_cpu_second", Reference(100, "asked for"), share=0.4),
            Figure("html_pages_per_cpu_second", share=0.5),
            Figure("html_beside_trafilatura", Reference(1.0, "trafilatura"), slack=0.03),
        ),
        measure_speed,
        long=True,
        alone=True,
    ),
    Task(
        "endurance",
        (
            Figure("peak_mb", Reference(400, "allowed"), less=True, share=0.15),
            Figure("growth_after_1000_mb", less=True, slack=20.0),
        ),
        measure_memory,
        long=True,
        alone=True,
    ),
)
