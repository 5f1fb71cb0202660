"""HTML files to pages: the source as it is; cleaning parses it."""

from __future__ import annotations

from depesche.ingest.decode import decode
from depesche.ingest.sidecar import Note, identity
from depesche.model.page import Form, Metadata, Page

HTML_ENDINGS = (".html", ".htm", ".xhtml", ".html.gz", ".htm.gz", ".xhtml.gz")


def html_page(data: bytes, doc: str, source: str, note: Note | None) -> Page:
    """A page of HTML."""
    metadata = note.metadata if note else Metadata()
    return Page(identity(data, note), doc, Form.HTML, decode(data, is_html=True), source, metadata)
