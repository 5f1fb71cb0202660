"""JSON records to pages: our own fields, and those of news-please, trafilatura and Fundus."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping

from depesche.errors import BrokenRecord, EmptyPage
from depesche.ingest.decode import decode
from depesche.ingest.sidecar import identity, iso_prefix
from depesche.model.page import Form, Metadata, Page, Unread

JSON_LINES = (".jsonl", ".ndjson", ".jsonl.gz")
JSON_FILES = (".json", ".json.gz")

# The first field that holds something wins. Own names come first, then news-please, trafilatura, Fundus.
_DOC = ("doc", "id")
_TEXT = ("text", "maintext", "plaintext", "raw_text")
_FIELDS = {
    "url": ("url", "source_url", "source"),
    "outlet": ("outlet", "sitename", "source_domain", "source-hostname", "hostname", "publisher"),
    "published": ("published", "date_publish", "publishing_date", "date"),
    "modified": ("modified", "date_modify"),
    "fetched": ("fetched", "date_download", "crawl_date", "filedate"),
    "title": ("title",),
    "language": ("language", "lang"),
}
_AUTHORS = ("authors", "author")
_SURROGATE = re.compile("[\ud800-\udfff]")


def record_pages(data: bytes, doc: str, source: str, one: bool) -> Iterator[Page | Unread]:
    """A page for each line that holds a record; for `one` object or a list of them, of the whole file."""
    for label, raw in _raw_records(data, one):
        try:
            yield _page(raw, f"{doc}-{label}" if label else doc, source)
        except (BrokenRecord, EmptyPage) as error:
            where = f"{source}, {'record' if one else 'line'} {label}" if label else source
            yield Unread(f"{doc}-{label}" if label else doc, source, f"{where}: {error}")


def _raw_records(data: bytes, one: bool) -> Iterator[tuple[str, bytes]]:
    if not one:
        for number, line in enumerate(data.split(b"\n"), 1):
            if line.strip(b" \t\r\n\xef\xbb\xbf"):
                yield str(number), line
        return
    found = _load(data) if data.lstrip(b" \t\r\n\xef\xbb\xbf")[:1] == b"[" else None
    if not isinstance(found, list):
        yield "", data
        return
    for number, record in enumerate(found, 1):
        yield str(number), json.dumps(record, ensure_ascii=True, sort_keys=True).encode()


def _load(raw: bytes) -> object:
    try:
        return json.loads(decode(raw))
    except (ValueError, RecursionError):
        return None


def _page(raw: bytes, doc: str, source: str) -> Page:
    record = _load(raw)
    if not isinstance(record, dict):
        raise BrokenRecord("not a JSON object")
    text = _text(record)
    if not text.strip():
        raise EmptyPage(f"no text in it; one of {', '.join((*_TEXT, 'body'))} should hold some")
    found = {name: _first(record, fields) for name, fields in _FIELDS.items()}
    url = found["url"] or ""
    metadata = Metadata(
        url=url if re.match(r"https?://|[\w-]+\.[\w.-]+/", url) else None,
        outlet=found["outlet"],
        published=iso_prefix(found["published"]),
        modified=iso_prefix(found["modified"]),
        fetched=iso_prefix(found["fetched"]),
        title=found["title"],
        authors=_authors(record),
        language=found["language"],
    )
    return Page(identity(raw.strip(), None), _first(record, _DOC) or doc, Form.RECORD, text, source, metadata)


def _text(record: Mapping[str, object]) -> str:
    for field in _TEXT:
        value = record.get(field)
        if isinstance(value, str) and value.strip():
            return _SURROGATE.sub("\ufffd", value)
    body = record.get("body")
    return _SURROGATE.sub("\ufffd", body if isinstance(body, str) else "\n\n".join(_body(body)))


def _body(body: object) -> Iterator[str]:
    """The paragraphs of a Fundus body: its summary, then headline and paragraphs of each section."""
    if not isinstance(body, dict):
        return
    yield from _strings(body.get("summary"))
    sections = body.get("sections")
    for section in sections if isinstance(sections, list) else []:
        if isinstance(section, dict):
            yield from _strings(section.get("headline"))
            yield from _strings(section.get("paragraphs"))


def _strings(value: object) -> Iterator[str]:
    for part in value if isinstance(value, list) else [value]:
        if isinstance(part, str) and part.strip():
            yield part


def _first(record: Mapping[str, object], fields: tuple[str, ...]) -> str | None:
    for field in fields:
        value = record.get(field)
        if isinstance(value, int) and not isinstance(value, bool) and field in _DOC:
            return str(value)
        if isinstance(value, str) and value.strip():
            return " ".join(_SURROGATE.sub("\ufffd", value).split())
    return None


def _authors(record: Mapping[str, object]) -> tuple[str, ...]:
    for field in _AUTHORS:
        value = record.get(field)
        parts = value.split(";") if isinstance(value, str) else value if isinstance(value, list) else []
        names = [part.get("name") if isinstance(part, dict) else part for part in parts]
        found = [" ".join(_SURROGATE.sub("\ufffd", name).split()) for name in names if isinstance(name, str)]
        if any(found):
            return tuple(dict.fromkeys(name for name in found if name))
    return ()
