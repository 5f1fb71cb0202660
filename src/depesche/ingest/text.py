"""Text and HTML files to pages."""

from __future__ import annotations

import re

from depesche.ingest.decode import decode
from depesche.ingest.sidecar import Note, identity
from depesche.model.page import Form, Metadata, Page

_HTML_STARTS = re.compile(
    rb"\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--.{0,2000}?-->\s*)?<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)


def looks_like_html(data: bytes) -> bool:
    """Whether the bytes begin as an HTML page does, whatever the file is called."""
    return _HTML_STARTS.match(data[:4096].removeprefix(b"\xef\xbb\xbf")) is not None


def text_page(data: bytes, doc: str, source: str, note: Note | None) -> Page:
    """A page of plain text: its characters as they are."""
    return Page(identity(data, note), doc, Form.TEXT, decode(data), source, note.metadata if note else Metadata())
