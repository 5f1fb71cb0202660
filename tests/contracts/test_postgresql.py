"""A store on a PostgreSQL server answers as one in a file does, and tells nobody its password."""

from __future__ import annotations

import re
from pathlib import Path

import psycopg
import pytest
from built import depesche, exported
from example_entries import EXAMPLES
from made import made_article, made_page, made_reading
from postgresql_server import SECRET, Server
from served import serving

from depesche.errors import StoreError, StoreLocked, StoreTooNew
from depesche.store import Store, open_store

WORDS = (
    "Gipfel",
    "gipfeltreffen",
    "reise",
    "in",
    "ß",
    "STRASSE",
    "nach der",
    "%",
    "_",
    "der%die",
    "Etcheverry",
    "'",
    "–",
)

SHOWN = (
    "/api/v1/chronicle",
    "/api/v1/chronicle?party=DEU&text=gipfel",
    "/api/v1/chronicle?party=minister&with=DEU",
    "/api/v1/search?text=Reise",
    "/api/v1/search?text=in",
    "/api/v1/parties",
    "/api/v1/parties?text=Minister",
    "/api/v1/quotes",
    "/api/v1/stories",
    "/api/v1/world",
    "/api/v1/upcoming?on=2024-05-16",
    "/api/v1/review",
    "/api/v1/pages",
)


@pytest.fixture(scope="module")
def url(postgresql: Server) -> str:
    """The example pages in a database."""
    url = postgresql.fresh()
    done = depesche("--quiet", "build", EXAMPLES, "--store", url)
    assert done.exit_code == 0, done.stderr
    return url


def _do(url: str, statement: str) -> list[tuple[object, ...]]:
    with psycopg.connect(url.replace("+psycopg", ""), autocommit=True) as connection:
        cursor = connection.execute(statement)  # type: ignore[arg-type]
        return cursor.fetchall() if cursor.description else []


def test_the_chronicle_is_that_of_a_file_byte_for_byte(url: str, example_store: Path) -> None:
    assert exported(url) == exported(example_store)
    again = depesche("build", EXAMPLES, "--store", url)
    assert "0 pages read, 16 known already" in again.stderr
    assert exported(url) == exported(example_store)


@pytest.mark.parametrize("words", WORDS)
def test_a_search_finds_the_same_entries_and_pages(url: str, example_store: Path, words: str) -> None:
    with open_store(url).view() as there, open_store(str(example_store)).view() as here:
        assert there.pages_with(words, 50) == here.pages_with(words, 50)
        found, expected = ([one.id for one in view.numbered(view.numbers_with(words))] for view in (there, here))
        assert sorted(found) == sorted(expected)


def test_searches_ask_an_index_of_trigrams(url: str) -> None:
    indexes = {row[0] for row in _do(url, "SELECT indexname FROM pg_indexes WHERE indexdef LIKE '%gin_trgm_ops%'")}
    assert indexes == {"entry_text_trigrams", "page_text_trigrams"}


def test_pages_and_api_show_the_same(url: str, example_store: Path) -> None:
    with serving(url) as there, serving(example_store) as here:
        for path in SHOWN:
            one, other = there.get(path), here.get(path)
            assert (one.status, one.body) == (200, other.body), path
        page = there.get("/chronicle")
        assert page.status == 200
        assert SECRET not in page.body
        assert "tester" not in page.body


def test_decisions_are_taken_and_taken_back(postgresql: Server) -> None:
    url = postgresql.fresh()
    depesche("--quiet", "build", EXAMPLES, "--store", url)
    before = exported(url)
    first = re.search(r'"id":"(e-\w+)"', before)
    assert first
    done = depesche("decide", "reject", first[1], "--store", url, "--who", "Eda")
    assert done.exit_code == 0, done.stderr
    assert first[1] not in [line[7:25] for line in exported(url).split("\n")]
    number = re.search(r"\d+", depesche("decide", "list", "--store", url).stdout)
    assert number
    assert depesche("decide", "undo", number[0], "--store", url).exit_code == 0
    assert exported(url) == before


def test_several_processes_build_the_same(postgresql: Server, example_store: Path) -> None:
    url = postgresql.fresh()
    assert depesche("--quiet", "build", EXAMPLES, "--store", url, "--workers", "2").exit_code == 0
    assert exported(url) == exported(example_store)


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ((f":{SECRET}@", ":sesame@"), "password authentication failed"),
        (("/store_", "/nowhere_"), "does not exist"),
        (("host=/tmp", "host=/tmp/nowhere"), "No such file"),
    ],
)
def test_what_is_wrong_with_a_url_is_one_line_without_the_password(url: str, wrong: tuple[str, str], says: str) -> None:
    done = depesche("--verbose", "build", EXAMPLES, "--store", url.replace(*wrong))
    assert done.exit_code == 1
    told = [line for line in done.stderr.splitlines() if line.startswith("depesche: ")]
    assert len(told) == 1
    assert says in told[0]
    assert SECRET not in done.stderr
    assert "sesame" not in done.stderr


def test_a_second_writer_waits_a_moment_and_is_refused_without_the_password(url: str) -> None:
    with (
        open_store(url, write=True).writer(),
        pytest.raises(StoreLocked, match="another program is writing") as refused,
    ):
        open_store(url, write=True).writer()
    assert SECRET not in str(refused.value)


def test_a_connection_that_breaks_is_told_and_loses_nothing(postgresql: Server) -> None:
    url = postgresql.fresh()
    with pytest.raises(StoreError, match="ended the connection"), open_store(url, write=True).writer() as writer:
        _put(writer := writer, "a")
        _do(url, "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory'")
        _put(writer, "b")
    with open_store(url, write=True).writer() as writer:
        _put(writer, "c")
    with open_store(url).view() as view:
        assert [page.doc for page in view.pages()] == ["a", "c"]


def _put(writer: object, name: str) -> None:
    writer.put_page(made_page(name), made_article(name), made_reading(name), "1", "k")  # type: ignore[attr-defined]


def test_two_stores_have_room_in_two_schemas_of_one_database(postgresql: Server) -> None:
    url = postgresql.fresh()
    _do(url, "CREATE SCHEMA north")
    _do(url, "CREATE SCHEMA south")
    north, south = (f"{url}&options=-csearch_path%3D{name}" for name in ("north", "south"))
    with open_store(north, write=True).writer() as one, open_store(south, write=True).writer() as other:
        _put(one, "a")
        _put(other, "b")
    for where, doc in ((north, "a"), (south, "b")):
        with open_store(where).view() as view:
            assert [page.doc for page in view.pages()] == [doc]
            assert view.pages_with("traf", 5)[0] == 1


def test_who_may_only_read_reads(postgresql: Server) -> None:
    url = postgresql.fresh()
    with open_store(url, write=True).writer() as writer:
        _put(writer, "a")
    _do(url, f"CREATE ROLE reader LOGIN PASSWORD '{SECRET}'")
    _do(url, "GRANT SELECT ON ALL TABLES IN SCHEMA public TO reader")
    reader = url.replace("tester", "reader")
    with open_store(reader).view() as view:
        assert view.counts().pages == 1
    with pytest.raises(StoreError, match="may not do that"), open_store(reader, write=True).writer() as writer:
        _put(writer, "b")


def test_who_may_make_no_extension_finds_the_same_without_the_index(postgresql: Server) -> None:
    url = postgresql.fresh()
    _do(url, f"CREATE ROLE plain LOGIN PASSWORD '{SECRET}'")
    _do(url, "GRANT ALL ON SCHEMA public TO plain")
    plain = url.replace("tester", "plain")
    with open_store(plain, write=True).writer() as writer:
        _put(writer, "a")
    assert _do(url, "SELECT extname FROM pg_extension WHERE extname = 'pg_trgm'") == []
    with open_store(plain).view() as view:
        assert view.pages_with("traf", 5) == (1, ["p-a"])


def test_other_databases_and_newer_stores_are_refused_and_left_alone(postgresql: Server) -> None:
    foreign, newer = postgresql.fresh(), postgresql.fresh()
    _do(foreign, "CREATE TABLE books (title TEXT)")
    with pytest.raises(StoreError, match="not a store of Depesche"):
        open_store(foreign, write=True)
    open_store(newer, write=True)
    _do(newer, "UPDATE alembic_version SET version_num = '0999'")
    with pytest.raises(StoreTooNew):
        open_store(newer)


def test_an_older_store_is_filled_in(postgresql: Server) -> None:
    url = postgresql.fresh()
    with open_store(url, write=True).writer() as writer:
        _put(writer, "a")
    _do(url, "DROP TABLE page_text, feeds, listed, hosts, fetched, meanings, traces, blocks")
    _do(url, "ALTER TABLE entries DROP COLUMN made_of")
    _do(url, "UPDATE alembic_version SET version_num = '0002'")
    opened: Store = open_store(url)
    with opened.view() as view:
        assert view.pages_with("traf", 5) == (1, ["p-a"])
