"""Writes a store: pages one by one while they are read, the linkage at once at the end."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from types import TracebackType

import msgspec
from sqlalchemy import Connection, bindparam, delete, func, insert, select, update

from depesche.model.decisions import AnyDecision
from depesche.model.linkage import Linkage, Relinked
from depesche.model.meaning import PageMeaning
from depesche.model.page import Article, Page, Unread
from depesche.model.parties import PartyRecord
from depesche.model.reading import Reading
from depesche.store import rows, schema
from depesche.store.briefs import KeptTrace
from depesche.store.database import Database
from depesche.store.replace import TRACED, replace_linkage, replace_parties
from depesche.store.rows import PageRows
from depesche.store.runs import Run
from depesche.store.view import View


class Writer:
    """The one writer of a store; a second one, in this or another process, gets StoreLocked.

    Every call is a transaction of its own: whatever ends the process, the store holds whole calls only.
    Must be closed, best by `with`.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        with ExitStack() as opening:
            self._connection = opening.enter_context(database.writing())
            self._open = opening.pop_all()

    def __enter__(self) -> Writer:
        """The writer itself, to be closed at the end of the block."""
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        """Closes it."""
        self.close()

    def close(self) -> None:
        """Lets the next writer in."""
        with self._database.told():
            self._open.close()

    def has_reading(self, page_id: str, package_version: str, knowledge: str) -> bool:
        """Whether the page was read by these versions: then reading it again would give the same."""
        read = schema.readings.c
        query = select(read.page).where(
            read.page == page_id, read.package == package_version, read.knowledge == knowledge
        )
        with self._transaction() as connection:
            return connection.execute(query).first() is not None

    def is_named(self, page: Page) -> bool:
        """Whether the page is stored under its name and source of now."""
        stored, names = schema.pages.c, (rows.whole(page.doc), rows.whole(page.source))
        query = select(stored.id).where(stored.id == page.id, stored.doc == names[0], stored.source == names[1])
        with self._transaction() as connection:
            return connection.execute(query).first() is not None

    def put_page(self, page: Page, article: Article, reading: Reading, package_version: str, knowledge: str) -> None:
        """Stores a page with what was read from it, in place of an older reading of the same page.

        An input of the same source and name that could not be read before is listed as unread no longer.
        """
        self.put_rows(rows.rows_of_page(page, article, reading, package_version, knowledge))

    def put_rows(self, made: PageRows) -> None:
        """The same for a page of which the rows are made already."""
        id, unread = made.page["id"], schema.unread.c
        with self._transaction() as connection:
            if connection.execute(delete(schema.articles).where(schema.articles.c.page == id)).rowcount:
                connection.execute(delete(schema.page_text).where(schema.page_text.c.page == id))
            connection.execute(delete(schema.readings).where(schema.readings.c.page == id))
            connection.execute(delete(schema.pages).where(schema.pages.c.id == id))
            connection.execute(insert(schema.pages), made.page)
            connection.execute(insert(schema.articles), made.article)
            connection.execute(insert(schema.page_text), made.words)
            connection.execute(insert(schema.readings), made.reading)
            same = (unread.source == made.page["source"]) & (unread.doc == made.page["doc"])
            connection.execute(delete(schema.unread).where(same))

    def put_meaning(self, meaning: PageMeaning) -> None:
        """Stores the meaning vector of a page, in place of an older one."""
        table = schema.meanings
        with self._transaction() as connection:
            connection.execute(delete(table).where(table.c.page == meaning.page))
            connection.execute(insert(table), msgspec.structs.asdict(meaning))

    def forget_meanings(self) -> None:
        """Forgets all meaning vectors; builds then do without."""
        with self._transaction() as connection:
            connection.execute(delete(schema.meanings))

    def meanings(self) -> Iterator[PageMeaning]:
        """All meaning vectors, by page id, as they were when the first is taken."""
        with View(self._database) as view:
            yield from view.meanings()

    def put_unread(self, unread: Unread) -> None:
        """Lists an input that could not be read, with the reason of this time."""
        table = schema.unread
        row = rows.unread_row(unread)
        with self._transaction() as connection:
            same = (table.c.source == row["source"]) & (table.c.doc == row["doc"])
            connection.execute(delete(table).where(same))
            connection.execute(insert(table), row)

    def readings(self) -> Iterator[Reading]:
        """All readings, by page id, as they were when the first is taken."""
        with View(self._database) as view:
            yield from view.readings()

    def stale_pages(self, package_version: str, knowledge: str) -> Iterator[Page]:
        """Pages that another version of the package or of its knowledge read, by id."""
        with View(self._database) as view:
            yield from view.stale_pages(package_version, knowledge)

    def readings_key(self) -> str:
        """A digest of all readings, by which to tell whether the stored linkage still fits them."""
        with View(self._database) as view:
            return view.readings_key()

    def linked_key(self) -> str | None:
        """The key that the stored linkage was made under; None if nothing was linked yet."""
        with View(self._database) as view:
            return view.linked_key()

    def put_linkage(self, linkage: Linkage, key: str, parties: Sequence[PartyRecord] = ()) -> None:
        """Puts a linkage and its parties in the place of the old ones at once; rows that stay are not touched.

        Ids of entries that vanish lead to the entries that hold their mentions from now on.
        """
        self.put_relinked(Relinked.whole(linkage), key, parties)

    def put_relinked(self, linkage: Relinked, key: str, parties: Sequence[PartyRecord]) -> None:
        """The same for a linkage of which only what is new is told; its entries are made while they are written."""
        with self._transaction() as connection:
            replace_linkage(connection, linkage, key)
            replace_parties(connection, parties)

    def put_traces(self, traces: Iterable[KeptTrace]) -> None:
        """Keeps traces of pages for the linking that follows; until that is stored nothing else knows of them."""
        table, found = schema.traces, [{**msgspec.structs.asdict(one), "linked": 0} for one in traces]
        if found:
            same = (table.c.page == bindparam("this")) & (table.c.key == bindparam("made_of"))
            with self._transaction() as connection:
                connection.execute(delete(table).where(same), [{"this": o["page"], "made_of": o["key"]} for o in found])
                connection.execute(insert(table), found)

    def forget_traces(self, version: str) -> None:
        """Forgets all that linking has kept, which another version made; from now on it keeps what this one makes."""
        with self._transaction() as connection:
            connection.execute(delete(schema.traces))
            connection.execute(delete(schema.blocks))
            connection.execute(update(schema.entries).values(made_of=None))
            connection.execute(delete(schema.state).where(schema.state.c.name == TRACED))
            connection.execute(insert(schema.state), {"name": TRACED, "value": version})

    def view(self) -> View:
        """What the store holds now, to be closed."""
        return View(self._database)

    def decide(self, decision: AnyDecision) -> int:
        """Remembers a decision, and gives its number; builds replay them from then on."""
        with self._transaction() as connection:
            highest = connection.execute(select(func.max(schema.decisions.c.number))).scalar()
            number = (highest or 0) + 1
            connection.execute(insert(schema.decisions), {"number": number, "value": rows.to_json(decision)})
        return number

    def undo(self, number: int) -> bool:
        """Forgets a decision; False if there is none of that number."""
        with self._transaction() as connection:
            gone = connection.execute(delete(schema.decisions).where(schema.decisions.c.number == number))
            return bool(gone.rowcount)

    def decisions(self) -> tuple[AnyDecision, ...]:
        """What people have decided about parties and entries, in the order in which they did."""
        with View(self._database) as view:
            return tuple(decision for _, decision in view.all_decisions())

    def put_run(self, run: Run) -> None:
        """Remembers a build."""
        with self._transaction() as connection:
            highest = connection.execute(select(func.max(schema.runs.c.number))).scalar()
            connection.execute(insert(schema.runs), {"number": (highest or 0) + 1, "value": rows.to_json(run)})

    @contextmanager
    def _transaction(self) -> Iterator[Connection]:
        with self._database.told(), self._connection.begin():
            yield self._connection
