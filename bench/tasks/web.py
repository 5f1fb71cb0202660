"""Speed and size of pages over a store of 50,000 invented entries on 20,000 pages; needs no measuring data.

One server process on one core, asked one request after another over the loopback: a time is from the request to the
last byte of the answer. No address is asked twice, so that nothing comes from a cache of answers.
"""

from __future__ import annotations

import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from tasks.task import BenchError, Figure, Figures, Place, Reference, Task, run_python

ENTRIES, PAGES = 50_000, 20_000
ASKED = 120
BENCH = Path(__file__).resolve().parents[1]
BUSY = 2.0
"""By how much a time may exceed the one its floor was raised to: on a machine that has other work it doubles."""

START = 30.0  # seconds that a server may take until it answers

ONE_CORE = (
    "import os; core = min(os.sched_getaffinity(0)) if hasattr(os, 'sched_getaffinity') else None; "
    "core is None or os.sched_setaffinity(0, {core}); from depesche.cli import main; main()"
)

TYPES = ("CONSULT", "AGREE", "REQUEST", "ACCUSE", "SANCTION", "AID", "SUPPORT", "ASSAULT")
WORDS = ("minister", "hafen", "gesprächen über den hafen", "ort 7", "dienstag die ministerin", "nummer")

KINDS = (
    "/chronicle", "/search?text=minister", "/upcoming", "/overdue", "/briefing?day=2018-03-01", "/stories", "/parties",
    "/party/person%253Aminister-17", "/party/person%253Aminister-17?with=person:minister-18", "/quotes", "/world",
    "/pages", "/page/seite-00017", "/review?kind=conflict", "/signin", f"/entry/e-{15:016x}",
)  # fmt: skip
"""An address of every kind of page but a story's: the invented pages have none."""


def chronicles() -> Iterator[str]:
    """Filters of every kind, and pages far down."""
    for n in range(ASKED):
        year, month = 2015 + n % 8, 1 + n % 12
        yield (
            f"/chronicle?from={year}-{month:02}-01&n={n}",
            f"/chronicle?type={TYPES[n % 8]}&status=occurred&n={n}",
            f"/chronicle?party=person:minister-{n}&n={n}",
            f"/chronicle?text={'minister' if n % 2 else f'nummer+{n}'}&n={n}",
            f"/chronicle?country=KEN&from={year}-01-01&to={year}-12-31&n={n}",
            f"/chronicle?party=nummer+{n}&n={n}",
        )[n % 6]


def searches() -> Iterator[str]:
    """Words that most entries have and words that few have."""
    for n in range(ASKED):
        word = WORDS[n % len(WORDS)] if n % 2 else f"nummer {n * 37}"
        yield f"/search?text={word.replace(' ', '+').replace('ä', '%C3%A4').replace('ü', '%C3%BC')}&n={n}"


def entries() -> Iterator[str]:
    """Entries from everywhere."""
    return (f"/entry/e-{n * 397 % ENTRIES:016x}" for n in range(ASKED))


def measure(place: Place) -> Figures:
    """The 95th percentile of each kind of page in milliseconds, and the largest page in kilobytes."""
    store = place.work / "made.db"
    run_python(BENCH / "made_store.py", store, str(ENTRIES), str(PAGES))
    with served(store) as port:
        seconds, _ = asked(port, "/chronicle")
        figures: Figures = {"first_answer_seconds": round(seconds, 2)}
        for name, addresses in (("chronicle", chronicles()), ("entry", entries()), ("search", searches())):
            figures[f"{name}_p95_ms"] = round(1000 * p95([asked(port, one)[0] for one in addresses]), 1)
        figures["largest_page_kb"] = round(max(asked(port, one)[1] for one in KINDS) / 1000, 1)
    return figures


def p95(seconds: Sequence[float]) -> float:
    """The time within which nineteen of twenty answers came."""
    return sorted(seconds)[len(seconds) * 95 // 100]


def asked(port: int, address: str) -> tuple[float, int]:
    """Seconds and bytes of one answer; BenchError where it is not what it should be."""
    began = time.perf_counter()
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
    connection.request("GET", address, headers={"Accept-Language": "de"})
    answer = connection.getresponse()
    body = answer.read()
    seconds = time.perf_counter() - began
    connection.close()
    if answer.status != 200:
        raise BenchError(f"{address} was answered with {answer.status}")
    return seconds, len(body)


@contextmanager
def served(store: Path) -> Iterator[int]:
    """The port at which the store is served by a process of its own."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    words = [sys.executable, "-c", ONE_CORE, "serve", "--store", str(store), "--port", str(port)]
    with subprocess.Popen(words, stderr=subprocess.DEVNULL, env={**os.environ, "PYTHONUTF8": "1"}) as process:
        try:
            _wait(port, process)
            yield port
        finally:
            process.terminate()


def _wait(port: int, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + START
    while time.monotonic() < until and process.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise BenchError("the server did not start")


TASKS = (
    Task(
        "web",
        (
            Figure("first_answer_seconds", less=True, slack=0.0, share=BUSY),
            *(
                Figure(f"{name}_p95_ms", Reference(100, "goal"), less=True, slack=0.0, share=BUSY)
                for name in ("chronicle", "entry", "search")
            ),
            Figure("largest_page_kb", Reference(200, "goal"), less=True, slack=0.0, share=0.1),
        ),
        measure,
        long=True,
        alone=True,
    ),
)
