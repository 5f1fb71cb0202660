"""A folder that an export fills: made beside its place, and moved there once it is whole."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterable
from pathlib import Path
from types import TracebackType
from typing import BinaryIO

import msgspec

from depesche.errors import UsageError
from depesche.export.plain import whole

MARK = "depesche-export.json"
"""The file by which a folder is known again as one of ours, with the names of the files that are ours."""


class Contents(msgspec.Struct, frozen=True):
    """What an export put into its folder."""

    form: str
    files: tuple[str, ...]


class FilledFolder:
    """A folder in the making. Files of an earlier export that are not written again are taken away; a file that
    somebody else put there stays, and a folder that is not ours is refused.
    """

    def __init__(self, path: Path, form: str) -> None:
        self._path = path
        self._form = form
        self._before = _contents(path, form)
        self._names: list[str] = []

    def __enter__(self) -> FilledFolder:
        """The folder, to be put in place at the end of the block."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        self._draft = Path(tempfile.mkdtemp(prefix=f".{self._path.name}-", dir=self._path.parent))
        return self

    def __exit__(
        self, type: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Puts all files in place, or none."""
        try:
            if error is None:
                self._put_in_place()
        finally:
            shutil.rmtree(self._draft, ignore_errors=True)

    def open(self, name: str) -> BinaryIO:
        """A file to write bytes to; to be closed."""
        self._names.append(name)
        return (self._draft / name).open("wb")

    def write(self, name: str, pieces: Iterable[str]) -> None:
        """A file of text."""
        with self.open(name) as file:
            file.writelines(whole(piece).encode() for piece in pieces)

    def _put_in_place(self) -> None:
        self._path.mkdir(exist_ok=True)
        stale = [name for name in self._before if name not in set(self._names)]
        self._mark((*self._names, *stale))  # first, so that a folder left half done is still known as ours
        for name in self._names:
            (self._draft / name).replace(self._path / name)
        for name in stale:
            (self._path / name).unlink(missing_ok=True)
        self._mark(self._names)

    def _mark(self, names: Iterable[str]) -> None:
        contents = Contents(self._form, tuple(sorted(names)))
        draft = self._draft / MARK
        draft.write_bytes(msgspec.json.format(msgspec.json.encode(contents), indent=1) + b"\n")
        draft.replace(self._path / MARK)


def _contents(path: Path, form: str) -> tuple[str, ...]:
    """The files of an earlier export of the form; UsageError for a folder that holds anything else."""
    if not path.exists():
        return ()
    if not path.is_dir():
        raise UsageError(f"--out {path}: a file, and {form} fills a folder; name a folder that may be made")
    mark = path / MARK
    if not mark.is_file():
        if any(path.iterdir()):
            raise UsageError(f"--out {path}: holds files that are not of an export; name a new folder or an empty one")
        return ()
    try:
        contents = msgspec.json.decode(mark.read_bytes(), type=Contents)
    except msgspec.MsgspecError:
        raise UsageError(f"--out {path}: its {MARK} cannot be read; name a new folder or an empty one") from None
    if contents.form != form:
        raise UsageError(f"--out {path}: holds an export to {contents.form}; name another folder for {form}")
    if any(Path(name).name != name or name in {"", ".", ".."} for name in contents.files):
        raise UsageError(f"--out {path}: its {MARK} names files outside it; name a new folder or an empty one")
    return contents.files
