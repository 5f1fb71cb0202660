"""The slowest text for 10 kB in each stage, of families made to be slow, of inputs that were kept, and of real texts.

    python bench/slowest.py [--inputs FOLDER …] [--texts FOLDER] [--only STAGE …] [--growth]

Processor seconds of a text of 10,000 characters, and by how much longer twice as much takes: 2 is as it should be, 4 is
the square. Inputs from folders (the `slow-STAGE-…` of `fuzz.py`, texts of the measuring data) are repeated up to that
length. Exit code 1 where one takes more than 2 seconds.

`--growth`: each text is timed at the length that is LONG for its stage and at four times that; those are told, and make
for exit code 1, that take more than seven times as long: a page of some megabytes would hold a build up for hours.
Only families are timed so; folders are left out.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests" / "unit"))
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests" / "hostile"))

from eventful import eventful
from pieces import GERMAN, MARKS, TAGS
from stages import STAGES, run

SIZE = 10_000
MOST = 2.0  # seconds
DOUBLED = 0.3
"""Seconds from which on a text of twice the length is timed as well."""

LONG = dict.fromkeys(("flatten", "clean", "date", "times", "tokens", "feeds"), 40_000)
"""Characters from which on growth is looked at; SIZE for other stages."""

MOST_GROWTH = 7.0
"""Times as long as a text of four times the length may take; 4 is linear, 16 the square, and clocks are noisy."""

LEAST = 0.05
"""Seconds of the shorter text from which on growth tells something."""

EVENTS = 2000
"""Sentences of the one text that is no piece repeated; those of SIZE are its first two hundred."""

ALONE = (
    "a",
    "d",
    "9",
    "(",
    "[",
    "„",
    '"',
    "–",
    ",",
    ".",
    "!",
    "&",
    "<",
    "1.",
    "Stubb, ",
    "und ",
    "a b c ",
    "( ) ",
    "–– ",
)
PHRASES = (
    "Stubb sagte, dass ", "der, der, ", "nach Angaben von ", "am 1. Mai 2024 ", "vor 3 Tagen und ", "ab ab ab ab! ",
    "Der Minister von und zu ", "laut laut ", "„Wir “ sagte er. ", "Stubb: ", "nicht nur, sondern auch ",
    "1.1.1 24:61 ", "Donaudampfschifffahrtsgesellschaft", "Von Karla Beispiel\n", "16. Mai 2024\n", "18:32 Uhr: ",
    "x\n", "ÄÖÜ ", "a\u0301",
)  # fmt: skip


ELEMENTS = (
    "<td>1<tr>", "<tr><td>a</td><td>b</td></tr>", "<p>x</p>", "<a href=x>x</a> ", "<li>x", "<h2>x</h2>", "<b>a</b>",
    "<time datetime=2024-01-01>1.1.2024</time>", "<h2>18:30 Uhr</h2><p>Text hier. </p>", "<img src=x alt=y>", "<br>x",
    "<div class=a><p>Der Minister sagte. </p></div>", "<p>Von Karla Beispiel</p>", "<p>16.5.2024</p>", "<ul><li>",
    "<script type=application/ld+json>{}</script>", "<meta name=a content=b>", "<dl><dt>x<dd>y", "<!-- x -->",
    "<p>Mehr zum Thema</p>", "<article><h2>x</h2><time>18:30</time>y</article>", "<p>(dpa)", "<table>", "<form>",
)  # fmt: skip


def main(argv: Sequence[str] | None = None) -> int:
    """The command line."""
    asked = _arguments().parse_args(argv)
    if asked.growth:
        return _growth(asked.only or [name for name in STAGES if name != "ingest"])
    worst = 0.0
    print(f"{'stage':<8} {'seconds':>7} {'twice':>6}  text")
    for stage in asked.only or [name for name in STAGES if name != "ingest"]:
        run(stage, b"Ein Wort.")  # loads what the stage needs
        texts = [*_texts(stage, asked.inputs, asked.texts)]
        timed = [(_seconds(stage, text), text) for text in texts]
        seconds, text = max(timed)
        twice = f"×{_seconds(stage, text * 2) / seconds:.1f}" if seconds > DOUBLED else ""
        worst = max(worst, seconds)
        print(f"{stage:<8} {seconds:>7.2f} {twice:>6}  {text[:40]!r} ({len(timed)} texts)", flush=True)
    return 1 if worst > MOST else 0


def _growth(stages: Sequence[str]) -> int:
    """Tells which texts take ever longer; the exit code."""
    found = 0
    print(f"{'stage':<8} {'seconds':>7} {'×4':>6}  text")
    for stage in stages:
        run(stage, b"Ein Wort.")
        length = LONG.get(stage, SIZE)
        for piece in _pieces(stage):
            short = _once(stage, _filled(piece, length))
            if short < LEAST:
                continue
            times = _once(stage, _filled(piece, 4 * length)) / short
            if times > MOST_GROWTH:
                found += 1
                print(f"{stage:<8} {short:>7.2f} {times:>6.1f}  {piece[:40]!r}", flush=True)
    print(f"{found} of them grow by more than {MOST_GROWTH:g} times for four times the length")
    return 1 if found else 0


def _pieces(stage: str) -> list[bytes]:
    """What texts are made of, each repeated; one is so long that it is cut instead."""
    tags = (*TAGS, *ELEMENTS) if stage in ("flatten", "clean", "date", "feeds") else ()
    pieces = dict.fromkeys((*ALONE, *PHRASES, *GERMAN, *MARKS, *tags, "\n".join(eventful(EVENTS, seed=0))))
    return [piece.encode("utf-8", "surrogatepass") for piece in pieces]


def _texts(stage: str, inputs: Sequence[Path], texts: Path | None) -> Iterator[bytes]:
    """Texts of the size that is measured."""
    for piece in _pieces(stage):
        yield _filled(piece)
    for folder in inputs:
        for path in sorted(folder.rglob(f"slow-{stage}-*")):
            yield _filled(path.read_bytes() or b"x")
    for path in sorted(texts.rglob("*.txt"))[:40] if texts else ():
        yield _filled(path.read_bytes() or b"x")


def _filled(piece: bytes, size: int = SIZE) -> bytes:
    return (piece * (size // len(piece) + 1))[:size]


def _seconds(stage: str, text: bytes) -> float:
    """Processor seconds; where it takes long, the lesser of two runs, for the first may have loaded something."""
    seconds = _once(stage, text)
    return min(seconds, _once(stage, text)) if seconds > DOUBLED else seconds


def _once(stage: str, text: bytes) -> float:
    began = time.process_time()
    run(stage, text)
    return time.process_time() - began


def _arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="bench/slowest.py", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--inputs", type=Path, nargs="+", default=[], help="folders with inputs that fuzz.py kept")
    parser.add_argument("--texts", type=Path, help="a folder of texts, of which forty are timed")
    parser.add_argument("--only", nargs="+", default=[], metavar="STAGE", help="these stages only")
    parser.add_argument("--growth", action="store_true", help="which texts take the square of their length")
    return parser


if __name__ == "__main__":
    sys.exit(main())
