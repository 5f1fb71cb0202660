"""Tries inputs on one stage until its time is over, and keeps those that it fails on.

    python bench/fuzz_stage.py STAGE --seconds 600 --out FOLDER [--plain]

Inputs are led by the code that they reach (atheris), or, with --plain, made of the words that stages look for
(hypothesis). FOLDER gets each finding once as `STAGE-KIND-DIGEST`, its trace in `findings.txt`, the slowest inputs as
`slow-…`, and what was done in `STAGE.json`.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
import time
import traceback
from collections.abc import Callable
from pathlib import Path
from zlib import crc32

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "tests" / "hostile"), str(ROOT / "tests" / "unit")]

LONGEST = 4000
"""Bytes of a led input; longer ones are what `slowest.py` tries."""

SLOW = 2.0
"""Processor seconds for 10 kB that are a finding."""

SIZE = 10_000
TWICE = 8
"""One input of so many is run twice, and has to be answered alike."""

KEPT = 5
REPORT_EVERY = 5.0  # seconds


class Hunt:
    """What came of the inputs so far."""

    def __init__(self, stage: str, run: Callable[[str, bytes], bytes], out: Path) -> None:
        self._stage, self._run, self._out = stage, run, out
        self._seen: set[str] = set()
        self._slowest: list[tuple[float, str]] = []
        self._told = 0.0
        self.tried = 0

    def one(self, data: bytes) -> None:
        """Runs an input."""
        self.tried += 1
        began = time.process_time()
        try:
            answer = self._run(self._stage, data)
            seconds = time.process_time() - began
            if crc32(data) % TWICE == 0 and self._run(self._stage, data) != answer:
                self._keep(data, "differs", "the same input was answered otherwise")
        except Exception as error:  # noqa: BLE001 - whatever a stage raises is what is looked for
            self._keep(data, type(error).__name__, traceback.format_exc())
            return
        finally:
            self._report()
        self._time(data, seconds)

    def _time(self, data: bytes, seconds: float) -> None:
        """Keeps the slowest, by seconds for 10 kB; a short one counts as if it were repeated."""
        rate = seconds * SIZE / max(len(data), 400)
        if seconds > SLOW * max(1.0, len(data) / SIZE) and self._seconds(data) > SLOW * max(1.0, len(data) / SIZE):
            self._keep(data, "slow", f"{seconds:.1f} s for {len(data)} bytes, as it was being traced")
        if len(self._slowest) < KEPT or rate > self._slowest[0][0]:
            name = f"slow-{self._stage}-{_digest(data)}"
            (self._out / name).write_bytes(data)
            self._slowest.append((rate, name))
            self._slowest.sort()
            for _, dropped in self._slowest[:-KEPT]:
                (self._out / dropped).unlink(missing_ok=True)
            del self._slowest[:-KEPT]

    def _seconds(self, data: bytes) -> float:
        """Processor seconds of another run, for the first one may have loaded something."""
        began = time.process_time()
        self._run(self._stage, data)
        return time.process_time() - began

    def _keep(self, data: bytes, kind: str, told: str) -> None:
        """A finding, once for each kind and place."""
        places = [line.strip() for line in told.split("\n") if "/depesche/" in line and "File" in line]
        mark = f"{kind} {places[-1] if places else ''}"
        if mark in self._seen:
            return
        self._seen.add(mark)
        (self._out / f"{self._stage}-{kind}-{_digest(data)}").write_bytes(data)
        with (self._out / "findings.txt").open("a", encoding="utf-8") as file:
            file.write(f"== {self._stage} {kind} {_digest(data)}\n{told}\n")

    def _report(self) -> None:
        """Writes down what was done now and then, for the process may be ended at any time."""
        if time.monotonic() - self._told > REPORT_EVERY:
            self._told = time.monotonic()
            done = {"stage": self._stage, "tried": self.tried, "findings": len(self._seen)}
            (self._out / f"{self._stage}.json").write_text(json.dumps(done) + "\n", "utf-8")


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:12]


def led(hunt: Hunt, asked: argparse.Namespace) -> None:
    """Inputs led by what code they reach, begun with our pages and words; does not return."""
    import atheris
    from pieces import WORDS
    from stages import seeds

    begin, kept = asked.out / f"seeds-{asked.stage}", asked.out / f"corpus-{asked.stage}"
    for folder in (begin, kept):
        folder.mkdir(exist_ok=True)
    for data in seeds(ROOT, asked.stage):
        (begin / _digest(data)).write_bytes(data[:LONGEST])
    words = asked.out / "words.dict"
    words.write_text("".join(f'"{_escaped(word)}"\n' for word in WORDS), "ascii")
    options = [f"-max_total_time={asked.seconds}", f"-max_len={LONGEST}", f"-dict={words}", "-timeout=300"]
    options += [
        "-rss_limit_mb=4000",
        f"-artifact_prefix={asked.out}/{asked.stage}-",
        "-report_slow_units=9999",
        "-verbosity=0",
    ]
    atheris.Setup([sys.argv[0], *options, str(kept), str(begin)], hunt.one)
    atheris.Fuzz()


def _escaped(word: str) -> str:
    return "".join(f"\\x{byte:02x}" for byte in word.encode("utf-8", "surrogatepass"))


def made(hunt: Hunt, asked: argparse.Namespace) -> None:
    """Inputs made of words, tags and pages, until the time is over."""
    from hypothesis import HealthCheck, Phase, given, seed, settings
    from pieces import inputs

    until, number = time.monotonic() + asked.seconds, asked.seed
    while time.monotonic() < until:
        number += 1

        @seed(number)
        @settings(
            max_examples=200,
            deadline=None,
            database=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        @given(inputs(asked.stage))
        def tries(data: bytes) -> None:
            if time.monotonic() < until:
                hunt.one(data)

        tries()


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("stage")
    parser.add_argument("--seconds", type=int, default=600)
    parser.add_argument("--seed", type=int, default=0, help="where the made inputs begin")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--plain", action="store_true", help="without atheris")
    asked = parser.parse_args()
    asked.out.mkdir(parents=True, exist_ok=True)
    if not asked.plain:
        import atheris

        with atheris.instrument_imports(include=["depesche"], enable_loader_override=False):
            from stages import run
    else:
        from stages import run
    hunt = Hunt(asked.stage, run, asked.out)
    (made if asked.plain else led)(hunt, asked)


if __name__ == "__main__":
    main()
