"""The chronicle as Parquet files, one a table, for R, pandas, DuckDB and the like. Needs the extra `parquet`."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack
from types import ModuleType
from typing import TYPE_CHECKING

from depesche.answers.selection import Selection
from depesche.errors import UsageError
from depesche.export.codebook import codebook, codebook_rows
from depesche.export.csv import as_text
from depesche.export.form import Folder, Tally
from depesche.export.plain import whole
from depesche.export.tables import Cell, Column, Row, Table, all_rows, tables

if TYPE_CHECKING:
    import pyarrow
    from pyarrow.parquet import ParquetWriter

GROUP = 4096
"""Rows of a table that are held back before they are written: the most that is in memory at a time."""


def parquet(selection: Selection, tally: Tally, folder: Folder) -> None:
    """Every table as a file of its own, and the codebook; days are dates, lists are lists."""
    arrow, files = _pyarrow()
    waiting: dict[str, list[Row]] = {name: [] for name in tables()}
    for name in tables():
        tally.wrote(f"rows of {name}", 0)  # tells them in this order
    with ExitStack() as opened:
        writers: dict[str, ParquetWriter] = {}
        for name, table in tables().items():
            file = opened.enter_context(folder.open(f"{name}.parquet"))
            writers[name] = opened.enter_context(
                files.ParquetWriter(file, _schema(arrow, table), compression="zstd", version="2.6")
            )

        def put(name: str) -> None:
            if held := waiting[name]:
                writers[name].write_batch(_batch(arrow, writers[name].schema, held))
                tally.wrote(f"rows of {name}", len(held))
                held.clear()

        for name, row in all_rows(selection):
            waiting[name].append(row)
            if len(waiting[name]) >= GROUP:
                put(name)
        for name in waiting:
            put(name)
    folder.write("codebook.csv", [as_text(codebook_rows(tables()))])
    folder.write("codebook.md", codebook("parquet", tables(), tally))


def _pyarrow() -> tuple[ModuleType, ModuleType]:
    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError:
        raise UsageError(
            "parquet: pyarrow is not installed; `pip install depesche[parquet]` installs it, "
            "`depesche export csv` needs nothing"
        ) from None
    return pyarrow, pyarrow.parquet


def _schema(arrow: ModuleType, table: Table) -> pyarrow.Schema:
    return arrow.schema([_field(arrow, column) for column in table.columns], metadata={"says": table.says})


def _field(arrow: ModuleType, column: Column) -> pyarrow.Field:
    types = {
        "text": arrow.string(),
        "code": arrow.string(),
        "day": arrow.date32(),
        "number": arrow.int64(),
        "list": arrow.list_(arrow.string()),
    }
    about = {"says": column.says, "unit": column.unit, "source": column.source}
    return arrow.field(column.name, types[column.type], metadata=about)


def _batch(arrow: ModuleType, schema: pyarrow.Schema, rows: Sequence[Row]) -> pyarrow.RecordBatch:
    columns = zip(zip(*rows, strict=True), schema, strict=True)
    return arrow.record_batch([_array(arrow, cells, field.type) for cells, field in columns], schema=schema)


def _array(arrow: ModuleType, cells: Sequence[Cell], type: pyarrow.DataType) -> pyarrow.Array:
    try:
        return arrow.array(cells, type)
    except UnicodeEncodeError:  # a lone surrogate, which no file can hold
        return arrow.array([_whole(cell) for cell in cells], type)


def _whole(cell: Cell) -> Cell:
    if isinstance(cell, tuple):
        return tuple(whole(part) for part in cell)
    return whole(cell) if isinstance(cell, str) else cell
