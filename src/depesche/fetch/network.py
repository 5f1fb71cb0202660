"""Connections that go only where they may, and end in time.

A name is resolved here, each address it leads to is checked, and the connection goes to the very address that was
checked: between check and connection nobody can give the name another meaning (DNS rebinding).
"""

from __future__ import annotations

import socket
import ssl
from collections.abc import Callable, Iterable
from typing import Any, TypeAlias

import httpcore

from depesche.errors import FetchError
from depesche.fetch.addresses import Gate
from depesche.fetch.clock import Clock

Resolve: TypeAlias = Callable[[str, int], list[str]]
"""Gives the numeric addresses of a host; OSError where it has none."""


def resolve(host: str, port: int) -> list[str]:
    """The addresses that the system knows for a host, in its order of preference."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(address[4][0]) for address in found))


class Deadline:
    """The moment by which an exchange has to be over."""

    def __init__(self, clock: Clock, seconds: float) -> None:
        self._clock = clock
        self._end = clock.monotonic() + seconds
        self._seconds = seconds

    def left(self, timeout: float | None = None) -> float:
        """Seconds that are left, or the time-out if that is less; FetchError where none are."""
        left = self._end - self._clock.monotonic()
        if left <= 0:
            raise FetchError(f"it took longer than {self._seconds:g} seconds")
        return left if timeout is None else min(left, timeout)


class GuardedBackend(httpcore.NetworkBackend):
    """Connects to checked addresses only."""

    def __init__(self, gate: Gate, deadline: Deadline, resolve: Resolve) -> None:
        self._gate = gate
        self._deadline = deadline
        self._resolve = resolve
        self._inner = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        """A connection to the first address of the host that may be reached and answers."""
        failed: Exception = FetchError(f"{host}: the name leads nowhere")
        for address in self._allowed(host, port):
            try:
                stream = self._inner.connect_tcp(
                    address, port, self._deadline.left(timeout), local_address, socket_options
                )
                return TimedStream(stream, self._deadline)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failed = error
        raise failed

    def _allowed(self, host: str, port: int) -> list[str]:
        try:
            addresses = self._resolve(host.strip("[]"), port)
        except (OSError, UnicodeError) as error:
            raise FetchError(f"{host}: the name is not known ({error})") from error
        refused = {address: kind for address in addresses if (kind := self._gate.refusal(address))}
        if refused and len(refused) == len(set(addresses)):
            address, kind = next(iter(refused.items()))
            raise FetchError(
                f"{host} leads to {address}, which is {kind}; --allow-network would permit it", lasting=True
            )
        return [address for address in addresses if address not in refused]

    def connect_unix_socket(
        self, path: str, timeout: float | None = None, socket_options: Iterable[Any] | None = None
    ) -> httpcore.NetworkStream:
        """Refuses."""
        raise FetchError("sockets of this machine are not fetched from", lasting=True)

    def sleep(self, seconds: float) -> None:
        """Not used: retries are made above."""


class TimedStream(httpcore.NetworkStream):
    """A connection on which every step ends by the deadline, however slowly the bytes drip."""

    def __init__(self, inner: httpcore.NetworkStream, deadline: Deadline) -> None:
        self._inner = inner
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """What came."""
        return self._inner.read(max_bytes, self._deadline.left(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Sends."""
        self._inner.write(buffer, self._deadline.left(timeout))

    def close(self) -> None:
        """Ends the connection."""
        self._inner.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        """The same connection encrypted; the host's name is checked, not its address."""
        return TimedStream(
            self._inner.start_tls(ssl_context, server_hostname, self._deadline.left(timeout)), self._deadline
        )

    def get_extra_info(self, info: str) -> Any:
        """What the connection tells of itself."""
        return self._inner.get_extra_info(info)
