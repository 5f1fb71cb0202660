"""The store: one file that holds pages, what was read from them, and the chronicle they imply.

with open_store("chronicle.db", write=True).writer() as writer:   one writer
    writer.put_page(page, article, reading, version, knowledge)
    writer.put_linkage(link(...), key)

with open_store("chronicle.db").view() as view:                   any number of readers
    for entry in view.entries(): ...
"""

from __future__ import annotations

from pathlib import Path

from depesche.errors import StoreError
from depesche.store.migrate import make_ready
from depesche.store.rows import PageRows, rows_of_page
from depesche.store.runs import Run
from depesche.store.selection import EVERYTHING, ChronicleFilter
from depesche.store.sqlite import locate
from depesche.store.view import Counts, View
from depesche.store.writer import Writer

__all__ = [
    "EVERYTHING",
    "ChronicleFilter",
    "Counts",
    "PageRows",
    "Run",
    "Store",
    "View",
    "Writer",
    "open_store",
    "rows_of_page",
]


class Store:
    """A store that is there and of this version; it hands out views and, if opened to write, the writer."""

    def __init__(self, path: Path, *, write: bool) -> None:
        self.path = path
        self._write = write

    def view(self) -> View:
        """The store as it is now, for reading."""
        return View(self.path)

    def writer(self) -> Writer:
        """The one writer; StoreLocked where there is one already."""
        if not self._write:
            raise StoreError(f"{self.path}: opened for reading; open it with write=True")
        return Writer(self.path)


def open_store(url: str, *, write: bool = False) -> Store:
    """Opens a store by path ("chronicle.db") or URL ("sqlite:///chronicle.db").

    With `write` a store that does not exist is made. One of an older version is migrated in either case; one
    of a newer version is refused with StoreTooNew.
    """
    path = locate(url)
    make_ready(path, write=write)
    return Store(path, write=write)
