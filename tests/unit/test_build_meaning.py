"""Meaning vectors in a build: made once a page, kept in the store, used by linking, forgotten when asked."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import msgspec
import pytest
from built import PAGES, build_into, depesche, sources

from depesche.errors import UsageError
from depesche.link import link
from depesche.packs import meaning as packed
from depesche.packs.linking import load_linking
from depesche.store import open_store


class Letters:
    """Vectors of the letters of a text, and how often it was asked."""

    def __init__(self, version: str = "letters 1") -> None:
        self.version = version
        self.asked: list[str] = []

    def vector(self, text: str) -> bytes:
        self.asked.append(text)
        return bytes(min(text.count(letter), 127) for letter in "abcdefghijklmnopqrstuvwxyz")


def told(store: Path) -> bytes:
    with open_store(str(store)).view() as view:
        return msgspec.json.encode([list(view.entries()), list(view.stories())])


def meanings(store: Path) -> dict[str, tuple[str, bytes]]:
    with open_store(str(store)).view() as view:
        return {one.page: (one.model, one.vector) for one in view.meanings()}


def test_each_page_is_asked_for_once(tmp_path: Path) -> None:
    letters, store = Letters(), tmp_path / "s.db"
    found = sources()
    build_into(store, found[:2], meaning=letters)
    assert len(letters.asked) == 2
    build_into(store, found, meaning=letters)
    assert len(letters.asked) == len(set(letters.asked)) == len(meanings(store)) == 5
    assert not build_into(store, found, meaning=letters).linked
    assert len(letters.asked) == 5


def test_pages_that_are_read_again_keep_their_vectors(tmp_path: Path) -> None:
    letters, store = Letters(), tmp_path / "s.db"
    build_into(store, meaning=letters)
    assert build_into(store, meaning=letters, not_after=date(2030, 1, 1)).read == 5
    assert len(letters.asked) == 5


def test_another_model_makes_all_anew(tmp_path: Path) -> None:
    store, newer = tmp_path / "s.db", Letters("letters 2")
    build_into(store, meaning=Letters())
    build_into(store, meaning=newer)
    assert len(newer.asked) == 5
    assert {model for model, _ in meanings(store).values()} == {"letters 2"}


def test_when_the_vectors_come_leaves_no_trace(tmp_path: Path) -> None:
    found = sources()
    build_into(tmp_path / "once.db", found, meaning=Letters())
    build_into(tmp_path / "later.db", found[3:])
    build_into(tmp_path / "later.db", found[:3], meaning=Letters())
    assert told(tmp_path / "once.db") == told(tmp_path / "later.db")
    assert meanings(tmp_path / "once.db") == meanings(tmp_path / "later.db")


def test_linking_does_without_vectors_that_are_missing(tmp_path: Path) -> None:
    store = tmp_path / "s.db"
    build_into(store)
    with open_store(str(store)).view() as view:
        readings = list(view.readings())
    rules = load_linking("de")
    pages = [reading.page for reading in readings]
    some = {page: Letters().vector(page) for page in pages[:2]}
    assert link(readings, rules, meanings=some) == link(readings[::-1], rules, meanings=dict(reversed(some.items())))
    assert link(readings, rules, meanings=some).entries == link(readings, rules).entries


def test_vectors_decide_about_stories(tmp_path: Path) -> None:
    class Apart(Letters):
        def vector(self, text: str) -> bytes:
            super().vector(text)
            return bytes(127 * (place == len(self.asked)) for place in range(9))

    build_into(tmp_path / "without.db")
    build_into(tmp_path / "with.db", meaning=Apart())
    assert told(tmp_path / "without.db") != told(tmp_path / "with.db")


def test_a_store_goes_on_with_meanings_until_it_is_told_to_forget_them(tmp_path: Path) -> None:
    store = tmp_path / "s.db"
    assert depesche("build", PAGES / "bote.txt", "--store", store, "--meaning").exit_code == 0
    assert len(meanings(store)) == 1
    assert depesche("build", PAGES, "--store", store).exit_code == 0
    assert len(meanings(store)) == 5
    assert depesche("build", PAGES, "--store", store, "--no-meaning").exit_code == 0
    assert meanings(store) == {}
    build_into(tmp_path / "never.db")
    assert told(store) == told(tmp_path / "never.db")


def test_a_missing_extra_is_told_in_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packed, "PACKAGE", "no-such-encoder")
    with pytest.raises(UsageError):
        packed.load_meaning()
    result = depesche("build", PAGES, "--store", tmp_path / "s.db", "--meaning")
    assert (result.exit_code, result.stderr.count("\n")) == (2, 1)
    assert "pip install 'depesche[meaning]'" in result.stderr
    assert depesche("build", PAGES, "--store", tmp_path / "s.db").exit_code == 0


def test_the_version_tells_model_and_recipe(monkeypatch: pytest.MonkeyPatch) -> None:
    version = packed.load_meaning().version
    assert version == packed.load_meaning().version
    monkeypatch.setattr(packed, "STEPS", 300)
    assert packed.load_meaning().version != version
