"""The chronicle as a table for the terminal."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator

from depesche.export.plain import plain
from depesche.export.words import SIGNS, days_in_short, place_in_words
from depesche.model.linkage import Entry
from depesche.model.reading import Status

STYLES = {
    Status.OCCURRED: "green",
    Status.PLANNED: "cyan",
    Status.CANCELLED: "red",
    Status.DENIED: "magenta",
    Status.HYPOTHETICAL: "yellow",
}

ROOMY = 110  # characters: a narrower terminal has no room for the place beside the title


def table(entries: Iterable[Entry], width: int = 120, colour: bool = False) -> Iterator[str]:
    """The entries as rows, the text cut to the width."""
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    rows = Table(box=box.SIMPLE_HEAD, pad_edge=False, expand=True)
    rows.add_column("days", no_wrap=True)
    rows.add_column("status", no_wrap=True)
    rows.add_column("what", ratio=2)
    if width >= ROOMY:
        rows.add_column("place", max_width=24)
    rows.add_column("sources", justify="right", no_wrap=True)
    rows.add_column("id", no_wrap=True, style="dim")
    for entry in entries:
        status = Text(f"{SIGNS[entry.status]} {entry.status.value}", style=STYLES[entry.status])
        place = Text(plain(place_in_words(entry.place)))
        what = (status, Text(plain(entry.title)), *((place,) if width >= ROOMY else ()))
        rows.add_row(Text(days_in_short(entry.days)), *what, Text(_sources(entry)), Text(plain(entry.id)))
    paper = io.StringIO()
    console = Console(file=paper, width=width, force_terminal=colour, color_system="standard" if colour else None)
    if rows.row_count:
        console.print(rows)
    console.print(f"{rows.row_count} {'entry' if rows.row_count == 1 else 'entries'}", highlight=False)
    yield paper.getvalue()


def _sources(entry: Entry) -> str:
    """Independent sources, and pages where those are more."""
    pages = len(entry.sources)
    return f"{entry.origins}" if pages <= entry.origins else f"{entry.origins} of {pages}"
