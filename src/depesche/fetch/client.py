"""One question to one server, and its answer, within limits of size and time."""

from __future__ import annotations

import ssl
import zlib
from collections.abc import Iterable, Mapping

import certifi
import httpcore
import msgspec

from depesche.errors import FetchError
from depesche.fetch.addresses import Gate
from depesche.fetch.clock import Clock
from depesche.fetch.network import Deadline, GuardedBackend, Resolve, resolve
from depesche.model.response import Response


class Limits(msgspec.Struct, frozen=True):
    """Bytes that an answer may have as sent and unpacked; seconds to connect, between two pieces, and in all."""

    sent: int = 10_000_000
    unpacked: int = 20_000_000
    connect: float = 10
    read: float = 20
    total: float = 60


_WRONG: Mapping[type[Exception], str] = {
    httpcore.ConnectTimeout: "it did not answer in time",
    httpcore.ReadTimeout: "it stopped answering",
    httpcore.WriteTimeout: "it stopped listening",
    httpcore.ConnectError: "no connection",
    httpcore.ReadError: "the connection broke off",
    httpcore.WriteError: "the connection broke off",
    httpcore.ProtocolError: "the answer is no HTTP, or is cut off",
}


def trusted(authorities: Iterable[str] = ()) -> ssl.SSLContext:
    """Whom to trust on https: the authorities of Mozilla's list, those of the system, and further files of them."""
    context = ssl.create_default_context(cafile=certifi.where())
    context.load_default_certs()
    for file in authorities:
        context.load_verify_locations(file)
    return context


class Client:
    """Asks servers. Threads may share one."""

    def __init__(
        self,
        clock: Clock,
        gate: Gate = Gate(),
        limits: Limits = Limits(),
        *,
        resolve: Resolve = resolve,
        trust: ssl.SSLContext | None = None,
    ) -> None:
        self._clock = clock
        self._gate = gate
        self._limits = limits
        self._resolve = resolve
        self._trust = trust or trusted()

    def ask(self, url: str, headers: Mapping[str, str]) -> Response:
        """The answer to a GET of a tidy address, redirects and errors too; FetchError where there is none."""
        deadline = Deadline(self._clock, self._limits.total)
        backend = GuardedBackend(self._gate, deadline, self._resolve)
        limits = {"connect": self._limits.connect, "read": self._limits.read, "write": self._limits.read}
        try:
            with (
                httpcore.ConnectionPool(self._trust, max_connections=1, network_backend=backend) as pool,
                pool.stream("GET", url, headers=_sent(headers), extensions={"timeout": limits}) as answer,
            ):
                told = tuple((_text(name).lower(), _text(value)) for name, value in answer.headers)
                head = Response(url, answer.status, told, b"", self._clock.now().isoformat(timespec="seconds"))
                return msgspec.structs.replace(head, body=_body(head, answer.iter_stream(), self._limits))
        except tuple(_WRONG) as error:
            says = next(says for kind, says in _WRONG.items() if isinstance(error, kind))
            raise FetchError(f"{says} ({error})" if str(error) else says) from error
        except (OSError, ValueError) as error:  # certificates among them
            raise FetchError(f"no connection ({error})") from error


def _sent(headers: Mapping[str, str]) -> list[tuple[bytes, bytes]]:
    whole = {"Accept-Encoding": "gzip", "Connection": "close", **headers}
    return [(name.encode("ascii"), value.encode("ascii", "replace")) for name, value in whole.items()]


def _text(data: bytes) -> str:
    """A header, which is ASCII by right, UTF-8 by habit, and may be anything."""
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("latin-1")


def _body(head: Response, pieces: Iterable[bytes], limits: Limits) -> bytes:
    """The body without its coding; FetchError where it is too large, or coded in another way."""
    told = head.header("content-length")
    if told.isascii() and told.isdigit() and len(told) < 20 and int(told) > limits.sent:
        raise FetchError(f"it has {int(told):,} bytes; at most {limits.sent:,} are fetched", lasting=True)
    coding = head.header("content-encoding").strip().lower()
    inflate = _Inflate(coding, limits.unpacked)
    parts, sent = list[bytes](), 0
    for piece in pieces:
        sent += len(piece)
        if sent > limits.sent:
            raise FetchError(f"it has more than {limits.sent:,} bytes, which is the most that is fetched", lasting=True)
        parts.append(inflate.add(piece))
    inflate.end(sent)
    return b"".join(parts)


class _Inflate:
    """Undoes a coding piece by piece."""

    def __init__(self, coding: str, most: int) -> None:
        if coding not in ("", "identity", "gzip", "x-gzip", "deflate"):
            raise FetchError(f"it is sent in a coding that was not asked for ({coding[:40]})", lasting=True)
        self._inner = None if coding in ("", "identity") else zlib.decompressobj(wbits=47)  # gzip or zlib, as it is
        self._most = most
        self._got = 0

    def add(self, piece: bytes) -> bytes:
        """What the piece unpacks to."""
        if self._inner is None:
            return piece
        try:
            out = self._inner.decompress(piece, self._most - self._got + 1)
        except zlib.error as error:
            raise FetchError(f"it is packed and damaged ({error})") from error
        self._got += len(out)
        if self._got > self._most:
            raise FetchError(f"it unpacks to more than {self._most:,} bytes", lasting=True)
        return out

    def end(self, sent: int) -> None:
        """FetchError where something is missing."""
        if self._inner is not None and sent and not self._inner.eof:
            raise FetchError("it is packed and cut off")
