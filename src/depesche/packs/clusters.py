"""Brown clusters: which words stand in the same surroundings, learned from raw text by others."""

from __future__ import annotations

import zlib
from array import array
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from zipfile import BadZipFile

import numpy as np

from depesche.errors import PackError
from depesche.packs.files import DATA


@dataclass(frozen=True)
class Clusters:
    """Paths of words in a binary tree of word clusters; words whose paths begin alike are used alike.

    A path is an integer whose lowest bit is the first turn, so that its first n turns are its lowest n bits.
    """

    hashes: array[int] = field(repr=False)
    paths: array[int] = field(repr=False)

    def of(self, form: str) -> int:
        """The whole path of a word form, capitals as they are; 0 for an unknown one."""
        wanted = stable_hash(form)
        at = bisect_left(self.hashes, wanted)
        return self.paths[at] if at < len(self.hashes) and self.hashes[at] == wanted else 0

    def each(self, forms: Sequence[str]) -> list[int]:
        """The paths of many word forms."""
        if not len(self.hashes):
            return [0] * len(forms)
        known = np.frombuffer(self.hashes, dtype=np.uint32)
        wanted = np.array(stable_hashes(forms), dtype=np.uint32)
        at = np.minimum(known.searchsorted(wanted), len(known) - 1)
        paths = np.frombuffer(self.paths, dtype=np.uint16)[at]
        found: list[int] = np.where(known[at] == wanted, paths, 0).tolist()
        return found

    def prefix(self, form: str, bits: int) -> int:
        """The first turns of the path of a word form: a coarser cluster. 0 for an unknown one."""
        return self.of(form) & ((1 << bits) - 1)


def stable_hash(text: str) -> int:
    """A hash of 32 bits that is the same on every machine and in every run."""
    return zlib.crc32(text.encode("utf-8", "surrogatepass"))


def stable_hashes(texts: Sequence[str]) -> list[int]:
    """The hash of each text."""
    parts = "\0".join(texts).encode("utf-8", "surrogatepass").split(b"\0")
    if len(parts) != len(texts):  # there is none, or one holds the sign that parts them
        return [stable_hash(text) for text in texts]
    return list(map(zlib.crc32, parts))


def load_clusters(language: str, root: Path = DATA / "models") -> Clusters:
    """The language's `clusters.npz`; raises PackError where it is missing or damaged."""
    path = root / language / "clusters.npz"
    try:
        with np.load(path, allow_pickle=False) as stored:
            hashes = np.cumsum(stored["gaps"], dtype=np.uint32)
            paths = stored["clusters"][stored["rows"]]
    except (OSError, KeyError, ValueError, IndexError, BadZipFile) as error:
        raise PackError(f"models/{language}/clusters.npz: {error}") from error
    return Clusters(array("I", hashes.tobytes()), array("H", paths.astype(np.uint16).tobytes()))
