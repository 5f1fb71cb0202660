"""Time expressions of German news (KRAUTS), scored as in TempEval-3, and what finding and anchoring them costs."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import msgspec

from depesche.model.page import Dateline
from depesche.model.parse import Parse, Sentence
from depesche.packs.times import TimeRules, read_times
from depesche.parse import parse_text
from depesche.parse.times import find_times
from depesche.read.times import anchor_times
from tasks.reading import annotated, knowledge
from tasks.task import Figure, Figures, Place, Reference, Row, Task, read_lines

SETS = ("diezeit", "dolomiten42")
SCORER = "bench/timex/score.py"
HEIDELTIME = "HeidelTime"
PUBLISHED = {
    "diezeit": {"strict": 0.697, "relaxed": 0.793, "type": 0.754, "value": 0.627},
    "dolomiten42": {"strict": 0.794, "relaxed": 0.831, "type": 0.825, "value": 0.800},
    "both": {"strict": 0.722, "relaxed": 0.803, "type": 0.772, "value": 0.673},
}
"""F1 of HeidelTime's output that comes with the corpus."""
BY_TYPE = {"DATE": 0.676, "TIME": 0.615, "DURATION": 0.727, "SET": 0.385}
"""Its value F1 by type, over both sets."""
PER_SECOND = 1.1
"""Articles that it reads a second."""
ROUNDS = 3  # the texts are read several times, so that the figure is of more than a blink
HOSTILE = 10_000  # characters of each text made to be slow


def measure(place: Place) -> Figures:
    """F1 of each set and of both, by type over both; articles a second; the slowest of many strange texts."""
    gold = [place.shared / "bench/timex/dev" / name for name in SETS]
    system = [_tagged(place, folder) for folder in gold]
    scored = {
        folder.name: place.score(SCORER, "--gold", folder, "--system", rows, "--json")
        for folder, rows in zip(gold, system, strict=True)
    }
    both = place.score(SCORER, "--gold", *gold, "--system", *system, "--by-type", "--json")
    scored["both"] = both
    return {
        **{
            f"{name}_{measured}_f1": result[measured]["f1"]
            for name, result in scored.items()
            for measured in PUBLISHED[name]
        },
        **{f"{kind}_value_f1": both["by_type"][kind]["value"]["f1"] for kind in BY_TYPE},
        "articles_per_cpu_second": _speed([row for folder in gold for row in _documents(folder)]),
        "slowest_10kb_cpu_seconds": _slowest(),
    }


def _documents(folder: Path) -> Iterator[Row]:
    for document in read_lines(folder / "gold.jsonl"):
        path = folder / "text" / f"{document['doc']}.txt"
        # The bytes as they are: line ends count as characters.
        yield {**document, "plain": path.read_bytes().decode("utf-8")}


def _tagged(place: Place, folder: Path) -> Path:
    rows: list[Mapping[str, Any]] = []
    for document in _documents(folder):
        found = annotated(document["doc"], document["plain"], document["dct"])["times"]
        rows.append({"doc": document["doc"], "timexes": [time for time in found if time["start"] < time["end"]]})
    return place.write(f"{folder.name}.jsonl", rows)


def _speed(documents: Sequence[Row]) -> float:
    """Articles a second of processor time whose times are found and anchored, given their grammar."""
    packs = knowledge()
    rules = packs.german.times
    parses = [(parse_text(document["plain"], packs, "de"), _dateline(document["dct"])) for document in documents]
    began = time.process_time()
    for _ in range(ROUNDS):
        for parse, dateline in parses:
            _read(parse, dateline, rules)
    return round(ROUNDS * len(parses) / (time.process_time() - began), 1)


def _read(parse: Parse, dateline: Dateline, rules: TimeRules) -> None:
    times = find_times(parse.text, parse.words, parse.sentences, rules)
    anchor_times(msgspec.structs.replace(parse, times=times), dateline, rules)


def _slowest() -> float:
    """Seconds for the slowest of texts that are one wording over and over: those of all rules' examples."""
    rules, file = knowledge().german.times, read_times("de")
    wordings = {example.text for rule in file.rules for example in rule.yes} | {
        text for rule in file.rules for text in rule.no
    }
    seconds = [0.0]
    for wording in sorted(wordings | {word for text in wordings for word in text.split()}):
        text = f"{wording} " * (HOSTILE // (len(wording) + 1))
        began = time.process_time()
        _read(Parse(text, (), (Sentence(0, len(text), 0, 0),)), _dateline("2022-12-14"), rules)
        seconds.append(time.process_time() - began)
    return round(max(seconds), 3)


def _dateline(day: str) -> Dateline:
    published = date.fromisoformat(day)
    return Dateline(published, published, published)


TASKS = (
    Task(
        "timex",
        (
            *(
                Figure(f"{name}_{measured}_f1", Reference(value, HEIDELTIME))
                for name, figures in PUBLISHED.items()
                for measured, value in figures.items()
            ),
            *(Figure(f"{kind}_value_f1", Reference(value, HEIDELTIME)) for kind, value in BY_TYPE.items()),
            Figure("articles_per_cpu_second", Reference(PER_SECOND, HEIDELTIME), share=0.4),
            Figure("slowest_10kb_cpu_seconds", less=True, share=0.8),
        ),
        measure,
        long=True,
    ),
)
