"""A thousand hostile inputs through the whole main job: none lost, none crashes it, and nothing that comes out acts.

One build reads them all. `DEPESCHE_HOSTILE=all` takes every kind of words at every place: three thousand.
"""

from __future__ import annotations

import csv
import io
import json
import re
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from active import acts
from built import depesche, records
from click.testing import Result
from corpus import inputs
from lxml import etree
from markdown_it import MarkdownIt
from served import serving

from depesche.export import EXPORTS, LISTINGS

FAULTS = ("Traceback", "a fault in Depesche", "failed on it", "ended the process")
OBEYED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
"""What a terminal or the direction of writing would obey; line feed and tab are none."""

FORMULA = ("=", "+", "-", "@", "\t", "\r")
FEWEST = 1000
"""Inputs that are tried; the corpus may only grow."""


class Job(NamedTuple):
    store: Path
    names: dict[str, str]
    build: Result


@pytest.fixture(scope="module")
def job(tmp_path_factory: pytest.TempPathFactory) -> Job:
    folder, names = tmp_path_factory.mktemp("hostile"), {}
    for one in inputs():
        one.write(folder / "pages")
        names[one.name] = one.says
    build = depesche("build", folder / "pages", "--store", folder / "s.db")
    return Job(folder / "s.db", names, build)


def _query(job: Job, statement: str) -> Iterator[str]:
    with sqlite3.connect(job.store) as connection:
        yield from (row[0] for row in connection.execute(statement))
    connection.close()


def test_every_input_is_in_the_store_or_unread_for_a_reason(job: Job) -> None:
    assert job.build.exit_code == 3, job.build.stderr[-2000:]
    assert len(job.names) >= FEWEST
    read = {source[:4] for source in _query(job, "SELECT source FROM pages")}
    unread = {source[:4] for source in _query(job, "SELECT source FROM unread WHERE reason != ''")}
    assert {job.names[name] for name in job.names.keys() - read - unread} == set()
    assert len(read) > 0.9 * len(job.names)


def test_no_input_made_it_crash(job: Job) -> None:
    told = job.build.stdout + job.build.stderr
    assert not [line for line in told.splitlines() if any(fault in line for fault in FAULTS)]


def test_what_is_told_of_them_is_one_line_each_and_obeyed_by_nobody(job: Job) -> None:
    lines = job.build.stderr.split("\n")[:-1]
    unread = int(re.search(r"(\d+) not read", lines[0])[1])  # type: ignore[index]
    assert len([line for line in lines if line.startswith("depesche: not read: ")]) == unread
    assert OBEYED.search(job.build.stderr) is None


def test_the_store_is_whole(job: Job) -> None:
    done = depesche("check", "--store", job.store)
    assert (done.exit_code, done.stdout) == (0, ""), done.stdout[:2000]


@pytest.mark.parametrize("form", LISTINGS)
def test_a_listing_does_nothing(job: Job, form: str) -> None:
    done = depesche("chronicle", "--store", job.store, "--format", form)
    assert done.exit_code == 0, done.stderr
    _look_at(form, done.stdout)


@pytest.mark.parametrize("form", EXPORTS)
def test_an_export_does_nothing(job: Job, form: str, tmp_path: Path) -> None:
    out = tmp_path / "out"
    done = depesche("export", form, "--store", job.store, "--out", out)
    assert done.exit_code == 0, done.stderr
    assert OBEYED.search(done.stderr) is None
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out"]
    for path in sorted(out.rglob("*")) if out.is_dir() else [out]:
        if path.is_file() and path.suffix != ".parquet":
            kind = path.suffix[1:] if out.is_dir() else form
            if path.name != "codebook.csv":  # our own words, "-10 to 10" among them
                _look_at(kind, path.read_text("utf-8"))


@pytest.mark.parametrize(
    "words",
    [
        ("pages",),
        ("quotes",),
        ("differences",),
        ("upcoming", "--day", "2019-06-01"),
        ("overdue", "--day", "2020-06-01"),
    ],
)
def test_a_terminal_gets_text_alone(job: Job, words: tuple[str, ...]) -> None:
    done = depesche(*words, "--store", job.store, COLUMNS="200")
    assert done.exit_code == 0, done.stderr
    assert done.stdout
    assert OBEYED.search(done.stdout) is None


def test_entries_are_shown_as_text(job: Job) -> None:
    entries = records(depesche("chronicle", "--store", job.store, "--format", "jsonl").stdout)
    assert len(entries) > len(job.names) / 2
    for entry in entries[::60]:
        shown = depesche("show", entry["id"], "--store", job.store)
        assert shown.exit_code == 0, shown.stderr
        assert OBEYED.search(shown.stdout) is None


def test_pages_in_the_browser_do_nothing(job: Job) -> None:
    ids = [*_query(job, "SELECT id FROM entries ORDER BY id")][::50]
    docs = [*_query(job, "SELECT id FROM pages ORDER BY id")][::50]
    addresses = ["/chronicle", "/parties", "/stories", "/quotes", "/world", "/pages", "/review?kind=day"]
    addresses += [f"/entry/{id}" for id in ids] + [f"/page/{id}" for id in docs]
    addresses += [f"/search?text={words}" for words in ("%3Cscript%3E", "%22onmouseover", "alert", "%E2%80%AE")]
    with serving(job.store) as site:
        for address in addresses:
            answer = site.get(address)
            assert answer.status == 200, (address, answer.body[:500])
            assert list(acts(answer.body, ours=True)) == [], address
            assert OBEYED.search(answer.body) is None, address


def _look_at(kind: str, text: str) -> None:
    """Fails where something in an export would act, by its kind."""
    match kind:
        case "html":
            assert list(acts(text)) == []
        case "atom":
            for content in _contents(text):
                assert list(acts(content)) == []
        case "md" | "markdown":
            assert list(acts(MarkdownIt("commonmark", {"html": True}).render(text))) == []
        case "csv":
            cells = [cell for row in csv.reader(io.StringIO(text)) for cell in row]
            assert [cell for cell in cells if cell.startswith(FORMULA) and not _is_number(cell)] == []
        case "jsonl" | "json" | "jsonld" | "csl" | "ftm" | "ninjs" | "timelinejs" | "webannotation":
            for line in text.split("\n") if kind in ("jsonl", "ftm") else [text]:
                json.loads(line or "null")
            return  # what holds any words as they are
        case "tml" | "timeml":
            etree.fromstring(text.encode(), etree.XMLParser(resolve_entities=False, huge_tree=True))
            return  # likewise
    assert OBEYED.search(text.replace("\r\n", "\n")) is None


def _contents(text: str) -> Iterator[str]:
    """What a feed reader shows as HTML."""
    feed = etree.fromstring(text.encode())
    assert feed.getroottree().docinfo.internalDTD is None
    for element in feed.iter("{*}content", "{*}summary", "{*}title"):
        inner = element.text or "" if element.get("type") == "html" else "".join(element.itertext())
        yield inner if element.get("type") == "html" else ""
    for link in feed.iter("{*}link"):
        yield f'<a href="{link.get("href")}">'


def _is_number(cell: str) -> bool:
    return re.fullmatch(r"-?\d+(\.\d+)?", cell) is not None
