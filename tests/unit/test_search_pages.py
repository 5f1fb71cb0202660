"""Words found in the text of saved pages, whether an entry tells of them or not."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import text as sql

from depesche.answers.browse import Asked
from depesche.answers.catalogue import catalogue
from depesche.answers.search import search
from depesche.ingest import read
from depesche.packs.load import load_packs
from depesche.pipeline import build
from depesche.store import Store, open_store
from depesche.store.sqlite import connect

TEXT = """Hafen von Koper wächst

Koper, 3. Juni 2025 – Am Montag traf Ministerin Ana Horvat in Koper den Wirt. Im Müllabfuhrbetrieb gab es Kuchen.

Die Straße zum Hafen ist seit Jahren eng. Daran wird sich nach Ansicht der Anwohner so bald nichts ändern.
"""


@pytest.fixture
def store(tmp_path: Path) -> Store:
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages" / "koper.txt").write_text(TEXT, "utf-8")
    opened = open_store(str(tmp_path / "s.db"), write=True)
    build(read([tmp_path / "pages"]), opened, load_packs())
    return opened


def _found(store: Store, words: str) -> list[str]:
    with store.view() as view:
        return [hit.doc for hit in search(view, catalogue(view), Asked(text=words)).pages]


@pytest.mark.parametrize("words", ["Kuchen", "müllabfuhr", "ABFUHR", "Straße zum", "strasse zum", "so, bald: nichts"])
def test_words_of_a_page_are_found(store: Store, words: str) -> None:
    assert _found(store, words) == ["koper"]


@pytest.mark.parametrize("words", ["Torte", "Kuchen NOT gab", '"', "NEAR(a b)", "xyz*", "\0", "\ud800", "' OR 1 --"])
def test_what_stands_in_no_page_is_not_found_and_does_no_harm(store: Store, words: str) -> None:
    assert _found(store, words) == []


def test_the_words_are_marked_in_their_passage(store: Store) -> None:
    with store.view() as view:
        answer = search(view, catalogue(view), Asked(text="kuchen"))
    assert answer.in_pages == 1
    assert [run.text for run in answer.pages[0].passage if run.marks] == ["Kuchen"]


def test_a_page_that_is_read_again_is_found_once(store: Store, tmp_path: Path) -> None:
    with store.view() as view:
        page = next(iter(view.pages_with("Kuchen", 5)[1]))
        saved, article, reading = view.page(page), view.article(page), view.reading(page)
    assert saved is not None
    assert article is not None
    assert reading is not None
    with store.writer() as writer:
        writer.put_page(saved, article, reading, "2", "2")
    with store.view() as view:
        assert view.pages_with("Kuchen", 5) == (1, [page])


def test_a_store_of_the_version_before_is_filled_in(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "s.db"
    with connect(path, write=True) as connection, connection.begin():
        for table in ("page_text", "feeds", "listed", "hosts", "fetched", "meanings", "traces", "blocks"):
            connection.execute(sql(f"DROP TABLE {table}"))
        connection.execute(sql("ALTER TABLE entries DROP COLUMN made_of"))
        connection.execute(sql("UPDATE alembic_version SET version_num = '0002'"))
    assert _found(open_store(str(path), write=True), "Kuchen") == ["koper"]
