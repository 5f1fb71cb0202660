from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import msgspec
import pytest
from built import NAMES, PAGES, build_into, exported, packs, sources
from crew_work import reader_dying_at_bote

from depesche import pipeline
from depesche.errors import EmptyPage, PackError, PageError, StoreLocked
from depesche.model.page import Form, Page, Unread
from depesche.store import open_store

TEXT = "  Der Minister traf am Montag den Botschafter.\n\nEr lobte das Gespräch. "


class Heard:
    def __init__(self) -> None:
        self.docs: list[str] = []
        self.linked: list[int] = []
        self.meant: list[int] = []

    def page(self, doc: str) -> None:
        self.docs.append(doc)

    def meaning(self, pages: int) -> None:
        self.meant.append(pages)

    def linking(self, pages: int) -> None:
        self.linked.append(pages)


def _page(name: str) -> Page:
    return next(page for page in sources() if isinstance(page, Page) and page.doc == name)


# --- one page


def test_a_page_is_cleaned_and_dated() -> None:
    article, dateline = pipeline.extract_page(_page("morgenpost"), packs(), None)
    assert article.title == "Eide und Baerbock sprechen in Berlin über die Ostsee"
    assert "Newsletter" not in article.text
    assert dateline.published == dateline.earliest == dateline.latest == date(2024, 3, 15)
    assert dateline.reasons


def test_a_page_is_read() -> None:
    article, reading = pipeline.read_page(_page("rundschau"), packs(), None)
    assert reading.text == article.text
    assert "SANCTION" in {event.type for event in reading.events}


def test_a_page_without_an_article_is_told_apart() -> None:
    with pytest.raises(EmptyPage):
        pipeline.extract_page(Page("p", "p", Form.TEXT, " \n "), packs(), None)


def test_a_fault_of_ours_becomes_the_reason_of_that_page(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object) -> None:
        raise KeyError("nothing there")

    monkeypatch.setattr(pipeline, "read", fails)
    with pytest.raises(PageError, match=r"KeyError.*nothing there.*report"):
        pipeline.read_page(_page("bote"), packs(), None)


def test_wrong_knowledge_ends_the_reading_of_all_pages(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def fails(*_: object) -> None:
        raise PackError("times.toml: no such key")

    monkeypatch.setattr(pipeline, "read", fails)
    with pytest.raises(PackError):
        build_into(tmp_path / "s.db")


# --- a text


def test_a_text_stays_as_it_is() -> None:
    reading = pipeline.annotate_text(TEXT, packs(), published=date(2024, 3, 13))
    assert reading.text == TEXT
    assert reading.language == "de"
    assert [time.days.first for time in reading.times] == [date(2024, 3, 11)]


def test_a_range_of_days_stays_a_range() -> None:
    reading = pipeline.annotate_text(TEXT, packs(), earliest=date(2024, 3, 1), latest=date(2024, 3, 31))
    assert reading.published is None
    (time,) = reading.times
    assert time.days.length != 1


def test_a_text_without_days_is_not_dated_by_its_words() -> None:
    reading = pipeline.annotate_text("Am 3. Mai 2021 traf Stubb den Botschafter.", packs())
    assert not reading.dateline.reasons
    assert reading.times[0].value == "2021-05-03"


@pytest.mark.parametrize("text", ["", " ", "\n", "\x00", "a" * 5000, "„" * 50, "\u2028"])
def test_odd_texts_are_read_and_returned(text: str) -> None:
    assert pipeline.annotate_text(text, packs()).text == text


def test_equal_texts_of_equal_days_have_equal_mentions_and_others_do_not() -> None:
    text = "Finnland verhängte am Montag Sanktionen gegen Russland."

    def ids(day: date) -> list[str]:
        return [event.id for event in pipeline.annotate_text(text, packs(), published=day).events]

    assert ids(date(2024, 3, 19)) == ids(date(2024, 3, 19)) != []
    assert ids(date(2024, 3, 19)) != ids(date(2024, 3, 26))


# --- the pile


def test_a_build_says_what_it_did(tmp_path: Path) -> None:
    heard = Heard()
    report = build_into(tmp_path / "s.db", [*sources(), Unread("scan", "scan.pdf", "PDF is not read")], progress=heard)
    assert (report.read, report.known, report.pages, report.linked) == (len(NAMES), 0, len(NAMES), True)
    assert report.entries > 3
    assert [one.source for one in report.unread] == ["scan.pdf"]
    assert heard.docs == [*NAMES, "scan"]
    assert heard.linked == [len(NAMES)]


def test_building_again_reads_and_links_nothing(tmp_path: Path) -> None:
    build_into(tmp_path / "s.db")
    before = exported(tmp_path / "s.db")
    heard = Heard()
    report = build_into(tmp_path / "s.db", progress=heard)
    assert (report.read, report.known, report.linked) == (0, len(NAMES), False)
    assert heard.linked == []
    assert exported(tmp_path / "s.db") == before


def test_an_empty_page_is_listed_and_stored_as_unread(tmp_path: Path) -> None:
    report = build_into(tmp_path / "s.db", [Page("p", "leer", Form.TEXT, "\n", "leer.txt")])
    assert [(one.doc, one.source) for one in report.unread] == [("leer", "leer.txt")]
    with open_store(str(tmp_path / "s.db")).view() as view:
        assert list(view.unread()) == list(report.unread)


def test_a_page_met_under_two_names_is_one_page(tmp_path: Path) -> None:
    page = _page("bote")
    twin = Page(page.id, "aaa", page.form, page.raw, "aaa.txt", page.metadata)
    report = build_into(tmp_path / "s.db", [page, twin])
    assert (report.read, report.pages) == (1, 1)
    with open_store(str(tmp_path / "s.db")).view() as view:
        assert [stored.doc for stored in view.pages()] == ["aaa"]


def test_a_page_renamed_is_shown_under_its_new_name(tmp_path: Path) -> None:
    page = _page("bote")
    build_into(tmp_path / "s.db", [page])
    report = build_into(tmp_path / "s.db", [Page(page.id, "zzz", page.form, page.raw, "zzz.txt", page.metadata)])
    assert (report.read, report.known) == (1, 0)
    assert '"doc":"zzz"' in exported(tmp_path / "s.db")
    assert '"doc":"bote"' not in exported(tmp_path / "s.db")


def test_a_newer_package_reads_stored_pages_again_without_their_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build_into(tmp_path / "s.db")
    before = exported(tmp_path / "s.db")
    monkeypatch.setattr("depesche.intake.__version__", "99.0")
    report = build_into(tmp_path / "s.db", sources(PAGES / "bote.txt"))
    assert (report.read, report.known, report.linked) == (len(NAMES), 0, True)
    assert exported(tmp_path / "s.db") == before


def test_another_last_day_reads_all_pages_again(tmp_path: Path) -> None:
    build_into(tmp_path / "s.db")
    assert build_into(tmp_path / "s.db", not_after=date(2024, 4, 1)).read == len(NAMES)
    assert build_into(tmp_path / "s.db", not_after=date(2024, 4, 1)).read == 0


def test_a_store_that_is_written_to_is_left_alone(tmp_path: Path) -> None:
    store = open_store(str(tmp_path / "s.db"), write=True)
    with store.writer(), pytest.raises(StoreLocked):
        build_into(tmp_path / "s.db")


def test_pages_are_taken_one_by_one_whatever_their_order(tmp_path: Path) -> None:
    """The pile is never held as a whole; a page that comes again under a lesser name gets that name."""
    pages = [Page(f"{n:032}", f"seite-{n}", Form.TEXT, f"{TEXT}\n\nSeite {n}.", f"{n}.txt") for n in range(3)]
    again = [msgspec.structs.replace(pages[0], doc=doc, source=doc) for doc in ("z", "a", "b")]
    heard = Heard()
    before: list[int] = []

    def coming() -> Iterator[Page | Unread]:
        yield Unread("x", "x.pdf", "PDF cannot be read")
        for page in (*pages, *again):
            before.append(len(heard.docs))
            yield page

    store = open_store(str(tmp_path / "one.db"), write=True)
    report = pipeline.build(coming(), store, packs(), progress=heard)
    assert before == [0, 1, 2, 3, 3, 4]
    assert heard.docs == ["seite-0", "seite-1", "seite-2", "a", "x"]
    assert (report.read, report.known, report.pages) == (3, 0, 3)
    with store.view() as view:
        assert sorted(page.doc for page in view.pages()) == ["a", "seite-1", "seite-2"]


# --- several processes


def test_a_page_that_ends_every_process_is_listed_and_the_others_are_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pipeline, "_reader_elsewhere", reader_dying_at_bote)
    heard = Heard()
    report = build_into(tmp_path / "s.db", progress=heard, workers=2)
    assert (report.read, report.pages) == (len(NAMES) - 1, len(NAMES) - 1)
    ((doc, reason),) = [(one.doc, one.reason) for one in report.unread]
    assert doc == "bote"
    assert "signal 9" in reason
    assert sorted(heard.docs) == list(NAMES)
    monkeypatch.undo()
    assert build_into(tmp_path / "s.db").read == 1
    with open_store(str(tmp_path / "s.db")).view() as view:
        assert list(view.unread()) == []


def test_a_page_that_cannot_be_read_is_listed_by_several_processes_too(tmp_path: Path) -> None:
    empty = Page("p", "leer", Form.TEXT, "\n", "leer.txt")
    report = build_into(tmp_path / "s.db", [empty, _page("bote")], workers=2)
    assert (report.read, [(one.doc, one.source) for one in report.unread]) == (1, [("leer", "leer.txt")])
