"""The five seed pages settled: what a page of unknown day learns from the others."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from depesche.gather import gather
from depesche.ingest import read
from depesche.model.days import Days
from depesche.model.page import Page
from depesche.model.reading import EventMention, Reading
from depesche.packs.load import load_packs
from depesche.pipeline import read_page
from depesche.settle import settle

SEEDS = Path(__file__).resolve().parents[2].parent / "shared" / "seeds"
pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not SEEDS.is_dir(), reason="the seed pages are not beside the project"),
]

Readings = dict[str, Reading]


@pytest.fixture(scope="module")
def originals() -> Readings:
    packs = load_packs()
    pages = [page for page in read([SEEDS / "pages"]) if isinstance(page, Page)]
    return {page.doc[:3]: read_page(page, packs, None)[1] for page in pages}


@pytest.fixture(scope="module")
def settled(originals: Readings) -> Readings:
    facts = gather(originals.values())
    return {doc: settle(reading, facts) for doc, reading in originals.items()}


def _visit(reading: Reading) -> EventMention:
    (found,) = [e for e in reading.events if (e.type, e.mode, e.status) == ("CONSULT", "visit", "planned")]
    return found


def test_the_page_that_only_names_weekdays_is_of_the_week_of_the_visit(originals: Readings, settled: Readings) -> None:
    before, after = originals["001"].dateline, settled["001"].dateline
    assert (Days(before.earliest, before.latest).length or 0) > 200
    assert (after.published, after.earliest) == (None, date(2024, 5, 14))
    assert after.latest in {date(2024, 5, 15), date(2024, 5, 16)}


def test_its_own_weekday_leaves_runs_of_days_in_every_week(originals: Readings) -> None:
    line = originals["001"].dateline
    assert (line.possible[0].first, line.possible[-1].last) == (line.earliest, line.latest)
    assert {run.first.isoweekday() for run in line.possible if run.first} == {2}
    assert all((run.length or 9) <= 3 for run in line.possible)


def test_the_reason_names_the_page_that_taught_it(settled: Readings) -> None:
    (reason,) = [reason for reason in settled["001"].dateline.reasons if reason.rule == "settle.day"]
    assert reason.span is not None
    assert reason.span.of(settled["001"].text) == "Donnerstag und Freitag"
    assert "002_" in reason.note
    assert _visit(settled["002"]).id in reason.note


def test_the_visit_has_the_days_that_its_weekdays_mean(originals: Readings, settled: Readings) -> None:
    assert (_visit(originals["001"]).days.length or 0) > 200
    assert _visit(settled["001"]).days == Days(date(2024, 5, 16), date(2024, 5, 17))


def test_the_other_pages_keep_their_days(originals: Readings, settled: Readings) -> None:
    for doc in ("000", "002", "003", "004"):
        assert settled[doc].dateline == originals[doc].dateline
