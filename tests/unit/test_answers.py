"""Questions asked of a small store."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from made import TEXT, TITLE, made_article, made_entry, made_event, made_linkage, made_page, made_reading

from depesche.answers.chronicle import ChronicleFilter, chronicle, overdue, upcoming
from depesche.answers.entry import entry, said
from depesche.answers.pages import Counts, counts, page_lines
from depesche.answers.selection import StoredSelection, sourced
from depesche.errors import UsageError
from depesche.model.days import Days, one_day
from depesche.model.page import Unread
from depesche.model.reading import Status
from depesche.store import Store, open_store

DAY = date(2024, 5, 16)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    store = open_store(str(tmp_path / "chronicle.db"), write=True)
    with store.writer() as writer:
        for name, published in (("a", DAY), ("b", None)):
            reading = made_reading(name, made_event(name), published=published)
            writer.put_page(made_page(name), made_article(name, outlet="Bote"), reading, "1", "k")
        writer.put_unread(Unread("c", "c.pdf", "PDF is not read"))
        planned = {"status": Status.PLANNED}
        writer.put_linkage(
            made_linkage(
                made_entry("a", "b", days=one_day(DAY)),
                made_entry("past", days=one_day(date(2024, 5, 15)), **planned),
                made_entry("begun", days=Days(date(2024, 5, 10), None), **planned),
                made_entry("now", days=Days(date(2024, 5, 15), DAY), **planned),
                made_entry("later", days=Days(date(2024, 6, 1), None), **planned),
                made_entry("sometime", **planned),
                made_entry("off", days=one_day(date(2024, 5, 1)), status=Status.CANCELLED),
            ),
            "key",
        )
    return store


def test_a_chronicle_goes_by_days(store: Store) -> None:
    with store.view() as view:
        in_order = ["e-off", "e-begun", "e-past", "e-now", "e-a", "e-later", "e-sometime"]
        assert [e.id for e in chronicle(view)] == in_order
        asked = ChronicleFilter(start=DAY, end=DAY, status=Status.OCCURRED)
        assert [e.id for e in chronicle(view, asked)] == ["e-a"]


def test_what_was_announced_is_upcoming_or_overdue(store: Store) -> None:
    with store.view() as view:
        assert [e.id for e in overdue(view, DAY)] == ["e-past"]
        assert [e.id for e in upcoming(view, DAY)] == ["e-now", "e-later"]


def test_an_entry_shows_its_sentences_on_the_saved_pages(store: Store) -> None:
    with store.view() as view:
        found = said(view, entry(view, "e-a"))
        assert [(passage.doc, passage.text) for passage in found] == [("a", TEXT), ("b", TEXT)]
        page = view.page("p-a")
        assert page and found[0].on_page and found[0].on_page.of(page.raw) == TEXT


def test_a_page_that_is_not_stored_shows_nothing(store: Store) -> None:
    with store.view() as view:
        assert said(view, entry(view, "e-past")) == ()


def test_an_unknown_entry_is_wrong_use(store: Store) -> None:
    with store.view() as view, pytest.raises(UsageError, match=r"e-x: no such entry; .*lists the ids"):
        entry(view, "e-x")


def test_pages_are_counted_and_listed(store: Store) -> None:
    with store.view() as view:
        assert counts(view) == Counts(pages=2, unread=1, entries=7, undated=1)
        assert [(line.doc, line.title, line.published, line.events) for line in page_lines(view)] == [
            ("a", TITLE, DAY, 1),
            ("b", TITLE, None, 1),
        ]


def test_entries_are_counted_as_the_filter_keeps_them(store: Store) -> None:
    with store.view() as view:
        for asked in (ChronicleFilter(), ChronicleFilter(status=Status.PLANNED), ChronicleFilter(start=DAY, end=DAY)):
            assert view.count(asked) == len(list(view.entries(asked)))


def test_a_selection_knows_titles_pages_and_former_ids(store: Store) -> None:
    heard: list[None] = []
    with store.view() as view:
        selection = StoredSelection(view, chronicle, lambda: heard.append(None))
        (first, *_), again = list(selection.entries()), list(selection.entries())
        assert [entry.id for entry in again] == [entry.id for entry in chronicle(view)]
        assert len(heard) == 2 * len(again)
        assert selection.title(first.id) == TITLE and selection.title("e-none") is None
        card = selection.card("p-a")
        assert card and (card.outlet, card.published, card.title) == ("Bote", "2024-05-16", TITLE)
        assert selection.card("p-none") is None


def test_sources_are_the_pages_of_the_entries_dated_as_linking_dated_them(store: Store) -> None:
    with store.view() as view:
        found = list(sourced(StoredSelection(view, lambda view: [*chronicle(view)][:4])))
    assert [(one.card.doc, one.entries) for one in found] == [("begun", 1), ("now", 1), ("off", 1), ("past", 1)]
    by_doc = {one.card.doc: one.card for one in found}
    assert by_doc["off"].outlet is None, "no such page is stored, so only the entry tells of it"


def test_former_ids_lead_to_the_entry_that_took_up_their_mentions(store: Store, tmp_path: Path) -> None:
    with store.view() as view:
        before = {entry.id for entry in chronicle(view)}
    with store.writer() as writer:
        writer.put_linkage(made_linkage(made_entry("a", "b", "0", days=one_day(DAY))), "other")
    with store.view() as view:
        assert "e-a" in before and view.former_ids("e-0") == ("e-a",)
        assert view.former_ids("e-none") == ()
