"""The trained weights that attach each word to the word it depends on: integers, so that sums are exact."""

from __future__ import annotations

from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import numpy.typing as npt
from threadpoolctl import ThreadpoolController

from depesche.errors import PackError
from depesche.packs.files import DATA

Floats = npt.NDArray[np.float32]
Doubles = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

FILE = "attachments.npz"
GATE_STEPS = 256  # steps of a gate's table for 1 of its input
GATE_REACH = 8  # beyond it a gate is open or shut


@dataclass(frozen=True)
class Layer:
    """One layer of the encoder; index 0 of each array reads forwards, 1 backwards.

    `inputs` is 2 × in × 4·units, `states` 2 × units × 4·units, `bias` 2 × 4·units; gates in the order
    input, forget, cell, output. Weights are whole numbers of 1 / `steps`.
    """

    inputs: Floats
    states: Floats
    bias: Floats
    steps: float


@dataclass(frozen=True)
class Projection:
    """A dense layer: `weights` in × out, whole numbers of 1 / `steps`, and `bias`."""

    weights: Doubles
    bias: Floats
    steps: float


@dataclass(frozen=True)
class Tables:
    """The gates' curves from -GATE_REACH to GATE_REACH, GATE_STEPS values for 1 of input."""

    sigmoid: Floats
    tanh: Floats


@dataclass(frozen=True)
class AttachmentModel:
    """What `bench/train/attachments.py` learned; `version` names it in reasons.

    `embeddings` has a table for each word feature, `pairs` one for each feature of two words, whose first
    column goes to all relations alike. `arc` and the relations' matrices in `relation` compare a word (rows)
    with a head (columns); the last row and column are for the bias.
    """

    version: str
    relations: tuple[str, ...]
    features: tuple[str, ...]
    embeddings: tuple[Floats, ...] = field(repr=False)
    pairs: tuple[Floats, ...] = field(repr=False)
    layers: tuple[Layer, ...] = field(repr=False)
    root: Doubles = field(repr=False)
    arc_word: Projection = field(repr=False)
    arc_head: Projection = field(repr=False)
    arc: Doubles = field(repr=False)
    relation_word: Projection = field(repr=False)
    relation_head: Projection = field(repr=False)
    relation: Doubles = field(repr=False)
    voice: Projection = field(repr=False)
    tables: Tables = field(repr=False)
    threads: ThreadpoolController = field(repr=False)

    def alone(self) -> AbstractContextManager[object]:
        """Keeps matrix products on one thread: they are small, and several threads wait for each other."""
        limited: AbstractContextManager[object] = self.threads.limit(limits=1, user_api="blas")
        return limited


def load_attachments(language: str, root: Path = DATA / "models") -> AttachmentModel:
    """The language's model; raises PackError where the file is missing or damaged."""
    path = root / language / FILE
    try:
        with np.load(path, allow_pickle=False) as stored:
            return _model({name: stored[name] for name in stored.files})
    except (OSError, KeyError, ValueError) as error:
        raise PackError(f"models/{language}/{FILE}: {error}") from error


def _model(stored: dict[str, npt.NDArray[np.generic]]) -> AttachmentModel:
    def scaled(name: str) -> Floats:
        """Weights in units of 1: each a whole number of a power of two, exact in 32 bits."""
        return np.asarray(stored[name], np.float32) / np.float32(stored[name + ".steps"])

    def projection(name: str) -> Projection:
        return Projection(
            np.asarray(stored[name], np.float64), scaled(name + ".bias"), float(stored[name + ".steps"].item())
        )

    features = tuple(str(name) for name in stored["features"])
    return AttachmentModel(
        str(stored["version"]),
        tuple(str(name) for name in stored["relations"]),
        features,
        tuple(np.asarray(stored[f"embedding.{name}"], np.float32) for name in features),
        tuple(scaled(f"pair.{k}") for k in range(int(stored["pairs"].item()))),
        tuple(_layer(stored, k) for k in range(int(stored["layers"].item()))),
        scaled("root").astype(np.float64),
        projection("arc_word"),
        projection("arc_head"),
        scaled("arc").astype(np.float64),
        projection("relation_word"),
        projection("relation_head"),
        scaled("relation").astype(np.float64),
        projection("voice"),
        _tables(),
        ThreadpoolController(),
    )


def _tables() -> Tables:
    """The curves rounded so far that the libraries of two machines cannot disagree."""
    grid = np.arange(-GATE_REACH * GATE_STEPS, GATE_REACH * GATE_STEPS + 1) / GATE_STEPS
    fine = np.float32(2**14)
    sigmoid, tanh = 1 / (1 + np.exp(-grid)), np.tanh(grid)
    return Tables(np.rint(sigmoid * fine).astype(np.float32) / fine, np.rint(tanh * fine).astype(np.float32) / fine)


def _layer(stored: dict[str, npt.NDArray[np.generic]], k: int) -> Layer:
    return Layer(
        np.asarray(stored[f"layer{k}.inputs"], np.float32),
        np.asarray(stored[f"layer{k}.states"], np.float32),
        np.asarray(stored[f"layer{k}.bias"], np.float32) / np.float32(stored[f"layer{k}.bias.steps"]),
        float(stored[f"layer{k}.steps"].item()),
    )
