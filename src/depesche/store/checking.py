"""Looks through a store for what cannot be: damaged values, spans outside their text, references that lead nowhere.

Everything is looked at a page or an entry at a time, as it was at one moment; nothing is changed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Any, TypeVar

import msgspec
from sqlalchemy import Connection, Row, Select, select, text

from depesche.errors import StoreError
from depesche.model.days import iso
from depesche.model.linkage import Copy, Entry, Mention, Story
from depesche.model.page import Article, Form, Page
from depesche.model.parties import PartyRecord
from depesche.model.reading import Reading
from depesche.model.text import Span
from depesche.store import rows, schema
from depesche.store.database import Database
from depesche.store.view import PAGE

KEPT = 64
"""Readings kept in memory, since entries side by side tell of the same pages."""

BATCH = 20

T = TypeVar("T")


class Fault(msgspec.Struct, frozen=True):
    """One thing that is wrong: what kind of thing has it, its id or name, and what is wrong."""

    kind: str
    id: str
    what: str


def faults(database: Database) -> Iterator[Fault]:
    """Everything that is wrong in a store of this version: pages first, then what they imply."""
    with database.told(), database.reading() as connection:
        checker = _Checker(connection)
        if connection.dialect.name == "sqlite":
            yield from checker.file()
        yield from checker.pages()
        yield from checker.entries()
        yield from checker.rest()


class _Checker:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self.reading: Callable[[str], Reading | None] = lru_cache(KEPT)(self._reading)

    def file(self) -> Iterator[Fault]:
        """What SQLite finds wrong with its file."""
        for (says,) in self._connection.execute(text("PRAGMA integrity_check")):
            if says != "ok":
                yield Fault("file", "", " ".join(str(says).split()))

    def pages(self) -> Iterator[Fault]:
        """Pages, articles and readings."""
        for row in self._all(PAGE.add_columns(schema.pages.c.digest).order_by(schema.pages.c.id)):
            yield from _each("page", row.id, self._page(row))

    def _page(self, row: Row[Any]) -> Iterator[str]:
        page = rows.page_of(row[:6])  # type: ignore[arg-type]
        if rows.digest(page.raw.encode("utf-8", "surrogatepass")) != row.digest:
            yield "its characters are not those that were stored"
        article = self._one(select(schema.articles.c.value).where(schema.articles.c.page == page.id))
        reading = self._first(select(schema.readings).where(schema.readings.c.page == page.id))
        if article is None or reading is None:
            yield "it has no article or no reading; build again"
            return
        cleaned = rows.unpack(article, Article)
        yield from _article_faults(page, cleaned)
        words = self._one(select(schema.page_text.c.words).where(schema.page_text.c.page == page.id))
        if words != rows.page_words(cleaned):
            yield "search does not have its words"
        yield from _reading_faults(cleaned, reading)

    def _reading(self, page: str) -> Reading | None:
        value = self._one(select(schema.readings.c.value).where(schema.readings.c.page == page))
        return None if value is None else rows.unpack(value, Reading)

    def entries(self) -> Iterator[Fault]:
        """Entries with the pages, mentions and entries they name, and what questions filter them by."""
        for row in self._all(select(schema.entries).order_by(schema.entries.c.id)):
            yield from _each("entry", row.id, self._entry(row))

    def _entry(self, row: Row[Any]) -> Iterator[str]:
        if rows.digest(row.value) != row.digest:
            yield "its value is not the one that was stored"
        entry = rows.from_json(row.value, Entry)
        if {**rows.entry_row(entry, row.number, row.value), "made_of": row.made_of} != row._asdict():
            yield "its columns are not those of its value"
        for table, made in (
            (schema.participants, rows.participant_rows(entry, row.number)),
            (schema.mentions, rows.mention_rows(entry, row.number)),
        ):
            stored = [
                found._asdict() for found in self._connection.execute(select(table).where(table.c.entry == row.number))
            ]
            if sorted(map(str, stored)) != sorted(str(dict(one)) for one in made):
                yield f"its {table.name} are not those of its value"
        words = self._one(select(schema.entry_text.c.words).where(schema.entry_text.c.rowid == row.number))
        if words != rows.entry_words(entry):
            yield "search does not have its words"
        for mention in entry.mentions:
            yield from self._mention(mention)
        yield from self._named(entry)

    def _mention(self, mention: Mention) -> Iterator[str]:
        """A mention leads to its page, and its words stand there."""
        event, reading = mention.event, self.reading(mention.page)
        if reading is None:
            yield f"{event.id} names the page {mention.page}, which is not there"
            return
        if event.id not in {one.id for one in reading.events}:
            yield f"{event.id} is not told by the page {mention.page}"
        said = [span.of(reading.text) for span in event.evidence]
        shown = [(told.span.of(reading.text), told.text) for told in mention.sentences]
        if said != list(mention.evidence) or any(there != here for there, here in shown):
            yield f"{event.id} does not stand on the page {mention.page} as it is told"

    def _named(self, entry: Entry) -> Iterator[str]:
        """What else the entry names is there."""
        mentions = {mention.event.id for mention in entry.mentions}
        yield from (f"its history names {one.mention}" for one in entry.history if one.mention not in mentions)
        values = (value.page for difference in entry.differences for value in difference.values)
        for page in sorted({*(source.page for source in entry.sources), *values}):
            if self.reading(page) is None:
                yield f"it names the page {page}, which is not there"
        for relation in entry.relations:
            if self._one(select(schema.entries.c.id).where(schema.entries.c.id == relation.id)) is None:
                yield f"it is {relation.kind} {relation.id}, which is not there"

    def rest(self) -> Iterator[Fault]:
        """Copies, stories, parties, decisions, redirects, and what linking has kept."""
        for row in self._all(select(schema.copies).order_by(schema.copies.c.page, schema.copies.c.of)):
            yield from _each("copy", f"{row.page} of {row.of}", self._copy(rows.from_json(row.value, Copy)))
        for row in self._all(select(schema.stories).order_by(schema.stories.c.id)):
            yield from _each("story", row.id, self._pages_there(rows.from_json(row.value, Story).pages))
        for row in self._all(select(schema.parties).order_by(schema.parties.c.id)):
            yield from _each("party", row.id, self._party(row))
        for row in self._all(select(schema.decisions).order_by(schema.decisions.c.number)):
            yield from _each("decision", str(row.number), _decision(row.value))
        for row in self._all(select(schema.redirects).order_by(schema.redirects.c.old)):
            if self._one(select(schema.entries.c.id).where(schema.entries.c.id == row.new)) is None:
                yield Fault("redirect", row.old, f"it leads to {row.new}, which is not there")
        for row in self._all(select(schema.traces).order_by(schema.traces.c.page, schema.traces.c.key)):
            yield from _each("trace", row.page, self._trace(row))
        for row in self._all(select(schema.blocks).order_by(schema.blocks.c.id)):
            yield from _each("block", row.id, self._block(row))

    def _copy(self, copy: Copy) -> Iterator[str]:
        yield from self._pages_there((copy.page, copy.of))
        taken, given = self.reading(copy.page), self.reading(copy.of)
        if taken and given:
            for here, there in copy.passages:
                if here.end > len(taken.text) or there.end > len(given.text):
                    yield "a passage lies outside the text"

    def _party(self, row: Row[Any]) -> Iterator[str]:
        record = rows.from_json(row.value, PartyRecord)
        if dict(rows.party_row(record)) != row._asdict():
            yield "its columns are not those of its value"
        for role in record.roles:
            reading = self.reading(role.page)
            if reading is None or role.span.end > len(reading.text):
                yield f"its office {role.office} does not stand on the page {role.page}"

    def _trace(self, row: Row[Any]) -> Iterator[str]:
        rows.inflate(row.value)
        yield from self._pages_there((row.page,))

    def _block(self, row: Row[Any]) -> Iterator[str]:
        pairs, _ = rows.from_json(row.value, tuple[list[tuple[str, str, int]], list[list[str]]])
        for mention in sorted({one for a, b, _ in pairs for one in (a, b)}):
            if self._one(select(schema.mentions.c.entry).where(schema.mentions.c.mention == mention)) is None:
                yield f"it holds the mention {mention}, which is in no entry"

    def _pages_there(self, pages: tuple[str, ...]) -> Iterator[str]:
        return (f"it names the page {page}, which is not there" for page in pages if self.reading(page) is None)

    def _all(self, query: Select[Any]) -> Iterator[Row[Any]]:
        yield from self._connection.execute(query, execution_options={"yield_per": BATCH})

    def _first(self, query: Select[Any]) -> Row[Any] | None:
        return self._connection.execute(query).first()

    def _one(self, query: Select[T]) -> T | None:
        return self._connection.execute(query).scalar()


def _each(kind: str, id: str, found: Iterator[str]) -> Iterator[Fault]:
    """The faults of one thing; what cannot be read at all is one, too."""
    try:
        for what in found:
            yield Fault(kind, id, what)
    except StoreError as error:
        yield Fault(kind, id, str(error))


def _article_faults(page: Page, article: Article) -> Iterator[str]:
    """The article's text stands on the page where its map says."""
    if article.page != page.id:
        yield f"its article is that of {article.page}"
    end = 0
    for segment in article.segments:
        if not end <= segment.text_start <= segment.text_end <= len(article.text):
            yield "the map of its article is out of order"
            return
        end = segment.text_end
        if page.form is not Form.HTML and segment.raw_start >= 0:
            here, there = article.text[segment.text_start : end], page.raw[segment.raw_start : segment.raw_end]
            if here != rows.no_surrogates(there):
                yield f"its article does not stand on it at {segment.raw_start}"
                return


def _reading_faults(article: Article, row: Row[Any]) -> Iterator[str]:
    reading = rows.unpack(row.value, Reading)
    made = dict(rows.reading_row(reading, row.package, row.knowledge))
    if made["digest"] != row.digest:
        yield "its reading is not the one that was stored"
    line = reading.dateline
    if (row.published, row.earliest, row.latest) != (iso(line.published), iso(line.earliest), iso(line.latest)):
        yield "the days of its reading are not those of its columns"
    if (reading.page, reading.text) != (article.page, article.text):
        yield "its reading is that of another text"
    outside = next((span for span in _spans(reading) if not 0 <= span.start < span.end <= len(reading.text)), None)
    if outside:
        yield f"its reading points at {outside.start}–{outside.end}, outside its text"


def _spans(value: object) -> Iterator[Span]:
    """Every span in a value, however deep, less those of words that stand elsewhere."""
    if isinstance(value, Span):
        yield value
    elif isinstance(value, tuple):
        for part in value:
            yield from _spans(part)
    elif isinstance(value, msgspec.Struct):
        for name in value.__struct_fields__:
            yield from _spans(getattr(value, name))


def _decision(value: str) -> Iterator[str]:
    rows.decision_of(value)
    yield from ()
