"""What an export is: a form by its name, the folder it fills, and the count of what it left out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import BinaryIO, Protocol, TypeAlias

import msgspec

from depesche.answers.selection import Selection


class Tally:
    """What an export wrote and what it left out, counted while it is written."""

    def __init__(self) -> None:
        self._written: Counter[str] = Counter()
        self._missing: Counter[tuple[str, str]] = Counter()

    def wrote(self, what: str, number: int = 1) -> None:
        """Counts what was written: "entries", "mentions"."""
        self._written[what] += number

    def left_out(self, what: str, why: str, number: int = 1) -> None:
        """Counts what was not, with the reason in a few words."""
        if number:
            self._missing[what, why] += number

    @property
    def written(self) -> tuple[tuple[str, int], ...]:
        """What was written and how much of it, in the order of its first appearance."""
        return tuple(self._written.items())

    @property
    def missing(self) -> tuple[tuple[str, str, int], ...]:
        """What was left out, why and how often, by kind and reason."""
        return tuple((what, why, number) for (what, why), number in sorted(self._missing.items()))

    def lines(self) -> Iterator[str]:
        """The account in words, a line each."""
        yield "written: " + (", ".join(_told(number, what) for what, number in self.written) or "nothing")
        yield from (f"left out: {_told(number, what)}: {why}" for what, why, number in self.missing)


def _told(number: int, what: str) -> str:
    """ "3 rows of history", "1 row of history"."""
    if number != 1:
        return f"{number} {what}"
    first, *rest = what.split(" ")
    one = f"{first[:-3]}y" if first.endswith("ies") else first.removesuffix("s")
    return " ".join(["1", one, *rest])


class Folder(Protocol):
    """A folder that an export fills. What was there of an earlier export is replaced once all is written."""

    def write(self, name: str, pieces: Iterable[str]) -> None:
        """A file of text, UTF-8."""

    def open(self, name: str) -> BinaryIO:
        """A file to write bytes to; the folder closes it at the end if nobody did."""


FilePieces: TypeAlias = Callable[[Selection, Tally], Iterator[str]]
FolderFiller: TypeAlias = Callable[[Selection, Tally, Folder], None]


class Form(msgspec.Struct, frozen=True):
    """A form to export to, which is one file (`pieces`) or a folder of files (`fill`).

    `says` is what it is for, `leaves` what it has no room for. `ending` is what the names of such files end in.
    `passes` is how often the entries are walked through. `needs` is an optional extra of the package.
    """

    name: str
    says: str
    leaves: str
    ending: str = ""
    pieces: FilePieces | None = None
    fill: FolderFiller | None = None
    passes: int = 1
    needs: str | None = None

    @property
    def makes(self) -> str:
        """ "file" or "folder"."""
        return "file" if self.pieces else "folder"
