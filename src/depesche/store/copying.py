"""Copies a store whole, from any database to any other, as it was at one moment, whatever a build writes meanwhile.

The copy is one transaction: whatever ends it, the target holds nothing of it, and it can be repeated. Before it is
closed every table is read back and compared.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from itertools import islice

import msgspec
from sqlalchemy import ColumnElement, Connection, Select, func, insert, inspect, select
from sqlalchemy.sql.expression import TableClause

from depesche.errors import StoreError
from depesche.store import rows, schema
from depesche.store.database import Database
from depesche.store.migrate import make_tables

BATCH = 50
"""Rows in memory at a time; a page may be large."""

Cells = tuple[str | bytes | int | None, ...]


class Copied(msgspec.Struct, frozen=True):
    """How much was copied: rows by table."""

    rows: dict[str, int]


def tables() -> tuple[TableClause, ...]:
    """All tables of a store, those first that others refer to."""
    return (*schema.METADATA.sorted_tables, schema.entry_text, schema.page_text)


def how_many_rows(source: Database) -> int:
    """Rows that a copy of the store has to write, as of now."""
    with source.told(), source.reading() as connection:
        return sum(connection.execute(select(func.count()).select_from(one)).scalar_one() for one in tables())


def copy_store(source: Database, target: Database, tick: Callable[[], None] = lambda: None) -> Copied:
    """Copies a store of this version into a database that holds nothing; StoreError where it holds something.

    `tick` is called for each row.
    """
    target.refuse(write=True)
    with source.told(), source.reading() as read, target.writing() as written:
        with target.told():
            transaction = written.begin()
            _refuse_filled(written, target.name)
            make_tables(written)
        found = {table.name: _copy(read, written, table, target, tick) for table in tables()}
        for name, (count, told) in found.items():
            with target.told():
                there = _digest(written, next(table for table in tables() if table.name == name))
            if there != (count, told):
                raise StoreError(f"{target.name}: the copy of {name} came out otherwise; nothing was kept, try again")
        with target.told():
            transaction.commit()
    return Copied({name: count for name, (count, _) in found.items()})


def _refuse_filled(connection: Connection, name: str) -> None:
    """Raises StoreError where the database holds anything but the empty tables of a store."""
    there = set(inspect(connection).get_table_names())
    ours = {table.name for table in tables()}
    foreign = bool(there) and "alembic_version" not in there
    filled = any(
        connection.execute(select(table.c[0]).limit(1)).first() for table in tables() if table.name in ours & there
    )
    if foreign or filled:
        raise StoreError(f"{name}: it holds something already; name a new file or an empty database")


def _copy(
    read: Connection, written: Connection, table: TableClause, target: Database, tick: Callable[[], None]
) -> tuple[int, str]:
    """Copies the rows of a table; their number and digest."""
    names = [column.name for column in table.columns]
    count, told = 0, hashlib.sha256()
    coming = _rows(read, table)
    while batch := list(islice(coming, BATCH)):
        with target.told():
            written.execute(insert(table), [dict(zip(names, row, strict=True)) for row in batch])
        for row in batch:
            told.update(msgspec.msgpack.encode(row))
            tick()
        count += len(batch)
    return count, told.hexdigest()


def _digest(connection: Connection, table: TableClause) -> tuple[int, str]:
    count, told = 0, hashlib.sha256()
    for row in _rows(connection, table):
        told.update(msgspec.msgpack.encode(row))
        count += 1
    return count, told.hexdigest()


def _rows(connection: Connection, table: TableClause) -> Iterator[Cells]:
    """All rows in the order of their keys, with what a column of either database can hold."""
    for row in connection.execute(_in_order(table), execution_options={"yield_per": BATCH}):
        yield tuple(rows.whole(cell) if isinstance(cell, str) else cell for cell in row)


def _in_order(table: TableClause) -> Select[Cells]:
    keys: list[ColumnElement[object]] = list(table.primary_key) or [next(iter(table.columns))]
    return select(*table.columns).order_by(*keys)
