"""The chronicle as tables for spreadsheets and statistics: one table of entries, or a folder of all tables."""

from __future__ import annotations

import csv as tables_of_text
import io
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from datetime import date
from typing import TypeAlias

from depesche.answers.selection import Selection
from depesche.export.codebook import codebook, codebook_rows
from depesche.export.form import Folder, Tally
from depesche.export.plain import plain
from depesche.export.tables import ENTRIES, Cell, Row, all_rows, entry_row, tables
from depesche.model.linkage import Entry

FORMULA = ("=", "+", "-", "@", "\t", "\r")
BOM = "\ufeff"
_DOUBTFUL = frozenset((*FORMULA, " "))
"""What a text may begin with that is not written as it is; a quick look, since millions of cells are written."""

CHUNK = 200
"""Rows made into text at a time: few enough for a pipe, enough to be quick."""

Lines: TypeAlias = Callable[[Iterable[Row]], str]


def csv(entries: Iterable[Entry]) -> Iterator[str]:
    """The header, then a row for every entry; lists are joined with "; "."""
    yield header(ENTRIES)
    for entry in entries:
        yield as_text([entry_row(entry)])


def csv_tables(selection: Selection, tally: Tally, folder: Folder, *, separator: str = ",", bom: bool = False) -> None:
    """Every table as a file of its own, and the codebook."""
    lead = BOM if bom else ""
    waiting: dict[str, list[Row]] = {name: [] for name in tables()}
    with ExitStack() as opened:
        files = {name: opened.enter_context(folder.open(f"{name}.csv")) for name in tables()}
        for name, file in files.items():
            file.write((lead + header(name, separator)).encode())

        def put(name: str) -> None:
            held = waiting[name]
            files[name].write(as_text(held, separator).encode())
            tally.wrote(f"rows of {name}", len(held))
            held.clear()

        for name, row in all_rows(selection):
            waiting[name].append(row)
            if len(waiting[name]) >= CHUNK:
                put(name)
        for name in waiting:
            put(name)
    folder.write("codebook.csv", [lead, as_text(codebook_rows(tables()), separator)])
    folder.write("codebook.md", codebook("csv", tables(), tally))


def header(table: str, separator: str = ",") -> str:
    """The line of a table's column names."""
    return as_text([tuple(column.name for column in tables()[table].columns)], separator)


def as_text(rows: Iterable[Row], separator: str = ",") -> str:
    """Rows as lines of CSV."""
    paper = io.StringIO()
    tables_of_text.writer(paper, delimiter=separator).writerows([[shown(cell) for cell in row] for row in rows])
    return paper.getvalue()


def shown(cell: Cell) -> str | int:
    """A cell as CSV has it: days in ISO form, lists joined, nothing for what is not known."""
    if isinstance(cell, tuple):
        cell = "; ".join(cell)
    if isinstance(cell, str):
        harmless = cell.isprintable() and cell[:1] not in _DOUBTFUL and "  " not in cell and cell[-1:] != " "
        return cell if harmless else defused(cell)
    if cell is None:
        return ""
    return cell.isoformat() if isinstance(cell, date) else cell


def defused(text: str) -> str:
    """The text as a spreadsheet takes it for text: what it would reckon with gets an apostrophe in front."""
    line = plain(text)
    return f"'{line}" if text.startswith(FORMULA) or line.startswith(FORMULA) else line
