"""The trained model of names: what each feature weighs for each mark, and each mark behind each other."""

from __future__ import annotations

import hashlib
from array import array
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from zipfile import BadZipFile

import numpy as np
import numpy.typing as npt

from depesche.errors import PackError
from depesche.packs.clusters import Clusters, load_clusters, stable_hash
from depesche.packs.files import DATA

Weights = npt.NDArray[np.int16]
Small = npt.NDArray[np.int16] | npt.NDArray[np.int8]
WordKey = tuple[str, str, str]
"""A word's form, tag and lemma, which make its own features."""
KEPT = 20_000
"""Of how many words it is kept what they weigh, until they are forgotten together."""
OFFSETS = (-2, -1, 0, 1, 2)
"""From where a word's own features are looked at: 1 is the word before it, which sees it one word ahead."""


@dataclass(frozen=True)
class Table:
    """Rows of weights by feature; features are kept as hashes. Row 0 weighs nothing."""

    hashes: array[int] = field(repr=False)
    weights: Small = field(repr=False)

    def row(self, feature: str) -> int:
        """The row of a feature, 0 for one that was not learned."""
        wanted = stable_hash(feature)
        at = bisect_left(self.hashes, wanted)
        return at + 1 if at < len(self.hashes) and self.hashes[at] == wanted else 0

    def total(self, features: Iterable[str]) -> Weights:
        """The sum of what the features weigh."""
        found = [row for row in map(self.row, features) if row]
        total: Weights = self.weights[found].sum(axis=0, dtype=np.int16)
        return total


@dataclass(frozen=True)
class NameModel:
    """A linear chain of marks ("B-PER", "I-PER", "O") over words, with whole numbers as weights.

    A row of `own` has, for each of OFFSETS, one weight a mark; a row of `place` has one weight a mark.
    `moves[a, b]` weighs mark b behind mark a; what must not follow weighs so little that it never does.
    """

    version: str
    marks: tuple[str, ...]
    moves: npt.NDArray[np.int32] = field(repr=False)
    own: Table = field(repr=False)
    place: Table = field(repr=False)
    clusters: Clusters = field(repr=False)
    kept: dict[WordKey, Weights] = field(default_factory=dict, repr=False, compare=False)

    def keep(self, key: WordKey, total: Weights) -> None:
        """Keeps what a word's own features weigh, so that they are not looked up again."""
        if len(self.kept) >= KEPT:
            self.kept.clear()
        self.kept[key] = total


def load_name_model(language: str, root: Path = DATA / "models") -> NameModel:
    """The language's `names.npz` with its clusters; raises PackError where one is missing or damaged."""
    path = root / language / "names.npz"
    try:
        version = hashlib.sha256(path.read_bytes()).hexdigest()[:12]
        with np.load(path, allow_pickle=False) as stored:
            marks = tuple(str(mark) for mark in stored["marks"])
            moves = stored["moves"].astype(np.int32)
            own = _table("own", stored, len(OFFSETS) * len(marks))
            place = _table("place", stored, len(marks))
    except (OSError, KeyError, ValueError, IndexError, BadZipFile) as error:
        raise PackError(f"models/{language}/names.npz: {error}") from error
    return NameModel(version, marks, moves, own, place, load_clusters(language, root))


def _table(name: str, stored: np.lib.npyio.NpzFile, width: int) -> Table:
    """A table from gaps between sorted hashes, how many weights each feature has, where and what they are."""
    hashes = np.cumsum(stored[f"{name}_gaps"], dtype=np.uint32)
    rows = np.repeat(np.arange(1, len(hashes) + 1), stored[f"{name}_counts"])
    given = stored[f"{name}_weights"]
    small = len(given) == 0 or int(np.abs(given).max()) <= np.iinfo(np.int8).max
    weights = np.zeros((len(hashes) + 1, width), dtype=np.int8 if small else np.int16)
    weights[rows, stored[f"{name}_cells"]] = given
    return Table(array("I", hashes.tobytes()), weights)
