"""The five seed pages: the day each was published lies in the range, and the range is as tight as the page allows."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from depesche.clean import clean
from depesche.dating import date_article
from depesche.ingest import read
from depesche.model.page import Dateline, Page
from depesche.packs.load import load_packs
from depesche.parse import parse

SEEDS = Path(__file__).resolve().parents[2].parent / "shared" / "seeds"
pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not SEEDS.is_dir(), reason="the seed pages are not beside the project"),
]


@pytest.fixture(scope="module")
def datelines() -> dict[str, Dateline]:
    packs = load_packs()
    pages = [page for page in read([SEEDS / "pages"]) if isinstance(page, Page)]
    articles = {page.doc: clean(page, packs.furniture, packs.outlets, packs.heads) for page in pages}
    return {doc: date_article(article, parse(article, packs), packs.world, None) for doc, article in articles.items()}


def _gold() -> list[dict[str, Any]]:
    rows = (SEEDS / "gold" / "documents.jsonl").read_text("utf-8").split("\n")
    return [json.loads(row) for row in rows if row]


def test_true_day_lies_inside(datelines: dict[str, Dateline]) -> None:
    for row in _gold():
        dateline, day = datelines[row["doc"]], date.fromisoformat(row["published"])
        assert dateline.earliest is not None, row["doc"]
        assert dateline.latest is not None, row["doc"]
        assert dateline.earliest <= day <= dateline.latest, row["doc"]


def test_range_is_tight(datelines: dict[str, Dateline]) -> None:
    for row in _gold():
        dateline = datelines[row["doc"]]
        assert dateline.earliest is not None and dateline.latest is not None
        allowed = date.fromisoformat(row["published_latest"]) - date.fromisoformat(row["published_earliest"])
        assert (dateline.latest - dateline.earliest).days <= allowed.days + 1, row["doc"]


def test_no_guess_is_given_as_fact(datelines: dict[str, Dateline]) -> None:
    for row in _gold():
        dateline = datelines[row["doc"]]
        assert dateline.published is None or dateline.published.isoformat() == row["published"], row["doc"]


def test_furniture_of_other_years_is_no_evidence(datelines: dict[str, Dateline]) -> None:
    for row in _gold():
        for misleading in row["misleading"]:
            for reason in datelines[row["doc"]].reasons:
                assert "More Stories" not in reason.note, misleading["span"]
                assert "2025 confirms" not in reason.note, misleading["span"]
