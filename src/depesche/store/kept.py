"""What linking has kept for the next time. None of it tells anything that the readings do not; all of it saves work."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection, select

from depesche.store import schema
from depesche.store.briefs import KeptTrace
from depesche.store.database import Database
from depesche.store.replace import TRACED


class Kept:
    """What linking has kept, as of the view that it was asked of."""

    def __init__(self, database: Database, connection: Connection) -> None:
        self._database = database
        self._connection = connection

    def version(self) -> str | None:
        """The version that made the traces; None where there never were any."""
        query = select(schema.state.c.value).where(schema.state.c.name == TRACED)
        with self._database.told():
            return self._connection.execute(query).scalar()

    def linked_traces(self) -> dict[str, str]:
        """The pages of the stored linkage with the keys of the traces it was made of."""
        table = schema.traces.c
        query = select(table.page, table.key).where(table.linked == 1).order_by(table.page)
        with self._database.told():
            return dict(self._connection.execute(query).all())

    def traces(self) -> Iterator[KeptTrace]:
        """All traces that are kept, by page and key."""
        table = schema.traces.c
        query = select(table.page, table.key, table.value).order_by(table.page, table.key)
        with self._database.told():
            for row in self._connection.execute(query):
                yield KeptTrace(*row)

    def blocks(self) -> dict[str, str]:
        """The blocks that the last linking kept, by name."""
        with self._database.told():
            found = self._connection.execute(select(schema.blocks).order_by(schema.blocks.c.id))
            return dict(found.all())

    def made_of(self) -> dict[str, str]:
        """For each entry the key of what it was made of, where that is known."""
        table = schema.entries.c
        with self._database.told():
            query = select(table.id, table.made_of).where(table.made_of.is_not(None)).order_by(table.id)
            return dict(self._connection.execute(query).all())
