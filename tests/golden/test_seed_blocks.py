"""The five seed pages: which of their lines are article."""

from __future__ import annotations

import json
from collections import defaultdict
from pathlib import Path

import pytest

from depesche.clean import clean
from depesche.ingest import read
from depesche.model.page import Article, Page
from depesche.packs.furniture import load_furniture
from depesche.packs.heads import load_heads
from depesche.packs.outlets import load_outlets

SEEDS = Path(__file__).resolve().parents[2].parent / "shared" / "seeds"
pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not SEEDS.is_dir(), reason="the seed pages are not beside the project"),
]


@pytest.fixture(scope="module")
def articles() -> dict[str, Article]:
    furniture = {language: load_furniture(language) for language in ("de", "en")}
    pages = [page for page in read([SEEDS / "pages"]) if isinstance(page, Page)]
    return {page.doc: clean(page, furniture, load_outlets(), load_heads()) for page in pages}


def _gold() -> dict[str, dict[int, bool]]:
    gold: dict[str, dict[int, bool]] = defaultdict(dict)
    for line in (SEEDS / "gold" / "blocks.jsonl").read_text("utf-8").split("\n"):
        if line:
            row = json.loads(line)
            gold[row["doc"]][row["line"]] = row["keep"]
    return gold


def test_lines_kept_and_dropped(articles: dict[str, Article]) -> None:
    wrong = [
        (doc, line)
        for doc, lines in _gold().items()
        for line, kept in lines.items()
        if kept != next(block.kept for block in articles[doc].blocks if block.line == line)
    ]
    assert len(wrong) <= 1, wrong


def test_what_is_cut_from_the_front_is_recorded(articles: dict[str, Article]) -> None:
    leads = [article.lead for _, article in sorted(articles.items())]
    assert leads == [("Hongkong (CNN)",), (), (), (), ("date 2022-12",)]


def test_agency_and_language(articles: dict[str, Article]) -> None:
    assert [article.agency for _, article in sorted(articles.items())] == [None, "AFP", None, None, None]
    assert {article.language for article in articles.values()} == {"de"}


def test_titles(articles: dict[str, Article]) -> None:
    documents = (SEEDS / "gold" / "documents.jsonl").read_text("utf-8").split("\n")
    titles = {row["doc"]: row["title"] for line in documents if line for row in [json.loads(line)]}
    assert {doc: article.title for doc, article in articles.items()} == titles
