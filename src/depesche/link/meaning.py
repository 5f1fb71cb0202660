"""What a page is about as a vector: how near two of them are, in whole numbers.

Whoever makes vectors is replaceable: linking only knows the Protocol, and does without where there is none.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import numpy as np
import numpy.typing as npt

UNIT = 1000
LARGEST = 127


class Meaning(Protocol):
    """Makes vectors of texts."""

    @property
    def version(self) -> str:
        """The model and its version: vectors of two versions cannot be compared."""

    def vector(self, text: str) -> bytes:
        """The vector of one text: signed bytes, the same on every machine."""


def words_to_mean(title: str | None, text: str) -> str:
    """The words of a page whose vector says what it is about."""
    return f"{title}. {text}" if title else text


def nearness(a: bytes, b: bytes) -> int:
    """The cosine of two vectors in thousandths; 0 where it is less, or where a vector is missing."""
    return int(nearness_to_all(a, [b])[0]) if a and b else 0


def nearness_to_all(one: bytes, others: Sequence[bytes]) -> npt.NDArray[np.int64]:
    """The same for one vector and many, of which none is missing."""
    left = np.frombuffer(one, dtype=np.int8).astype(np.int64)
    right = np.frombuffer(b"".join(others), dtype=np.int8).astype(np.int64).reshape(len(others), len(left))
    lengths = np.sqrt((left @ left) * (right * right).sum(axis=1)).astype(np.int64)  # exact below 2**52
    near: npt.NDArray[np.int64] = np.maximum(0, UNIT * (right @ left) // np.maximum(lengths, 1))
    return near
