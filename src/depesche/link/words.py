"""Words of a text, as linking compares them."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from zlib import crc32

WORD = re.compile(r"\w+")
STEM = 6
LONGEST = 64


def words_of(text: str) -> list[str]:
    """The words in lower case, overlong ones cut."""
    return [word.casefold()[:LONGEST] for word in WORD.findall(text)]


def word_places(text: str) -> list[tuple[int, int]]:
    """Where the words begin and end."""
    return [match.span() for match in WORD.finditer(text)]


def stem(word: str) -> str:
    """The beginning of a word, which inflection leaves alone."""
    return word[:STEM]


def digest(words: Iterable[str]) -> int:
    """A number for a run of words: the same in every process."""
    return crc32(_joined(words))


def long_digest(words: Iterable[str]) -> int:
    """The same as a long number, which no two of any pile's runs share."""
    return int.from_bytes(hashlib.blake2b(_joined(words), digest_size=7).digest(), "big")


def _joined(words: Iterable[str]) -> bytes:
    return "\x1f".join(words).encode("utf-8", "surrogatepass")
