"""What is compressed, unpacked no further than was allowed: gzip, bzip2 and xz as streams, pages of them whole."""

from __future__ import annotations

import bz2
import io
import lzma
import zlib
from collections.abc import Callable, Mapping
from typing import BinaryIO, Protocol

from depesche.errors import PageError

CHUNK = 65536
DICTIONARY = 128_000_000
"""How much memory an xz file may ask for; `xz -9` asks for 65 MB."""

_BROKEN = (OSError, EOFError, ValueError, zlib.error, lzma.LZMAError, MemoryError)


class Budget:
    """How many bytes may still be unpacked; `what` is what they come from, for the reason."""

    def __init__(self, most: int, what: str) -> None:
        self._most = most
        self._what = what
        self._spent = 0

    def spend(self, count: int) -> None:
        """Counts bytes; PageError where they are too many."""
        self._spent += count
        if self._spent > self._most:
            raise PageError(f"{self._what} unpacks to more than {self._most:,} bytes")


class _Decompressor(Protocol):
    """What bz2 and lzma give, and `_Gzip` below."""

    @property
    def eof(self) -> bool: ...
    @property
    def needs_input(self) -> bool: ...
    @property
    def unused_data(self) -> bytes: ...
    def decompress(self, data: bytes, max_length: int = -1) -> bytes: ...


class _Gzip:
    """zlib's decompressor in the manner of the other two."""

    def __init__(self) -> None:
        self._inner = zlib.decompressobj(wbits=31)
        self._full = False

    @property
    def eof(self) -> bool:
        return self._inner.eof

    @property
    def needs_input(self) -> bool:
        return not self._inner.unconsumed_tail and not self._full and not self.eof

    @property
    def unused_data(self) -> bytes:
        return self._inner.unused_data

    def decompress(self, data: bytes, max_length: int = -1) -> bytes:
        out = self._inner.decompress(self._inner.unconsumed_tail + data, max_length)
        self._full = len(out) == max_length  # so that there may be more without further input
        return out


def _bzip2() -> _Decompressor:
    return bz2.BZ2Decompressor()


def _xz() -> _Decompressor:
    return lzma.LZMADecompressor(memlimit=DICTIONARY)


_KINDS: Mapping[bytes, tuple[str, Callable[[], _Decompressor] | None]] = {
    b"\x1f\x8b": ("gzip", _Gzip),
    b"BZh": ("bzip2", _bzip2),
    b"\xfd7zXZ\x00": ("xz", _xz),
    b"": ("", None),
}


class Unpacking:
    """A file as a stream of what is in it, unpacked if it is compressed.

    Several compressed streams that follow each other are one, as in WARC files. Raises PageError where the file is
    damaged or cut off, or holds more than the budget allows.
    """

    def __init__(self, file: BinaryIO, budget: Budget) -> None:
        self._file = file
        self._budget = budget
        self._raw = file.read(CHUNK)
        marks = (mark for mark in _KINDS if self._raw.startswith(mark))
        self._name, self._make = _KINDS[next(marks, b"")]
        self._inner: _Decompressor | None = None
        self._ready = b""
        self._place = 0

    def read(self, size: int) -> bytes:
        """The next bytes, fewer than asked for only at the end."""
        parts, missing = list[bytes](), size
        while missing > 0 and (self._ready or self._fill()):
            part, self._ready = self._ready[:missing], self._ready[missing:]
            parts.append(part)
            missing -= len(part)
            self._place += len(part)
        return b"".join(parts)

    def read_some(self, size: int) -> bytes:
        """The next bytes, as many as are at hand: a fault is raised only once all that stands before it was given."""
        if not self._ready and not self._fill():
            return b""
        part, self._ready = self._ready[:size], self._ready[size:]
        self._place += len(part)
        return part

    def tell(self) -> int:
        """How many bytes were read."""
        return self._place

    def seek(self, place: int, whence: int = io.SEEK_SET) -> int:
        """Goes on to a place further ahead; PageError for a place that was passed already."""
        if whence != io.SEEK_SET or place < self._place:
            raise PageError("the archive is damaged: it leads back to what was read already")
        while self._place < place and self.read(min(CHUNK, place - self._place)):
            pass
        return self._place

    def _fill(self) -> bool:
        """Makes more bytes ready; False at the end."""
        while not self._ready:
            wanted = self._inner is None or self._inner.needs_input
            if wanted and not self._raw:
                self._raw = self._file.read(CHUNK)
                if not self._raw:
                    return self._ended()
            self._ready = self._more()
            self._budget.spend(len(self._ready))
        return True

    def _ended(self) -> bool:
        if self._inner is not None:
            raise PageError(f"the {self._name} file is damaged: it is cut off")
        return False

    def _more(self) -> bytes:
        """What the bytes at hand unpack to, a chunk at most; often nothing."""
        raw, self._raw = self._raw, b""
        if self._make is None:
            return raw
        if self._inner is None:
            raw = raw.lstrip(b"\0")  # between compressed streams padding may stand
            if not raw:
                return b""
            self._inner = self._make()
        try:
            out = self._inner.decompress(raw, CHUNK)
        except _BROKEN as error:
            raise PageError(f"the {self._name} file is damaged: {error}") from error
        if self._inner.eof:
            self._raw, self._inner = self._inner.unused_data, None
        return out


def unpacked(data: bytes, most: int) -> bytes:
    """What a gzip file holds; PageError where it is damaged or holds more than that."""
    stream = Unpacking(io.BytesIO(data), Budget(most, "the gzip file"))
    return stream.read(most + 1)
