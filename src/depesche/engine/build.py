"""What is new into the lake, the lake into the store, the pile linked.

The lake is what lasts: a store is loaded with all that it holds. A build that was cut off goes on with the segments
that are not done.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from datetime import date

from depesche import __version__
from depesche.engine.jobs import Jobs
from depesche.engine.lake import Lake, Told
from depesche.engine.load import Loading, Names
from depesche.engine.quiet import Cores
from depesche.engine.reader import Work
from depesche.model.page import Page, Unread
from depesche.packs.load import Packs
from depesche.pipeline import BuildReport, Progress, Quiet, Version, link_anew
from depesche.store import Store
from depesche.store.rows import whole

PAGES_A_CORE = 500
"""Pages of a segment for each core: about two minutes of work."""

LARGEST = 256_000_000
"""Characters of a segment."""


def build_on(  # noqa: PLR0913 — what `pipeline.build` takes, and where it is done
    cores: Cores,
    lake: Lake,
    sources: Iterable[Page | Unread],
    store: Store,
    packs: Packs,
    *,
    not_after: date | None = None,
    progress: Progress | None = None,
) -> BuildReport:
    """Like `pipeline.build`, with the pages read by the cores and kept in the lake; the same store comes of it.

    The store holds all that the lake holds afterwards, and the lake all that the store held. Sources are taken as they
    come, and as many held as the cores read at a time.
    """
    told, version = progress or Quiet(), Version.of(packs, not_after)
    jobs = Jobs(cores, lake, Work(__version__, packs.knowledge, not_after), _short(version))
    with store.writer() as writer:
        inputs = Inputs(jobs, told)
        inputs.take(sources)
        inputs.take(_only_in(store, inputs.landed))
        failed = Loading(lake, jobs.version, version, store, writer).load(Names(inputs.landed, inputs.asked))
        for one in inputs.unread:
            writer.put_unread(one)
        linked = link_anew(writer, packs, version, told)
    with store.view() as view:
        counts = view.counts()
    unread = tuple(sorted({*inputs.unread, *failed.values()}, key=lambda one: (one.source, one.doc)))
    known = inputs.known - len(failed.keys() - inputs.fresh)
    return BuildReport(inputs.read, known, unread, counts.pages, counts.entries, linked)


def _short(version: Version) -> str:
    return hashlib.sha256(f"{version.package} {version.knowledge}".encode()).hexdigest()[:12]


def _only_in(store: Store, landed: dict[str, Told]) -> Iterator[Page]:
    """The pages of the store that the lake lacks, as when a store of a plain build gets a lake."""
    with store.view() as view:
        for id in [page.id for page in view.pages_read() if page.id not in landed]:
            if page := view.page(id):
                yield page


class Inputs:
    """Takes pages into the lake and has them read there; knows what is there already, by page."""

    def __init__(self, jobs: Jobs, told: Progress) -> None:
        self._jobs, self._told = jobs, told
        self.landed: dict[str, Told] = {}
        self.asked: set[str] = set()
        """The pages of this build: those named, and those read anew."""
        self.fresh: set[str] = set()
        """Those read anew, or found to be unreadable."""
        self.unread: list[Unread] = []
        self.read = self.known = 0
        for segment in jobs.lake.segments():
            pages = {told.page: told for told in jobs.lake.landed(segment)}
            if jobs.lake.done(segment, jobs.version) is None:
                self._read(segment, pages)
            self.landed |= pages

    def take(self, sources: Iterable[Page | Unread]) -> None:
        """Puts what the lake lacks into it, and has it read, a segment at a time."""
        most, waiting, size = PAGES_A_CORE * self._jobs.cores.count, list[Page](), 0
        met: dict[str, Told] = {}
        for one in sources:
            if isinstance(one, Unread):
                self.unread.append(one)
                self._told.page(one.doc)
            elif self._is_new(one, met):
                waiting.append(one)
                size += len(one.raw)
            if len(waiting) >= most or size >= LARGEST:
                self._land(waiting)
                waiting, size = [], 0
        if waiting:
            self._land(waiting)

    def _is_new(self, page: Page, met: dict[str, Told]) -> bool:
        """Whether a page has to be read; of a page that comes under several names, the first name holds."""
        told = Told(page.id, whole(page.doc), whole(page.source))
        if page.id in met and (met[page.id].doc, met[page.id].source) <= (told.doc, told.source):
            return False
        met[page.id] = told
        self.asked.add(page.id)
        if self.landed.get(page.id) != told:
            return True
        self.known += page.id not in self.fresh
        self._told.page(page.doc)
        return False

    def _land(self, waiting: list[Page]) -> None:
        pages = {page.id: page for page in waiting}
        segment = self._jobs.lake.land(list(pages.values()))
        told = {page.id: Told(page.id, whole(page.doc), whole(page.source)) for page in pages.values()}
        self._read(segment, told)
        self.landed |= told
        for page in waiting:
            self._told.page(page.doc)

    def _read(self, segment: str, pages: dict[str, Told]) -> None:
        self.read += self._jobs.read(segment).read
        self.asked |= pages.keys()
        self.fresh |= pages.keys()
