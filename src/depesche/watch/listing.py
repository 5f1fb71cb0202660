"""A round as it is told: a table for people, JSON lines for programs."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import datetime

from depesche.export.plain import json_line, plain
from depesche.watch.report import FeedLine, Missed, Report

SIGNS = {"ok": "●", "late": "○", "failed": "✕", "gone": "⊘", "new": "·"}
STYLES = {"ok": "green", "late": "yellow", "failed": "red", "gone": "magenta", "new": "dim"}


def report_records(report: Report) -> Iterator[str]:
    """A line a feed, then a line for each page that arrived, then one for each that was missed."""
    for feed in report.feeds:
        yield json_line(
            {
                "feed": feed.url,
                "title": feed.title,
                "state": feed.state,
                "named": feed.named,
                "arrived": feed.arrived,
                "failed": feed.failed,
                "waiting": feed.waiting,
                "checked": _iso(feed.checked),
                "due": _iso(feed.due),
                "newest": _iso(feed.newest),
                "says": feed.says or None,
            }
        )
    for page in report.arrived:
        yield json_line({"page": page.url, "feed": page.feed, "doc": page.doc})
    for missed in report.missed:
        yield json_line({"page": missed.url, "feed": missed.feed, "error": missed.says, "again": _iso(missed.again)})


def report_table(report: Report, now: datetime, width: int = 120, colour: bool = False) -> Iterator[str]:
    """The feeds as rows, and below them what went wrong with feeds and pages."""
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    rows = Table(box=box.SIMPLE_HEAD, pad_edge=False, expand=True)
    rows.add_column("feed", ratio=1)
    rows.add_column("state", no_wrap=True)
    for name in ("arrived", "failed", "waiting"):
        rows.add_column(name, justify="right", no_wrap=True)
    rows.add_column("newest", no_wrap=True)
    rows.add_column("next", no_wrap=True)
    for feed in report.feeds:
        numbers = (Text(str(number)) for number in (feed.arrived, feed.failed, feed.waiting))
        state = Text(f"{SIGNS[feed.state]} {feed.state}", style=STYLES[feed.state])
        newest = f"{_span((now - feed.newest).total_seconds())} ago" if feed.newest else ""
        rows.add_row(Text(_name(feed)), state, *numbers, Text(newest), Text(_next(feed, now)))
    paper = io.StringIO()
    console = Console(file=paper, width=width, force_terminal=colour, color_system="standard" if colour else None)
    if rows.row_count:
        console.print(rows)
    yield paper.getvalue()
    for feed in report.feeds:
        if feed.says:
            yield f"{feed.state}: {plain(f'{feed.url}: {feed.says}')}\n"
    for missed in report.missed:
        yield f"{plain(_missed(missed, now))}\n"
    yield f"{_summary(report)}\n"


def _name(feed: FeedLine) -> str:
    return plain(f"{feed.title} ({feed.url})" if feed.title else feed.url)


def _next(feed: FeedLine, now: datetime) -> str:
    if feed.state == "gone":
        return "never"
    if feed.due is None or feed.due <= now:
        return "now"
    return f"in {_span((feed.due - now).total_seconds())}"


def _missed(missed: Missed, now: datetime) -> str:
    after = f"again in {_span((missed.again - now).total_seconds())}" if missed.again else "given up"
    return f"missed: {missed.url}: {missed.says}; {after}"


def _summary(report: Report) -> str:
    came = f"{len(report.arrived)} {'page' if len(report.arrived) == 1 else 'pages'} arrived"
    missed = f", {len(report.missed)} missed" if report.missed else ""
    late = [sum(feed.state == state for feed in report.feeds) for state in ("late", "failed", "gone")]
    feeds = ", ".join(
        f"{count} {state}" for count, state in zip(late, ("late", "failed", "gone"), strict=True) if count
    )
    of = f"{len(report.feeds)} {'feed' if len(report.feeds) == 1 else 'feeds'}" + (f" ({feeds})" if feeds else "")
    held = f"; {report.built.entries} entries from {report.built.pages} pages" if report.built else ""
    return f"{of}: {came}{missed}{held}"


def _span(seconds: float) -> str:
    """A span of time in its largest unit."""
    for unit, length in (("d", 86400), ("h", 3600), ("min", 60)):
        if seconds >= length:
            return f"{seconds / length:.0f} {unit}"
    return f"{max(seconds, 0):.0f} s"


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat(timespec="seconds") if moment else None
