"""The trained judges of the event reader: what speaks for a party's part, and for a time (decision 17)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from zipfile import BadZipFile

import numpy as np

from depesche.errors import PackError
from depesche.packs.files import DATA
from depesche.packs.weights import Sums, Table, load_table

FILE = "judges.npz"
SCALE = 512
"""What a weight of 1 is."""


@dataclass(frozen=True)
class Margins:
    """How far a choice may be behind choosing nobody, or no day."""

    actor: int
    recipient: int
    day: int


@dataclass(frozen=True)
class Judges:
    """What `bench/train/judges.py` learned; `version` names it in reasons.

    A row of `parts` weighs a feature for an actor, then for a recipient, a row of `days` for a time: first for
    events of all types, then for each of `types`.
    """

    version: str
    types: tuple[str, ...]
    margins: Margins
    parts: Table = field(repr=False)
    days: Table = field(repr=False)

    def part(self, type: str, features: Sequence[str]) -> tuple[int, int]:
        """What speaks for a party as actor and as recipient of an event of a type."""
        sums = self.parts.sums(features)
        wide = 1 + len(self.types)
        return self._own(type, sums[:wide]), self._own(type, sums[wide:])

    def day(self, type: str, features: Sequence[str]) -> int:
        """What speaks for a time as the one that dates an event of a type."""
        return self._own(type, self.days.sums(features))

    def _own(self, type: str, sums: Sums) -> int:
        general = int(sums[0])
        return general + int(sums[1 + self.types.index(type)]) if type in self.types else general


def load_judges(language: str, root: Path = DATA / "models") -> Judges:
    """The language's `judges.npz`; raises PackError where it is missing or damaged."""
    return read_judges(root / language / FILE)


def read_judges(path: Path) -> Judges:
    """The judges in a file; raises PackError where it is missing or damaged."""
    try:
        with np.load(path, allow_pickle=False) as stored:
            types = tuple(str(name) for name in stored["types"])
            return Judges(
                str(stored["version"]),
                types,
                Margins(*(int(margin) for margin in stored["margins"])),
                load_table("parts", stored, 2 * (1 + len(types))),
                load_table("days", stored, 1 + len(types)),
            )
    except (OSError, KeyError, ValueError, IndexError, TypeError, BadZipFile) as error:
        raise PackError(f"{path.parent.name}/{path.name}: {error}") from error
