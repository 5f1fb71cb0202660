"""A segment of pages read as one job of Daft.

Ray gives the tasks of a dead worker to another one. Where a job fails all the same it is tried again, then by halves,
so that a page that ends its worker costs nothing but itself: it is recorded as unread.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from depesche.engine.lake import Done, Lake, Told, readings_of
from depesche.engine.quiet import Cores
from depesche.engine.reader import NOTHING, OUTCOME, UNREAD, Work, reader
from depesche.errors import DepescheError, EngineError

TRIES = 2
"""How often a job runs before it is divided."""

MOST_FAILURES = 60
"""Failed jobs of a segment after which it is not the pages that are at fault."""

TASKS = 4
"""Tasks of a job for each core: of so much work a lost worker loses little."""

KEY = ("page", "doc", "source")


@dataclass
class Jobs:
    """Runs the jobs of a build: pages of a lake, read as `work` says on these cores."""

    cores: Cores
    lake: Lake
    work: Work
    version: str
    failures: int = field(default=0, init=False)
    divided: bool = field(default=False, init=False)

    def read(self, segment: str) -> Done:
        """Reads all pages of a segment into the lake; EngineError where that cannot be done."""
        self.lake.clear(segment, self.version)
        self.failures, self.divided = 0, False
        pages = list(self.lake.landed(segment))
        files = self._read(segment, pages)
        unread = self._check(pages, files)
        return self.lake.finish(segment, self.version, Done(tuple(sorted(files)), len(pages) - unread, unread))

    def _read(self, segment: str, pages: Sequence[Told]) -> list[str]:
        """The files with what was read from some pages of a segment."""
        for _ in range(TRIES):
            try:
                return self._job(segment, pages)
            except (DepescheError, MemoryError):
                raise
            except Exception as error:  # whatever ended the workers is told with the page, or ends the build
                self.failures += 1
                says = " ".join(str(error).split())[:300]
                if self.failures > MOST_FAILURES:
                    raise EngineError(f"reading {segment} failed again and again: {says}") from error
        if len(pages) == 1:
            return [self._give_up(segment, pages[0], says)]
        half, self.divided = len(pages) // 2, True
        return self._read(segment, pages[:half]) + self._read(segment, pages[half:])

    def _job(self, segment: str, pages: Sequence[Told]) -> list[str]:
        daft, lake = self.cores.daft, self.lake
        from daft.functions import to_struct

        rows = daft.read_parquet(lake.url(f"pages/{segment}.parquet"))
        if self.divided:
            rows = rows.where(daft.col("page").is_in([page.page for page in pages]))
        if self.cores.ray:  # Daft alone divides work by itself
            rows = rows.into_partitions(max(min(TASKS * self.cores.count, len(pages)), 1))
        columns = [daft.col(name) for name in (*KEY, "form", "metadata", "raw")]
        rows = rows.with_column("read", reader(self.cores, self.work)(to_struct(*columns)))
        told = [daft.col("read").get(name).alias(name) for name in OUTCOME]
        written = rows.select(*KEY, *told).write_parquet(
            lake.url(readings_of(segment, self.version)), compression="zstd", partition_cols=["day"]
        )
        return [lake.within(path) for path in written.to_pydict()["path"]]

    def _give_up(self, segment: str, page: Told, says: str) -> str:
        """Records a page that ends every worker that reads it."""
        import pyarrow

        reason = f"reading it ended the program that did ({says}); please report the page"
        row = {"page": page.page, "doc": page.doc, "source": page.source} | NOTHING | {"error": reason}
        del row["day"]
        schema = pyarrow.schema([(name, pyarrow.string()) for name in (*KEY, *OUTCOME) if name != "day"])
        path = f"{readings_of(segment, self.version)}/day={UNREAD}/{page.page}.parquet"
        self.lake.write(path, pyarrow.Table.from_pylist([row], schema=schema))
        return path

    def _check(self, pages: Sequence[Told], files: Sequence[str]) -> int:
        """How many pages could not be read. Every page has to have one row, and none may say that no page can be."""
        found: Counter[Told] = Counter()
        unread = 0
        for row in self.lake.rows(files, [*KEY, "error", "fault"]):
            if row["fault"]:
                raise EngineError(row["fault"])
            unread += row["error"] is not None
            found[Told(row["page"], row["doc"], row["source"])] += 1
        if found != Counter(pages):
            raise EngineError(f"of {len(pages)} pages {found.total()} were read; build again, nothing is lost")
        return unread
