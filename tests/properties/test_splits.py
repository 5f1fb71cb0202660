"""However pages are split into builds, and in whatever order they come: the same linkage, byte for byte."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from functools import cache
from pathlib import Path
from unittest.mock import patch

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "unit"))

from built import PAGES, build_into, sources

from depesche import pipeline
from depesche.model.page import Article, Page
from depesche.model.reading import Reading
from depesche.packs.load import Packs
from depesche.store import open_store

EXAMPLES = Path(__file__).resolve().parents[2] / "examples" / "pages"
READ: dict[str, tuple[Article, Reading]] = {}


@cache
def pages() -> tuple[Page, ...]:
    return tuple(one for one in sources(PAGES, EXAMPLES) if isinstance(one, Page))


@contextmanager
def each_page_read_once() -> Iterator[None]:
    """Reading is the same every time (another test says so), and would take most of the time here."""
    really = pipeline.read_page

    def read_page(page: Page, packs: Packs, not_after: date | None) -> tuple[Article, Reading]:
        if page.id not in READ:
            READ[page.id] = really(page, packs, not_after)
        return READ[page.id]

    with patch("depesche.pipeline.read_page", read_page):
        yield


def linkage_of(builds: Sequence[Sequence[Page]]) -> bytes:
    """What a store holds after these builds: entries, copies, stories, parties, one a line."""
    with tempfile.TemporaryDirectory() as folder, each_page_read_once():
        store = Path(folder) / "s.db"
        for build in builds:
            build_into(store, build)
        with open_store(str(store)).view() as view:
            told = [*view.entries(), *view.copies(), *view.stories(), *view.parties()]
    return b"\n".join(map(msgspec.json.encode, told))


@cache
def at_once() -> bytes:
    return linkage_of([pages()])


@st.composite
def splits(draw: st.DrawFn) -> list[list[Page]]:
    """Every page in one build or, read before, in two; builds may be empty."""
    shuffled = draw(st.permutations(pages()))
    count = draw(st.integers(1, 4))
    builds: list[list[Page]] = [[] for _ in range(count)]
    for page in shuffled:
        for number in draw(st.lists(st.integers(0, count - 1), min_size=1, max_size=2)):
            builds[number].append(page)
    return builds


def test_the_pages_are_worth_splitting() -> None:
    assert len(pages()) >= 20
    assert at_once().count(b"\n") > 50
    assert at_once() != linkage_of([pages()[:10]])


@settings(max_examples=15, deadline=None)
@given(splits())
def test_any_split_into_builds_gives_the_same_linkage(builds: list[list[Page]]) -> None:
    assert linkage_of(builds) == at_once()
