"""Entries chosen from a store with the pages that tell of them, to be walked through as often as needed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, Protocol

import msgspec

from depesche.model.linkage import Entry
from depesche.model.page import Article, Card
from depesche.model.reading import Reading

if TYPE_CHECKING:
    from depesche.store import View

__all__ = ["Card", "Pages", "Selection", "Sourced", "StoredSelection", "dated", "sourced"]

CARDS, ARTICLES = 2048, 32
"""Cards and articles kept at hand: neighbours in time come from the same pages."""


class Selection(Protocol):
    """What an export draws on: chosen entries, one at a time, and what is known of their pages."""

    def entries(self) -> Iterator[Entry]:
        """The chosen entries, anew with every call."""

    def entry(self, id: str) -> Entry | None:
        """One entry by its id."""

    def title(self, id: str) -> str | None:
        """The title of an entry, chosen or not; None where there is none."""

    def former_ids(self, id: str) -> tuple[str, ...]:
        """Ids that the entry, or a part of it, had before."""

    def card(self, page: str) -> Card | None:
        """What a list of sources tells of a page; None where it was forgotten since."""

    def article(self, page: str) -> Article | None:
        """The article of a page with its text."""

    def reading(self, page: str) -> Reading | None:
        """What was read from a page."""


class StoredSelection:
    """A selection from a view; `entries_of` asks for the entries, `on_entry` hears of each that was handed out."""

    def __init__(
        self, view: View, entries_of: Callable[[View], Iterable[Entry]], on_entry: Callable[[], None] | None = None
    ) -> None:
        self._view = view
        self._entries_of = entries_of
        self._on_entry = on_entry
        self.card = lru_cache(CARDS)(view.card)
        self.title, self.former_ids = view.title, view.former_ids
        self.article, self.reading = lru_cache(ARTICLES)(view.article), view.reading

    def entry(self, id: str) -> Entry | None:
        """One entry by its id."""
        if self._on_entry:
            self._on_entry()
        return self._view.entry(id)

    def entries(self) -> Iterator[Entry]:
        """The chosen entries, one at a time."""
        for entry in self._entries_of(self._view):
            yield entry
            if self._on_entry:
                self._on_entry()


class Sourced(msgspec.Struct, frozen=True):
    """A page that tells of chosen entries: its card, dated as linking dated it, and of how many it tells."""

    card: Card
    entries: int


class Pages:
    """The pages met while entries go by, so that the sources can follow without a second walk."""

    def __init__(self) -> None:
        self._counts: dict[str, int] = {}
        self._names: dict[str, str] = {}
        self._days: dict[str, tuple[str | None, str | None, str | None]] = {}

    def meet(self, entry: Entry) -> None:
        """Notes the pages of an entry, and the days that linking narrowed their publication to."""
        for source in entry.sources:
            self._counts[source.page] = self._counts.get(source.page, 0) + 1
            self._names[source.page] = source.doc
        for mention in entry.mentions:
            if mention.earliest or mention.latest:
                self._days[mention.page] = (mention.published, mention.earliest, mention.latest)

    def sources(self, selection: Selection) -> Iterator[Sourced]:
        """The pages by name and id; of one that is no longer stored only what the entries tell."""
        for page in sorted(self._counts, key=lambda page: (self._names[page], page)):
            card = selection.card(page) or Card(page, self._names[page], "other")
            yield Sourced(dated(card, self._days.get(page)), self._counts[page])


def sourced(selection: Selection) -> Iterator[Sourced]:
    """The pages that tell of the chosen entries, by name and id, after one walk through the entries."""
    pages = Pages()
    for entry in selection.entries():
        pages.meet(entry)
    yield from pages.sources(selection)


def dated(card: Card, days: tuple[str | None, str | None, str | None] | None) -> Card:
    """The card with the days that linking narrowed its publication to."""
    if days is None:
        return card
    published, earliest, latest = days
    return msgspec.structs.replace(card, published=published, earliest=earliest, latest=latest)
