"""What comes into a store: which pages are to be read, and what becomes of each. Nothing is left out without a word.

Progress hears of it; the Version says which readings still hold.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Protocol

import msgspec

from depesche import __version__
from depesche.model.page import Page, Unread
from depesche.packs.load import Packs
from depesche.store import PageRows, Writer


class Progress(Protocol):
    """Hears of each page that is done, and of the linking that follows; what it shows is its own affair."""

    def page(self, doc: str) -> None:
        """One more input is done: read, known already, or not to be read."""

    def meaning(self, pages: int) -> None:
        """All inputs are done; so many pages get a meaning vector now, each of which `page` tells of."""

    def linking(self, pages: int) -> None:
        """All is read; so many pages are linked now."""


class Quiet:
    """Progress that nobody watches."""

    def page(self, doc: str) -> None:
        """Says nothing."""

    def meaning(self, pages: int) -> None:
        """Says nothing."""

    def linking(self, pages: int) -> None:
        """Says nothing."""


class Version(msgspec.Struct, frozen=True):
    """What a reading depends on besides its page."""

    package: str
    knowledge: str

    @classmethod
    def of(cls, packs: Packs, not_after: date | None) -> Version:
        """Of readings made now, by this package."""
        return cls(__version__, packs.knowledge if not_after is None else f"{packs.knowledge}<{not_after}")


class Intake:
    """What comes in, page by page: which pages are to be read, and what becomes of them in the store.

    Of a page that has several names the first name counts, by the alphabet, whichever comes first.
    """

    def __init__(self, writer: Writer, version: Version, told: Progress) -> None:
        self._writer, self._version = writer, version
        self.told = told
        self.read: set[str] = set()
        self.known = 0
        self._unread: list[Unread] = []
        self._unopened: dict[tuple[str, str], Unread] = {}
        self._names: dict[str, tuple[str, str]] = {}

    def fresh(self, sources: Iterable[Page | Unread]) -> Iterator[Page]:
        """The pages that are to be read."""
        for one in sources:
            if isinstance(one, Unread):
                self._unopened[one.source, one.doc] = one
                continue
            names = self._names.get(one.id)
            if names is not None and names <= (one.doc, one.source):
                continue
            self._names[one.id] = (one.doc, one.source)
            if self._current(one):
                self.known += 1
                self.told.page(one.doc)
            else:
                yield one

    def take(self, became: Iterable[tuple[Page, PageRows | Unread]]) -> None:
        """Stores the pages, or the reasons why they could not be read."""
        for page, made in became:
            if self._names.get(page.id, (page.doc, page.source)) != (page.doc, page.source):
                continue  # met under another name meanwhile
            if isinstance(made, Unread):
                self._list(made)
            else:
                self._writer.put_rows(made)
                self.read.add(page.id)
            self.told.page(page.doc)

    def tell_unopened(self) -> None:
        """Lists what could not be opened, by source and name."""
        for _, unread in sorted(self._unopened.items()):
            self._list(unread)
            self.told.page(unread.doc)

    def listed(self) -> tuple[Unread, ...]:
        """All that could not be read, by source and name."""
        return tuple(sorted(self._unread, key=lambda one: (one.source, one.doc)))

    def _list(self, unread: Unread) -> None:
        self._unread.append(unread)
        self._writer.put_unread(unread)

    def _current(self, page: Page) -> bool:
        """Whether these versions read the page, under the names it has now."""
        version, writer = self._version, self._writer
        return writer.has_reading(page.id, version.package, version.knowledge) and writer.is_named(page)
