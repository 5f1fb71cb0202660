"""Exports of the example pages to what people read, see and cite, read back and compared with the JSON lines."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from built import depesche
from example_entries import EXAMPLES, SUMMIT, VISIT, Entry, schema, titled
from lxml import etree

Export = Callable[..., Path]


@pytest.fixture(scope="module")
def entries(entries_of_examples: list[Entry]) -> list[Entry]:
    return entries_of_examples


# --- calendar, feed, timeline, Markdown


def test_a_calendar_is_read_by_icalendar(export: Export, entries: list[Entry]) -> None:
    from icalendar import Calendar

    calendar = Calendar.from_ical(export("ics").read_bytes())
    events = {str(event["UID"]).removesuffix("@depesche"): event for event in calendar.walk("VEVENT")}
    assert list(events) == [entry["id"] for entry in entries if entry["start"]]
    for id, event in events.items():
        (entry,) = [entry for entry in entries if entry["id"] == id]
        assert not event.errors
        assert event["DTSTART"].dt == date.fromisoformat(entry["start"])
        if entry["end"]:
            assert event["DTEND"].dt == date.fromisoformat(entry["end"]) + timedelta(days=1)
        assert str(event["SUMMARY"]).startswith(entry["title"])
        assert event["SEQUENCE"] == len(entry["history"]) - 1
        assert all(words in str(event["DESCRIPTION"]) for one in entry["mentions"] for words in one["evidence"])
    assert events[titled(entries, SUMMIT)["id"]]["STATUS"] == "CANCELLED"
    visit = events[titled(entries, VISIT)["id"]]
    assert visit["LAST-MODIFIED"].dt.isoformat() == "2025-05-22T00:00:00+00:00"
    assert "2025-05-06: moved, 2025-05-20 to 2025-05-21" in str(visit["DESCRIPTION"])


def test_a_feed_is_read_by_feedparser(export: Export, entries: list[Entry]) -> None:
    import feedparser

    feed = feedparser.parse(export("atom").read_bytes())
    assert not feed.bozo and feed.version == "atom10"
    found = {one.id.rpartition(":")[2]: one for one in feed.entries}
    assert set(found) == {entry["id"] for entry in entries}
    assert [one.updated for one in feed.entries] == sorted((one.updated for one in feed.entries), reverse=True)
    assert feed.feed.updated == feed.entries[0].updated == "2025-09-17T00:00:00Z"
    visit = found[titled(entries, VISIT)["id"]]
    assert (visit.title, visit.published, visit.updated) == (VISIT, "2025-01-17T00:00:00Z", "2025-05-22T00:00:00Z")
    assert {(tag.scheme.rpartition(":")[2], tag.term) for tag in visit.tags} == {
        ("type", "CONSULT"), ("status", "occurred"), ("change", "occurred"), ("news", "changed"),
    }  # fmt: skip
    assert next(link.href for link in visit.links) == "https://www.hafenblatt.example/politik/slowenien-einladung"
    assert "Er werde nun am 20. und 21. Mai nach Ljubljana reisen" in visit.content[0].value


def test_a_timeline_fits_its_schema_and_tells_what_is_not_known(export: Export, entries: list[Entry]) -> None:
    made = json.loads(export("timelinejs").read_bytes())
    schema("timelinejs.json").validate(made)
    slides = {slide["unique_id"]: slide for slide in made["events"]}
    assert set(slides) == {entry["id"] for entry in entries if entry["start"] or entry["end"]}
    visit = slides[titled(entries, VISIT)["id"]]
    assert visit["start_date"] == {"year": 2025, "month": 5, "day": 20}
    assert visit["end_date"] == {"year": 2025, "month": 5, "day": 21}
    for entry in entries:
        if entry["start"] and entry["precision"] == "month":
            year, month, _ = (int(part) for part in entry["start"].split("-"))
            assert slides[entry["id"]]["start_date"] == {"year": year, "month": month}


def test_footnotes_of_markdown_are_found_by_a_reader_of_markdown(export: Export, entries: list[Entry]) -> None:
    from markdown_it import MarkdownIt
    from mdit_py_plugins.footnote import footnote_plugin

    html = MarkdownIt("commonmark").use(footnote_plugin).render(export("markdown").read_text("utf-8"))
    mentions = [mention for entry in entries for mention in entry["mentions"]]
    assert html.count('class="footnote-item"') == html.count('class="footnote-ref"') == len(mentions)
    text = re.sub(r"\s+", " ", etree.tostring(etree.HTML(html), method="text", encoding="unicode"))
    assert all(entry["title"] in text for entry in entries)
    assert all(" ".join(words.split()) in text for mention in mentions for words in mention["evidence"])
    assert re.findall(r"<h2>(.*?)</h2>", html)[-1] == "no day known"


def test_a_visit_that_later_pages_move_is_the_same_event_in_the_calendar(tmp_path: Path) -> None:
    from icalendar import Calendar

    pages, store = tmp_path / "pages", tmp_path / "growing.db"
    pages.mkdir()

    def visit(*names: str) -> Any:
        for name in names:
            (pages / name).write_bytes((EXAMPLES / name).read_bytes())
        assert depesche("--quiet", "build", pages, "--store", store).exit_code == 0
        text = depesche("export", "ics", "--store", store, "--type", "consult", "--party", "Etcheverry").stdout
        found = Calendar.from_ical(text).walk("VEVENT")
        (one,) = [event for event in found if "Etcheverry besucht" in str(event["SUMMARY"])]
        return one

    planned = visit("hafenblatt-einladung.txt", "mittagspost-plan.html", "pages.csv")
    moved = visit("alpenwarte-verschoben.txt")
    held = visit("neue-lindener-ankunft.txt", "kompass24-bilanz.html.gz")
    assert planned["UID"] == moved["UID"] == held["UID"]
    assert [event["DTSTART"].dt.isoformat() for event in (planned, moved, held)] == [
        "2025-05-14",
        "2025-05-20",
        "2025-05-20",
    ]
    assert planned["SEQUENCE"] < moved["SEQUENCE"] < held["SEQUENCE"]
    assert planned["DTSTAMP"].dt < moved["DTSTAMP"].dt < held["DTSTAMP"].dt
    assert [event["STATUS"] for event in (planned, moved, held)] == ["TENTATIVE", "TENTATIVE", "CONFIRMED"]


# --- sources and times


def _pages(entries: list[Entry]) -> set[str]:
    return {source["doc"] for entry in entries for source in entry["sources"]}


def test_sources_are_read_by_bibtexparser(export: Export, entries: list[Entry]) -> None:
    import bibtexparser

    library = bibtexparser.parse_string(export("bibtex").read_text("utf-8"))
    assert not library.failed_blocks
    found = library.entries_dict
    assert set(found) == _pages(entries)
    moved = {field.key: field.value.strip("{}") for field in found["alpenwarte-verschoben"].fields}
    assert (moved["title"], moved["journal"]) == (
        "Staatsbesuch aus Uruguay verschiebt sich um sechs Tage",
        "Alpenwarte",
    )
    assert (moved["year"], moved["month"], moved["day"], moved["date"]) == ("2025", "5", "6", "2025-05-06")
    assert moved["url"] == "https://alpenwarte.example/politik/uruguay-slowenien"
    undated = {field.key for field in found["weltfenster-uebersetzt"].fields}
    assert "note" in undated and not undated & {"year", "date"}


def test_sources_are_set_by_a_citation_processor(export: Export, entries: list[Entry]) -> None:
    from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
    from citeproc.source.json import CiteProcJSON

    items = json.loads(export("csl").read_bytes())
    schema("csl.json").validate(items)
    assert {item["id"] for item in items} == _pages(entries)
    source = CiteProcJSON([{name: value for name, value in item.items() if name != "language"} for item in items])
    style = CitationStylesStyle("harvard-cite-them-right", validate=False)
    bibliography = CitationStylesBibliography(style, source, formatter.plain)
    for item in items:
        bibliography.register(Citation([CitationItem(item["id"])]))
    printed = " ".join(str(line) for line in bibliography.bibliography())
    assert "Staatsbesuch aus Uruguay verschiebt sich um sechs Tage" in printed
    assert "Alpenwarte" in printed
