"""How many independent sources tell an entry: copies, one wire text and one house count once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import combinations
from typing import Protocol

from depesche.link.tellings import Telling
from depesche.model.days import iso
from depesche.model.linkage import Copy, Source
from depesche.model.reading import Reading


class Published(Protocol):
    """A page as far as its origin goes: its id, who printed it, and which wire service it credits."""

    @property
    def page(self) -> str:
        """The id."""

    @property
    def outlet(self) -> str | None:
        """Where it appeared."""

    @property
    def house(self) -> str | None:
        """The house that several outlets belong to."""

    @property
    def agency(self) -> str | None:
        """The wire service."""


def tell_sources(tellings: Sequence[Telling], copies: frozenset[tuple[str, str]]) -> tuple[Source, ...]:
    """The pages of an entry by publication, those of one origin under one number."""
    pages: dict[str, Reading] = {}
    for telling in sorted(tellings, key=Telling.order):
        pages.setdefault(telling.page, telling.reading)
    numbers = origin_numbers(list(pages.values()), copies)
    return tuple(_source(reading, numbers[page]) for page, reading in pages.items())


def origin_numbers(pages: Sequence[Published], copies: frozenset[tuple[str, str]]) -> dict[str, str]:
    """The origin of each page by its id: "o1" for the first and all that share its origin, and so on in their order."""
    roots = _roots(pages, copies)
    numbers = {root: f"o{i}" for i, root in enumerate(dict.fromkeys(roots[one.page] for one in pages), 1)}
    return {page: numbers[root] for page, root in roots.items()}


def copied_pairs(copies: Iterable[Copy]) -> frozenset[tuple[str, str]]:
    """The pairs of pages that are copies, the lesser first."""
    return frozenset((min(copy.page, copy.of), max(copy.page, copy.of)) for copy in copies)


def _roots(readings: Sequence[Published], copies: frozenset[tuple[str, str]]) -> dict[str, str]:
    root = {reading.page: reading.page for reading in readings}
    for a, b in combinations(readings, 2):
        if _one_origin(a, b, copies) and root[a.page] != root[b.page]:
            old, new = root[b.page], root[a.page]
            root = {page: new if value == old else value for page, value in root.items()}
    return root


def _one_origin(a: Published, b: Published, copies: frozenset[tuple[str, str]]) -> bool:
    if (min(a.page, b.page), max(a.page, b.page)) in copies:
        return True
    return _same(a.outlet, b.outlet) or _same(a.house, b.house) or _same(a.agency, b.agency)


def _same(a: str | None, b: str | None) -> bool:
    return a is not None and b is not None and a.casefold() == b.casefold()


def _source(reading: Reading, origin: str) -> Source:
    published = iso(reading.dateline.published)
    return Source(reading.page, reading.doc, origin, reading.outlet, reading.agency, published)
