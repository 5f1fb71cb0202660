"""A web server on this machine that answers as it is told, well or badly, and a clock that nobody waits for."""

from __future__ import annotations

import gzip
import socket
import socketserver
import ssl
import struct
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import TypeAlias

from depesche.fetch import Client, Fetcher, Gate, Limits, Manners
from depesche.fetch.hosts import Hosts
from depesche.model.watching import HostState

BEGIN = datetime(2024, 5, 16, 8, 0, tzinfo=UTC)


class FakeClock:
    """Time that passes only when somebody sleeps, or by a tick with every look at it."""

    def __init__(self, tick: float = 0) -> None:
        self.passed = 0.0
        self.slept: list[float] = []
        self._tick = tick
        self._lock = threading.Lock()

    def now(self) -> datetime:
        return BEGIN + timedelta(seconds=self.passed)

    def monotonic(self) -> float:
        with self._lock:
            self.passed += self._tick
            return self.passed

    def sleep(self, seconds: float) -> None:
        with self._lock:
            self.slept.append(seconds)
            self.passed += seconds


Act: TypeAlias = Callable[[socket.socket], None]


def answer(body: bytes | str, status: str = "200 OK", media: str = "text/html; charset=utf-8", **headers: str) -> bytes:
    """An answer in order; headers are named with underscores."""
    data = body.encode() if isinstance(body, str) else body
    told = {"Content-Type": media, "Content-Length": str(len(data))}
    told |= {name.replace("_", "-").title(): value for name, value in headers.items()}
    head = "".join(f"{name}: {value}\r\n" for name, value in told.items() if value)
    return f"HTTP/1.1 {status}\r\n{head}\r\n".encode() + data


def moved(place: str, status: str = "302 Found") -> bytes:
    return answer(b"", status, location=place)


def reset(connection: socket.socket) -> None:
    """Breaks the connection off with a reset."""
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


def cut(head: bytes) -> Act:
    """Sends that and is silent until the other side gives up."""

    def act(connection: socket.socket) -> None:
        connection.sendall(head)
        while connection.recv(4096):
            pass

    return act


def endless(head: bytes, piece: bytes) -> Act:
    """Sends pieces until the other side has enough."""

    def act(connection: socket.socket) -> None:
        connection.sendall(head)
        while True:
            connection.sendall(piece)

    return act


BOMB = answer(gzip.compress(bytes(50_000_000), 9), content_encoding="gzip")


class Server(socketserver.ThreadingTCPServer):
    """Answers each path with what `answers` holds for it: bytes, what to do, or a list of these in turn."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self, trust: ssl.SSLContext | None = None) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.answers: dict[str, bytes | Act | list[bytes | Act]] = {}
        self.asked: list[tuple[str, Mapping[str, str]]] = []
        self.trust = trust
        self.busy = 0
        self.busiest = 0
        self.lock = threading.Lock()

    @property
    def port(self) -> int:
        return int(self.server_address[1])

    def paths(self) -> list[str]:
        """What was asked for, without robots.txt."""
        return [path for path, _ in self.asked if path != "/robots.txt"]

    def next_answer(self, path: str) -> bytes | Act:
        with self.lock:
            found = self.answers.get(path, answer("nichts", "404 Not Found"))
            if isinstance(found, list):
                return found.pop(0) if len(found) > 1 else found[0]
            return found

    def handle_error(self, request: object, client_address: object) -> None:
        """The other side went away, which is what these tests are about."""


class _Handler(socketserver.BaseRequestHandler):
    server: Server

    def handle(self) -> None:
        connection: socket.socket = self.request
        if self.server.trust:
            connection = self.server.trust.wrap_socket(connection, server_side=True)
        head = b""
        while b"\r\n\r\n" not in head and (piece := connection.recv(4096)):
            head += piece
        lines = head.decode("latin-1").split("\r\n")
        path = lines[0].split(" ")[1]
        headers = {
            name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines[1:] if line)
        }
        with self.server.lock:
            self.server.asked.append((path, headers))
            self.server.busy += 1
            self.server.busiest = max(self.server.busiest, self.server.busy)
        found = self.server.next_answer(path)
        try:
            connection.sendall(found) if isinstance(found, bytes) else found(connection)
        finally:
            with self.server.lock:
                self.server.busy -= 1
            connection.close()


@contextmanager
def serving(trust: ssl.SSLContext | None = None) -> Iterator[Server]:
    with Server(trust) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()


def local(host: str, port: int) -> list[str]:
    """Every name leads to this machine."""
    return ["127.0.0.1"]


QUICK = Limits(sent=200_000, unpacked=1_000_000, connect=1, read=0.3, total=30)
OPEN = Gate(["127.0.0.0/8"])


def fetcher(
    clock: FakeClock, *, limits: Limits = QUICK, gate: Gate = OPEN, known: Mapping[str, HostState] | None = None
) -> tuple[Fetcher, Hosts]:
    manners = Manners("Depesche/0 (test)", delay=3, patience=30)
    hosts = Hosts(clock, manners, known or {})
    return Fetcher(Client(clock, gate, limits, resolve=local), clock, manners, hosts), hosts
