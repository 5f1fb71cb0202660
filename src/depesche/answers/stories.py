"""Stories: pages on one happening and its follow-ups, with the entries they tell of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import msgspec
import numpy as np

from depesche.answers.browse import Row, rows_at
from depesche.answers.catalogue import NOBODY, Catalogue, Positions, union
from depesche.answers.overview import Strip, strip
from depesche.errors import UsageError
from depesche.model.linkage import Story
from depesche.store import View

STORIES, ROWS = 40, 200
"""Stories on a page of the list, entries on a story's page."""


class StoryLine(msgspec.Struct, frozen=True):
    """A story in a list: called by what its pages, and few others, tell of, or else by its first page."""

    id: str
    title: str
    pages: int
    entries: int


class StoryList(msgspec.Struct, frozen=True):
    """Stories, those of most pages first; `next` is where the list goes on."""

    total: int
    stories: tuple[StoryLine, ...]
    next: int | None


class StoryPage(msgspec.Struct, frozen=True):
    """A page of a story. `copy_of` is the id of another page of it whose text this one has."""

    page: str
    doc: str
    title: str | None
    outlet: str | None
    agency: str | None
    published: str | None
    earliest: str | None
    latest: str | None
    copy_of: str | None


class StoryAnswer(msgspec.Struct, frozen=True):
    """A story with its pages by day and its entries in order; `more` entries are not listed."""

    id: str
    title: str
    pages: tuple[StoryPage, ...]
    rows: tuple[Row, ...]
    more: int
    strip: Strip


def story_list(view: View, all: Catalogue, start: int = 0) -> StoryList:
    """The stories from that place of the list on."""
    stories = sorted(view.stories(), key=lambda story: (-len(story.pages), story.id))
    shown = stories[start : start + STORIES]
    following = start + STORIES if start + STORIES < len(stories) else None
    lines = (StoryLine(one.id, _title(view, all, one), len(one.pages), len(_places(all, one))) for one in shown)
    return StoryList(len(stories), tuple(lines), following)


def story(view: View, all: Catalogue, id: str) -> StoryAnswer:
    """The story of that id; UsageError where there is none."""
    found = next((one for one in view.stories() if one.id == id), None)
    if found is None:
        raise UsageError(f"{id}: no such story; the list of stories has them all")
    places = _places(all, found)
    pages = sorted(_pages(view, found.pages), key=lambda page: (page.latest or "9999", page.doc, page.page))
    rows = tuple(rows_at(view, all, places[:ROWS]))
    return StoryAnswer(id, _title(view, all, found), tuple(pages), rows, max(len(places) - ROWS, 0), strip(all, places))


def _places(all: Catalogue, story: Story) -> Positions:
    return union(all.by_page.at.get(page, NOBODY) for page in story.pages)


def _title(view: View, all: Catalogue, story: Story) -> str:
    """Of the entries that several of its pages tell of the one that fewest others do: the rest is background."""
    told = [all.by_page.at[page] for page in story.pages if page in all.by_page.at]
    if told:
        places, inside = np.unique(np.concatenate(told), return_counts=True)
        everywhere = np.bincount(all.by_page.flat, minlength=len(all))[places]
        best = int(np.lexsort((places, -inside, everywhere - 2 * inside))[0])
        title = view.title(all.ids[int(places[best])])
        if title and inside[best] > 1:
            return title
    cards = (view.card(page) for page in story.pages)
    return next((card.title or card.doc for card in cards if card), story.id)


def _pages(view: View, pages: Iterable[str]) -> Iterator[StoryPage]:
    here = set(pages)
    for page in sorted(here):
        card = view.card(page)
        if card is None:
            continue  # forgotten since
        copied = (copy.of for copy in view.copies_of(page) if copy.page == page and copy.of in here)
        yield StoryPage(
            page, card.doc, card.title, card.outlet, card.agency, card.published, card.earliest, card.latest,
            next(copied, None),
        )  # fmt: skip
