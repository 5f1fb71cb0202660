"""Which files are meant, and how each is named."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path, PurePosixPath

import msgspec

from depesche.errors import UsageError

ARCHIVE_ENDINGS = (
    ".warc.gz", ".warc", ".tar.gz", ".tar.bz2", ".tar.xz", ".tgz", ".tbz2", ".txz", ".tar", ".zip",
)  # fmt: skip
"""Endings of archives that hold many pages."""

ENDINGS = (
    *ARCHIVE_ENDINGS,
    ".html.gz", ".htm.gz", ".xhtml.gz", ".txt.gz", ".jsonl.gz", ".json.gz", ".html", ".htm", ".xhtml", ".txt", ".text",
    ".md", ".jsonl", ".ndjson", ".json",
)  # fmt: skip
"""Endings of files that are read; a file's readable name is its name less exactly one of them."""

SIDECAR_TABLE = "pages.csv"
SIDECAR_ENDING = ".meta.json"


class Found(msgspec.Struct, frozen=True):
    """A file to read: where it is, its path from what was named, its readable name."""

    path: Path
    relative: str
    doc: str


class _Listed(msgspec.Struct, frozen=True):
    path: Path
    root: Path

    @property
    def relative(self) -> str:
        """Its path from what was named; the bare name of a file named itself."""
        return self.path.name if self.path == self.root else self.path.relative_to(self.root).as_posix()


def find_files(paths: Iterable[Path]) -> tuple[Found, ...]:
    """Every file under the paths, sorted, none twice; UsageError for a path that is not there or holds nothing."""
    listed: dict[str, _Listed] = {}
    for root in sorted(set(paths)):
        if not os.path.lexists(root):
            raise UsageError(f"{_shown(root)}: no such file or folder")
        if root.is_dir():
            files = [_Listed(path, root) for path in _walk(root)]
        else:
            files = [] if is_sidecar(root.name) else [_Listed(root, root)]
        if not files and root.is_dir():
            raise UsageError(f"{_shown(root)}: the folder is empty; put .txt, .html or .jsonl files into it")
        for file in files:
            listed.setdefault(os.path.realpath(file.path), file)
    if not listed:
        raise UsageError("no page was named; name folders, or .txt, .html or .jsonl files")
    files = sorted(listed.values(), key=lambda file: (file.relative, file.path.as_posix()))
    names = _names(files)
    return tuple(
        Found(file.path, _shown_text(file.relative), _shown_text(name)) for file, name in zip(files, names, strict=True)
    )


def without_ending(name: str) -> str:
    """A file's name less exactly one known ending, whatever its capitals."""
    for ending in ENDINGS:
        if name.lower().endswith(ending) and len(name) > len(ending):
            return name[: -len(ending)]
    return name


def is_sidecar(name: str) -> bool:
    """Whether the file tells of pages and is none."""
    return name == SIDECAR_TABLE or name.lower().endswith(SIDECAR_ENDING)


def _walk(root: Path) -> Iterator[Path]:
    """Files below a folder. Linked folders are not entered, so that loops end; hidden files are left alone."""
    for folder, folders, files in os.walk(root, followlinks=False):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            if not name.startswith(".") and not is_sidecar(name):
                yield Path(folder) / name


def _names(files: Sequence[_Listed]) -> list[str]:
    """The shortest of each file's names that no other file has; the choice does not depend on their order."""
    ladders = [_ladder(file) for file in files]
    steps = [0] * len(files)
    while True:
        names = [ladder[step] for ladder, step in zip(ladders, steps, strict=True)]
        count = Counter(names)
        stuck = [i for i, name in enumerate(names) if count[name] > 1 and steps[i] + 1 < len(ladders[i])]
        if not stuck:
            return names
        for i in stuck:
            steps[i] += 1


def _ladder(file: _Listed) -> list[str]:
    relative = PurePosixPath(file.relative)
    bare = relative.with_name(without_ending(relative.name)).as_posix()
    root = Path(os.path.realpath(file.root)).name
    whole = file.path.absolute().as_posix().lstrip("/")
    return [without_ending(relative.name), bare, file.relative, f"{root}/{file.relative}", whole]


def _shown(path: Path) -> str:
    return _shown_text(str(path))


def _shown_text(text: str) -> str:
    return text.encode("utf-8", "replace").decode("utf-8").replace("\n", "?")
