"""The readings of a lake into a store."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from depesche.engine.lake import Lake, Told
from depesche.model.page import Article, Unread
from depesche.model.reading import Reading
from depesche.pipeline import Version
from depesche.store import Store, Writer
from depesche.store.rows import from_json

NAMED = ("page", "doc", "source", "error")
VALUES = ("page", "article", "reading")


@dataclass(frozen=True)
class Names:
    """The name that each page of the lake has now, and which pages this build is about."""

    landed: Mapping[str, Told]
    asked: Collection[str]


@dataclass(frozen=True)
class Loading:
    """Brings readings of a version, under whose short name the lake has them, into the store of a writer."""

    lake: Lake
    short: str
    version: Version
    store: Store
    writer: Writer

    def load(self, names: Names) -> dict[str, Unread]:
        """Stores what the store lacks, in the order of segments; gives what cannot be read, by page."""
        there, failed = self._there(), dict[str, Unread]()
        for segment in self.lake.segments():
            done = self.lake.done(segment, self.short)
            if done is None:
                continue
            current = {told: error for told, error in self._rows(done.files) if names.landed[told.page] == told}
            lacking = {told.page for told, error in current.items() if error is None and told not in there}
            for told, error in sorted(current.items(), key=lambda item: item[0].page):
                if error is None:
                    continue
                complaint = Unread(told.doc, told.source, error)
                if lacking or told.page in names.asked:
                    self.writer.put_unread(complaint)
                if told.page in names.asked:
                    failed[told.page] = complaint
            if lacking:
                self._store(segment, done.files, lacking)
        return failed

    def _there(self) -> frozenset[Told]:
        """The pages that the store has as this version reads them, under their names there."""
        now = (self.version.package, self.version.knowledge)
        with self.store.view() as view:
            read = (page for page in view.pages_read() if (page.package, page.knowledge) == now)
            return frozenset(Told(page.id, page.doc, page.source) for page in read)

    def _rows(self, files: tuple[str, ...]) -> Iterator[tuple[Told, str | None]]:
        for row in self.lake.rows(files, NAMED):
            yield Told(row["page"], row["doc"], row["source"]), row["error"]

    def _store(self, segment: str, files: tuple[str, ...], lacking: set[str]) -> None:
        pages = {page.id: page for page in self.lake.pages(segment) if page.id in lacking}
        for row in self.lake.rows(files, VALUES):
            if row["page"] in pages:
                article, reading = from_json(row["article"], Article), from_json(row["reading"], Reading)
                page = pages[row["page"]]
                self.writer.put_page(page, article, reading, self.version.package, self.version.knowledge)
