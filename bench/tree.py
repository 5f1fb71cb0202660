"""Runs a command and prints, as JSON, its seconds and the peak memory of it and all processes it starts, in megabytes.

Memory is what the processes hold together, pages that they share counted once (Linux, "PSS"), looked at every fifth of
a second.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

PROC = Path("/proc")
EVERY = 0.2  # seconds
KILOBYTE = 1024
MEGABYTE = 1_000_000


def main() -> int:
    """Runs what the command line names; its exit code."""
    began = time.perf_counter()
    peak = 0
    with subprocess.Popen(sys.argv[1:], stdout=subprocess.DEVNULL) as process:
        while process.poll() is None:
            peak = max(peak, sum(map(_held, _tree(process.pid))))
            time.sleep(EVERY)
    print(json.dumps({"seconds": round(time.perf_counter() - began, 2), "peak_mb": round(peak / MEGABYTE, 1)}))
    return process.returncode


def _tree(pid: int) -> Iterator[int]:
    """The process and all that it and its children started."""
    yield pid
    for task in PROC.glob(f"{pid}/task/*/children"):
        for child in _read(task).split():
            yield from _tree(int(child))


def _held(pid: int) -> int:
    found = re.search(r"^Pss:\s+(\d+) kB", _read(PROC / str(pid) / "smaps_rollup"), re.MULTILINE)
    return int(found[1]) * KILOBYTE if found else 0


def _read(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except (OSError, ValueError):  # it has just ended
        return ""


if __name__ == "__main__":
    sys.exit(main())
