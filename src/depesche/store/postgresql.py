"""PostgreSQL: how a store there is named, opened and locked, and what its errors mean.

A store is a database of its own, or a schema of one (`?options=-csearch_path=NAME`). The driver is psycopg.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from weakref import finalize

from sqlalchemy import URL, Connection, Engine, create_engine, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, DBAPIError
from sqlalchemy.pool import NullPool, QueuePool

from depesche.errors import StoreError, StoreLocked, UsageError
from depesche.store.sqlite import WATCHED

DRIVER = "postgresql+psycopg"

PATIENCE = 2000
"""Milliseconds that a writer waits for the one before: the server needs a moment to notice that one was killed."""

CONNECTING = 10
"""Seconds in which a server has to answer, unless the URL says otherwise (`?connect_timeout=`)."""

LOCK = text("SELECT pg_advisory_lock(1147498597, hashtext(current_schema()))")  # 1147498597: "Depe"
WATCH = text("SELECT pg_try_advisory_lock(1466004579, hashtext(current_schema()))")  # 1466004579: "Watc"

READERS = 64
"""Connections kept open at most for views; further ones wait for a free one."""


class PostgreSQL:
    """A database on a server, named by a URL."""

    def __init__(self, url: str) -> None:
        self._url = _parsed(url)
        self.files: tuple[Path, ...] = ()
        self.there = True

    @property
    def name(self) -> str:
        """Server and database, without user and password."""
        url = self._url
        host = "" if url.host is None else f"[{url.host}]" if ":" in url.host else url.host
        port = f":{url.port}" if url.port else ""
        return f"postgresql://{host}{port}/{url.database}"

    @property
    def title(self) -> str:
        """The name of the database."""
        return str(self._url.database)

    def refuse(self, *, write: bool) -> None:
        """Raises StoreError where the driver is missing."""
        self._engine  # noqa: B018 - makes it

    def backup(self, path: Path) -> None:
        """Refuses: a server has its own means."""
        raise UsageError(
            f"{self.name}: a server's store is backed up by its own means, such as pg_dump -Fc {self.title}; "
            f"`depesche copy-store STORE {path}` makes a file of it"
        )

    def reading(self) -> Connection:
        """An open connection that refuses every change, and sees in one transaction one state."""
        with self.told():
            return self._views.connect()

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Holds the one watch's place; StoreLocked where there is a watch already."""
        with self.told():
            connection = self._engine.connect()
        try:
            with self.told():
                held = connection.execute(WATCH).scalar()
            if not held:
                raise StoreLocked(f"{self.name}: {WATCHED}")
            yield
        finally:
            with self.told():
                connection.close()

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A connection in the one writer's place; StoreLocked where somebody else has it.

        The lock belongs to this very connection: whoever loses the one can no longer use the other.
        """
        with self.told():
            connection = self._engine.connect()
        try:
            with self.told(), connection.begin():
                connection.execute(text(f"SET lock_timeout = {PATIENCE}"))
                connection.execute(LOCK)
                connection.execute(text("SET lock_timeout = DEFAULT"))
            yield connection
        finally:
            with self.told():
                connection.close()

    @contextmanager
    def told(self) -> Iterator[None]:
        """Turns what the database complains of into a StoreError of one line."""
        try:
            yield
        except DBAPIError as error:
            raise self._complaint(error) from error

    @cached_property
    def _engine(self) -> Engine:
        return self._made(poolclass=NullPool)

    @cached_property
    def _views(self) -> Engine:
        pooled = self._made(
            poolclass=QueuePool, pool_size=4, max_overflow=READERS - 4, pool_pre_ping=True, pool_timeout=60
        )
        finalize(self, pooled.dispose)  # closes what the pool keeps open, once nobody needs this store any more
        return pooled.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)

    def _made(self, **how: object) -> Engine:
        try:
            return create_engine(self._url, hide_parameters=True, connect_args={"application_name": "depesche"}, **how)
        except ModuleNotFoundError as error:
            says = f"{error.name} is missing; the extra `postgres` brings it (pip install 'depesche[postgres]')"
            raise StoreError(f"{self.name}: {says}") from None

    def _complaint(self, error: DBAPIError) -> StoreError:
        state = str(getattr(error.orig, "sqlstate", None) or "")
        if state == "55P03":
            return StoreLocked(f"{self.name}: another program is writing to this store; wait until it is done")
        says = next((meaning for family, meaning in _MEANING.items() if state.startswith(family)), "")
        return StoreError(f"{self.name}: {says or self._without_secrets(str(error.orig))}")

    def _without_secrets(self, says: str) -> str:
        """What the driver says, in one line; it never tells passwords, and if it ever does, they are struck out."""
        secrets = (self._url.password, self._url.query.get("password"))
        for secret in filter(None, map(_as_text, secrets)):
            says = says.replace(secret, "***")
        return " ".join(says.split())


def _as_text(value: object) -> str:
    return "" if value is None else str(value)


def _parsed(url: str) -> URL:
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError):  # which may hold a password
        raise StoreError(f"not a URL of a store; {DRIVER}://USER@HOST:PORT/DATABASE is one") from None
    if not parsed.database:
        raise StoreError(f"{parsed.drivername}: the URL names no database; {DRIVER}://HOST/DATABASE does")
    query = {"connect_timeout": str(CONNECTING), **parsed.query}
    return parsed.set(drivername=DRIVER, query=query)


_MEANING = {
    "53100": "no space left on the server's disk; make room and build again, nothing is lost",
    "25006": "the server may only be read (a replica?); name the one that is written to",
    "42501": "this user may not do that here; ask for the right to use and create tables in the database",
    "57P": "the server ended the connection; build again, nothing is lost",
    "08": "the connection to the server broke; build again, nothing is lost",
}
"""What families of error codes mean ("SQLSTATE")."""
