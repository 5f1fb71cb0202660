"""What the training scripts share: sentences of the training data as the fixed scorer prints them, tagged."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from depesche.model.parse import Sentence, Word
from depesche.packs.clusters import stable_hash
from depesche.packs.load import Packs
from depesche.parse.tags import mended


@dataclass(frozen=True)
class Example:
    """A sentence of the training data: its text is its words with blanks between them."""

    text: str
    words: tuple[Word, ...]
    gold: dict[str, Any]

    @property
    def forms(self) -> list[str]:
        """The words as they are written."""
        return [self.text[word.start : word.end] for word in self.words]

    @property
    def sentences(self) -> tuple[Sentence, ...]:
        """The one sentence that it is."""
        return (Sentence(0, len(self.text), 0, len(self.words)),)


def examples(shared: Path, split: str, packs: Packs) -> Iterator[Example]:
    """The sentences of a split, tagged as the parser tags them; no trained model is asked."""
    for row in _rows(shared, split):
        forms: list[str] = row["words"]
        starts = [sum(len(form) + 1 for form in forms[:i]) for i in range(len(forms))]
        yield Example(" ".join(forms), tagged_words(forms, starts, packs), row)


def tagged_words(forms: list[str], starts: list[int], packs: Packs) -> tuple[Word, ...]:
    """The words of one sentence with tags and lemmas."""
    tokens = [(start, start + len(form)) for start, form in zip(starts, forms, strict=True)]
    pairs = packs.german.tagger.tag(forms)
    words = [Word(*token, *pair) for token, pair in zip(tokens, pairs, strict=True)]
    return tuple(mended(" ".join(forms), words, packs.german.grammar))


def _rows(shared: Path, split: str) -> list[dict[str, Any]]:
    scorer = shared / "train/score.py"
    printed = subprocess.run(
        [sys.executable, scorer.name, "gold", split], cwd=scorer.parent, capture_output=True, text=True, check=True
    )
    return [json.loads(line) for line in printed.stdout.split("\n") if line]


def gaps(hashes: Iterable[int]) -> npt.NDArray[np.uint32]:
    """Sorted hashes, each less the one before: that packs better."""
    return np.diff(np.array(list(hashes), dtype=np.uint32), prepend=np.uint32(0))


def stored_table(name: str, features: Mapping[str, Mapping[int, int]]) -> dict[str, np.ndarray]:
    """The parts of a table of weights (`depesche.packs.weights`) from whole weights by feature and cell."""
    by_hash = {stable_hash(feature): cells for feature, cells in sorted(features.items())}
    rows = sorted(by_hash.items())
    cells = [pair for _, found in rows for pair in sorted(found.items())]
    return {
        f"{name}_gaps": gaps(key for key, _ in rows),
        f"{name}_counts": np.array([len(found) for _, found in rows], dtype=np.uint8),
        f"{name}_cells": np.array([cell for cell, _ in cells], dtype=np.uint8),
        f"{name}_weights": np.array([weight for _, weight in cells], dtype=np.int16),
    }
