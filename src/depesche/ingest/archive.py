"""Zip and tar archives to pages: as if the archive were a folder, read without unpacking it to the disk.

An archive is walked twice. The first walk learns the names and reads the sidecars, which may lie behind the pages they
tell of; the second reads the pages.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from pathlib import PurePosixPath
from typing import TypeAlias

import msgspec

from depesche.errors import PageError
from depesche.ingest.decode import refuse_ending
from depesche.ingest.folder import ARCHIVE_ENDINGS, SIDECAR_ENDING, SIDECAR_TABLE, is_sidecar, without_ending
from depesche.ingest.members import Member, Read
from depesche.ingest.page import Origin, file_pages, holds_records
from depesche.ingest.sidecar import LARGEST, Note, note_of, table_of
from depesche.model.page import Page, Unread

Walk: TypeAlias = Callable[[], Iterator[tuple[Member, Read]]]
"""Begins a walk through an archive."""

NOTES = 64_000_000
"""Bytes of sidecars that are read of one archive, for they are all held at once."""


class _Survey(msgspec.Struct):
    """What the first walk found: how often each name without ending occurs, and the sidecars by path."""

    names: Counter[str]
    notes: dict[str, Note]
    tables: dict[str, Mapping[str, Note]]
    complaints: list[Unread]
    room: int = NOTES
    whole: bool = False


def archive_pages(walk: Walk, origin: Origin, most: int) -> Iterator[Page | Unread]:
    """The pages in an archive, in its order, and what cannot be read. A member may have `most` bytes."""
    survey = _surveyed(walk, origin)
    yield from survey.complaints
    if survey.whole and not survey.names:
        yield Unread(origin.doc, origin.source, "the archive holds no page; put .html, .txt or .jsonl files into it")
        return
    try:
        for member, read in walk():
            if not _passed_over(member.path):
                yield from _member_pages(member, read, origin, survey, most)
    except PageError as error:
        yield Unread(origin.doc, origin.source, str(error))


def _passed_over(path: str) -> bool:
    """Whether a folder's reader would leave the file alone, too: it is hidden, or a sidecar."""
    parts = path.split("/")
    return is_sidecar(parts[-1]) or any(part.startswith(".") and part not in (".", "..") for part in parts)


def _surveyed(walk: Walk, origin: Origin) -> _Survey:
    survey = _Survey(Counter(), {}, {}, [])
    try:
        for member, read in walk():
            if is_sidecar(PurePosixPath(member.path).name):
                _take_sidecar(member, read, origin, survey)
            elif not _passed_over(member.path):
                survey.names[_bare(member.path)] += 1
    except PageError:
        return survey  # the second walk comes to the same place and tells of it
    survey.whole = True
    return survey


def _take_sidecar(member: Member, read: Read, origin: Origin, survey: _Survey) -> None:
    path = PurePosixPath(member.path)
    try:
        if member.trouble:
            raise PageError(f"{path.name}: {member.trouble}")
        data = read(min(LARGEST, survey.room) + 1)
        survey.room -= len(data)
        if survey.room < 0:
            raise PageError(f"{path.name}: the sidecars of the archive have more than {NOTES:,} bytes together")
        if path.name == SIDECAR_TABLE:
            survey.tables[str(path.parent)] = table_of(data)
        else:
            survey.notes[str(path)] = note_of(data, path.name)
    except PageError as error:
        inside = f"{origin.source}/{member.path}"
        survey.complaints.append(Unread(f"{origin.doc}/{member.path} (sidecar)", inside, str(error)))


def _member_pages(member: Member, read: Read, archive: Origin, survey: _Survey, most: int) -> Iterator[Page | Unread]:
    bare = _bare(member.path)
    name = bare if survey.names[bare] < 2 else _tidy(member.path)
    origin = Origin(member.path, f"{archive.doc}/{name}", f"{archive.source}/{_tidy(member.path)}")
    try:
        if member.trouble:
            raise PageError(member.trouble)
        _refuse_archive(member.path)
        refuse_ending(member.path)
        if member.size > most:
            raise PageError(f"it has {member.size:,} bytes; at most {most:,} are read")
        data = read(most + 1)
        if len(data) != member.size:
            raise PageError(f"it has not the {member.size:,} bytes that the archive tells")
        note = None if holds_records(member.path) else _note(member.path, survey)
        yield from file_pages(data, origin, note, most)
    except PageError as error:
        yield Unread(origin.doc, origin.source, str(error))


def _refuse_archive(path: str) -> None:
    if path.lower().endswith(ARCHIVE_ENDINGS):
        raise PageError("an archive inside an archive is not read; unpack the outer one")


def _note(path: str, survey: _Survey) -> Note | None:
    """What the sidecars say of a page; its own goes before its folder's table."""
    place = PurePosixPath(path)
    names = (place.name, without_ending(place.name))
    for name in names:
        if note := survey.notes.get(str(place.with_name(name + SIDECAR_ENDING))):
            return note
    table = survey.tables.get(str(place.parent), {})
    return table.get(names[0]) or table.get(names[1])


def _bare(path: str) -> str:
    """The path as pages are named by it: without an ending, "./" in front and empty parts."""
    return without_ending(_tidy(path))


def _tidy(path: str) -> str:
    return PurePosixPath(path).as_posix()
