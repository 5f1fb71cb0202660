"""What a web server answered, to a page: from an archive of the web, or fetched just now."""

from __future__ import annotations

import hashlib
import json
import re
from urllib.parse import unquote

from depesche.errors import EmptyPage
from depesche.ingest.decode import decode, refuse_form
from depesche.ingest.sidecar import Note, identity, iso_prefix
from depesche.ingest.text import looks_like_html
from depesche.model.page import Form, Metadata, Page
from depesche.model.response import HTML_TYPES, Response

_CHARSET = re.compile(r"charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE)
LONGEST_NAME = 200


def response_page(response: Response, doc: str, source: str) -> Page:
    """The page in an answer; PageError where it is empty or holds something else.

    Its identity takes in what the server told of it: the same bytes at another address, or of another day, are
    another page, and linking finds them to be copies.
    """
    refuse_form(response.body)
    charset = _charset(response)
    html = response.media_type in HTML_TYPES or looks_like_html(response.body)
    raw = decode(response.body, html, charset)
    if not raw.strip():
        raise EmptyPage("the page is empty")
    metadata = Metadata(url=response.url, fetched=iso_prefix(response.fetched))
    told = {"url": response.url, "fetched": metadata.fetched, "charset": charset}
    note = Note(metadata, json.dumps({key: value for key, value in told.items() if value}, sort_keys=True).encode())
    return Page(identity(response.body, note), doc, Form.HTML if html else Form.TEXT, raw, source, metadata)


def name_of(url: str) -> str:
    """A page's readable name: its address without scheme and fragment, cut where it is long."""
    bare = url.partition("#")[0].partition("://")[2] or url
    name = " ".join(unquote(bare, errors="replace").split()).rstrip("/")
    if len(name) <= LONGEST_NAME:
        return name
    return f"{name[:LONGEST_NAME]}~{hashlib.sha256(url.encode('utf-8', 'replace')).hexdigest()[:8]}"


def _charset(response: Response) -> str:
    match = _CHARSET.search(response.header("content-type")[:1000])
    return match[1].lower() if match else ""
