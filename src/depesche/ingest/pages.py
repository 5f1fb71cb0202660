"""Everything that was named, as pages."""

from __future__ import annotations

import stat
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path, PurePosixPath
from typing import BinaryIO, TypeAlias

import msgspec

from depesche.errors import PageError, UnsupportedForm
from depesche.ingest.archive import archive_pages
from depesche.ingest.decode import refuse_ending
from depesche.ingest.folder import ARCHIVE_ENDINGS, SIDECAR_TABLE, Found, find_files
from depesche.ingest.jsonl import JSON_FILES, JSON_LINES
from depesche.ingest.members import Member, Read, tar_members, zip_members
from depesche.ingest.page import Origin, file_pages, holds_records
from depesche.ingest.sidecar import Note, find_note, read_table
from depesche.ingest.unpack import Budget, Unpacking
from depesche.ingest.warc import warc_pages
from depesche.model.page import Page, PassedOver, Unread


class Limits(msgspec.Struct, frozen=True):
    """How large a file, and what a gzip file or a member of an archive unpacks to, may be, in bytes.

    An archive may have `archive` bytes and `members` members (WARC: any number), and unpack to `ratio` times its own
    size, or to `unpacked` if that is more.
    """

    file: int = 50_000_000
    unpacked: int = 64_000_000
    archive: int = 20_000_000_000
    members: int = 100_000
    ratio: int = 200


Heard: TypeAlias = Callable[[PassedOver], None]
"""Hears what an archive holds besides pages."""


def _unheard(passed: PassedOver) -> None:
    """For who does not ask what archives hold besides pages."""


def read(paths: Sequence[Path], limits: Limits = Limits(), heard: Heard = _unheard) -> Iterator[Page | Unread]:
    """Every page under the paths, once, in the order of their names; inputs that cannot be read, with the reason.

    Raises UsageError at once for a path that is not there and for an empty folder. A page met twice is one
    page: the one whose name comes first. Archives are streamed; what they hold besides pages is told to `heard`.
    """
    return _once(_read_all(find_files(paths), limits, heard))


def expected(paths: Sequence[Path]) -> int | None:
    """How many pages the paths hold, for a progress bar; None where only reading them tells. UsageError as `read`."""
    files = find_files(paths)
    many = any(file.path.name.lower().endswith((*ARCHIVE_ENDINGS, *JSON_LINES, *JSON_FILES)) for file in files)
    return None if many else len(files)


def _once(found: Iterator[Page | Unread]) -> Iterator[Page | Unread]:
    seen: set[str] = set()
    for one in found:
        if isinstance(one, Page):
            if one.id in seen:
                continue
            seen.add(one.id)
        yield one


def _read_all(files: Sequence[Found], limits: Limits, heard: Heard) -> Iterator[Page | Unread]:
    tables: dict[Path, Mapping[str, Note]] = {}
    beside = {file.path.parent: PurePosixPath(file.relative).with_name(SIDECAR_TABLE).as_posix() for file in files}
    for folder, source in sorted(beside.items()):
        try:
            tables[folder] = read_table(folder)
        except PageError as error:
            yield Unread(f"{folder.name}/{SIDECAR_TABLE}", source, str(error))
    for file in files:
        origin = Origin(file.path.name, file.doc, file.relative)
        try:
            refuse_ending(file.path.name)
            yield from _read_file(file, origin, tables, limits, heard)
        except PageError as error:
            yield Unread(file.doc, file.relative, str(error))


def _read_file(
    file: Found, origin: Origin, tables: Mapping[Path, Mapping[str, Note]], limits: Limits, heard: Heard
) -> Iterator[Page | Unread]:
    size = _size(file.path)
    match _kind(file.path):
        case "":
            yield from _read_plain(file, origin, size, tables, limits)
        case kind:
            if size > limits.archive:
                raise PageError(f"the archive has {size:,} bytes; at most {limits.archive:,} are read")
            yield from _read_archive(file, origin, kind, size, limits, heard)


def _read_plain(
    file: Found, origin: Origin, size: int, tables: Mapping[Path, Mapping[str, Note]], limits: Limits
) -> Iterator[Page | Unread]:
    if size > limits.file:
        raise PageError(f"the file has {size:,} bytes; at most {limits.file:,} are read")
    with _opened(file.path) as opened:
        data = opened.read(limits.file + 1)
    note, complaint = (None, None) if holds_records(origin.name) else _note(file, tables)
    if complaint:
        yield complaint
    yield from file_pages(data, origin, note, limits.unpacked)


def _read_archive(
    file: Found, origin: Origin, kind: str, size: int, limits: Limits, heard: Heard
) -> Iterator[Page | Unread]:
    most = max(limits.unpacked, size * limits.ratio)

    def walk() -> Iterator[tuple[Member, Read]]:
        members = zip_members if kind == "zip" else tar_members
        with _opened(file.path) as opened:
            yield from members(opened, Budget(most, "the archive"), limits.members)

    if kind != "warc":
        yield from archive_pages(walk, origin, limits.unpacked)
        return
    others = Counter[str]()
    with _opened(file.path) as opened:
        yield from warc_pages(opened, origin, Budget(most, "the archive"), limits.unpacked, others)
    if others:
        heard(PassedOver(origin.source, tuple(sorted(others.items(), key=lambda one: (-one[1], one[0])))))


def _kind(path: Path) -> str:
    """Which kind of archive a file is, by its name or its first bytes: warc, tar, zip, or "" for none."""
    low = path.name.lower()
    for kind, endings in _ARCHIVES.items():
        if low.endswith(endings):
            return kind
    with _opened(path) as opened:
        try:
            head = Unpacking(opened, Budget(10_000_000, "the file")).read(512)
        except PageError:  # told by whoever reads the file
            return ""
    if head.startswith(b"WARC/"):
        return "warc"
    if head[257:262] == b"ustar":
        return "tar"
    return "zip" if head.startswith((b"PK\x03\x04", b"PK\x05\x06")) else ""


_ARCHIVES = {
    "warc": (".warc", ".warc.gz"),
    "tar": (".tar", ".tar.gz", ".tgz", ".tar.bz2", ".tbz2", ".tar.xz", ".txz"),
    "zip": (".zip",),
}


def _note(file: Found, tables: Mapping[Path, Mapping[str, Note]]) -> tuple[Note | None, Unread | None]:
    """What the sidecar says; a broken one is listed, and its page is read without it."""
    try:
        return find_note(file.path, tables), None
    except PageError as error:
        return None, Unread(f"{file.doc} (sidecar)", file.relative, str(error))


def _size(path: Path) -> int:
    try:
        status = path.stat()
    except OSError as error:
        raise PageError(f"cannot be opened: {error.strerror or error}") from error
    if not stat.S_ISREG(status.st_mode):
        raise UnsupportedForm("not a regular file")
    return status.st_size


def _opened(path: Path) -> BinaryIO:
    try:
        return path.open("rb")
    except OSError as error:
        raise PageError(f"cannot be opened: {error.strerror or error}") from error
