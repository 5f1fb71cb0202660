"""Builds the table of word clusters that ships: hashes of frequent words with their Brown clusters.

    python bench/train/clusters.py [--words 160000]

The clusters come from the package spacy-lookups-data (MIT), which has a million words with cluster and frequency.
"""

from __future__ import annotations

import argparse
import gzip
import importlib.util
import json
from pathlib import Path

import numpy as np

from depesche.packs.clusters import stable_hash
from depesche.packs.files import DATA

WORDS = 160_000
LARGEST = 0xFFFF
OUT = DATA / "models/de/clusters.npz"


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--words", type=int, default=WORDS, help="how many words the table holds at most")
    asked = parser.parse_args()
    write(table(asked.words), OUT)
    print(f"{OUT.name}: {OUT.stat().st_size / 1000:.0f} kB")


def table(words: int) -> dict[int, int]:
    """The clusters of the most frequent words that have one, by the words' hashes; of two with one hash the first."""
    clusters: dict[str, int] = lookups("de_lexeme_cluster")
    frequency: dict[str, float] = lookups("de_lexeme_prob")
    known = [word for word, cluster in clusters.items() if 0 < cluster <= LARGEST]
    known.sort(key=lambda word: (-frequency.get(word, -99.0), word))
    chosen: dict[int, int] = {}
    for word in known[:words]:
        chosen.setdefault(stable_hash(word), clusters[word])
    return chosen


def lookups(name: str) -> dict[str, float] | dict[str, int]:
    """A table of the package, by word."""
    found = importlib.util.find_spec("spacy_lookups_data")
    if found is None or found.origin is None:
        raise SystemExit("spacy-lookups-data is not installed: make train")
    path = Path(found.origin).parent / "data" / f"{name}.json.gz"
    read: dict[str, float] = json.loads(gzip.decompress(path.read_bytes()))
    return read


def write(chosen: dict[int, int], path: Path) -> None:
    """The table as sorted hashes, each less the one before, and rows in the list of clusters: that packs well."""
    hashes = np.array(sorted(chosen), dtype=np.uint32)
    clusters, rows = np.unique(np.array([chosen[int(key)] for key in hashes], dtype=np.uint16), return_inverse=True)
    path.parent.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(
        path,
        gaps=np.diff(hashes, prepend=np.uint32(0)),
        clusters=clusters,
        rows=rows.astype(np.uint16),
    )


if __name__ == "__main__":
    main()
