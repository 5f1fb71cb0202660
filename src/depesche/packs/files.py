"""Reads the data files under `data/`, naming file and key in every complaint."""

from __future__ import annotations

import csv
import hashlib
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar

import msgspec

from depesche.errors import PackError

DATA = Path(__file__).resolve().parent.parent / "data"

T = TypeVar("T")


def read_toml(path: Path, shape: type[T]) -> T:
    """The file as a value of the given Struct; raises PackError that names the file and the key."""
    try:
        return msgspec.convert(tomllib.loads(path.read_text("utf-8")), shape)
    except (OSError, tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise PackError(f"{_short(path)}: {error}") from error


def read_tsv(path: Path, columns: tuple[str, ...]) -> list[dict[str, str]]:
    """The rows of a tab-separated file whose header is `columns`; lines that start with "#" are comments."""
    try:
        lines = [line for line in path.read_text("utf-8").split("\n") if line.strip() and not line.startswith("#")]
    except OSError as error:
        raise PackError(f"{_short(path)}: {error}") from error
    rows = list(csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
    if not rows or tuple(rows[0]) != columns:
        raise PackError(f"{_short(path)}: the header should be {' '.join(columns)}")
    for row in rows[1:]:
        if len(row) != len(columns):
            raise PackError(f"{_short(path)}: {len(row)} instead of {len(columns)} columns in {row[0]!r}")
    return [dict(zip(columns, row, strict=True)) for row in rows[1:]]


def knowledge_digest(root: Path = DATA) -> str:
    """A short digest of every data file: a reading made with other knowledge is stale."""
    digest = hashlib.sha256()
    for path in sorted(_data_files(root)):
        digest.update(path.relative_to(root).as_posix().encode())
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:16]


def _data_files(root: Path) -> Iterator[Path]:
    return (path for path in root.rglob("*") if path.is_file() and "__pycache__" not in path.parts)


def _short(path: Path) -> str:
    return path.relative_to(DATA.parent).as_posix() if path.is_relative_to(DATA.parent) else path.as_posix()
