"""The chronicle as tables for spreadsheets and statistics: one table of entries, or a folder of all tables."""

from __future__ import annotations

import csv as tables_of_text
import io
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack

from depesche.answers.selection import Selection
from depesche.export.codebook import codebook, codebook_rows
from depesche.export.form import Folder, Tally
from depesche.export.plain import plain
from depesche.export.tables import ENTRIES, Cell, Row, Table, all_rows, entry_row, tables
from depesche.model.linkage import Entry

FORMULA = ("=", "+", "-", "@", "\t", "\r")
BOM = "\ufeff"
_DOUBTFUL = frozenset((*FORMULA, " "))
"""What a text may begin with that is not written as it is; a quick look, since millions of cells are written."""

CHUNK = 200
"""Rows made into text at a time: few enough for a pipe, enough to be quick."""


def csv(entries: Iterable[Entry]) -> Iterator[str]:
    """The header, then a row for every entry; lists are joined with "; "."""
    yield header(ENTRIES)
    doubtful = _doubtful(tables()[ENTRIES])
    for entry in entries:
        yield as_text(_defusing([entry_row(entry)], doubtful))


def csv_tables(selection: Selection, tally: Tally, folder: Folder, *, separator: str = ",", bom: bool = False) -> None:
    """Every table as a file of its own, and the codebook."""
    lead = BOM if bom else ""
    doubtful = {name: _doubtful(table) for name, table in tables().items()}
    waiting: dict[str, list[Row]] = {name: [] for name in tables()}
    for name in tables():
        tally.wrote(f"rows of {name}", 0)  # tells them in this order
    with ExitStack() as opened:
        files = {name: opened.enter_context(folder.open(f"{name}.csv")) for name in tables()}
        for name, file in files.items():
            file.write((lead + header(name, separator)).encode())

        def put(name: str) -> None:
            held = waiting[name]
            files[name].write(as_text(_defusing(held, doubtful[name]), separator).encode())
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


def as_text(rows: Iterable[Sequence[Cell]], separator: str = ",") -> str:
    """Rows as lines of CSV: days in ISO form, nothing for what is not known."""
    paper = io.StringIO()
    tables_of_text.writer(paper, delimiter=separator).writerows(rows)
    return paper.getvalue()


def _doubtful(table: Table) -> tuple[int, ...]:
    """The columns whose words come from pages, or are lists."""
    return tuple(number for number, column in enumerate(table.columns) if column.type in {"text", "list"})


def _defusing(rows: Iterable[Row], doubtful: Sequence[int]) -> Iterator[list[Cell]]:
    """The rows with those columns joined and defused."""
    for row in rows:
        cells = list(row)
        for number in doubtful:
            if cell := cells[number]:
                cells[number] = _shown(cell)
            elif cell == ():
                cells[number] = None
        yield cells


def _shown(cell: Cell) -> Cell:
    if isinstance(cell, tuple):
        cell = "; ".join(cell)
    if isinstance(cell, str):
        harmless = cell.isprintable() and cell[:1] not in _DOUBTFUL and "  " not in cell and cell[-1:] != " "
        return cell if harmless else defused(cell)
    return cell


def defused(text: str) -> str:
    """The text as a spreadsheet takes it for text: what it would reckon with gets an apostrophe in front."""
    line = plain(text)
    return f"'{line}" if text.startswith(FORMULA) or line.startswith(FORMULA) else line
