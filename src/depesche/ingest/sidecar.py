"""What a `pages.csv` or a `NAME.meta.json` adds to a page that lies beside it."""

from __future__ import annotations

import csv
import hashlib
import json
import os
import re
from collections.abc import Mapping
from pathlib import Path

import msgspec

from depesche.errors import BrokenRecord, PageError
from depesche.ingest.decode import decode
from depesche.ingest.folder import SIDECAR_ENDING, SIDECAR_TABLE, without_ending
from depesche.model.page import Metadata

COLUMNS = ("file", "url", "outlet", "published", "fetched", "title")
_DAY = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?(?!\d)")
LARGEST = 16_000_000


class Note(msgspec.Struct, frozen=True):
    """What the sidecar says of one page, and that as bytes, for the page's identity."""

    metadata: Metadata
    content: bytes


def identity(data: bytes, note: Note | None) -> str:
    """The digest of a page's bytes and its sidecar's content, 32 hex characters."""
    digest = hashlib.sha256(hashlib.sha256(data).digest())
    if note:
        digest.update(note.content)
    return digest.hexdigest()[:32]


def iso_prefix(value: object) -> str | None:
    """The ISO day, or the prefix of one, that a value begins with; None where there is none."""
    match = _DAY.match(value.strip()) if isinstance(value, str) else None
    if not match or not 1 <= int(match[2] or 1) <= 12 or not 1 <= int(match[3] or 1) <= 31:
        return None
    return match[0]


def find_note(path: Path, tables: Mapping[Path, Mapping[str, Note]]) -> Note | None:
    """What is noted of a file; its own `.meta.json` wins over the folder's table."""
    for name in (path.name, without_ending(path.name)):
        beside = path.with_name(name + SIDECAR_ENDING)
        if os.path.isfile(beside):  # noqa: PTH113 - False too where the name grows too long for a file
            return note_of(_bytes(beside), beside.name)
    table = tables.get(path.parent, {})
    return table.get(path.name) or table.get(without_ending(path.name))


def read_table(folder: Path) -> Mapping[str, Note]:
    """The `pages.csv` of a folder by file name; raises BrokenRecord with its path and line."""
    path = folder / SIDECAR_TABLE
    if not os.path.isfile(path):  # noqa: PTH113 - False too where the folder may not be entered
        return {}
    return table_of(_bytes(path))


def table_of(data: bytes) -> Mapping[str, Note]:
    """What the bytes of a `pages.csv` say, by file name; raises BrokenRecord with its line."""
    notes = {}
    rows = csv.DictReader(_text(data, SIDECAR_TABLE).splitlines(), strict=True)
    try:
        if "file" not in (rows.fieldnames or ()):
            raise BrokenRecord(f"{SIDECAR_TABLE}: the header should name {', '.join(COLUMNS)}")
        for row in rows:
            if None in row or None in row.values():
                raise BrokenRecord(f"{SIDECAR_TABLE}, line {rows.line_num}: not as many fields as the header has")
            notes[(row["file"] or "").strip()] = _note({key: row[key] for key in COLUMNS if row.get(key)})
    except csv.Error as error:
        raise BrokenRecord(f"{SIDECAR_TABLE}, line {rows.line_num}: {error}") from error
    return notes


def _note(fields: Mapping[str, object]) -> Note:
    words = {key: value.strip() for key, value in fields.items() if isinstance(value, str) and value.strip()}
    metadata = Metadata(
        url=words.get("url"),
        outlet=words.get("outlet"),
        published=iso_prefix(words.get("published")),
        fetched=iso_prefix(words.get("fetched")),
        title=words.get("title"),
    )
    known = {key: words[key] for key in sorted(words) if key in COLUMNS and key != "file"}
    return Note(metadata, json.dumps(known, sort_keys=True).encode())


def note_of(data: bytes, name: str) -> Note:
    """What the bytes of a `.meta.json` of that name say; raises BrokenRecord."""
    try:
        found = json.loads(_text(data, name))
    except (ValueError, RecursionError) as error:
        raise BrokenRecord(f"{name}: not JSON ({error})") from error
    if not isinstance(found, dict):
        raise BrokenRecord(f"{name}: should hold one object with {', '.join(COLUMNS[1:])}")
    return _note(found)


def _bytes(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(LARGEST + 1)
    except OSError as error:
        raise PageError(f"{path.name}: {error.strerror}") from error


def _text(data: bytes, name: str) -> str:
    if len(data) > LARGEST:
        raise BrokenRecord(f"{name}: larger than {LARGEST // 1_000_000} MB")
    return decode(data)
