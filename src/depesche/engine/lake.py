"""The lake: a folder, or a bucket by its URL, with pages and what was read from them as Parquet.

    pages/000001-1f0c….parquet       a segment: pages as they came, in the order they came
    readings/version=ab12…/segment=000001-1f0c…/day=2024-05-16/….parquet
                                     what was read from them, by day of publication
    done/ab12…/000001-1f0c….json     which of these files count

A segment is whole or not there. Files of readings that no list names are left over from a job that was cut off: they
count for nothing and go when the segment is read again. A later segment that has a page too is the one that holds.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import msgspec

from depesche.engine.quiet import load_extra
from depesche.errors import EngineError, UsageError
from depesche.model.page import Form, Metadata, Page
from depesche.store.rows import whole

ROWS = 50
"""Rows of a Parquet file that are in memory at a time."""


class Told(msgspec.Struct, frozen=True):
    """A page in the lake: its id, and the name and source it came under."""

    page: str
    doc: str
    source: str


class Done(msgspec.Struct, frozen=True):
    """The files that hold the readings of a segment, in the lake; how many pages were read and how many not."""

    files: tuple[str, ...]
    read: int
    unread: int


def open_lake(place: str) -> Lake:
    """The lake in a folder or at a URL; UsageError where the extra `engine` is not there."""
    load_extra("pyarrow")
    return Lake(place)


class Lake:
    """Pages and readings at a place; EngineError where it cannot be used. It takes one build at a time."""

    def __init__(self, place: str) -> None:
        from pyarrow import fs, parquet

        self.place = place.rstrip("/") or place
        self._parquet, self._fs = parquet, fs
        self._remote = "://" in place
        with self._told():
            if self._remote:
                self._files, self._root = fs.FileSystem.from_uri(place)
            else:
                self._files, self._root = fs.LocalFileSystem(), str(Path(place).absolute())
            if self._files.get_file_info(self._root).type == fs.FileType.File:
                raise UsageError(f"--lake {place}: a file; name a folder")
            self._files.create_dir(f"{self._root}/pages", recursive=True)

    def url(self, path: str) -> str:
        """How Daft is told of a path in the lake."""
        if not self._remote:
            return f"{self._root}/{path}"
        return f"{self.place.split('?')[0].rstrip('/')}/{path}"

    def segments(self) -> list[str]:
        """The segments in the order in which they came."""
        return sorted(name.removesuffix(".parquet") for name in self._names("pages") if name.endswith(".parquet"))

    def land(self, pages: Sequence[Page]) -> str:
        """Puts pages into the lake as a new segment; its name tells its place in the order, and a digest."""
        import pyarrow

        last = next(reversed(self.segments()), "0")
        keys = "\n".join(sorted(f"{page.id} {page.doc} {page.source}" for page in pages))
        segment = f"{int(last.split('-')[0]) + 1:06}-{hashlib.sha256(whole(keys).encode()).hexdigest()[:12]}"
        self.write(f"pages/{segment}.parquet", pyarrow.Table.from_pylist([_row(page) for page in pages]))
        return segment

    def landed(self, segment: str) -> Iterator[Told]:
        """The pages of a segment, in order."""
        for row in self.rows([f"pages/{segment}.parquet"], ["page", "doc", "source"]):
            yield Told(**row)

    def pages(self, segment: str) -> Iterator[Page]:
        """The pages of a segment as they came."""
        return map(page_of, self.rows([f"pages/{segment}.parquet"]))

    def done(self, segment: str, version: str) -> Done | None:
        """What holds the readings of a segment by a version; None where they are not all there."""
        with self._told():
            path = f"{self._root}/done/{version}/{segment}.json"
            if self._files.get_file_info(path).type == self._fs.FileType.NotFound:
                return None
            with self._files.open_input_stream(path) as file:
                return msgspec.json.decode(file.read(), type=Done)

    def finish(self, segment: str, version: str, done: Done) -> Done:
        """Lists the files that hold the readings of a segment: from now on they count."""
        self._put(f"done/{version}/{segment}.json", msgspec.json.encode(done))
        return done

    def clear(self, segment: str, version: str) -> None:
        """Takes away what a job that was cut off has left of a segment."""
        with self._told():
            path = f"{self._root}/{readings_of(segment, version)}"
            if self._files.get_file_info(path).type == self._fs.FileType.Directory:
                self._files.delete_dir(path)

    def rows(self, paths: Sequence[str], columns: Sequence[str] | None = None) -> Iterator[dict[str, Any]]:
        """The rows of Parquet files, few at a time."""
        for path in paths:
            with self._told(), self._files.open_input_file(f"{self._root}/{path}") as file:
                for batch in self._parquet.ParquetFile(file).iter_batches(ROWS, columns=columns and list(columns)):
                    yield from batch.to_pylist()

    def write(self, path: str, table: Any) -> None:
        """Writes a Parquet file that is there as a whole or not at all."""
        import pyarrow

        buffer = pyarrow.BufferOutputStream()
        self._parquet.write_table(table, buffer, compression="zstd", row_group_size=ROWS)
        self._put(path, buffer.getvalue())

    def within(self, path: str) -> str:
        """The path in the lake of a file that Daft names by its whole path."""
        bare = path.partition("://")[2] or path
        root = self._root.lstrip("/")
        return bare.lstrip("/").removeprefix(root).lstrip("/")

    def size(self, folder: str) -> int:
        """Bytes of all files in a folder of the lake."""
        selector = self._fs.FileSelector(f"{self._root}/{folder}", recursive=True, allow_not_found=True)
        with self._told():
            return sum(info.size or 0 for info in self._files.get_file_info(selector))

    def _put(self, path: str, data: Any) -> None:
        """A bucket shows an object when it is whole; in a folder that takes a draft and a new name."""
        with self._told():
            aim = f"{self._root}/{path}"
            self._files.create_dir(aim.rpartition("/")[0], recursive=True)
            draft = aim if self._remote else f"{aim}.part"
            with self._files.open_output_stream(draft) as file:
                file.write(data)
            if draft != aim:
                self._files.move(draft, aim)

    def _names(self, folder: str) -> list[str]:
        with self._told():
            selector = self._fs.FileSelector(f"{self._root}/{folder}", allow_not_found=True)
            return [info.base_name for info in self._files.get_file_info(selector)]

    @contextmanager
    def _told(self) -> Iterator[None]:
        """Turns what the file system or Arrow complains of into one line."""
        try:
            yield
        except (OSError, ValueError, msgspec.MsgspecError) as error:
            says = " ".join(str(error).split())
            raise EngineError(f"--lake {self.place}: {says}; see that it is there and may be used") from error


def readings_of(segment: str, version: str) -> str:
    """The folder of the readings of a segment by a version."""
    return f"readings/version={version}/segment={segment}"


def _row(page: Page) -> dict[str, Any]:
    """Characters are kept exactly, lone surrogates too, which no Parquet text can hold."""
    return {
        "page": page.id,
        "doc": whole(page.doc),
        "source": whole(page.source),
        "form": page.form.value,
        "metadata": json.dumps(msgspec.to_builtins(page.metadata)),
        "raw": page.raw.encode("utf-8", "surrogatepass"),
    }


def page_of(row: dict[str, Any]) -> Page:
    """The page of a row."""
    metadata = msgspec.convert(json.loads(row["metadata"]), Metadata)
    raw = row["raw"].decode("utf-8", "surrogatepass")
    return Page(row["page"], row["doc"], Form(row["form"]), raw, row["source"], metadata)
