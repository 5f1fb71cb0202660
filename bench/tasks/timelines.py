"""Which days matter in a pile of articles: days ranked by how many articles name them.

Depesche has no timeline of its own yet, so this measures its times and nothing else: every time expression that means
one day, and the article's own day.
"""

from __future__ import annotations

import gzip
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

from depesche.model.page import Dateline
from depesche.parse import parse_text
from depesche.read.times import anchor_times
from tasks.reading import knowledge
from tasks.task import Figure, Figures, Place, Reference, Row, Task, read_lines

SCORER = "bench/stories/score.py"
FOLDER = "bench/stories"
PACKED = ".jsonl.gz"


def measure_german(place: Place) -> Figures:
    """The six short timelines of German Wikinews stories: a check rather than a measure."""
    folder = place.shared / FOLDER / "wikinews"
    documents = {row["id"]: row for row in read_lines(folder / "docs.jsonl")}
    wanted = {row["story"] for row in read_lines(folder / "timelines.jsonl")}
    members: dict[str, list[Row]] = defaultdict(list)
    for row in read_lines(folder / "stories.jsonl"):
        if row["story"] in wanted:
            members[row["story"]].append(documents[row["doc"]])
    rows = [
        {"story": story, "date": day, "rank": rank}
        for story, articles in sorted(members.items())
        for rank, day in enumerate(_ranked(articles, "de"))
    ]
    scored = place.score(SCORER, "timeline", folder / "timelines.jsonl", place.write("timelines.jsonl", rows))
    return {"date_f1": scored["date_f1"]}


def measure_english(place: Place) -> Figures:
    """Editors' timelines of ten English collections (Timeline17)."""
    folder = place.shared / FOLDER / "t17"
    rows = [
        {"collection": path.name.removesuffix(PACKED), "date": day, "rank": rank}
        for path in sorted(folder.glob(f"*{PACKED}"))
        for rank, day in enumerate(_ranked(_unpacked(path), "en"))
    ]
    scored = place.score(SCORER, "timeline", folder / "timelines.jsonl", place.write("timelines.jsonl", rows))
    return {"date_f1": scored["date_f1"], "date_f1_a_day_off": scored["date_f1_alpha1"]}


def _unpacked(path: Path) -> list[Row]:
    lines = gzip.decompress(path.read_bytes()).decode("utf-8").split("\n")
    return [json.loads(line) for line in lines if line.strip()]


def _ranked(articles: Iterable[Row], language: str) -> list[str]:
    """Days by the number of articles that name them, then by their order."""
    named: Counter[str] = Counter()
    for article in articles:
        named.update(set(_days(article["text"], date.fromisoformat(article["date"]), language)))
    return sorted(named, key=lambda day: (-named[day], day))


def _days(text: str, published: date, language: str) -> Iterator[str]:
    packs = knowledge()
    yield published.isoformat()
    parse = parse_text(text, packs, language)
    for time in anchor_times(parse, Dateline(published, published, published), packs.language(language).times):
        if time.days.first and time.days.first == time.days.last:
            yield time.days.first.isoformat()


TASKS = (
    Task("timelines", (Figure("date_f1", Reference(0.846, "days in the lead")),), measure_german),
    Task(
        "timelines-english",
        (Figure("date_f1", Reference(0.686, "days in the text")), Figure("date_f1_a_day_off")),
        measure_english,
        long=True,
    ),
)
