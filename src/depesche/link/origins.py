"""How many independent sources tell an entry: copies, one wire text and one house count once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import combinations

from depesche.link.tellings import Telling
from depesche.model.days import iso
from depesche.model.linkage import Copy, Source
from depesche.model.reading import Reading


def tell_sources(tellings: Sequence[Telling], copies: frozenset[tuple[str, str]]) -> tuple[Source, ...]:
    """The pages of an entry by publication, those of one origin under one number."""
    pages: dict[str, Reading] = {}
    for telling in sorted(tellings, key=Telling.order):
        pages.setdefault(telling.page, telling.reading)
    roots = _roots(list(pages.values()), copies)
    numbers = {root: f"o{i}" for i, root in enumerate(dict.fromkeys(roots[page] for page in pages), 1)}
    return tuple(_source(reading, numbers[roots[page]]) for page, reading in pages.items())


def copied_pairs(copies: Iterable[Copy]) -> frozenset[tuple[str, str]]:
    """The pairs of pages that are copies, the lesser first."""
    return frozenset((min(copy.page, copy.of), max(copy.page, copy.of)) for copy in copies)


def _roots(readings: Sequence[Reading], copies: frozenset[tuple[str, str]]) -> dict[str, str]:
    root = {reading.page: reading.page for reading in readings}
    for a, b in combinations(readings, 2):
        if _one_origin(a, b, copies) and root[a.page] != root[b.page]:
            old, new = root[b.page], root[a.page]
            root = {page: new if value == old else value for page, value in root.items()}
    return root


def _one_origin(a: Reading, b: Reading, copies: frozenset[tuple[str, str]]) -> bool:
    if (min(a.page, b.page), max(a.page, b.page)) in copies:
        return True
    return _same(a.outlet, b.outlet) or _same(a.house, b.house) or _same(a.agency, b.agency)


def _same(a: str | None, b: str | None) -> bool:
    return a is not None and b is not None and a.casefold() == b.casefold()


def _source(reading: Reading, origin: str) -> Source:
    published = iso(reading.dateline.published)
    return Source(reading.page, reading.doc, origin, reading.outlet, reading.agency, published)
