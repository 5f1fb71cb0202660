"""A database that a store lies in, of whichever make."""

from __future__ import annotations

from contextlib import AbstractContextManager
from pathlib import Path
from typing import Protocol

from sqlalchemy import Connection

from depesche.errors import StoreError
from depesche.store.postgresql import PostgreSQL
from depesche.store.sqlite import SQLite

WORKS = "a file works, such as chronicle.db or sqlite:///chronicle.db, and so does postgresql+psycopg://HOST/DATABASE"


class Database(Protocol):
    """What a store asks of its database."""

    @property
    def name(self) -> str:
        """How it is called in messages; never with a user or a password."""

    @property
    def title(self) -> str:
        """Its short name: that of the file or the database."""

    @property
    def files(self) -> tuple[Path, ...]:
        """The files on this machine that it consists of, if they are there."""

    @property
    def there(self) -> bool:
        """Whether there is something to look into."""

    def refuse(self, *, write: bool) -> None:
        """Raises StoreError where no store can be, or none can be made."""

    def backup(self, path: Path) -> None:
        """Copies it into a new file; UsageError where that is not its way."""

    def told(self) -> AbstractContextManager[None]:
        """Turns what the database complains of into a StoreError of one line."""

    def reading(self) -> Connection:
        """An open connection that refuses every change, and sees in one transaction one state."""

    def alone(self) -> AbstractContextManager[None]:
        """Holds the one watch's place; StoreLocked where there is a watch already."""

    def writing(self) -> AbstractContextManager[Connection]:
        """A connection in the one writer's place; StoreLocked where somebody else has it."""


def locate(url: str) -> Database:
    """The database that a store's path or URL names; StoreError for what no store can be."""
    scheme, mark, _ = url.partition("://")
    if not mark or scheme == "sqlite":
        return SQLite(url)
    if scheme in ("postgresql", "postgres", "postgresql+psycopg"):
        return PostgreSQL(url)
    raise StoreError(f"{scheme}: no such kind of store; {WORKS}")
