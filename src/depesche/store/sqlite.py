"""SQLite: where the file lies, how it is opened and locked, and what its errors mean."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack, closing, contextmanager
from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, DBAPIError
from sqlalchemy.pool import NullPool

from depesche.errors import StoreError, StoreLocked, UsageError

OLDEST = (3, 34, 0)
"""The first SQLite whose full-text search knows trigrams, that is: finds parts of German compounds."""

WATCHED = "another watch is running on this store; wait until it is done"
BESIDE = ("", "-lock", "-watch-lock", "-wal", "-shm")
"""Endings of the files that a store consists of."""

_PATIENCE = 10.0  # seconds: checkpoints and recoveries hold the file for moments only


class SQLite:
    """A file, named by its path ("chronicle.db") or URL ("sqlite:///chronicle.db")."""

    def __init__(self, url: str) -> None:
        self.path = locate(url)

    @property
    def name(self) -> str:
        """The path as it was given."""
        return str(self.path)

    @property
    def title(self) -> str:
        """The name of the file."""
        return self.path.name

    @property
    def files(self) -> tuple[Path, ...]:
        """The file and those that belong to it, if they are there."""
        return tuple(self.path.with_name(self.path.name + ending) for ending in BESIDE)

    @property
    def there(self) -> bool:
        """Whether the file is there."""
        return self.path.is_file()

    def refuse(self, *, write: bool) -> None:
        """Raises StoreError where there is no file to read, or no folder to make one in."""
        path = self.path
        if not write and not path.is_file():
            raise StoreError(f"{path}: no such store; `depesche build PATH --store {path}` makes one")
        if not path.absolute().parent.is_dir():
            raise StoreError(f"{path}: there is no folder {path.absolute().parent}; make it first")

    def told(self) -> AbstractContextManager[None]:
        """Turns what the database complains of into a StoreError of one line."""
        return told(self.path)

    def backup(self, path: Path) -> None:
        """Copies the file as it is now, though a build may write it; the new one is there once it is whole."""
        if os.path.lexists(path):
            raise UsageError(f"{path}: it is there already; name a new file")
        draft = path.with_name(f"{path.name}.part")
        draft.unlink(missing_ok=True)
        try:
            with told(path), closing(_open_file(self.path, _reading(self.path))) as source:
                self._into(source, draft)
            draft.replace(path)
        finally:
            draft.unlink(missing_ok=True)

    def _into(self, source: sqlite3.Connection, draft: Path) -> None:
        with closing(sqlite3.connect(draft)) as copy:
            source.backup(copy)  # at one go: in steps it would begin anew with whatever a build writes
            copy.execute("PRAGMA journal_mode = DELETE")  # so that this one file is all of it

    def reading(self) -> Connection:
        """An open connection that refuses every change, and sees in one transaction one state."""
        return connect(self.path, write=False)

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Holds the one watch's place; StoreLocked where there is a watch already."""
        with ExitStack() as held:
            try:
                held.enter_context(lock(self.path.with_name(self.path.name + "-watch")))
            except StoreLocked as error:
                raise StoreLocked(f"{self.path}: {WATCHED}") from error
            yield

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A connection in the one writer's place; StoreLocked where somebody else has it."""
        with lock(self.path), connect(self.path, write=True) as connection:
            yield connection


def locate(url: str) -> Path:
    """The file that a store's path or URL names; StoreError for what no store can be."""
    _, mark, _ = url.partition("://")
    if not mark:
        return _file(url, url)
    try:
        name = make_url(url).database or ""
    except ArgumentError as error:
        raise StoreError(f"{url}: not a URL of a store; a file works, such as sqlite:///chronicle.db") from error
    return _file(name, url)


def _file(name: str, url: str) -> Path:
    if not name or name == ":memory:" or "\0" in name:
        raise StoreError(f"{url!r}: a store is a file; name one, such as chronicle.db")
    path = Path(name)
    if path.is_dir():
        raise StoreError(f"{name}: a folder; name a file in it, such as {path / 'chronicle.db'}")
    return path


def connect(path: Path, *, write: bool) -> Connection:
    """An open connection; without `write` the database itself refuses every change."""
    if sqlite3.sqlite_version_info < OLDEST:
        raise StoreError(f"SQLite {sqlite3.sqlite_version} is too old for a store; 3.34 or newer works")
    with told(path):
        return _engine(path, write).connect()


def _engine(path: Path, write: bool) -> Engine:
    how = "?mode=rwc" if write else _reading(path)
    engine = create_engine("sqlite://", creator=lambda: _open_file(path, how), poolclass=NullPool)
    event.listen(engine, "connect", _set_up_writing if write else _set_up_reading)
    event.listen(engine, "begin", _begin_writing if write else _begin_reading)
    return engine


def _open_file(path: Path, how: str) -> sqlite3.Connection:
    # isolation_level None: the driver begins no transactions of its own, so that BEGIN below is the only one.
    return sqlite3.connect(path.absolute().as_uri() + how, uri=True, isolation_level=None, timeout=_PATIENCE)


def _reading(path: Path) -> str:
    """How to open for reading; `query_only` keeps statements from writing.

    Where files may be written the connection may, too: what a killed writer left in the log has to be taken over
    first, and a connection that is read-only by mode cannot do that. In a folder nobody may write to, WAL cannot be
    used, and nothing can change.
    """
    if os.access(path, os.W_OK) and os.access(path.absolute().parent, os.W_OK):
        return "?mode=rw"
    alone = not path.with_name(path.name + "-wal").exists()
    fixed = alone and not os.access(path.absolute().parent, os.W_OK)
    return "?mode=ro&immutable=1" if fixed else "?mode=ro"


def _set_up_writing(connection: sqlite3.Connection, _record: object) -> None:
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = NORMAL")
    connection.execute("PRAGMA foreign_keys = ON")


def _set_up_reading(connection: sqlite3.Connection, _record: object) -> None:
    connection.execute("PRAGMA query_only = ON")


def _begin_writing(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _begin_reading(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN")


@contextmanager
def lock(path: Path) -> Iterator[None]:
    """Holds the one writer's place; StoreLocked where somebody else has it.

    The lock is an empty SQLite file beside the store: such locks work on every system and end with the
    process that holds them, however it ends. The file stays; it means nothing by itself.
    """
    try:
        holder = sqlite3.connect(path.with_name(path.name + "-lock"), isolation_level=None, timeout=0)
    except sqlite3.Error as error:
        raise _complaint(path, error) from error
    try:
        with told(path):
            holder.execute("BEGIN EXCLUSIVE")
        yield
    finally:
        holder.close()


@contextmanager
def told(path: Path) -> Iterator[None]:
    """Turns what the database complains of into a StoreError of one line."""
    try:
        yield
    except DBAPIError as error:
        raise _complaint(path, error.orig or error) from error
    except sqlite3.Error as error:
        raise _complaint(path, error) from error


def _complaint(path: Path, error: BaseException) -> StoreError:
    # "SQLITE_IOERR_SHMOPEN" and its like say more than we need: the family is the second part.
    code = str(getattr(error, "sqlite_errorname", "")).split("_")[1:2]
    family = code[0] if code else ""
    if family in ("BUSY", "LOCKED"):
        return StoreLocked(f"{path}: another program is writing to this store; wait until it is done")
    says = " ".join(str(error).split())
    return StoreError(f"{path}: {_MEANING.get(family, says)}")


_MEANING = {
    "FULL": "no space left on the disk; make room and build again, nothing is lost",
    "READONLY": "the file may only be read; allow writing to it and its folder, or name another",
    "CANTOPEN": "cannot be opened; see that the file and its folder are there and may be used",
    "NOTADB": "not a store of Depesche; name another file",
    "CORRUPT": "the file is damaged; restore a copy, or build into a new file",
    "IOERR": "the disk gave an error; see that it is whole and not full, and build again",
    "TOOBIG": "a page is too large to be stored; take it out of the input",
}
