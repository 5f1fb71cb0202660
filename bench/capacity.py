"""Measures what a cluster is planned by: `python bench/capacity.py [--pages 200] [--mentions 2500 5000 10000 20000]`.

Prints, as the tables of docs/how-to/cluster.md: pages per core-hour of each stage, bytes a page takes in the lake and
in the store, and how gathering, settling and linking grow with the pile. All in processor time of one core, with the
pages of `made_pages.py` for what is read and the readings of `made_pile.py` for what grows. Nothing is extrapolated.
"""

from __future__ import annotations

import argparse
import math
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from depesche import __version__
from depesche.clean import clean
from depesche.dating import date_article
from depesche.engine.lake import Lake
from depesche.engine.reader import OUTCOME, Work, read_row
from depesche.gather import gather
from depesche.gather.parties import parties_of
from depesche.ingest import read as read_files
from depesche.link import link
from depesche.model.page import Article, Page
from depesche.model.reading import Reading
from depesche.packs.load import Packs, load_packs
from depesche.parse import parse
from depesche.pipeline import read_page
from depesche.read import read
from depesche.settle import settle
from depesche.store import open_store
from made_pages import fill
from made_pile import pile

HOUR = 3600
WARM = 5  # pages read before the clock runs, so that all knowledge is loaded

T = TypeVar("T")


class Clock:
    """Processor seconds by stage."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = defaultdict(float)

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Adds what the block takes to a stage."""
        began = time.process_time()
        yield
        self.seconds[name] += time.process_time() - began


def main() -> None:
    """Measures and prints."""
    asked = _arguments()
    packs = load_packs()
    with tempfile.TemporaryDirectory(prefix="depesche-capacity-") as work:
        folder = Path(work)
        fill(folder / "pages", asked.pages + WARM)
        for line in stages(folder, packs):
            print(line, flush=True)
    for line in growth(asked.mentions, packs):
        print(line, flush=True)


def stages(folder: Path, packs: Packs) -> Iterator[str]:
    """The tables of stages and of bytes."""
    clock = Clock()
    for page in list(read_files([folder / "pages"]))[:WARM]:
        read_page(page, packs, None)
    with clock.stage("finding and decoding files"):
        pages = [one for one in read_files([folder / "pages"]) if isinstance(one, Page)]
    done = [_read(page, packs, clock) for page in pages]
    into_lake(folder, pages, packs, clock)
    store = into_store(folder, done, pages, packs, clock)
    yield f"\n{len(pages)} pages\n\n| stage | pages per core-hour | ms a page |\n|---|---|---|"
    for name, seconds in clock.seconds.items():
        yield f"| {name} | {len(pages) * HOUR / seconds:,.0f} | {1000 * seconds / len(pages):.1f} |"
    lake = Lake(str(folder / "lake"))
    sizes = {
        "characters of the page": sum(len(page.raw) for page in pages),
        "lake: pages": lake.size("pages"),
        "lake: readings": lake.size("readings"),
        **store,
    }
    yield "\n| what | bytes a page |\n|---|---|"
    yield from (f"| {name} | {size / len(pages):,.0f} |" for name, size in sizes.items())


def _read(page: Page, packs: Packs, clock: Clock) -> tuple[Article, Reading]:
    with clock.stage("clean"):
        article = clean(page, packs.furniture, packs.outlets)
    with clock.stage("parse"):
        parsed = parse(article, packs)
    with clock.stage("date"):
        dateline = date_article(article, parsed, packs.world, None)
    with clock.stage("read"):
        return article, read(article, parsed, dateline, packs)


def into_lake(folder: Path, pages: Sequence[Page], packs: Packs, clock: Clock) -> None:
    """Pages and readings as Parquet, less what reading them takes; by day, as Daft writes them."""
    import pyarrow

    lake, work = Lake(str(folder / "lake")), Work(__version__, packs.knowledge)
    with clock.stage("pages into the lake"):
        segment = lake.land(pages)
    by_day: dict[str, list[dict[str, str | None]]] = defaultdict(list)
    for row in lake.rows([f"pages/{segment}.parquet"]):
        read = dict(read_row(row, work, packs))
        by_day[str(read["day"])].append({"page": row["page"]} | {name: read[name] for name in OUTCOME if name != "day"})
    with clock.stage("readings into the lake"):
        for day, rows in by_day.items():
            lake.write(f"readings/day={day}/x.parquet", pyarrow.Table.from_pylist(rows))


def into_store(
    folder: Path, done: Sequence[tuple[Article, Reading]], pages: Sequence[Page], packs: Packs, clock: Clock
) -> dict[str, int]:
    """The store filled and linked; its bytes by what is in it."""
    path = folder / "store.db"
    with open_store(str(path), write=True).writer() as writer:
        with clock.stage("into the store"):
            for page, (article, reading) in zip(pages, done, strict=True):
                writer.put_page(page, article, reading, "1", "1")
        read = _size(path)
        with clock.stage("gather"):
            facts = gather([reading for _, reading in done], packs.parties.spellings)
        with clock.stage("settle"):
            settled = [settle(reading, facts) for _, reading in done]
        with clock.stage("link"):
            linkage = link(settled, packs.linking)
        with clock.stage("chronicle into the store"):
            writer.put_linkage(linkage, "1", parties_of(settled, facts))
    return {"store: pages and readings": read, "store: chronicle": _size(path) - read}


def _size(path: Path) -> int:
    return sum(file.stat().st_size for file in path.parent.glob(f"{path.name}*"))


def growth(sizes: Sequence[int], packs: Packs) -> Iterator[str]:
    """The table of growth: seconds of each stage, and the power of the pile by which it grew since the size before."""
    yield "\n| pages | mentions | gather s | settle s | link s | link ms a page | link grows by the power |"
    yield "|---|---|---|---|---|---|---|"
    before: tuple[int, float] | None = None
    for mentions in sorted(sizes):
        readings = pile(mentions)
        facts, gathered = _timed(lambda some=readings: gather(some, packs.parties.spellings))
        settled, settling = _timed(lambda some=readings, known=facts: [settle(one, known) for one in some])
        _, linking = _timed(lambda some=settled: link(some, packs.linking))
        power = math.log(linking / before[1]) / math.log(len(readings) / before[0]) if before else None
        before = (len(readings), linking)
        last = f"{power:.2f}" if power else "–"
        a_page = 1000 * linking / len(readings)
        yield (
            f"| {len(readings):,} | {mentions:,} | {gathered:.2f} | {settling:.2f} | {linking:.1f} | {a_page:.1f} "
            f"| {last} |"
        )


def _timed(job: Callable[[], T]) -> tuple[T, float]:
    began = time.process_time()
    return job(), time.process_time() - began


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bench/capacity.py", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--pages", type=int, default=200, help="pages that are read (200)")
    parser.add_argument(
        "--mentions", type=int, nargs="+", default=[2500, 5000, 10000, 20000], help="sizes of the piles that are linked"
    )
    return parser.parse_args()


if __name__ == "__main__":
    main()
