"""Pages whose words are made to do harm, and stores with next to nothing in them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from built import PAGES, build_into, depesche, sources
from served import serving

from depesche.store import open_store

HARM = '"><script>alert(1)</script><img src=x onerror=alert(1)>\u202e'
ADDRESSES = (
    "/chronicle", "/parties", "/stories", "/quotes", "/world", "/pages", "/review?kind=day", "/search?text=Treffen",
    "/upcoming?day=2024-05-01", "/overdue?day=2024-05-01", "/briefing?day=2024-05-01",
)  # fmt: skip


@pytest.fixture
def hostile(tmp_path: Path) -> Path:
    folder = tmp_path / "pages"
    folder.mkdir()
    title, _, rest = (PAGES / "bote.txt").read_text("utf-8").partition("\n")
    text = f"{title} {HARM}\n{rest}\nDas ist {HARM} falsch, und „das {HARM} auch“, sagte die Ministerin am Montag.\n"
    (folder / f"seite{HARM.replace('/', '')}.txt").write_text(text, encoding="utf-8")
    store = tmp_path / "hostile.db"
    build_into(store, sources(folder))
    return store


def test_words_of_pages_stay_words(hostile: Path) -> None:
    with serving(hostile) as site:
        page = site.json("/api/v1/pages")["lines"][0]["page"]
        entries = re.findall(r'href="(/entry/[^"]+)"', site.get("/chronicle").body)
        assert entries
        for path in (*ADDRESSES, f"/page/{page}", entries[0], f"/search?text={'%22%3E%3Cscript%3Ealert(1)'}"):
            answer = site.get(path)
            assert answer.status == 200
            assert "<script>alert" not in answer.body, path
            assert "<img" not in answer.body, path
            assert "\u202e" not in answer.body, path


def test_an_empty_store_has_all_its_pages(tmp_path: Path) -> None:
    path = tmp_path / "empty.db"
    with open_store(str(path), write=True).writer():
        pass
    with serving(path) as site:
        for address in ADDRESSES:
            assert site.get(address).status == 200, address
        assert "Keine Einträge" in site.get("/chronicle", accept_language="de").body
        assert site.json("/api/v1/world")["countries"] == []


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("--host", "0.0.0.0"), "--token-file FILE is needed"),
        (("--name", "chronicle.example.org"), "--token-file FILE is needed"),
        (("--token-file", "{short}"), "at least 16 characters"),
        (("--token-file", "{missing}"), "missing"),
        (("--port", "70000"), "--port"),
    ],
)
def test_serving_refuses_what_is_not_safe(tmp_path: Path, words: tuple[str, str], says: str) -> None:
    store, short = tmp_path / "store.db", tmp_path / "short"
    with open_store(str(store), write=True).writer():
        pass
    short.write_text("geheim\n")
    named = [word.format(short=short, missing=tmp_path / "missing") for word in words]
    done = depesche("serve", "--store", store, *named)
    assert done.exit_code in (1, 2)
    assert says in done.stderr
    assert done.stderr.count("\n") == 1
