"""Event mentions of 66 German Wikinews articles, each part read with judges that have not seen it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from depesche.packs.judges import read_judges
from depesche.packs.load import load_packs
from tasks.reading import annotated
from tasks.task import Figure, Figures, Place, Reference, Task, read_lines

FOLDER = "bench/events"
SCORER = "bench/events/score.py"
PARTS = ("dev1.jsonl", "dev2.jsonl", "dev3.jsonl")
KEYWORDS = "keyword list"


FOLDS = Path(__file__).parent.parent / "train/folds"


def measure(place: Place) -> Figures:
    """The figures over all three parts."""
    folder = place.shared / FOLDER
    texts = {row["doc"]: row for row in read_lines(folder / "texts.jsonl")}
    rows = []
    for part in PARTS:
        packs = load_packs()
        packs.german.judges = read_judges(FOLDS / f"judges-without-{part.removesuffix('.jsonl')}.npz")
        for gold in read_lines(folder / part):
            row = texts[gold["doc"]]
            rows.append(annotated(row["doc"], row["text"], row["published"], row["title"], packs))
    return score_mentions(place, [folder / part for part in PARTS], place.write("events.jsonl", rows))


def score_mentions(place: Place, gold: list[Path], system: Path) -> Figures:
    """The scorer's figures of event mentions."""
    return mention_figures(place.score(SCORER, "mentions", "--gold", *gold, "--system", system, "--json"))


def mention_figures(scored: Mapping[str, Any]) -> Figures:
    """Those figures of the scorer that have a floor."""
    figures = {f"{name}_f1": scored[name]["f1"] for name in ("found", "typed", "whole", "participants", "status_other")}
    return figures | {name: scored[name] for name in ("status", "dates", "dates_given", "place", "place_given")}


TASKS = (
    Task(
        "events",
        (
            Figure("found_f1", Reference(0.62, KEYWORDS)),
            Figure("typed_f1", Reference(0.43, KEYWORDS)),
            Figure("whole_f1", Reference(0.02, KEYWORDS)),
            Figure("participants_f1", Reference(0.09, KEYWORDS)),
            Figure("status", Reference(0.77, KEYWORDS)),
            Figure("status_other_f1", Reference(0.34, KEYWORDS)),
            Figure("dates", Reference(0.48, KEYWORDS)),
            Figure("dates_given", Reference(0.0, KEYWORDS)),
            Figure("place", Reference(0.63, KEYWORDS)),
            Figure("place_given", Reference(0.0, KEYWORDS)),
        ),
        measure,
    ),
)
