"""Why a page is dated and cleaned as it is, for people and for programs."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from depesche.export.plain import json_line, plain
from depesche.export.words import days_in_words
from depesche.model.days import Days, iso
from depesche.model.explained import Candidate, Explanation, Line, Told, Verdict
from depesche.model.page import Dateline

if TYPE_CHECKING:
    from rich.table import Table
    from rich.text import Text

SIGNS = {
    Verdict.USED: "●",
    Verdict.OVERRULED: "✕",
    Verdict.PASSED_OVER: "–",
    Verdict.NOT_NEEDED: "○",
    Verdict.FURNITURE: "–",
}
"""A verdict is told by shape as well."""

MOST_DAYS = 5
"""Stretches of days that are written out, the nearest first; a weekday has one in every week."""


def explanation_table(found: Explanation, *, lines: bool = False, width: int = 120) -> Iterator[str]:
    """The page's day with its evidence, its facts, how many lines were kept; all lines where asked for.

    Lines are counted from 1 here, as editors do.
    """
    article = found.article
    yield f"== {plain(article.doc)}\n{plain(article.title or '(no title)')}\n\n"
    yield f"published: {_dateline(found)}\n"
    yield from (f"  {plain(ground)}\n" for ground in found.weighed.grounds)
    yield _evidence(found, width)
    yield from (f"{plain(_told(one))}\n" for one in found.told)
    yield from _entries(found)
    kept = sum(line.kept for line in found.lines)
    yield f"lines: {kept} kept, {len(found.lines) - kept} dropped{'' if lines else ' (--lines lists them)'}\n"
    if lines:
        yield _lines(found.lines, width)
    yield "\n"


def explanation_record(found: Explanation, *, lines: bool = False) -> str:
    """The same as one line of JSON; lines are counted from 0, as in the output of `extract`."""
    article, day = found.article, found.dateline
    record: dict[str, object] = {
        "doc": article.doc,
        "published": iso(day.published),
        "published_earliest": iso(day.earliest),
        "published_latest": iso(day.latest),
        "grounds": list(found.weighed.grounds),
        "candidates": [_candidate(one, day) for one in found.weighed.candidates],
        "told": [_fact(one) for one in found.told],
    }
    if lines:
        record["lines"] = [_line(one) for one in found.lines]
    return json_line(record)


def _dateline(found: Explanation) -> str:
    day = found.dateline
    return f"{day.published}" if day.published else days_in_words(Days(day.earliest, day.latest))


def _evidence(found: Explanation, width: int) -> str:
    if not found.weighed.candidates:
        return "\n"
    rows = _table()
    rows.add_column("", no_wrap=True)
    rows.add_column("weight", justify="right", no_wrap=True)
    rows.add_column("kind", no_wrap=True)
    rows.add_column("evidence", ratio=3)
    rows.add_column("days", ratio=2)
    rows.add_column("line", justify="right", no_wrap=True)
    rows.add_column("what became of it", ratio=3)
    for one in found.weighed.candidates:
        line = "" if one.line is None else f"{one.line + 1}"
        became = f"{one.verdict.value}: {one.why}" if one.why else one.verdict.value
        weight = f"{one.weight}" if one.weight else ""
        cells = (SIGNS[one.verdict], weight, one.kind, _note(one), _days(one, found.dateline), line, became)
        rows.add_row(*map(_cell, cells))
    return _printed(rows, width)


def _note(one: Candidate) -> str:
    """The note without its kind, which stands beside it."""
    return one.note.removeprefix(f"{one.kind}: ")


def _days(one: Candidate, day: Dateline) -> str:
    """The days in words; of a weekday or a yearly date those nearest to the page, and how many stretches there are."""
    if not one.days:
        return ""
    nearest = days_in_words(_nearest(one.days, day)[0])
    return nearest if len(one.days) == 1 else f"{nearest} (1 of {len(one.days)} stretches)"


def _nearest(stretches: Sequence[Days], day: Dateline) -> Sequence[Days]:
    """The stretches that lie nearest to the page's day, nearest first."""
    page = Days(day.earliest, day.latest)
    return sorted(stretches, key=lambda days: days.gap(page))[:MOST_DAYS]


def _told(one: Told) -> str:
    if one.line is None:
        return f"{one.field}: {one.value} (not in a line of the page: its head, address or sidecar)"
    return f"{one.field}: {one.value} (line {one.line + 1}: “{_cut(one.words or '')}”)"


def _entries(found: Explanation) -> Iterator[str]:
    """The entries of a live blog, each with its day and hour."""
    posts = found.article.posts
    if posts:
        yield f"entries of a live blog: {len(posts)}\n"
    for post in posts:
        day = found.dateline.post_at(post.start)
        words = post.title or found.article.text[post.start : post.end]
        yield f"  {day.day if day else 'day not known'} {plain(post.clock)}  {plain(_cut(words))}\n"


def _cut(text: str, most: int = 80) -> str:
    return text if len(text) <= most else f"{text[: most - 1]}…"


def _lines(lines: Iterable[Line], width: int) -> str:
    rows = _table()
    rows.add_column("line", justify="right", no_wrap=True)
    rows.add_column("", no_wrap=True)
    rows.add_column("role", no_wrap=True)
    rows.add_column("why", ratio=1)
    rows.add_column("text", ratio=3)
    for one in lines:
        why = f"{one.rule}: {one.note}" if one.note else one.rule
        rows.add_row(*map(_cell, (f"{one.number + 1}", "●" if one.kept else "✕", one.role, why, _cut(one.text, 160))))
    return _printed(rows, width)


def _table() -> Table:
    from rich import box
    from rich.table import Table

    return Table(box=box.SIMPLE_HEAD, pad_edge=False, expand=True)


def _cell(text: str) -> Text:
    from rich.text import Text

    return Text(plain(text))


def _printed(rows: Table, width: int) -> str:
    from rich.console import Console

    paper = io.StringIO()
    Console(file=paper, width=width, force_terminal=False, color_system=None).print(rows)
    return "".join(f"{line.rstrip()}\n" for line in paper.getvalue().split("\n")[:-1])


def _candidate(one: Candidate, day: Dateline) -> Mapping[str, object]:
    return {
        "verdict": one.verdict.value,
        "why": one.why,
        "weight": one.weight,
        "kind": one.kind,
        "rule": one.rule,
        "note": one.note,
        "words": one.words,
        "line": one.line,
        "days": [[iso(days.first), iso(days.last)] for days in _nearest(one.days, day)],
        "more_days": max(len(one.days) - MOST_DAYS, 0),
    }


def _fact(one: Told) -> Mapping[str, object]:
    return {"field": one.field, "value": one.value, "where": one.where, "line": one.line, "words": one.words}


def _line(one: Line) -> Mapping[str, object]:
    reason = f"{one.rule}: {one.note}" if one.note else one.rule
    return {"line": one.number, "kept": one.kept, "role": one.role, "reason": reason, "text": one.text}
