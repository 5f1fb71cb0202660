"""Works killed at moments over their whole course; `bench/kills.py` does it a hundred times."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

BENCH = Path(__file__).resolve().parents[2] / "bench"


@pytest.mark.skipif(sys.platform == "win32", reason="there is no fork")
def test_ten_kills_lose_nothing_and_double_nothing() -> None:
    words = [sys.executable, str(BENCH / "kills.py"), "--kills", "10", "--pages", "2"]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    rows = [line.split() for line in done.stdout.splitlines()[1:]]
    assert [row[0] for row in rows] == ["build", "link", "watch", "decide", "copy"]
    assert sum(int(row[2]) for row in rows) == 10
