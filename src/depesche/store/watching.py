"""What a watch remembers in the store: feeds, the pages they named, hosts, and what was fetched.

Every call that writes is a transaction of its own and holds the writer's place only for its duration, so that builds
and decisions can come in between; where another program is writing it waits for a while.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager
from typing import TypeVar

import msgspec
from sqlalchemy import Connection, Table, delete, func, insert, select, update

from depesche.errors import StoreLocked
from depesche.model.response import Response
from depesche.model.watching import FeedState, HostState, PageState, Standing
from depesche.store import rows, schema
from depesche.store.database import Database

T = TypeVar("T")

PATIENCE = 60
"""Seconds for which a watch waits while another program is writing."""


class _Head(msgspec.Struct, frozen=True):
    """What is kept of an answer beside its body."""

    url: str
    status: int
    headers: tuple[tuple[str, str], ...]
    fetched: str | None


class Watching:
    """The part of a store that belongs to its watch. `sleep` waits while another program is writing."""

    def __init__(self, database: Database, sleep: Callable[[float], None]) -> None:
        self._database = database
        self._sleep = sleep

    def alone(self) -> AbstractContextManager[None]:
        """Holds the one watch's place; StoreLocked where there is a watch already."""
        return self._database.alone()

    # --- what is known

    def feeds(self) -> list[FeedState]:
        """All feeds, by address."""
        return self._values(schema.feeds, schema.feeds.c.url, FeedState)

    def hosts(self) -> list[HostState]:
        """All hosts, by name."""
        return self._values(schema.hosts, schema.hosts.c.host, HostState)

    def pages(self, urls: Iterable[str]) -> dict[str, PageState]:
        """What is known of pages, by address; those that no feed named are left out."""
        table, found = schema.listed.c, dict[str, PageState]()
        with self._reading() as connection:
            for url in urls:
                value = connection.execute(select(table.value).where(table.url == rows.whole(url))).scalar()
                if value is not None:
                    found[url] = rows.from_json(value, PageState)
        return found

    def waiting(self, feed: str) -> list[PageState]:
        """The pages of a feed that are still to be fetched, by address."""
        page = schema.listed.c
        query = select(page.value).where(page.feed == feed, page.standing == Standing.WAITING.value).order_by(page.url)
        with self._reading() as connection:
            return [rows.from_json(value, PageState) for value in connection.execute(query).scalars()]

    def counts(self, feed: str) -> dict[Standing, int]:
        """How many pages of a feed stand how."""
        page = schema.listed.c
        query = select(page.standing, func.count()).where(page.feed == feed).group_by(page.standing)
        with self._reading() as connection:
            found = dict(tuple(row) for row in connection.execute(query))
        return {standing: int(found.get(standing.value, 0)) for standing in Standing}

    def last_digest(self, url: str) -> str | None:
        """The digest of what was fetched from an address last."""
        table = schema.fetched.c
        query = select(table.digest).where(table.url == rows.whole(url)).order_by(table.number.desc()).limit(1)
        with self._reading() as connection:
            return connection.execute(query).scalar()

    def to_read(self) -> Iterator[tuple[int, str, Response]]:
        """What was fetched and not read yet, as it came: its number, the address that a feed gave, the answer."""
        table = schema.fetched.c
        answer = select(table.url, table.head, table.body)
        with self._reading() as connection:
            numbers = list(
                connection.execute(select(table.number).where(table.was_read == 0).order_by(table.number)).scalars()
            )
            for number in numbers:
                url, head, body = connection.execute(answer.where(table.number == number)).one()
                yield number, url, _response(head, body)

    # --- what is new

    def put_feed(self, state: FeedState, pages: Iterable[PageState] = ()) -> None:
        """Remembers how a feed stands, and what it named."""
        values = [(schema.listed, _page_row(page)) for page in pages]
        self._write([(schema.feeds, {"url": state.url, "value": rows.to_json(state)}), *values])

    def put_hosts(self, states: Sequence[HostState]) -> None:
        """Remembers how hosts want to be asked."""
        if states:
            self._write([(schema.hosts, {"host": state.host, "value": rows.to_json(state)}) for state in states])

    def put_page(self, page: PageState, response: Response | None = None) -> None:
        """Remembers how a page stands, and at once what was fetched."""
        row = _fetched_row(page.url, response) if response else None
        self._write([(schema.listed, _page_row(page))], row)

    def forget(self, feed: str) -> bool:
        """Forgets a feed and the pages that it still waited for; what was read stays. False if it is not known."""
        page = schema.listed.c
        with self._writing() as connection:
            waiting = (page.feed == feed) & (page.standing == Standing.WAITING.value)
            connection.execute(delete(schema.listed).where(waiting))
            return bool(connection.execute(delete(schema.feeds).where(schema.feeds.c.url == feed)).rowcount)

    def mark_read(self, numbers: Sequence[int]) -> None:
        """Remembers that what was fetched under these numbers was read."""
        table = schema.fetched
        with self._writing() as connection:
            for number in numbers:
                connection.execute(update(table).where(table.c.number == number).values(was_read=1))

    def _write(self, values: Sequence[tuple[Table, rows.Cells]], fetched: rows.Cells | None = None) -> None:
        """Puts rows in the place of those of the same key."""
        with self._writing() as connection:
            for table, row in values:
                key = next(iter(table.primary_key.columns))
                connection.execute(delete(table).where(key == row[key.name]))
                connection.execute(insert(table), row)
            if fetched:
                connection.execute(insert(schema.fetched), fetched)

    def _values(self, table: Table, key: object, shape: type[T]) -> list[T]:
        with self._reading() as connection:
            found = connection.execute(select(table.c.value).order_by(key)).scalars()  # type: ignore[arg-type]
            return [rows.from_json(value, shape) for value in found]

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        with self._database.told(), self._database.reading() as connection, connection.begin():
            yield connection

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        with ExitStack() as held:
            connection = self._in_place(held)
            with self._database.told(), connection.begin():
                yield connection

    def _in_place(self, held: ExitStack) -> Connection:
        """A connection in the one writer's place; StoreLocked where somebody else has it for longer than we wait."""
        for _ in range(PATIENCE):
            try:
                return held.enter_context(self._database.writing())
            except StoreLocked:
                self._sleep(1)
        return held.enter_context(self._database.writing())


def _page_row(page: PageState) -> rows.Cells:
    return {
        "url": rows.whole(page.url),
        "feed": rows.whole(page.feed),
        "standing": page.standing.value,
        "value": rows.to_json(page),
    }


def _fetched_row(url: str, response: Response) -> rows.Cells:
    head = _Head(response.url, response.status, response.headers, response.fetched)
    return {
        "url": rows.whole(url),
        "time": response.fetched or "",
        "digest": rows.digest(response.body),
        "was_read": 0,
        "head": rows.to_json(head),
        "body": zlib.compress(response.body),
    }


def _response(head: str, body: bytes) -> Response:
    told = rows.from_json(head, _Head)
    return Response(told.url, told.status, told.headers, rows.inflate(body), told.fetched)
