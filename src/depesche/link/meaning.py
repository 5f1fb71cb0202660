"""What a page is about as a vector: how near two of them are, in whole numbers.

Whoever makes vectors is replaceable: linking only knows the Protocol, and does without where there is none.
"""

from __future__ import annotations

import math
from typing import Protocol

import numpy as np

UNIT = 1000
LARGEST = 127


class Meaning(Protocol):
    """Makes vectors of texts."""

    @property
    def version(self) -> str:
        """The model and its version: vectors of two versions cannot be compared."""

    def vector(self, text: str) -> bytes:
        """The vector of one text: signed bytes, the same on every machine."""


def nearness(a: bytes, b: bytes) -> int:
    """The cosine of two vectors in thousandths; 0 where it is less, or where a vector is missing."""
    if not a or not b:
        return 0
    left, right = np.frombuffer(a, dtype=np.int8).astype(np.int64), np.frombuffer(b, dtype=np.int8).astype(np.int64)
    lengths = math.isqrt(int(left @ left) * int(right @ right))
    return max(0, UNIT * int(left @ right) // lengths) if lengths else 0
