"""The trained model of names: what each feature weighs for each mark, and each mark behind each other."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from pathlib import Path
from zipfile import BadZipFile

import numpy as np
import numpy.typing as npt

from depesche.errors import PackError
from depesche.packs.clusters import Clusters, load_clusters
from depesche.packs.files import DATA
from depesche.packs.weights import Table, Weights, load_table

WordKey = tuple[str, str, str]
"""A word's form, tag and lemma, which make its own features."""
KEPT = 20_000
"""Of how many words it is kept what they weigh, until they are forgotten together."""
OFFSETS = (-2, -1, 0, 1, 2)
"""From where a word's own features are looked at: 1 is the word before it, which sees it one word ahead."""


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


def load_name_model(language: str, root: Path = DATA / "models", clusters: Clusters | None = None) -> NameModel:
    """The language's `names.npz` with its clusters; raises PackError where one is missing or damaged.

    `clusters` are the language's where they have been read already.
    """
    path = root / language / "names.npz"
    try:
        version = hashlib.sha256(path.read_bytes()).hexdigest()[:12]
        with np.load(path, allow_pickle=False) as stored:
            marks = tuple(str(mark) for mark in stored["marks"])
            moves = stored["moves"].astype(np.int32)
            own = load_table("own", stored, len(OFFSETS) * len(marks))
            place = load_table("place", stored, len(marks))
    except (OSError, KeyError, ValueError, IndexError, BadZipFile) as error:
        raise PackError(f"models/{language}/names.npz: {error}") from error
    return NameModel(version, marks, moves, own, place, clusters or load_clusters(language, root))
