"""Everything that was named, as pages."""

from __future__ import annotations

import gzip
import io
import stat
import zlib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path, PurePosixPath

import msgspec

from depesche.errors import EmptyPage, PageError, UnsupportedForm
from depesche.ingest.decode import refuse_ending, refuse_form
from depesche.ingest.folder import SIDECAR_TABLE, Found, find_files
from depesche.ingest.html import HTML_ENDINGS, html_page
from depesche.ingest.jsonl import JSON_FILES, JSON_LINES, record_pages
from depesche.ingest.sidecar import Note, find_note, read_table
from depesche.ingest.text import looks_like_html, text_page
from depesche.model.page import Page, Unread


class Limits(msgspec.Struct, frozen=True):
    """How large a file, and what a gzip file unpacks to, may be."""

    file: int = 50_000_000
    unpacked: int = 64_000_000


def read(paths: Sequence[Path], limits: Limits = Limits()) -> Iterator[Page | Unread]:
    """Every page under the paths, once, in the order of their names; inputs that cannot be read, with the reason.

    Raises UsageError at once for a path that is not there and for an empty folder. A page met twice is one
    page: the one whose name comes first.
    """
    return _once(_read_all(find_files(paths), limits))


def _once(found: Iterator[Page | Unread]) -> Iterator[Page | Unread]:
    seen: set[str] = set()
    for one in found:
        if isinstance(one, Page):
            if one.id in seen:
                continue
            seen.add(one.id)
        yield one


def _read_all(files: Sequence[Found], limits: Limits) -> Iterator[Page | Unread]:
    tables: dict[Path, Mapping[str, Note]] = {}
    beside = {file.path.parent: PurePosixPath(file.relative).with_name(SIDECAR_TABLE).as_posix() for file in files}
    for folder, source in sorted(beside.items()):
        try:
            tables[folder] = read_table(folder)
        except PageError as error:
            yield Unread(f"{folder.name}/{SIDECAR_TABLE}", source, str(error))
    for file in files:
        yield from _read_file(file, tables, limits)


def _read_file(file: Found, tables: Mapping[Path, Mapping[str, Note]], limits: Limits) -> Iterator[Page | Unread]:
    try:
        refuse_ending(file.path.name)
        data = _bytes(file.path, limits)
        low = file.path.name.lower()
        refuse_form(data)
        if low.endswith((*JSON_LINES, *JSON_FILES)):
            yield from record_pages(data, file.doc, file.relative, low.endswith(JSON_FILES))
            return
        note, complaint = _note(file, tables)
        if complaint:
            yield complaint
        html = low.endswith(HTML_ENDINGS) or looks_like_html(data)
        page = (html_page if html else text_page)(data, file.doc, file.relative, note)
        if not page.raw.strip():
            raise EmptyPage("the file is empty")
        yield page
    except PageError as error:
        yield Unread(file.doc, file.relative, str(error))


def _note(file: Found, tables: Mapping[Path, Mapping[str, Note]]) -> tuple[Note | None, Unread | None]:
    """What the sidecar says; a broken one is listed, and its page is read without it."""
    try:
        return find_note(file.path, tables), None
    except PageError as error:
        return None, Unread(f"{file.doc} (sidecar)", file.relative, str(error))


def _bytes(path: Path, limits: Limits) -> bytes:
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            raise UnsupportedForm("not a regular file")
        if status.st_size > limits.file:
            raise PageError(f"the file has {status.st_size:,} bytes; at most {limits.file:,} are read")
        data = path.read_bytes()
    except OSError as error:
        raise PageError(f"cannot be opened: {error.strerror or error}") from error
    return _unpacked(data, limits) if data.startswith(b"\x1f\x8b") else data


def _unpacked(data: bytes, limits: Limits) -> bytes:
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(data)) as file:
            unpacked = file.read(limits.unpacked + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise PageError(f"the gzip file is damaged: {error}") from error
    if len(unpacked) > limits.unpacked:
        raise PageError(f"the gzip file unpacks to more than {limits.unpacked:,} bytes")
    return unpacked
