"""A PostgreSQL server of the tests' own: made in a temporary folder, on a socket there, and ended with the tests.

What it runs is the PostgreSQL of the system (Debian: package `postgresql`). It refuses to run as root, so root lends it
the user `postgres`, whom that package brings.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import psycopg

FAST = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_connections=200 -c listen_addresses="
SECRET = "pw-for-tests"


def programs() -> Path | None:
    """The folder of initdb and pg_ctl, the newest where there are several; None where there is none."""
    known = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    found = known[-1] if known else shutil.which("initdb")
    return Path(found).parent if found else None


class Server:
    """A running server that makes empty databases."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._numbers = count()

    def url(self, database: str) -> str:
        """How a store in that database is named."""
        return f"postgresql+psycopg://tester:{SECRET}@/{database}?host={self._folder}"

    def fresh(self) -> str:
        """The URL of a new, empty database."""
        name = f"store_{next(self._numbers)}"
        with psycopg.connect(self.url("postgres").replace("+psycopg", ""), autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name}")  # type: ignore[arg-type]
        return self.url(name)


@contextmanager
def running_server() -> Iterator[Server]:
    """A server until the block ends."""
    bin = programs()
    assert bin is not None
    user = "postgres" if os.geteuid() == 0 else None
    folder = Path(tempfile.mkdtemp(prefix="depesche-pg-"))  # short: a socket's path may have 107 characters
    if user:
        shutil.chown(folder, user)
    data = folder / "data"

    def run(program: str, *words: str) -> None:
        # What it prints goes to a file: the server inherits a pipe and would keep it open.
        with (folder.parent / f"{folder.name}.log").open("ab") as log:
            command = [str(bin / program), "-D", str(data), *words]
            subprocess.run(command, check=True, stdout=log, stderr=log, user=user, cwd=folder)

    password = folder / "password"
    password.write_text(SECRET, "utf-8")
    # German sorts otherwise than Python does: stores must not depend on it.
    tongue = ("--encoding=UTF8", "--locale=C", "--locale-provider=icu", "--icu-locale=de")
    run("initdb", "--auth=scram-sha-256", "--username=tester", f"--pwfile={password}", *tongue, "--no-sync")
    run("pg_ctl", "-w", "-o", f"{FAST} -k {folder}", "-l", str(folder / "server.log"), "start")
    try:
        yield Server(folder)
    finally:
        run("pg_ctl", "-w", "-m", "immediate", "stop")
        shutil.rmtree(folder)
        (folder.parent / f"{folder.name}.log").unlink()
