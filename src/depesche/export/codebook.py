"""What the columns of exported tables mean, and what was left out of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from depesche import __version__
from depesche.export.form import Tally
from depesche.export.tables import Row, Table

SOURCES = {
    "page": "words or facts of a page",
    "reading": "what the rules read from a page",
    "linking": "what comparing the pages gave",
    "scheme": "a code of the scheme that the form belongs to",
    "": "always empty",
}
"""Where values come from, in words."""

_HEAD = ("table", "column", "type", "unit", "source", "says")


def codebook(form: str, tables: Mapping[str, Table], tally: Tally) -> Iterator[str]:
    """The codebook for people, as Markdown: what was written, what was left out and why, then every column."""
    yield f"# Codebook of the export `{form}`\n\n"
    yield f"Written by Depesche {__version__}.\n\n## What is here\n\n"
    yield from (f"- {line}\n" for line in tally.lines())
    for name, table in tables.items():
        yield f"\n## {name}\n\n{table.says}\n\n| column | type | unit or values | source | what it says |\n"
        yield "|---|---|---|---|---|\n"
        for one in table.columns:
            yield f"| `{one.name}` | {one.type} | {one.unit} | {SOURCES[one.source]} | {one.says} |\n"


def codebook_rows(tables: Mapping[str, Table]) -> Iterator[Row]:
    """The same columns for programs: a header, then a row for each column of each table."""
    yield _HEAD
    for name, table in tables.items():
        for one in table.columns:
            yield name, one.name, one.type, one.unit, one.source, one.says
