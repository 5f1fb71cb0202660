"""The article in a saved HTML page (T1), and in a page flattened to lines (T2)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from depesche.clean import clean
from depesche.errors import EmptyPage, PageError
from depesche.ingest import read
from depesche.model.days import iso
from depesche.model.page import Page
from depesche.pipeline import extract_page
from tasks.reading import knowledge
from tasks.task import BenchError, Figure, Figures, Measured, Place, Reference, Row, Task, read_lines

SCORER = "bench/extract/score.py"
DEV = "bench/extract/dev"


def measure_html(place: Place, part: str) -> Figures:
    """Text, title, day and authors of the pages of one part. The page alone is given, without its address."""
    folder = place.shared / DEV
    gold = folder / "t1/gold.jsonl"
    rows = [_article(folder, row) for row in read_lines(gold) if row["part"] == part]
    scored = _score(place, "t1", gold, place.write("t1.jsonl", rows), "--part", part)
    names = {
        "text_f1": "shingle_f1",
        "snippet_f1": "snippet_f1",
        "title": "title_norm",
        "date": "date",
        "authors": "authors_f1",
    }
    return {name: scored[key] for name, key in names.items() if scored.get(key) is not None}


def _article(folder: Path, row: Row) -> Row:
    try:
        article, dateline = extract_page(_page(folder / row["file"]), knowledge(), None)
    except PageError:
        return {"id": row["id"], "text": "", "title": None, "date": None, "authors": []}
    day = iso(dateline.published)
    return {
        "id": row["id"],
        "text": article.text,
        "title": article.title,
        "date": day,
        "authors": list(article.authors),
    }


def measure_lines(place: Place) -> Figures:
    """F1 of lines kept, German and other, and by how much of the page was flattened; texts of which .98 is right."""
    folder = place.shared / DEV
    gold = folder / "t2/gold.jsonl"
    rows = [{"id": row["id"], "keep": _kept(folder / row["file"])} for row in read_lines(gold)]
    system = place.write("t2.jsonl", rows)
    parts = {
        "de": ("--part", "de"),
        "de_full": ("--part", "de", "--variant", "full"),
        "de_full_bs4": ("--part", "de", "--variant", "full-bs4"),
        "de_mild": ("--part", "de", "--variant", "mild"),
        "other": ("--part", "other"),
    }
    scored = {name: _score(place, "t2", gold, system, *words) for name, words in parts.items()}
    clean_texts = {f"{name}_clean_texts": scored[name]["clean"] for name in ("de", "other")}
    return {f"{name}_line_f1": figures["line_f1"] for name, figures in scored.items()} | clean_texts


def _kept(path: Path) -> list[int]:
    packs = knowledge()
    try:
        article = clean(_page(path), packs.furniture, packs.outlets, packs.heads)
    except EmptyPage:
        return []
    return [block.line for block in article.blocks if block.kept]


def _page(path: Path) -> Page:
    page = next(iter(read([path])))
    if not isinstance(page, Page):
        raise BenchError(f"{path.name} could not be opened: {page.reason}")
    return page


def _score(place: Place, task: str, gold: Path, system: Path, *words: str) -> Mapping[str, Any]:
    scored = place.score(SCORER, task, "--gold", gold, "--pred", system, "--json", *words)
    return {name: _measured(entry["value"], entry.get("ci95")) for name, entry in scored.items()}


def _measured(value: float | None, interval: Sequence[float] | None) -> float | None:
    return value if value is None or interval is None else Measured.between(value, interval[0], interval[1])


TRAFILATURA = "trafilatura"
JUSTEXT = "jusText-like"

TASKS = (
    Task(
        "extract-html-de",
        (
            Figure("text_f1", Reference(0.971, TRAFILATURA)),
            Figure("snippet_f1", Reference(0.936, TRAFILATURA)),
            Figure("title", Reference(0.811, TRAFILATURA)),
            Figure("date", Reference(0.907, TRAFILATURA)),
            Figure("authors", Reference(0.606, TRAFILATURA)),
        ),
        partial(measure_html, part="de"),
        long=True,
    ),
    Task(
        "extract-html-other",
        (
            Figure("text_f1", Reference(0.960, f"{TRAFILATURA}, precision")),
            Figure("title"),
            Figure("date"),
            Figure("authors"),
        ),
        partial(measure_html, part="other"),
        long=True,
    ),
    Task(
        "extract-lines",
        (
            Figure("de_line_f1", Reference(0.933, JUSTEXT)),
            Figure("de_full_line_f1", Reference(0.921, JUSTEXT)),
            Figure("de_mild_line_f1", Reference(0.958, JUSTEXT)),
            Figure("de_full_bs4_line_f1", Reference(0.913, JUSTEXT)),
            Figure("de_clean_texts", Reference(0.30, JUSTEXT)),
            Figure("other_line_f1", Reference(0.826, JUSTEXT)),
            Figure("other_clean_texts"),
        ),
        measure_lines,
    ),
)
