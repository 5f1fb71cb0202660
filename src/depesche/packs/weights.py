"""Rows of trained weights by hashed feature: whole numbers, so that sums are exact on every machine."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from depesche.packs.clusters import stable_hashes

Rows = npt.NDArray[np.intp]
Weights = npt.NDArray[np.int16]
Sums = npt.NDArray[np.int32]
Small = npt.NDArray[np.int16] | npt.NDArray[np.int8]


@dataclass(frozen=True)
class Table:
    """Rows of weights by feature; features are kept as hashes. Row 0 weighs nothing."""

    hashes: npt.NDArray[np.uint32] = field(repr=False)
    weights: Small = field(repr=False)

    def rows(self, features: Sequence[str]) -> Rows:
        """The row of each feature, 0 for one that was not learned."""
        wanted = np.array(stable_hashes(features), dtype=np.uint32)
        if not len(self.hashes):
            return np.zeros(len(wanted), dtype=np.intp)
        at = self.hashes.searchsorted(wanted)
        rows: Rows = np.where(self.hashes.take(at, mode="clip") == wanted, at + 1, 0)
        return rows

    def total(self, features: Sequence[str]) -> Weights:
        """The sum of what the features weigh, where it is known to be small."""
        total: Weights = self.weights[self.rows(features)].sum(axis=0, dtype=np.int16)
        return total

    def sums(self, features: Sequence[str]) -> Sums:
        """The sum of what the features weigh."""
        sums: Sums = self.weights[self.rows(features)].sum(axis=0, dtype=np.int32)
        return sums


def load_table(name: str, stored: np.lib.npyio.NpzFile, width: int) -> Table:
    """A table from gaps between sorted hashes, how many weights each feature has, where and what they are."""
    hashes = np.cumsum(stored[f"{name}_gaps"], dtype=np.uint32)
    rows = np.repeat(np.arange(1, len(hashes) + 1), stored[f"{name}_counts"])
    given = stored[f"{name}_weights"]
    small = len(given) == 0 or int(np.abs(given).max()) <= np.iinfo(np.int8).max
    weights = np.zeros((len(hashes) + 1, width), dtype=np.int8 if small else np.int16)
    weights[rows, stored[f"{name}_cells"]] = given
    return Table(hashes, weights)
