"""WARC archives to pages: what a crawler kept of the web, CC-NEWS among them.

An answer with status 200 that is HTML is a page; so are saved resources that are HTML, and the texts of WET files.
Everything else (requests, pictures, redirects, errors) is counted, by what it is.
"""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, BinaryIO, cast

from depesche.errors import PageError
from depesche.ingest.page import Origin
from depesche.ingest.unpack import Budget, Unpacking
from depesche.ingest.web import name_of, response_page
from depesche.model.page import Page, Unread
from depesche.model.response import HTML_TYPES, Response

if TYPE_CHECKING:
    from fastwarc.warc import WarcRecord

KINDS = 100
"""How many kinds of other records are told apart; further ones are counted together."""

CUT = "pages that the crawler cut off (read as far as they go)"
_MEDIA_TYPE = re.compile(r"[a-z]+/[a-z0-9.+-]{1,60}")
_CHUNKED = re.compile(rb"[0-9a-fA-F]{1,8}[ \t]*(?:;[^\r\n]{0,200})?\r\n")
_WEB = re.compile(r"https?://", re.IGNORECASE)


def warc_pages(
    file: BinaryIO, origin: Origin, budget: Budget, most: int, others: Counter[str]
) -> Iterator[Page | Unread]:
    """The pages of a WARC archive in its order, and those that cannot be read.

    What is no page is counted in `others`. A page may have `most` bytes. Where the archive is damaged, what follows is
    lost and told as one Unread.
    """
    number = 0
    try:
        for number, record in enumerate(_records(Unpacking(file, budget)), 1):
            where = Origin(origin.name, f"{origin.doc}-{number}", f"{origin.source}, record {number}")
            try:
                page = _page(record, where, most, others)
            except PageError as error:
                yield Unread(where.doc, where.source, str(error))
            else:
                if page:
                    yield page
        if not number:
            raise PageError("there is no record in it")
    except PageError as error:
        after = f"after record {number}" if number else "from its start"
        yield Unread(origin.doc, origin.source, f"the WARC archive cannot be read {after}: {error}")


class _Pieces:
    """A stream as FastWARC reads it: ahead of the records, so that it must get what stands before a fault first."""

    def __init__(self, stream: Unpacking) -> None:
        self.read = stream.read_some
        self.seek = stream.seek
        self.tell = stream.tell


def _records(stream: Unpacking) -> Iterator[WarcRecord]:
    """The records, each to be read before the next is taken; PageError where the archive is damaged."""
    try:
        from fastwarc.warc import ArchiveIterator
    except ModuleNotFoundError as error:
        raise PageError("FastWARC is missing; the extra `warc` brings it (pip install 'depesche[warc]')") from error
    try:
        for record in ArchiveIterator(cast("BinaryIO", _Pieces(stream)), stream_detect=False):
            if not record.headers.get("WARC-Type"):
                raise PageError("the head of a record is cut off or damaged")
            yield record
    except PageError:
        raise
    except (OSError, ValueError, EOFError) as error:
        raise PageError(f"it is damaged: {error}") from error
    except BaseException as error:
        if type(error).__name__ != "PanicException":  # how its Rust fails, which is no Exception
            raise
        raise PageError("FastWARC fails on it") from error


def _page(record: WarcRecord, where: Origin, most: int, others: Counter[str]) -> Page | None:
    """The page in a record; None where it holds something else, which is then counted."""
    try:
        kind, media = str(record.record_type), _media_type(record)
        other = _other(record, kind, media)
        if other:
            others[other if other in others or len(others) < KINDS else "other records"] += 1
            return None
        if record.headers.get("WARC-Truncated"):
            others[CUT] += 1
        response = Response(
            _address(record), 200, (("content-type", _told_type(record)),), _body(record, most), _day(record)
        )
    except (OSError, ValueError) as error:
        raise PageError(f"the record is damaged: {error}") from error
    named = Origin(where.name, name_of(response.url), where.source) if response.url else where
    return response_page(response, named.doc, named.source)


def _other(record: WarcRecord, kind: str, media: str) -> str:
    """What a record is that holds no page; "" for one that does."""
    if kind == "conversion":
        return "" if media == "text/plain" else f"conversions to {media}"
    if kind not in ("response", "resource"):
        return f"{kind} records"
    if kind == "response":
        if not record.is_http or not _WEB.match(_address(record)):
            return "answers of other protocols"
        status = record.http_headers.status_code if record.http_headers is not None else None
        if status != 200:
            return f"answers with status {status}" if status else "answers without a status"
    return "" if media in HTML_TYPES or not media else media


def _told_type(record: WarcRecord) -> str:
    """The media type with its parameters: that of the answer, or of the record where there is none."""
    told = record.http_headers.get("Content-Type") if record.is_http and record.http_headers is not None else None
    return (told if record.is_http else record.headers.get("Content-Type")) or ""


def _media_type(record: WarcRecord) -> str:
    media = _told_type(record).partition(";")[0].strip().lower()
    return media if not media or _MEDIA_TYPE.fullmatch(media) else "an odd media type"


def _address(record: WarcRecord) -> str:
    return (record.headers.get("WARC-Target-URI") or "").strip().strip("<>")


def _day(record: WarcRecord) -> str | None:
    return record.headers.get("WARC-Date")


def _body(record: WarcRecord, most: int) -> bytes:
    """What was sent, decoded; PageError where it is cut off, damaged or too large."""
    told = record.content_length
    if told > most:
        raise PageError(f"it has {told:,} bytes; at most {most:,} are read")
    body = record.reader.read(most + 1)
    if len(body) != told:
        raise PageError(f"it is cut off after {len(body):,} of {told:,} bytes")
    return _decoded(body, record, most) if record.is_http and record.http_headers is not None else body


def _decoded(body: bytes, record: WarcRecord, most: int) -> bytes:
    """The body without the codings it was sent in, if it looks so: many crawlers undo them and leave the headers."""
    from fastwarc import stream_io

    headers = record.http_headers
    if "chunked" in (headers.get("Transfer-Encoding") or "").lower() and _CHUNKED.match(body):
        body = _bounded(stream_io.ChunkedReader(io.BytesIO(body)), most)
    for coding in reversed((headers.get("Content-Encoding") or "").lower().replace(" ", "").split(",")[:3]):
        reader: Any = None
        if coding in ("gzip", "x-gzip") and body.startswith(b"\x1f\x8b"):
            reader = stream_io.GzipReader(io.BytesIO(body))
        elif coding == "br" and b"<" not in body[:100]:
            reader = stream_io.BrotliReader(io.BytesIO(body))
        elif coding == "zstd" and body.startswith(b"(\xb5/\xfd"):
            reader = stream_io.ZstdReader(io.BytesIO(body))
        elif coding == "deflate" and body[:1] == b"x":
            reader = stream_io.GzipReader(io.BytesIO(body), zlib=True)
        body = _bounded(reader, most) if reader else body
    return body


def _bounded(reader: Any, most: int) -> bytes:
    body = bytes(reader.read(most + 1))
    if len(body) > most:
        raise PageError(f"it unpacks to more than {most:,} bytes")
    return body
