"""Looks for inputs that a stage fails on, answers otherwise the second time, or takes too long for.

    python bench/fuzz.py --minutes 20 [--only STAGE …] [--out FOLDER] [--seed N]

Each stage has so many minutes: half of them led by the code that is reached (atheris), half with inputs made of what
stages look for (hypothesis); all of them the latter where atheris is missing, as on machines it has no wheel for. What
is found is copied to tests/hostile/found, where a test runs it from then on. 0 nothing found · 1 something was.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
FOUND = ROOT / "tests" / "hostile" / "found"
sys.path[:0] = [str(FOUND.parent), str(ROOT / "tests" / "unit")]

LEAST = 5  # seconds that are still worth starting a process for


def main(argv: Sequence[str] | None = None) -> int:
    """The command line."""
    from stages import STAGES

    asked = _arguments().parse_args(argv)
    out = asked.out or Path(tempfile.mkdtemp(prefix="depesche-fuzz-"))
    out.mkdir(parents=True, exist_ok=True)
    led = importlib.util.find_spec("atheris") is not None
    if not led:
        print("fuzz: atheris is missing, so all inputs are made and none is led by what it reaches", file=sys.stderr)
    found = 0
    print(f"{'stage':<10} {'minutes':>7} {'led':>9} {'made':>9}  findings")
    for stage in asked.only or STAGES:
        began, seconds = time.monotonic(), round(asked.minutes * 60)
        tried = {True: 0, False: 0}
        if led:
            tried[True] = _tried(stage, seconds // 2, out / f"{stage}-led", "--seed=0")
        tried[False] = _tried(
            stage, seconds - seconds // 2 if led else seconds, out / f"{stage}-made", "--plain", f"--seed={asked.seed}"
        )
        new = _taken(stage, out)
        found += len(new)
        minutes = (time.monotonic() - began) / 60
        print(
            f"{stage:<10} {minutes:>7.1f} {tried[True]:>9,} {tried[False]:>9,}  {', '.join(new) or 'none'}", flush=True
        )
    print(f"traces and the slowest inputs: {out}")
    return 1 if found else 0


def _tried(stage: str, seconds: int, out: Path, *words: str) -> int:
    """How many inputs were tried in that time; a process that ended is started again, as after an input that hangs."""
    until, tried = time.monotonic() + seconds, 0
    out.mkdir(exist_ok=True)
    while (left := round(until - time.monotonic())) >= LEAST:
        command = [sys.executable, str(HERE / "fuzz_stage.py"), stage, f"--seconds={left}", f"--out={out}", *words]
        with (out / "log.txt").open("ab") as log:
            subprocess.run(command, stdout=log, stderr=log, check=False)
        told = out / f"{stage}.json"
        if not told.exists():
            raise SystemExit(f"fuzz: {stage} was not begun; {out / 'log.txt'} says why")
        tried += json.loads(told.read_text("utf-8"))["tried"]
        told.unlink()
    return tried


def _taken(stage: str, out: Path) -> list[str]:
    """Copies the findings to where a test runs them; the names of those that are new."""
    new = []
    for folder in (out / f"{stage}-led", out / f"{stage}-made"):
        for path in sorted(folder.glob(f"{stage}-*")):
            if not (FOUND / path.name).exists():
                shutil.copy(path, FOUND / path.name)
                new.append(path.name)
    return new


def _arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="bench/fuzz.py", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--minutes", type=float, default=20, help="minutes for each stage (20)")
    parser.add_argument("--only", nargs="+", default=[], metavar="STAGE", help="these stages only")
    parser.add_argument("--out", type=Path, help="where traces, corpora and the slowest inputs go")
    parser.add_argument("--seed", type=int, default=0, help="where the made inputs begin; another one makes others")
    return parser


if __name__ == "__main__":
    sys.exit(main())
