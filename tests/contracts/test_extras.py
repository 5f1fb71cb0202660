"""The core runs without the extras, and says which one is missing where it is needed."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

WITHOUT = """
import sys
for name in {missing!r}:
    sys.modules[name] = None
from depesche.cli import main
main({words!r})
"""
BRINGS = "the extra `watch` brings it (pip install 'depesche[watch]')"
PAGE = Path(__file__).resolve().parents[2] / "examples" / "pages" / "alpenwarte-verschoben.txt"
WATCH = ("httpcore", "certifi", "idna", "feedparser", "protego", "h11")


def _run(missing: tuple[str, ...], *words: str) -> tuple[int, str, str]:
    code = WITHOUT.format(missing=missing, words=["--quiet", *words])
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, encoding="utf-8", check=False)
    return done.returncode, done.stdout, done.stderr


@pytest.mark.parametrize("missing", [*((name,) for name in WATCH[:-1]), WATCH])
def test_watching_says_which_extra_it_needs(tmp_path: Path, missing: tuple[str, ...]) -> None:
    code, _, told = _run(missing, "watch", "https://hafen.example/rss", "--store", str(tmp_path / "s.db"), "--once")
    assert code == 1
    assert told in [f"depesche: {name} is missing; {BRINGS}\n" for name in missing]


def test_a_warc_file_says_which_extra_it_needs(tmp_path: Path) -> None:
    path = tmp_path / "x.warc"
    path.write_bytes(b"WARC/1.0\r\n")
    code, shown, told = _run(("fastwarc", *WATCH), "extract", str(path))
    assert code == 3
    assert "the extra `warc` brings it" in shown
    assert "the extra `warc` brings it" in told


def test_building_imports_nothing_that_fetches(tmp_path: Path) -> None:
    code, _, told = _run(("fastwarc", *WATCH), "build", str(PAGE), "--store", str(tmp_path / "s.db"))
    assert (code, told) == (0, "")
