"""What lies in a zip or tar archive, one member at a time, without unpacking anything to the disk.

Whatever an archive claims, memory stays bounded: names are counted, headers and the list of a zip file are limited,
and everything that is unpacked is paid from a budget.
"""

from __future__ import annotations

import io
import lzma
import re
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from typing import IO, BinaryIO, TypeAlias, TypeVar, cast

import msgspec

from depesche.errors import PageError
from depesche.ingest.unpack import Budget, Unpacking

_T = TypeVar("_T")

LONGEST_PATH = 1000
LARGEST_HEAD = 65536
"""Bytes that a tar file may spend on the name and the further attributes of one member."""

BYTES_OF_LIST = 300
"""What a member may take, on the average, in the list at the end of a zip file."""

_BROKEN = (OSError, EOFError, ValueError, RuntimeError, NotImplementedError, zlib.error, lzma.LZMAError)
_DAMAGED_ZIP = (zipfile.BadZipFile, struct.error, OverflowError, *_BROKEN)
_DAMAGED_TAR = (tarfile.TarError, OverflowError, IndexError, *_BROKEN)
_ODD = re.compile("[\x00-\x1f\x7f]")
_DRIVE = re.compile(r"[A-Za-z]:")
_LONG_HEADS = (
    tarfile.XHDTYPE,
    tarfile.XGLTYPE,
    tarfile.SOLARIS_XHDTYPE,
    tarfile.GNUTYPE_LONGNAME,
    tarfile.GNUTYPE_LONGLINK,
)


class Member(msgspec.Struct, frozen=True):
    """A file in an archive: its path with slashes, its size as told, and why it cannot be read, if so."""

    path: str
    size: int
    trouble: str = ""


Read: TypeAlias = Callable[[int], bytes]
"""Gives so many bytes of a member at most."""


def zip_members(file: BinaryIO, budget: Budget, most: int) -> Iterator[tuple[Member, Read]]:
    """The files of a zip archive; PageError where it is damaged, or holds more members than `most`."""
    try:
        if _list_of_zip(file) > most * BYTES_OF_LIST:
            raise PageError(f"the ZIP archive has more than {most:,} members; several smaller ones would work")
        archive = zipfile.ZipFile(file)
    except _DAMAGED_ZIP as error:
        raise PageError(f"the ZIP archive is damaged: {error}") from error
    with archive:
        for info in _counted(iter(archive.infolist()), most, "ZIP"):
            if not info.filename.endswith("/"):  # is_dir() fails on an empty name
                trouble = "it is encrypted; unpack it first" if info.flag_bits & 1 else ""
                path = info.filename.replace("\\", "/")
                yield Member(path, info.file_size, trouble or _trouble(path)), _zip_reader(archive, info, budget)


def _list_of_zip(file: BinaryIO) -> int:
    """How many bytes the list of a zip file takes, which is read as a whole. It is told in the last bytes."""
    size = file.seek(0, io.SEEK_END)
    file.seek(max(size - 66_000, 0))
    tail = file.read(66_000)
    file.seek(0)
    end = tail.rfind(b"PK\x05\x06")
    if end < 0 or len(tail) < end + 22:
        raise PageError("the ZIP archive is damaged: it has no list of its members")
    # In large files another record tells the size; nothing larger than what lies before it can be meant.
    told = struct.unpack_from("<L", tail, end + 12)[0]
    large = tail.rfind(b"PK\x06\x06", 0, end)
    if large >= 0 and len(tail) >= large + 48:
        told = max(told if told != 0xFFFFFFFF else 0, struct.unpack_from("<Q", tail, large + 40)[0])
    return min(int(told), size)


def _zip_reader(archive: zipfile.ZipFile, info: zipfile.ZipInfo, budget: Budget) -> Read:
    def read(most: int) -> bytes:
        try:
            with archive.open(info) as member:
                return _bounded(member, most, budget)
        except _DAMAGED_ZIP as error:
            raise PageError(f"it is damaged in the archive: {error}") from error

    return read


class _Head(tarfile.TarInfo):
    """The head of a member. Heads that go on in further blocks are read as a whole, so their size is limited here."""

    @classmethod
    def frombuf(cls, buf: bytes | bytearray, encoding: str | None, errors: str) -> _Head:
        try:
            head = super().frombuf(buf, encoding, errors)  # type: ignore[arg-type]  # encoding may well be None
        except tarfile.HeaderError as error:
            if buf and not any(buf):
                raise  # the block of zeros that ends an archive
            # tarfile takes anything else for the end, too.
            says = "it is cut off" if len(buf) < tarfile.BLOCKSIZE else str(error)
            raise PageError(f"the TAR archive is damaged: {says}") from error
        if head.type in _LONG_HEADS and not 0 <= head.size <= LARGEST_HEAD:
            raise PageError(f"the TAR archive names a member in {head.size:,} bytes; at most {LARGEST_HEAD:,} are read")
        if head.type == tarfile.GNUTYPE_SPARSE:
            raise PageError("the TAR archive holds a file with holes in it; pack it without --sparse")
        return head


def tar_members(file: BinaryIO, budget: Budget, most: int) -> Iterator[tuple[Member, Read]]:
    """The files of a tar archive, compressed or not, in their order; PageError where it is damaged from there on.

    What is read of a member has to be read before the next one is taken.
    """
    stream = cast("IO[bytes]", Unpacking(file, budget))
    try:
        archive = tarfile.TarFile(fileobj=stream, tarinfo=_Head, errors="replace")
        for head in _counted(_heads(archive), most, "TAR"):
            if not head.isdir():
                path = head.name.replace("\\", "/")
                trouble = "" if head.isreg() and not head.issparse() else "it is a link or a device, not a file"
                yield Member(path, head.size, trouble or _trouble(path)), _tar_reader(archive, head)
    except _DAMAGED_TAR as error:
        raise PageError(f"the TAR archive is damaged: {error}") from error


def _heads(archive: tarfile.TarFile) -> Iterator[tarfile.TarInfo]:
    while (head := archive.next()) is not None:
        archive.members = []  # type: ignore[attr-defined]  # it remembers them all otherwise
        yield head


def _tar_reader(archive: tarfile.TarFile, head: tarfile.TarInfo) -> Read:
    def read(most: int) -> bytes:
        try:
            member = archive.extractfile(head)
            return member.read(most) if member else b""
        except _DAMAGED_TAR as error:
            raise PageError(f"it is damaged in the archive: {error}") from error

    return read


def _counted(heads: Iterator[_T], most: int, form: str) -> Iterator[_T]:
    """The heads; PageError after so many."""
    for number, head in enumerate(heads):
        if number == most:
            raise PageError(f"the {form} archive has more than {most:,} members; the rest was not read")
        yield head


def _bounded(member: IO[bytes], most: int, budget: Budget) -> bytes:
    """Up to `most` bytes of a member, paid piece by piece."""
    budget.spend(0)  # nothing is read any more where it is used up
    parts, missing = list[bytes](), most
    while missing > 0 and (part := member.read(min(missing, 1_000_000))):
        budget.spend(len(part))
        parts.append(part)
        missing -= len(part)
    return b"".join(parts)


def _trouble(path: str) -> str:
    """Why a path is none that an honest archive of pages holds; "" where it is in order."""
    parts = path.split("/")
    if path.startswith("/") or _DRIVE.match(path) or ".." in parts:
        return "its path leads out of the archive"
    if not path.strip("./ ") or len(path) > LONGEST_PATH or _ODD.search(path):
        return "its name is no name of a file"
    return ""
