"""Time expressions of German news (KRAUTS), scored as in TempEval-3."""

from __future__ import annotations

from pathlib import Path

from tasks.reading import annotated
from tasks.task import Figure, Figures, Place, Reference, Task, read_lines

SETS = ("diezeit", "dolomiten42")
SCORER = "bench/timex/score.py"
HEIDELTIME = {"diezeit": 0.627, "dolomiten42": 0.800, "both": 0.673}


def measure(place: Place) -> Figures:
    """Value F1 of each set and of both."""
    gold = [place.shared / "bench/timex/dev" / name for name in SETS]
    system = [_tagged(place, folder) for folder in gold]
    scored = {
        folder.name: place.score(SCORER, "--gold", folder, "--system", rows, "--json")
        for folder, rows in zip(gold, system, strict=True)
    }
    scored["both"] = place.score(SCORER, "--gold", *gold, "--system", *system, "--json")
    figures = {f"{name}_value_f1": result["value"]["f1"] for name, result in scored.items()}
    return figures | {f"both_{kind}_f1": scored["both"][kind]["f1"] for kind in ("strict", "relaxed", "type")}


def _tagged(place: Place, folder: Path) -> Path:
    rows = []
    for document in read_lines(folder / "gold.jsonl"):
        path = folder / "text" / f"{document['doc']}.txt"
        text = path.read_bytes().decode("utf-8")  # as it is: line ends count as characters
        found = annotated(document["doc"], text, document["dct"])["times"]
        rows.append({"doc": document["doc"], "timexes": [time for time in found if time["start"] < time["end"]]})
    return place.write(f"{folder.name}.jsonl", rows)


TASKS = (
    Task(
        "timex",
        (
            *(Figure(f"{name}_value_f1", Reference(value, "HeidelTime")) for name, value in HEIDELTIME.items()),
            Figure("both_strict_f1", Reference(0.722, "HeidelTime")),
            Figure("both_relaxed_f1", Reference(0.803, "HeidelTime")),
            Figure("both_type_f1", Reference(0.772, "HeidelTime")),
        ),
        measure,
    ),
)
