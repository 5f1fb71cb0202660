"""Reads a store. A view cannot write: it has no means to, and its connection refuses."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from types import TracebackType
from typing import TypeVar

import msgspec
from sqlalchemy import func, literal, select, tuple_

from depesche.model.decisions import AnyDecision, Decision, EntryDecision
from depesche.model.linkage import Copy, Entry, Story
from depesche.model.meaning import PageMeaning
from depesche.model.page import Article, Card, Page, Unread
from depesche.model.parties import PartyRecord
from depesche.model.reading import Reading
from depesche.store import rows, schema
from depesche.store.briefs import ArticleText, Counts, PageBrief, PageRead
from depesche.store.database import Database
from depesche.store.dialects import contains, joined, pages_with_words, words_of_entries
from depesche.store.kept import Kept
from depesche.store.replace import LINKED
from depesche.store.runs import Run
from depesche.store.selection import EVERYTHING, ChronicleFilter, entries_in_order, entries_of_party, how_many

T = TypeVar("T")

CHUNK = 500
"""Entries asked for in one statement."""

PAGE = select(
    schema.pages.c.id,
    schema.pages.c.doc,
    schema.pages.c.source,
    schema.pages.c.form,
    schema.pages.c.metadata,
    schema.pages.c.raw,
)


class View:
    """A store as it was when the view was opened, whatever a build writes meanwhile.

    Everything comes in an order that depends on the values alone. To be closed, best by `with`.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._connection = database.reading()
        with database.told():
            self._connection.begin()
            self._connection.execute(select(schema.state.c.name)).all()  # the first reading fixes what is seen

    def __enter__(self) -> View:
        """The view itself, to be closed at the end of the block."""
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        """Closes it."""
        self.close()

    def close(self) -> None:
        """Ends the view."""
        with self._database.told():
            self._connection.close()

    def entries(self, filter: ChronicleFilter = EVERYTHING) -> Iterator[Entry]:
        """The entries that the filter keeps, by first day, last day (unknown ones last) and id."""
        with self._database.told():
            for (value,) in self._connection.execute(entries_in_order(filter)):
                yield rows.from_json(value, Entry)

    def count(self, filter: ChronicleFilter = EVERYTHING) -> int:
        """How many entries the filter keeps."""
        with self._database.told():
            return self._connection.execute(how_many(filter)).scalar_one()

    def entries_as(self, shape: type[T]) -> Iterator[tuple[int, str, T]]:
        """Every entry in order as a Struct of some of its fields, with its number and its key in that order."""
        columns = schema.entries.c
        query = select(columns.number, columns.place_in_time, columns.id, columns.value)
        query = query.order_by(columns.place_in_time, columns.id)
        with self._database.told():
            for number, place, id, value in self._connection.execute(query):
                yield number, f"{place} {id}", rows.from_json(value, shape)

    def numbered(self, numbers: Sequence[int]) -> list[Entry]:
        """The entries of these numbers, in their order; those that are gone are left out."""
        columns = schema.entries.c
        found: dict[int, str] = {}
        with self._database.told():
            for start in range(0, len(numbers), CHUNK):
                some = select(columns.number, columns.value).where(columns.number.in_(numbers[start : start + CHUNK]))
                found |= {row.number: row.value for row in self._connection.execute(some)}
        return [rows.from_json(found[number], Entry) for number in numbers if number in found]

    def numbers_with(self, text: str) -> list[int]:
        """The numbers of the entries of which title or evidence holds the text; none for a text without letters."""
        needle = rows.fold(text)
        if not needle:
            return []
        with self._database.told():
            # In one string: of a common word, tens of thousands of rows take four times as long.
            found = words_of_entries(needle).subquery()
            told_of = self._connection.execute(select(joined(found.c.rowid))).scalar()
        return [int(number) for number in told_of.split(",")] if told_of else []

    def numbers_of_party(self, asked: str) -> list[int]:
        """The numbers of the entries in which somebody of that id, country, name or wording takes part."""
        with self._database.told():
            told_of = self._connection.execute(entries_of_party(asked)).scalar()
        return [int(number) for number in told_of.split(",")] if told_of else []

    def state_key(self) -> str:
        """Changes whenever what the store tells changes: by a build, a linkage or a decision."""
        decided = select(func.count(), func.max(schema.decisions.c.number)).select_from(schema.decisions)
        unread = select(func.count()).select_from(schema.unread)
        with self._database.told():
            count, last = self._connection.execute(decided).one()
            return f"{self.linked_key()} {count} {last} {self._connection.execute(unread).scalar_one()}"

    def title(self, id: str) -> str | None:
        """The title of the entry of that id; None if there is none now."""
        query = select(schema.entries.c.title).where(schema.entries.c.id == rows.whole(id))
        with self._database.told():
            return self._connection.execute(query).scalar()

    def former_ids(self, id: str) -> tuple[str, ...]:
        """The ids under which entries stood that the entry took up, in order. No part of byte comparisons."""
        table = schema.redirects.c
        with self._database.told():
            found = self._connection.execute(select(table.old).where(table.new == rows.whole(id)).order_by(table.old))
            return tuple(old for (old,) in found)

    def entry(self, id: str) -> Entry | None:
        """The entry of that id, or the one that took up its mentions since; None if there never was one."""
        with self._database.told():
            value = self._entry(id)
            if value is None:
                query = select(schema.redirects.c.new).where(schema.redirects.c.old == rows.whole(id))
                successor = self._connection.execute(query).scalar()
                value = self._entry(successor) if successor else None
        return None if value is None else rows.from_json(value, Entry)

    def _entry(self, id: str) -> str | None:
        query = select(schema.entries.c.value).where(schema.entries.c.id == rows.whole(id))
        return self._connection.execute(query).scalar()

    def holder(self, page: str, mention: str) -> str | None:
        """The id of the entry that a mention of a page stands in; None if there is none now."""
        inside, entry = schema.mentions.c, schema.entries.c
        query = select(entry.id).join(schema.mentions, inside.entry == entry.number)
        with self._database.told():
            here = (inside.page == rows.whole(page)) & (inside.mention == rows.whole(mention))
            return self._connection.execute(query.where(here)).scalar()

    def parties(self) -> Iterator[PartyRecord]:
        """Everybody the pages speak of, by id."""
        with self._database.told():
            for (value,) in self._connection.execute(select(schema.parties.c.value).order_by(schema.parties.c.id)):
                yield rows.from_json(value, PartyRecord)

    def party(self, id: str) -> PartyRecord | None:
        """The party of that id."""
        with self._database.told():
            query = select(schema.parties.c.value).where(schema.parties.c.id == rows.whole(id))
            value = self._connection.execute(query).scalar()
        return None if value is None else rows.from_json(value, PartyRecord)

    def parties_named(self, name: str) -> list[PartyRecord]:
        """The parties of which a name or spelling holds these words, by id; capitals and punctuation do not count."""
        needle = rows.fold(name)
        if not needle:
            return []
        query = select(schema.parties.c.value).where(contains(schema.parties.c.words, literal(f" {needle} ")))
        with self._database.told():
            return [rows.from_json(value, PartyRecord) for (value,) in self._connection.execute(query.order_by("id"))]

    def entries_with(self, party: str) -> int:
        """In how many entries a party takes part."""
        part = schema.participants.c
        with self._database.told():
            query = select(func.count(func.distinct(part.entry))).where(part.party == rows.whole(party))
            return int(self._connection.execute(query).scalar_one())

    def decisions(self) -> list[tuple[int, Decision]]:
        """What people have decided about parties, each with its number, in the order in which they did."""
        return [(number, one) for number, one in self.all_decisions() if isinstance(one, Decision)]

    def entry_decisions(self) -> list[tuple[int, EntryDecision]]:
        """What people have decided about entries, each with its number, in the order in which they did."""
        return [(number, one) for number, one in self.all_decisions() if isinstance(one, EntryDecision)]

    def all_decisions(self) -> list[tuple[int, AnyDecision]]:
        """What people have decided, each with its number, in the order in which they did."""
        query = select(schema.decisions.c.number, schema.decisions.c.value).order_by(schema.decisions.c.number)
        with self._database.told():
            found = [(number, value) for number, value in self._connection.execute(query)]
        return [(number, rows.decision_of(value)) for number, value in found]

    def page(self, page_id: str) -> Page | None:
        """The page as it was scraped."""
        with self._database.told():
            row = self._connection.execute(PAGE.where(schema.pages.c.id == rows.whole(page_id))).first()
        return rows.page_of(row) if row else None

    def page_named(self, doc: str) -> str | None:
        """The id of the page of that readable name; the least one where several have it."""
        query = select(func.min(schema.pages.c.id)).where(schema.pages.c.doc == rows.whole(doc))
        with self._database.told():
            return self._connection.execute(query).scalar()

    def page_briefs(self, after: tuple[str, str], most: int) -> list[PageBrief]:
        """So many pages that come after the one of that name and id, by name and id, with their days."""
        page, read = schema.pages.c, schema.readings.c
        query = (
            select(page.id, page.doc, read.published, read.earliest, read.latest)
            .join(schema.readings, read.page == page.id)
            .where(tuple_(page.doc, page.id) > tuple_(*map(literal, map(rows.whole, after))))
            .order_by(page.doc, page.id)
            .limit(most)
        )
        with self._database.told():
            return [PageBrief(*row) for row in self._connection.execute(query)]

    def pages(self) -> Iterator[Page]:
        """All pages, by id."""
        with self._database.told():
            for row in self._connection.execute(PAGE.order_by(schema.pages.c.id)):
                yield rows.page_of(row)

    def knowledge(self) -> str | None:
        """The knowledge that the readings were made with; None where there are none or they differ."""
        with self._database.told():
            found = self._connection.execute(select(schema.readings.c.knowledge).distinct()).scalars().all()
        return found[0] if len(found) == 1 else None

    def pages_read(self) -> Iterator[PageRead]:
        """All pages, by id, with the versions that read them."""
        pages, readings = schema.pages.c, schema.readings.c
        columns = (pages.id, pages.doc, pages.source, readings.package, readings.knowledge)
        query = select(*columns).join(schema.readings, readings.page == pages.id).order_by(pages.id)
        with self._database.told():
            for row in self._connection.execute(query):
                yield PageRead(*row)

    def stale_pages(self, package_version: str, knowledge: str) -> Iterator[Page]:
        """Pages that another version of the package or of its knowledge read, by id."""
        read, page = schema.readings.c, schema.pages.c
        query = PAGE.join(schema.readings, read.page == page.id)
        with self._database.told():
            query = query.where((read.package != package_version) | (read.knowledge != knowledge))
            for row in self._connection.execute(query.order_by(page.id)):
                yield rows.page_of(row)

    def article(self, page_id: str) -> Article | None:
        """What cleaning made of the page."""
        query = select(schema.articles.c.value).where(schema.articles.c.page == rows.whole(page_id))
        with self._database.told():
            value = self._connection.execute(query).scalar()
        return None if value is None else rows.unpack(value, Article)

    def pages_with(self, text: str, most: int) -> tuple[int, list[str]]:
        """How many pages hold the words anywhere in title or text, and the ids of the latest of them."""
        needle = rows.fold(text)
        if not needle:
            return 0, []
        found = pages_with_words(needle).subquery()
        read = schema.readings.c
        latest = func.coalesce(read.published, read.latest, read.earliest, "")
        query = select(read.page).where(read.page.in_(select(found.c.page))).order_by(latest.desc(), read.page)
        with self._database.told():
            total = self._connection.execute(select(func.count()).select_from(found)).scalar_one()
            return total, [row[0] for row in self._connection.execute(query.limit(most))]

    def card(self, page_id: str) -> Card | None:
        """What a list of sources tells of the page, without its text."""
        query = (
            select(schema.articles.c.value, schema.readings.c.published, schema.readings.c.earliest)
            .add_columns(schema.readings.c.latest)
            .join_from(schema.articles, schema.readings, schema.readings.c.page == schema.articles.c.page)
            .where(schema.articles.c.page == rows.whole(page_id))
        )
        with self._database.told():
            row = self._connection.execute(query).first()
        if row is None:
            return None
        value, published, earliest, latest = row
        return msgspec.structs.replace(rows.unpack(value, Card), published=published, earliest=earliest, latest=latest)

    def cards(self) -> Iterator[Card]:
        """What a list of sources tells of each page, without its day, by page id."""
        with self._database.told():
            for (value,) in self._connection.execute(select(schema.articles.c.value).order_by("page")):
                yield rows.unpack(value, Card)

    def reading(self, page_id: str) -> Reading | None:
        """What the page's article says, before other pages settled anything in it."""
        query = select(schema.readings.c.value).where(schema.readings.c.page == rows.whole(page_id))
        with self._database.told():
            value = self._connection.execute(query).scalar()
        return None if value is None else rows.unpack(value, Reading)

    def text(self, page_id: str) -> str | None:
        """The text of the page's article."""
        query = select(schema.readings.c.value).where(schema.readings.c.page == rows.whole(page_id))
        with self._database.told():
            value = self._connection.execute(query).scalar()
        return None if value is None else rows.unpack(value, ArticleText).text

    def readings(self) -> Iterator[Reading]:
        """All readings, by page id."""
        with self._database.told():
            query = select(schema.readings.c.value).order_by(schema.readings.c.page)
            for (value,) in self._connection.execute(query):
                yield rows.unpack(value, Reading)

    def readings_key(self) -> str:
        """A digest of all readings: equal for equal readings, in whatever order and way they came here."""
        query = select(schema.readings.c.page, schema.readings.c.digest).order_by(schema.readings.c.page)
        with self._database.told():
            return rows.digest("".join(f"{page}\t{digest}\n" for page, digest in self._connection.execute(query)))

    def linked_key(self) -> str | None:
        """The key that the stored linkage was made under; None if nothing was linked yet."""
        query = select(schema.state.c.value).where(schema.state.c.name == LINKED)
        with self._database.told():
            return self._connection.execute(query).scalar()

    def meanings(self) -> Iterator[PageMeaning]:
        """The meaning vectors of pages, by page id; none where no build was asked for them."""
        with self._database.told():
            for row in self._connection.execute(select(schema.meanings).order_by(schema.meanings.c.page)):
                yield PageMeaning(*row)

    def has_meanings(self) -> bool:
        """Whether builds of this store make meaning vectors."""
        with self._database.told():
            return self._connection.execute(select(schema.meanings.c.page).limit(1)).first() is not None

    def kept(self) -> Kept:
        """What linking has kept for the next time."""
        return Kept(self._database, self._connection)

    def unread(self) -> Iterator[Unread]:
        """Inputs that could not be read, by source and name."""
        table = schema.unread.c
        with self._database.told():
            for row in self._connection.execute(
                select(table.doc, table.source, table.reason).order_by(table.source, table.doc)
            ):
                yield Unread(*row)

    def copies(self) -> Iterator[Copy]:
        """Which pages share their text, by page and the page it was taken from."""
        table = schema.copies.c
        with self._database.told():
            for (value,) in self._connection.execute(select(table.value).order_by(table.page, table.of)):
                yield rows.from_json(value, Copy)

    def copies_of(self, page_id: str) -> list[Copy]:
        """The copies of which the page is one side, by page and the page it was taken from."""
        table, id = schema.copies.c, rows.whole(page_id)
        query = select(table.value).where((table.page == id) | (table.of == id)).order_by(table.page, table.of)
        with self._database.told():
            return [rows.from_json(value, Copy) for (value,) in self._connection.execute(query)]

    def stories(self) -> Iterator[Story]:
        """Pages on one happening, by the story's id."""
        with self._database.told():
            for (value,) in self._connection.execute(select(schema.stories.c.value).order_by(schema.stories.c.id)):
                yield rows.from_json(value, Story)

    def runs(self) -> Iterator[Run]:
        """The builds that wrote this store, oldest first. No part of byte comparisons."""
        with self._database.told():
            for (value,) in self._connection.execute(select(schema.runs.c.value).order_by(schema.runs.c.number)):
                yield rows.from_json(value, Run)

    def counts(self) -> Counts:
        """How much is stored."""
        read = schema.readings.c
        undated = (
            select(func.count()).select_from(schema.readings).where(read.earliest.is_(None), read.latest.is_(None))
        )
        with self._database.told():
            pages, unread, entries = (
                self._connection.execute(select(func.count()).select_from(table)).scalar_one()
                for table in (schema.pages, schema.unread, schema.entries)
            )
            return Counts(pages, unread, entries, self._connection.execute(undated).scalar_one())
