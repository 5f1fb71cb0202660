"""What every store does, whatever database it lies in."""

from __future__ import annotations

import os
import random
import re
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import msgspec
import pytest
from interrupted import NAMES, build
from made import (
    ADA,
    CEM,
    TEXT,
    made_article,
    made_entry,
    made_event,
    made_linkage,
    made_page,
    made_participant,
    made_reading,
)

from depesche.errors import StoreError, StoreLocked
from depesche.model.days import Days, one_day
from depesche.model.linkage import Linkage
from depesche.model.page import Article, Metadata, Unread
from depesche.model.reading import PartyKind, Status
from depesche.model.text import Span, raw_span
from depesche.store import ChronicleFilter, Run, Store, View, Writer, open_store

Fresh = Callable[[], str]


@pytest.fixture
def url(fresh: Fresh) -> str:
    return fresh()


@pytest.fixture
def store(url: str) -> Store:
    return open_store(url, write=True)


def put(writer: Writer, name: str, *, text: str = TEXT, version: str = "1", published: date | None = None) -> None:
    writer.put_page(
        made_page(name, text=text),
        made_article(name, text=text),
        made_reading(name, made_event(name), text=text, published=published),
        version,
        "k",
    )


def dump(view: View) -> list[bytes]:
    """All that byte comparisons look at."""
    pages = list(view.pages())
    articles = [view.article(page.id) for page in pages]
    parts = (pages, articles, view.readings(), view.unread(), view.entries(), view.copies(), view.stories())
    return [msgspec.json.encode(value) for part in parts for value in part]


def dumped(url: str) -> list[bytes]:
    with open_store(url).view() as view:
        return dump(view)


def test_what_is_put_comes_back(store: Store) -> None:
    page = made_page("a", metadata=Metadata(url="https://example.org/a", authors=("Eda", "Fred"), language="de"))
    article, reading = made_article("a", outlet="Bote"), made_reading("a", made_event("a"), published=date(2024, 5, 14))
    linkage = made_linkage(made_entry("a", "b"), made_entry("c"))
    with store.writer() as writer:
        writer.put_page(page, article, reading, "1", "k")
        writer.put_unread(Unread("b", "b.pdf", "PDF is not read"))
        writer.put_linkage(linkage, "key")
        assert list(writer.readings()) == [reading]
        assert writer.linked_key() == "key"
    with store.view() as view:
        assert view.page("p-a") == page
        assert list(view.pages()) == [page]
        assert view.article("p-a") == article
        assert view.reading("p-a") == reading
        assert list(view.unread()) == [Unread("b", "b.pdf", "PDF is not read")]
        assert Linkage(tuple(view.copies()), tuple(view.stories()), tuple(view.entries())) == linkage


def test_what_was_never_put_is_none(store: Store) -> None:
    with store.view() as view:
        assert (view.page("x"), view.article("x"), view.reading("x"), view.entry("x")) == (None, None, None, None)
        assert (view.linked_key(), list(view.entries())) == (None, [])


def test_a_sentence_can_be_found_on_the_saved_page(store: Store) -> None:
    with store.writer() as writer:
        put(writer, "a")
    with store.view() as view:
        article, page = view.article("p-a"), view.page("p-a")
    assert article and page
    place = raw_span(article.segments, Span(9, 13))
    assert place and place.of(page.raw) == "traf"


@pytest.mark.parametrize("text", ["halb \ud800 Zeichen", "Null \0 Zeichen", "\u2028 😀 ß \x85", " " * 100_000])
def test_hostile_characters_are_kept_or_replaced_one_by_one(store: Store, text: str) -> None:
    with store.writer() as writer:
        put(writer, "a", text=text)
        writer.put_linkage(made_linkage(made_entry("a", title=text, evidence=(text,))), "key")
    with store.view() as view:
        page, article = view.page("p-a"), view.article("p-a")
        assert page == made_page("a", text=text)
        assert isinstance(article, Article)
        assert article.text == text.replace("\ud800", "\ufffd")
        assert len(list(view.entries(ChronicleFilter(text="Zeichen")))) == ("Zeichen" in text)


def test_a_reading_is_stale_when_its_page_package_or_knowledge_differs(store: Store) -> None:
    with store.writer() as writer:
        put(writer, "a")
        put(writer, "b", version="2")
        assert writer.has_reading("p-a", "1", "k")
        assert not writer.has_reading("p-a", "2", "k")
        assert not writer.has_reading("p-a", "1", "other")
        assert not writer.has_reading("p-c", "1", "k")
        assert [page.id for page in writer.stale_pages("2", "k")] == ["p-a"]


def test_a_page_read_again_replaces_its_reading(store: Store) -> None:
    with store.writer() as writer:
        put(writer, "a")
        before = writer.readings_key()
        put(writer, "a", version="2", published=date(2024, 5, 14))
        assert writer.readings_key() != before
    with store.view() as view:
        assert [reading.published for reading in view.readings()] == [date(2024, 5, 14)]


def test_order_of_pages_leaves_no_trace(fresh: Fresh) -> None:
    names = ["a", "b", "c", "d"]
    dumps = []
    for run in range(3):
        random.Random(run).shuffle(names)
        url = fresh()
        with open_store(url, write=True).writer() as writer:
            for name in names:
                put(writer, name)
                writer.put_unread(Unread(f"{name}-not", f"{name}.pdf", "PDF is not read"))
            writer.put_linkage(made_linkage(*(made_entry(name) for name in names)), writer.readings_key())
            dumps.append((writer.linked_key(), dumped(url)))
    assert dumps[0] == dumps[1] == dumps[2]


def test_an_input_that_could_be_read_at_last_is_unread_no_longer(store: Store) -> None:
    with store.writer() as writer:
        writer.put_unread(Unread("a", "a.txt", "empty"))
        writer.put_unread(Unread("a", "a.txt", "still empty"))
        with store.view() as view:
            assert [unread.reason for unread in view.unread()] == ["still empty"]
        put(writer, "a")
    with store.view() as view:
        assert list(view.unread()) == []


def test_building_twice_adds_nothing(url: str) -> None:
    build(url)
    first = dumped(url)
    build(url)
    assert dumped(url) == first


def test_a_vanished_entry_leads_to_the_one_that_holds_its_mentions(store: Store) -> None:
    with store.writer() as writer:
        writer.put_linkage(made_linkage(made_entry("m", "n"), made_entry("x")), "1")
        writer.put_linkage(made_linkage(made_entry("b", "m", "n")), "2")
    with store.view() as view:
        led = view.entry("e-m")
        assert led and led.id == "e-b"
        assert view.entry("e-x") is None
    with store.writer() as writer:
        writer.put_linkage(made_linkage(made_entry("a", "b", "m"), made_entry("n")), "3")
    with store.view() as view:
        ids = [entry and entry.id for entry in (view.entry("e-m"), view.entry("e-b"), view.entry("e-n"))]
        assert ids == ["e-a", "e-a", "e-n"]


def test_an_id_that_comes_back_stands_for_itself(store: Store) -> None:
    alone, together = made_linkage(made_entry("a"), made_entry("b")), made_linkage(made_entry("a", "b"))
    with store.writer() as writer:
        for key, linkage in enumerate((alone, together, alone)):
            writer.put_linkage(linkage, str(key))
    with store.view() as view:
        entry = view.entry("e-b")
        assert entry and entry.id == "e-b"
        assert list(view.entries()) == list(alone.entries)


def test_a_second_writer_is_refused_in_one_line(store: Store, url: str) -> None:
    with store.writer(), pytest.raises(StoreLocked) as refused:
        open_store(url, write=True).writer()
    assert "\n" not in str(refused.value)
    with store.writer() as writer:
        assert writer.linked_key() is None


def test_a_store_opened_for_reading_gives_no_writer(store: Store, url: str) -> None:
    with pytest.raises(StoreError, match="opened for reading"):
        open_store(url).writer()


def test_a_view_cannot_write(store: Store) -> None:
    with store.view() as view:
        assert not [name for name in dir(view) if name.startswith(("put", "delete", "forget"))]
        with pytest.raises(Exception, match=r"readonly|read-only"):
            view._connection.exec_driver_sql("DELETE FROM pages")


def test_a_view_sees_one_state_while_a_build_writes(store: Store) -> None:
    with store.writer() as writer:
        put(writer, "a")
        writer.put_linkage(made_linkage(made_entry("a")), "1")
        with store.view() as view:
            before = dump(view)
            entries = view.entries()
            put(writer, "b")
            writer.put_linkage(made_linkage(made_entry("a", "b", title="Anders")), "2")
            assert [entry.title for entry in entries] == [made_entry("a").title]
            assert dump(view) == before
        with store.view() as later:
            assert [entry.title for entry in later.entries()] == ["Anders"]


def test_a_linkage_that_fails_halfway_leaves_the_old_one(store: Store, url: str) -> None:
    twice = made_entry("a")
    with store.writer() as writer:
        writer.put_linkage(made_linkage(made_entry("z")), "1")
        with pytest.raises(StoreError):
            writer.put_linkage(Linkage(entries=(twice, twice)), "2")
        assert writer.linked_key() == "1"
    with store.view() as view:
        assert [entry.id for entry in view.entries()] == ["e-z"]


def test_runs_are_remembered_in_order(store: Store) -> None:
    runs = [Run(f"2024-05-1{day}T08:00:00Z", f"2024-05-1{day}T08:01:00Z", "1", "k", read=day) for day in (4, 3)]
    with store.writer() as writer:
        for run in runs:
            writer.put_run(run)
    with store.view() as view:
        assert list(view.runs()) == runs


FILTERED = (
    made_entry("a", title="Gipfeltreffen in Sarajevo", days=one_day(date(2024, 5, 16))),
    made_entry("b", days=Days(date(2024, 5, 10), date(2024, 5, 20)), type="VISIT", status=Status.PLANNED),
    made_entry(
        "c",
        days=Days(None, date(2024, 1, 31)),
        parties=(CEM, made_participant("Ankara", name="Türkei", kind=PartyKind.GOVERNMENT, country="TUR")),
        evidence=("Die Straße ist «frei», heißt es.",),
    ),
    made_entry("d", parties=(ADA,)),
    made_entry(
        "e",
        days=Days(date(2024, 6, 1), None),
        parties=(made_participant("IND", kind=PartyKind.ORG), made_participant("Kinderwerk", kind=PartyKind.ORG)),
    ),
)


@pytest.mark.parametrize(
    ("asked", "ids"),
    [
        (ChronicleFilter(), "c b a e d"),
        (ChronicleFilter(start=date(2024, 5, 17)), "b e"),
        (ChronicleFilter(end=date(2024, 5, 12)), "c b"),
        (ChronicleFilter(start=date(2024, 2, 1), end=date(2024, 5, 16)), "b a"),
        (ChronicleFilter(start=date(2025, 1, 1)), "e"),
        (ChronicleFilter(party="ada berg"), "b a d"),
        (ChronicleFilter(party="BERG"), "b a d"),
        (ChronicleFilter(party="person:cem-dorn"), "c b a"),
        (ChronicleFilter(party="tur"), "c b a"),
        (ChronicleFilter(party="türk"), "c"),
        (ChronicleFilter(party="ankara"), "c"),
        (ChronicleFilter(party="IND"), "e"),
        (ChronicleFilter(party="ind"), "e"),
        (ChronicleFilter(party="kind"), "e"),
        (ChronicleFilter(party="BER"), ""),
        (ChronicleFilter(party="DEU", with_party="TUR"), "b a"),
        (ChronicleFilter(with_party="DEU", party="TUR"), "b a"),
        (ChronicleFilter(party="Cem Dorn", with_party="TUR"), "c"),
        (ChronicleFilter(party="Ada", with_party="Ada"), ""),
        (ChronicleFilter(with_party="Ada"), "b a d"),
        (ChronicleFilter(party="%"), ""),
        (ChronicleFilter(type="visit"), "b"),
        (ChronicleFilter(status=Status.PLANNED), "b"),
        (ChronicleFilter(text="gipfel"), "a"),
        (ChronicleFilter(text="TREFFEN"), "c b a e d"),
        (ChronicleFilter(text="strasse ist frei"), "c"),
        (ChronicleFilter(text="ßE"), "c"),
        (ChronicleFilter(text='" OR words:"'), ""),
        (ChronicleFilter(text="--"), ""),
        (ChronicleFilter(party="Berg", text="gipfel", type="CONSULT", start=date(2024, 5, 1)), "a"),
    ],
)
def test_a_filter_keeps_what_was_asked_for(store: Store, asked: ChronicleFilter, ids: str) -> None:
    with store.writer() as writer:
        writer.put_linkage(made_linkage(*FILTERED), "1")
    with store.view() as view:
        assert [entry.id for entry in view.entries(asked)] == [f"e-{id}" for id in ids.split()]


@pytest.mark.parametrize("seed", range(6))
def test_what_was_linked_before_leaves_no_trace(fresh: Fresh, seed: int) -> None:
    chance = random.Random(seed)
    before, new = fresh(), fresh()
    with open_store(before, write=True).writer() as writer:
        for key in range(5):
            writer.put_linkage(last := _any_linkage(chance), str(key))
    with open_store(new, write=True).writer() as writer:
        writer.put_linkage(last, "4")
    assert dumped(before) == dumped(new)
    with open_store(before).view() as view:
        found = {entry.id for text in ("treffen", "r 1", "2") for entry in view.entries(ChronicleFilter(text=text))}
        assert found == {entry.id for entry in last.entries}


def _any_linkage(chance: random.Random) -> Linkage:
    """Some of eight mentions, put together to entries by chance."""
    groups: dict[int, list[str]] = {}
    for name in chance.sample("abcdefgh", chance.randint(2, 8)):
        groups.setdefault(chance.randint(0, 4), []).append(name)
    return made_linkage(*(made_entry(*names, title=f"Nr {chance.randint(1, 2)}") for names in groups.values()))


MOMENTS = (
    ("open", 0.0),
    ("open", 0.06),
    ("open", 0.12),
    ("page 000", 0.0),
    ("page 003", 0.001),
    ("page 017", 0.003),
    ("page 041", 0.0005),
    ("page 080", 0.002),
    ("page 119", 0.0),
    ("link", 0.0),
    ("link", 0.01),
    ("link", 0.02),
    ("link", 0.015),
)
"""After which step, and how many seconds later, a build is killed."""


def test_killed_at_any_moment_and_built_again_is_the_same_store(fresh: Fresh) -> None:
    undisturbed = fresh()
    build(undisturbed)
    expected = dumped(undisturbed)
    unfinished = 0
    for step, delay in MOMENTS:
        url = fresh()
        unfinished += _killed(url, step, delay)
        _see_whole_pages(url)
        build(url)
        assert dumped(url) == expected, f"killed {delay} s after {step!r}"
    assert unfinished, "no build was killed in time: they are too short"


def _see_whole_pages(url: str) -> None:
    """A reader between the kill and the next build sees only pages with all that belongs to them."""
    try:
        view = open_store(url).view()
    except StoreError as error:
        assert re.search("no such store|nothing is stored", str(error))
        return
    with view:
        ids = [page.id for page in view.pages()]
        assert [reading.page for reading in view.readings()] == ids
        assert all(view.article(id) for id in ids)
        assert len(list(view.entries())) in (0, len(NAMES) // 2)


def _killed(url: str, step: str, delay: float) -> bool:
    """Kills a build some time after a step began; whether it had not finished by then."""
    here = Path(__file__).resolve().parent
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(here.parent / "unit"), *sys.path])}
    command = [sys.executable, str(here / "interrupted.py"), url]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as child:
        assert child.stdout
        assert f"{step}\n" in iter(child.stdout.readline, "")
        time.sleep(delay)
        child.kill()
        return "done" not in child.stdout.read()


def test_a_reading_with_half_characters_is_stored_as_it_will_be_checked(fresh: Fresh) -> None:
    store = open_store(fresh(), write=True)
    reading = msgspec.structs.replace(made_reading("a"), outlet="Hafen\ud800blatt", title="a\udfffb")
    with store.writer() as writer:
        writer.put_page(made_page("a"), made_article("a"), reading, "1", "k")
    assert list(store.faults()) == []
    with store.view() as view:
        assert [one.outlet for one in view.readings()] == ["Hafen\ufffdblatt"]
