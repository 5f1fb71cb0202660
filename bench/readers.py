"""Two hundred readers at once, while a build writes: answers a second, the slowest in a hundred, errors.

    python bench/readers.py [--readers 200] [--seconds 20] [--entries 5000]

A store of invented entries (`made_store.py`) is served by one process; another keeps putting pages into it and linking
them. Each reader asks one page after another, each over a connection of its own. An answer that is not 200, a
connection that fails, and a page that shows an entry which its own address then does not have, are errors.
0 none · 1 some.
"""

from __future__ import annotations

import argparse
import http.client
import random
import re
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tasks.task import run_python
from tasks.web import KINDS, served

BENCH = Path(__file__).resolve().parent
ENTRY = re.compile(r'href="(/entry/[^"]+)"')


@dataclass
class Seen:
    """What the readers met."""

    seconds: list[float] = field(default_factory=list)
    errors: Counter[str] = field(default_factory=Counter)
    lock: threading.Lock = field(default_factory=threading.Lock)


def main(argv: Sequence[str] | None = None) -> int:
    """The command line."""
    asked = _arguments().parse_args(argv)
    with tempfile.TemporaryDirectory(prefix="depesche-readers-") as work:
        store, pages = Path(work) / "made.db", Path(work) / "pages"
        run_python(BENCH / "made_store.py", store, str(asked.entries), str(asked.entries // 2))
        run_python(BENCH / "made_pages.py", pages, "2000")
        words = [sys.executable, "-m", "depesche", "--quiet", "build", str(pages), "--store", str(store)]
        with served(store) as port, subprocess.Popen(words, stderr=subprocess.DEVNULL) as build:
            try:
                seen = _read(port, asked.readers, asked.seconds)
                writing = build.poll() is None
            finally:
                build.kill()
    answers = sorted(seen.seconds)
    print(f"readers {asked.readers}, answers {len(answers)}, a second {len(answers) / asked.seconds:.1f}")
    if answers:
        half, most = answers[len(answers) // 2], answers[len(answers) * 99 // 100]
        print(f"seconds of an answer: half within {half:.2f}, 99 of 100 within {most:.2f}")
    print(f"the build was {'still writing' if writing else 'done before'}; errors: {dict(seen.errors) or 'none'}")
    return 1 if seen.errors or not answers else 0


def _read(port: int, readers: int, seconds: float) -> Seen:
    seen, until = Seen(), time.monotonic() + seconds
    threads = [threading.Thread(target=_reader, args=(port, until, number, seen)) for number in range(readers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return seen


def _reader(port: int, until: float, number: int, seen: Seen) -> None:
    """Asks pages of every kind in an order of its own, and an entry that the last one named."""
    chance, named = random.Random(number), list[str]()
    while time.monotonic() < until:
        address = chance.choice(named) if named and chance.random() < 0.3 else chance.choice(KINDS)
        began = time.perf_counter()
        try:
            body = _asked(port, address)
        except (OSError, http.client.HTTPException, ValueError) as error:
            with seen.lock:
                seen.errors[f"{type(error).__name__}: {error}"] += 1
            continue
        with seen.lock:
            seen.seconds.append(time.perf_counter() - began)
        named = ENTRY.findall(body)[:20] or named


def _asked(port: int, address: str) -> str:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
    try:
        connection.request("GET", address)
        answer = connection.getresponse()
        body = answer.read().decode()
        if answer.status == 303 or (answer.status in (301, 302, 307) and answer.getheader("location")):
            return body
        if answer.status != 200:
            raise ValueError(f"{address} was answered with {answer.status}")
        return body
    finally:
        connection.close()


def _arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="bench/readers.py", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--readers", type=int, default=200, help="readers at once (200)")
    parser.add_argument("--seconds", type=float, default=20, help="seconds in which they ask (20)")
    parser.add_argument("--entries", type=int, default=5000, help="entries in the store (5000)")
    return parser


if __name__ == "__main__":
    sys.exit(main())
