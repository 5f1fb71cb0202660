"""The invented articles to train on: `articles/*.txt`, their form as `articles/README.md` tells it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "articles"
PARTY = re.compile(r"(?P<text>.+?)=(?P<name>.+)/(?P<country>[A-Z]{3}|-)/(?P<kind>\w+)")
PLACE = re.compile(r"(?P<text>.+)/(?P<country>[A-Z]{3}|-)")
LABELS = ("A:", "R:", "P:", "T:", "by:")
NOTHING = {"-", ""}

Row = dict[str, Any]
"""An article as the measuring data has it: doc, title, published, text, events."""


def articles(folder: Path = FOLDER) -> Iterator[Row]:
    """All articles in order of their files; ValueError says which line is wrong, and how."""
    for path in sorted(folder.glob("*.txt")):
        blocks = re.split(r"(?m)^@ ", path.read_text("utf-8"))[1:]
        for number, block in enumerate(blocks):
            yield _article(f"{path.stem}-{number}", block)


def _article(doc: str, block: str) -> Row:
    head, _, rest = block.partition("\n")
    published, _, title = head.partition(" | ")
    text, mark, lines = rest.partition("\n---\n")
    if not mark:
        raise ValueError(f"{doc}: no line --- between the text and its events")
    row: Row = {"doc": doc, "published": date.fromisoformat(published.strip()).isoformat(), "title": title.strip()}
    row["text"] = text.strip("\n")
    row["events"] = [_event(doc, line.strip(), row) for line in lines.split("\n") if line.strip()]
    return row


def _event(doc: str, line: str, row: Row) -> Row:
    fields = line.split(" | ")
    if len(fields) != 4 + len(LABELS) or not all(map(str.startswith, fields[4:], LABELS)):
        raise ValueError(f"{doc}: wants type | status | trigger | evidence | A: | R: | P: | T: | by:, has {line[:80]}")
    actors, recipients, place, time, by = (field.partition(":")[2].strip() for field in fields[4:])
    type, _, mode = fields[0].partition("/")
    words, _, days = time.rpartition("->")
    first, _, last = days.strip().partition("..")
    event: Row = {"type": type, "mode": mode or None, "status": fields[1], "trigger": fields[2]}
    event["evidence"] = [piece.strip() for piece in fields[3].split(" || ")]
    event |= {"actors": _parties(doc, actors), "recipients": _parties(doc, recipients), "place": _place(doc, place)}
    event |= {"time_text": _given(words), "start": _day(first), "end": _day(last), "attribution": _given(by)}
    wanted = [event["trigger"], *event["evidence"], *(p["text"] for p in event["actors"] + event["recipients"])]
    for words in [*wanted, *filter(None, (event["time_text"], event["attribution"]))]:
        if words not in f"{row['title']}\n{row['text']}":
            raise ValueError(f"{doc}: not in the text: {words}")
    return event


def _given(words: str) -> str | None:
    return None if words.strip() in NOTHING else words.strip()


def _day(words: str) -> str | None:
    return None if words.strip() in NOTHING else date.fromisoformat(words.strip()).isoformat()


def _parties(doc: str, field: str) -> list[Row]:
    return [_matched(doc, PARTY, one.strip()) for one in field.split(";")] if field not in NOTHING else []


def _place(doc: str, field: str) -> Row | None:
    return None if field in NOTHING else _matched(doc, PLACE, field)


def _matched(doc: str, form: re.Pattern[str], words: str) -> Row:
    found = form.fullmatch(words)
    if found is None:
        raise ValueError(f"{doc}: not of the form {form.pattern}: {words}")
    return {name: None if value == "-" else value for name, value in found.groupdict().items()}
