"""The bytes of one file, wherever it lay, to pages."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from depesche.errors import EmptyPage
from depesche.ingest.decode import refuse_form
from depesche.ingest.html import HTML_ENDINGS, html_page
from depesche.ingest.jsonl import JSON_FILES, JSON_LINES, record_pages
from depesche.ingest.sidecar import Note
from depesche.ingest.text import looks_like_html, text_page
from depesche.ingest.unpack import unpacked
from depesche.model.page import Page, Unread


class Origin(msgspec.Struct, frozen=True):
    """Where a file lay: its name, the readable name of its page, and its path for people."""

    name: str
    doc: str
    source: str


def holds_records(name: str) -> bool:
    """Whether a file of that name holds records, which tell themselves what a sidecar would."""
    return name.lower().endswith((*JSON_LINES, *JSON_FILES))


def file_pages(data: bytes, origin: Origin, note: Note | None, most: int) -> Iterator[Page | Unread]:
    """The page in a file, or one for each of its records; PageError where it is none.

    What is gzipped may unpack to so many bytes at `most`.
    """
    if data.startswith(b"\x1f\x8b"):
        data = unpacked(data, most)
    refuse_form(data)
    low = origin.name.lower()
    if holds_records(low):
        yield from record_pages(data, origin.doc, origin.source, low.endswith(JSON_FILES))
        return
    html = low.endswith(HTML_ENDINGS) or looks_like_html(data)
    page = (html_page if html else text_page)(data, origin.doc, origin.source, note)
    if not page.raw.strip():
        raise EmptyPage("the file is empty")
    yield page
