"""Where results go: standard output or a file, always UTF-8; and the progress that a terminal shows."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from depesche.errors import UsageError
from depesche.export.plain import whole

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID


def write(pieces: Iterable[str]) -> None:
    """Writes the pieces to standard output, each at once, so that a filter's reader need not wait."""
    out = sys.stdout.buffer
    for piece in pieces:
        out.write(whole(piece).encode())
        out.flush()


def write_file(path: Path, pieces: Iterable[str]) -> None:
    """Writes the pieces into a file, which changes only once all are there."""
    if path.exists() and not path.is_file():  # a device or a pipe cannot be replaced
        with path.open("wb") as out:
            out.writelines(whole(piece).encode() for piece in pieces)
        return
    draft = path.with_name(f"{path.name}.part")
    try:
        with draft.open("wb") as out:
            out.writelines(whole(piece).encode() for piece in pieces)
        draft.replace(os.path.realpath(path))
    finally:
        draft.unlink(missing_ok=True)


def refuse_store(out: Path | None, store: Iterable[Path]) -> None:
    """Refuses to write over a file of the store that is read."""
    if out and out.exists() and any(file.exists() and out.samefile(file) for file in store):
        raise UsageError(f"--out {out}: that is the store; name another file")


def width() -> int:
    """How many characters a line of the terminal holds; 120 where there is none."""
    return max(shutil.get_terminal_size((120, 40)).columns, 40)


def colour() -> bool:
    """Whether standard output is a terminal that colours are welcome on."""
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


class Bar:
    """A progress bar: pages done, of how many, and how many a second."""

    def __init__(self, progress: Progress, task: TaskID) -> None:
        self._progress = progress
        self._task = task

    def page(self, doc: str) -> None:
        """One more input is done."""
        self._progress.advance(self._task)

    def meaning(self, pages: int) -> None:
        """All inputs are done; meaning vectors follow."""
        self._progress.reset(self._task, total=pages, description="meaning of pages")

    def linking(self, pages: int) -> None:
        """All inputs are done; linking follows."""
        self._progress.update(self._task, description=f"linking {pages} pages")


@contextmanager
def progress_bar(pages: int | None, shown: bool) -> Iterator[Bar | None]:
    """A bar on standard error while the block runs; None where it is not to be shown or there is no terminal.

    `pages` is how many there are; None where nobody knows.
    """
    with _progress("reading pages", pages, shown) as found:
        yield Bar(*found) if found is not None else None


@contextmanager
def counting_bar(says: str, total: int, shown: bool) -> Iterator[Callable[[], None] | None]:
    """A bar that moves on with every call of what it gives; None where it is not to be shown."""
    with _progress(says, total, shown) as found:
        if found is None:
            yield None
        else:
            progress, task = found
            yield lambda: progress.advance(task)


@contextmanager
def _progress(says: str, total: int | None, shown: bool) -> Iterator[tuple[Progress, TaskID] | None]:
    if not shown or not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, ProgressColumn, Task, TextColumn
    from rich.text import Text

    class Rate(ProgressColumn):
        """How many a second."""

        def render(self, task: Task) -> Text:
            return Text(f"{task.speed:.1f}/s" if task.speed else "")

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), Rate())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        yield progress, progress.add_task(says, total=total)
