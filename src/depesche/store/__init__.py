"""The store: one file, or a database on a server, with pages, what was read from them, and the chronicle they imply.

with open_store("chronicle.db", write=True).writer() as writer:   one writer
    writer.put_page(page, article, reading, version, knowledge)
    writer.put_linkage(link(...), key)

with open_store("chronicle.db").view() as view:                   any number of readers
    for entry in view.entries(): ...
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from depesche.errors import StoreError
from depesche.store.briefs import Counts, KeptTrace
from depesche.store.checking import Fault, faults
from depesche.store.copying import Copied, copy_store, how_many_rows
from depesche.store.database import Database, locate
from depesche.store.migrate import make_ready
from depesche.store.rows import PageRows, rows_of_page
from depesche.store.runs import Run
from depesche.store.selection import EVERYTHING, ChronicleFilter
from depesche.store.view import View
from depesche.store.watching import Watching
from depesche.store.writer import Writer

__all__ = [
    "EVERYTHING",
    "ChronicleFilter",
    "Copied",
    "Counts",
    "Fault",
    "KeptTrace",
    "PageRows",
    "Run",
    "Store",
    "View",
    "Watching",
    "Writer",
    "open_store",
    "rows_of_page",
]


class Store:
    """A store that is there and of this version; it hands out views and, if opened to write, the writer."""

    def __init__(self, database: Database, *, write: bool) -> None:
        self._database = database
        self._write = write

    @property
    def name(self) -> str:
        """How it is called in messages: path, or server and database; never with a user or a password."""
        return self._database.name

    @property
    def title(self) -> str:
        """Its short name."""
        return self._database.title

    @property
    def files(self) -> tuple[Path, ...]:
        """The files that it consists of; none where it lies on a server."""
        return self._database.files

    def view(self) -> View:
        """The store as it is now, for reading."""
        return View(self._database)

    def watching(self, sleep: Callable[[float], None]) -> Watching:
        """What its watch remembers; `sleep` waits while another program is writing."""
        return Watching(self._database, sleep)

    def writer(self) -> Writer:
        """The one writer; StoreLocked where there is one already."""
        if not self._write:
            raise StoreError(f"{self.name}: opened for reading; open it with write=True")
        return Writer(self._database)

    def size(self) -> int:
        """Rows that a copy of it has to write."""
        return how_many_rows(self._database)

    def copy_to(self, url: str, tick: Callable[[], None] = lambda: None) -> Copied:
        """Copies it whole into a new file or an empty database, as it is now; `tick` is called for each row.

        StoreError where the target holds something; whatever else goes wrong, it holds nothing afterwards.
        """
        return copy_store(self._database, locate(url), tick)

    def backup_to(self, path: Path) -> None:
        """Copies the file of the store into a new one, as it is now, though a build may write it meanwhile.

        UsageError where it lies on a server, or the new file is there already.
        """
        self._database.backup(path)

    def faults(self) -> Iterator[Fault]:
        """Everything that is wrong in it."""
        return faults(self._database)

    def writable(self) -> Store:
        """The same store opened to write."""
        return _opened(self._database, write=True)


def open_store(url: str, *, write: bool = False) -> Store:
    """Opens a store by path ("chronicle.db") or URL ("sqlite:///chronicle.db", "postgresql+psycopg://host/database").

    With `write` a store that does not exist is made. One of an older version is migrated in either case; one
    of a newer version is refused with StoreTooNew.
    """
    return _opened(locate(url), write=write)


def _opened(database: Database, *, write: bool) -> Store:
    make_ready(database, write=write)
    return Store(database, write=write)
