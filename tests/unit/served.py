"""A store served from this process, asked over a socket as a browser asks it."""

from __future__ import annotations

import http.client
import json
import socket
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import uvicorn

from depesche.store import open_store
from depesche.web.app import make_app
from depesche.web.site import Serving, Site

TOKEN = "a-token-for-tests-only"


@dataclass(frozen=True)
class Answer:
    status: int
    headers: Mapping[str, str]
    body: str


@dataclass(frozen=True)
class Served:
    port: int

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def get(self, path: str, method: str = "GET", body: str | None = None, **headers: str) -> Answer:
        """One request; underscores in names of headers stand for hyphens."""
        asking = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            asking.request(method, path, body, {name.replace("_", "-"): value for name, value in headers.items()})
            answer = asking.getresponse()
            found = {name.lower(): value for name, value in answer.getheaders()}
            return Answer(answer.status, found, answer.read().decode())
        finally:
            asking.close()

    def json(self, path: str) -> Any:
        """What a path of the API answers."""
        answer = self.get(path)
        assert answer.status == 200, answer.body
        return json.loads(answer.body)


@contextmanager
def serving(store: Path | str, **how: object) -> Iterator[Served]:
    """The store, served until the block ends."""
    site = Site(open_store(str(store)), Serving(**how))  # type: ignore[arg-type]
    listening = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(make_app(site), log_level="error", lifespan="off"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    try:
        yield Served(listening.getsockname()[1])
    finally:
        server.should_exit = True
        thread.join(10)
        listening.close()
