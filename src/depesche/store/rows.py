"""Structs as rows, and rows as Structs."""

from __future__ import annotations

import hashlib
import re
import unicodedata
import zlib
from collections.abc import Mapping
from typing import Any, TypeAlias, TypeVar

import msgspec
from sqlalchemy import Row

from depesche.errors import StoreError
from depesche.model.days import iso
from depesche.model.decisions import AnyDecision
from depesche.model.linkage import Entry
from depesche.model.page import Article, Form, Metadata, Page, Unread
from depesche.model.parties import PartyRecord
from depesche.model.reading import Participant, Reading

Cells: TypeAlias = Mapping[str, str | bytes | int | None]
"""The columns of one row to be written."""

T = TypeVar("T")

NO_DAY = "9999"

_SURROGATE = re.compile("[\ud800-\udfff]")
_NO_COLUMN = re.compile("[\0\ud800-\udfff]")
_NO_LETTER = re.compile(r"[\W_]+")


def to_json(value: object) -> str:
    """The value as JSON; a lone surrogate, which no file can hold, becomes U+FFFD and keeps every offset."""
    try:
        return msgspec.json.encode(value, order="deterministic").decode()
    except UnicodeEncodeError:
        # Back into its own type: keys stand in the order of its fields then, as they will when it is read and checked.
        whole = msgspec.convert(_whole(msgspec.to_builtins(value)), type(value))
        return msgspec.json.encode(whole, order="deterministic").decode()


def _whole(value: object) -> object:
    if isinstance(value, str):
        return no_surrogates(value)
    if isinstance(value, list | tuple):
        return [_whole(item) for item in value]
    if isinstance(value, dict):
        return {_whole(key): _whole(item) for key, item in value.items()}
    return value


def no_surrogates(text: str) -> str:
    """The text with lone surrogates replaced one by one."""
    return _SURROGATE.sub("\ufffd", text)


def whole(text: str) -> str:
    """The text as a column can hold it: lone surrogates and, which PostgreSQL refuses, NUL are replaced one by one."""
    return _NO_COLUMN.sub("\ufffd", text)


def from_json(value: str | bytes, shape: type[T]) -> T:
    """The value back from its JSON; StoreError where another version wrote it differently."""
    try:
        return msgspec.json.decode(value, type=shape)
    except msgspec.MsgspecError as error:
        raise StoreError(f"a stored {shape.__name__} cannot be read ({error}); build again to renew it") from error


def pack(value: object) -> bytes:
    """The value as compressed JSON."""
    return zlib.compress(to_json(value).encode())


def unpack(data: bytes, shape: type[T]) -> T:
    """The value back from its compressed JSON."""
    return from_json(inflate(data), shape)


def inflate(data: bytes) -> bytes:
    """What was compressed; StoreError where it is damaged."""
    try:
        return zlib.decompress(data)
    except zlib.error as error:
        raise StoreError("a stored value is damaged; restore a copy of the store, or build into a new file") from error


def digest(text: str | bytes) -> str:
    """A digest by which two stored values are told apart."""
    return hashlib.sha256(text.encode() if isinstance(text, str) else text).hexdigest()[:32]


def fold(text: str) -> str:
    """The text as search sees it: small letters, digits and single blanks."""
    return _NO_LETTER.sub(" ", unicodedata.normalize("NFKC", text).casefold()).strip()


def page_row(page: Page) -> Cells:
    """The row of a page; its characters are kept exactly, lone surrogates too."""
    raw = page.raw.encode("utf-8", "surrogatepass")
    return {
        "id": page.id,
        "doc": whole(page.doc),
        "source": whole(page.source),
        "form": page.form.value,
        "metadata": to_json(page.metadata),
        "digest": digest(raw),
        "raw": zlib.compress(raw),
    }


def page_of(row: Row[Any, Any, Any, Any, Any, Any]) -> Page:
    """The page of a row (id, doc, source, form, metadata, raw)."""
    id, doc, source, form, metadata, raw = row
    characters = inflate(raw).decode("utf-8", "surrogatepass")
    return Page(id, doc, Form(form), characters, source, from_json(metadata, Metadata))


def article_row(article: Article) -> Cells:
    """The row of an article."""
    return {"page": article.page, "value": pack(article)}


def reading_row(reading: Reading, package_version: str, knowledge: str) -> Cells:
    """The row of a reading with the versions that made it."""
    value = to_json(reading)
    line = reading.dateline
    return {
        "page": reading.page,
        "package": package_version,
        "knowledge": knowledge,
        "digest": digest(value),
        "published": iso(line.published),
        "earliest": iso(line.earliest),
        "latest": iso(line.latest),
        "value": zlib.compress(value.encode()),
    }


class PageRows(msgspec.Struct, frozen=True):
    """A page with what was read from it, as it is stored: the rows of four tables, made where the page was read."""

    page: Cells
    article: Cells
    words: Cells
    reading: Cells


def rows_of_page(page: Page, article: Article, reading: Reading, package_version: str, knowledge: str) -> PageRows:
    """A page with what these versions read from it, ready to be stored."""
    return PageRows(
        page_row(page),
        article_row(article),
        {"page": page.id, "words": page_words(article)},
        reading_row(reading, package_version, knowledge),
    )


def unread_row(unread: Unread) -> Cells:
    """The row of an input that could not be read."""
    return {"source": whole(unread.source), "doc": whole(unread.doc), "reason": whole(unread.reason)}


def entry_row(entry: Entry, number: int, value: str) -> Cells:
    """The row of an entry; `value` is its JSON, which the caller has already."""
    return {
        "number": number,
        "id": entry.id,
        "digest": digest(value),
        "type": entry.type,
        "status": entry.status.value,
        "first": iso(entry.days.first),
        "last": iso(entry.days.last),
        "place_in_time": place_in_time(entry),
        "title": whole(entry.title),
        "value": value,
    }


def place_in_time(entry: Entry) -> str:
    """Sorts entries by first day, then last day; what has no day comes last."""
    first, last = iso(entry.days.first), iso(entry.days.last)
    return f"{first or last or NO_DAY} {last or NO_DAY}"


def page_words(article: Article) -> str:
    """What a search for words in pages looks at: title and text, folded."""
    return fold(f"{article.title or ''}\n{whole(article.text)}")


def entry_words(entry: Entry) -> str:
    """What a search for words looks at: title and evidence, folded."""
    return fold("\n".join([entry.title, *(said for mention in entry.mentions for said in mention.evidence)]))


def participant_rows(entry: Entry, number: int) -> list[Cells]:
    """A row for each party of the entry, with every name and wording that any mention has for it."""
    told = [inside.participant for inside in entry.participants]
    told += [party for mention in entry.mentions for party in mention.event.parties]
    parties: dict[str, list[Participant]] = {}
    for party in told:
        parties.setdefault(party.id or party.name, []).append(party)
    return [_participant_row(number, position, same) for position, same in enumerate(parties.values())]


def _participant_row(number: int, position: int, same: list[Participant]) -> Cells:
    first = same[0]
    wordings = sorted({fold(word) for party in same for word in (party.name, party.text)})
    return {
        "entry": number,
        "position": position,
        "name": whole(first.name),
        "party": whole(first.id),
        "country": next((party.country for party in same if party.country), None),
        # Blanks around every word, and two between wordings, so that whole words can be asked for.
        "words": f" {'  '.join(wordings)} ",
    }


def mention_rows(entry: Entry, number: int) -> list[Cells]:
    """A row for each mention of the entry."""
    pages = {mention.event.id: mention.page for mention in entry.mentions}
    return [{"entry": number, "mention": id, "page": page} for id, page in pages.items()]


def party_row(record: PartyRecord) -> Cells:
    """The row of a party; `words` are its names and spellings, folded, with blanks around every word."""
    names = sorted({fold(name) for name in (record.name, *(one.text for one in record.spellings))})
    return {"id": whole(record.id), "words": f" {'  '.join(names)} ", "value": to_json(record)}


def decision_of(value: str) -> AnyDecision:
    """A decision back from its JSON."""
    try:
        decision: AnyDecision = msgspec.json.decode(value, type=AnyDecision)
    except msgspec.MsgspecError as error:
        raise StoreError(f"a stored decision cannot be read ({error})") from error
    return decision
