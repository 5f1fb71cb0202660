"""Opening a store: what is no store, what is too old or too new, what is in the way."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from made import made_article, made_page, made_reading

from depesche.errors import StoreError, StoreLocked, StoreTooNew
from depesche.store import ChronicleFilter, migrate, open_store
from depesche.store.schema import HEAD, METADATA
from depesche.store.sqlite import connect, locate, lock


@pytest.mark.parametrize(
    ("url", "path"),
    [
        ("seeds.db", "seeds.db"),
        ("a b#c?d%20.db", "a b#c?d%20.db"),
        ("sqlite:///seeds.db", "seeds.db"),
        ("sqlite:////tmp/seeds.db", "/tmp/seeds.db"),
    ],
)
def test_a_store_is_named_by_path_or_url(url: str, path: str) -> None:
    assert locate(url) == Path(path)


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("mysql://user:secret@host/db", "no such kind of store"),
        ("postgresql+asyncpg://user:secret@host/db", "no such kind of store"),
        ("postgresql+psycopg://user:secret@host", "the URL names no database"),
        ("postgresql+psycopg://user:secret@host:x/db", "not a URL of a store"),
        ("postgresql://user:secret@127.0.0.1:1/db", "postgresql://127.0.0.1:1/db: .*refused"),
        ("postgresql://user@127.0.0.1:1/db?password=secret", "postgresql://127.0.0.1:1/db: .*refused"),
        ("sqlite://", "a store is a file"),
        ("sqlite:///:memory:", "a store is a file"),
        (":memory:", "a store is a file"),
        ("", "a store is a file"),
        ("a\0b", "a store is a file"),
        (".", "a folder"),
    ],
)
def test_what_cannot_be_a_store_is_told_in_one_line(url: str, says: str) -> None:
    with pytest.raises(StoreError, match=says) as refused:
        open_store(url, write=True)
    assert "\n" not in str(refused.value)
    assert "secret" not in str(refused.value)


def test_an_odd_file_name_is_taken_literally(tmp_path: Path) -> None:
    name = tmp_path / "a b#c?mode=ro%20ä.db"
    open_store(str(name), write=True)
    assert name.is_file()


def test_reading_needs_a_store_that_is_there(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="no such store; `depesche build"):
        open_store(str(tmp_path / "none.db"))
    assert list(tmp_path.iterdir()) == []


def test_a_store_that_was_never_filled_is_made_when_writing(tmp_path: Path) -> None:
    path = tmp_path / "empty.db"
    path.touch()
    with pytest.raises(StoreError, match="nothing is stored there yet"):
        open_store(str(path))
    open_store(str(path), write=True)
    with open_store(str(path)).view() as view:
        assert view.counts().pages == 0


@pytest.mark.parametrize("write", [True, False])
def test_other_files_are_refused_and_left_alone(tmp_path: Path, write: bool) -> None:
    text, foreign = tmp_path / "notes.txt", tmp_path / "other.db"
    text.write_text("Kein Speicher, nur Notizen.\n" * 100, "utf-8")
    with sqlite3.connect(foreign) as other:
        other.execute("CREATE TABLE books (title TEXT)")
    other.close()
    for path in (text, foreign):
        before = path.read_bytes()
        with pytest.raises(StoreError, match=r"not a store of Depesche"):
            open_store(str(path), write=write)
        assert path.read_bytes() == before


@pytest.mark.parametrize("write", [True, False])
def test_a_newer_store_is_refused_in_one_line(tmp_path: Path, write: bool) -> None:
    path = tmp_path / "newer.db"
    open_store(str(path), write=True)
    _execute(path, "UPDATE alembic_version SET version_num = '0999'")
    with pytest.raises(StoreTooNew, match=r"newer.db: written by a newer Depesche") as refused:
        open_store(str(path), write=write)
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize("write", [True, False])
def test_an_older_store_is_migrated_with_all_that_is_in_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, write: bool
) -> None:
    path = tmp_path / "old.db"
    with open_store(str(path), write=True).writer() as writer:
        writer.put_page(made_page("a"), made_article("a"), made_reading("a"), "1", "k")
    _a_version_later(tmp_path, monkeypatch)
    with open_store(str(path), write=write).view() as view:
        assert view.page("p-a") == made_page("a")
    assert _execute(path, "SELECT version_num FROM alembic_version") == [("9000",)]
    assert _execute(path, "SELECT word FROM later") == []


def test_a_migration_that_fails_changes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "old.db"
    open_store(str(path), write=True)
    _a_version_later(tmp_path, monkeypatch, "    op.execute('INSERT INTO nowhere VALUES (1)')\n")
    with pytest.raises(StoreError, match="nowhere"):
        open_store(str(path), write=True)
    assert _execute(path, "SELECT version_num FROM alembic_version") == [(HEAD,)]
    assert _execute(path, "SELECT name FROM sqlite_master WHERE name = 'later'") == []


def test_migrations_end_in_the_tables_that_the_code_knows(tmp_path: Path) -> None:
    path = tmp_path / "new.db"
    open_store(str(path), write=True)
    with connect(path, write=False) as connection:
        context = MigrationContext.configure(connection, opts={"include_object": _is_ours})
        assert compare_metadata(context, METADATA) == []
    config = Config()
    config.set_main_option("script_location", str(migrate.MIGRATIONS))
    config.set_main_option("path_separator", "os")
    assert ScriptDirectory.from_config(config).get_heads() == [HEAD]


def _is_ours(_object: object, name: str | None, kind: str, *_: object) -> bool:
    return not (
        kind == "table" and name is not None and name.startswith(("entry_text", "page_text", "alembic_version"))
    )


def test_migrating_waits_for_no_other_writer(tmp_path: Path) -> None:
    path = tmp_path / "new.db"
    with lock(path), pytest.raises(StoreLocked):
        open_store(str(path), write=True)
    open_store(str(path), write=True)


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=r"there is no folder .*missing"):
        open_store(str(tmp_path / "missing" / "chronicle.db"), write=True)


def test_a_full_disk_is_told_in_one_line_and_loses_nothing(tmp_path: Path) -> None:
    path = tmp_path / "full.db"
    with open_store(str(path), write=True).writer() as writer:
        writer.put_page(made_page("a"), made_article("a"), made_reading("a"), "1", "k")
        writer._connection.exec_driver_sql("PRAGMA max_page_count = 1")
        writer._connection.rollback()
        noise = "".join(chr(0x4E00 + i * 7919 % 20000) for i in range(200_000))
        with pytest.raises(StoreError, match="no space left on the disk") as refused:
            writer.put_page(made_page("b", text=noise), made_article("b"), made_reading("b"), "1", "k")
        assert "\n" not in str(refused.value)
        writer._connection.exec_driver_sql("PRAGMA max_page_count = 1000000")
        writer._connection.rollback()
        writer.put_page(made_page("c"), made_article("c"), made_reading("c"), "1", "k")
    with open_store(str(path)).view() as view:
        assert [page.doc for page in view.pages()] == ["a", "c"]


def test_a_store_that_may_only_be_read_is_told_in_one_line(tmp_path: Path) -> None:
    with open_store(str(tmp_path / "fixed.db"), write=True).writer() as writer:
        writer._connection.exec_driver_sql("PRAGMA query_only = ON")
        writer._connection.rollback()
        with pytest.raises(StoreError, match=r"fixed.db: the file may only be read"):
            writer.put_page(made_page("a"), made_article("a"), made_reading("a"), "1", "k")


def test_a_store_in_a_folder_that_nobody_may_write_to_can_be_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "fixed.db"
    with open_store(str(path), write=True).writer() as writer:
        writer.put_page(made_page("a"), made_article("a"), made_reading("a"), "1", "k")
    for beside in tmp_path.glob("fixed.db-*"):
        beside.unlink()
    monkeypatch.setattr("os.access", lambda *_: False)
    with open_store(str(path)).view() as view:
        assert view.page("p-a") == made_page("a")
        assert list(tmp_path.iterdir()) == [path]


def test_odd_questions_are_answered(tmp_path: Path) -> None:
    path = tmp_path / "chronicle.db"
    open_store(str(path), write=True)
    odd = "\udcff\0'\"%*"
    with open_store(str(path)).view() as view:
        assert (view.page(odd), view.article(odd), view.reading(odd), view.entry(odd)) == (None, None, None, None)
        asked = ChronicleFilter(party=odd, with_party=odd, type=odd, text=odd + "abc")
        assert list(view.entries(asked)) == []


def test_a_damaged_file_is_told_in_one_line(tmp_path: Path) -> None:
    path = tmp_path / "damaged.db"
    with open_store(str(path), write=True).writer() as writer:
        for name in "abcdefgh":
            writer.put_page(made_page(name), made_article(name), made_reading(name), "1", "k")
    raw = bytearray(path.read_bytes())
    raw[8192:] = b"\xa5" * (len(raw) - 8192)
    path.write_bytes(raw)
    with pytest.raises(StoreError) as refused, open_store(str(path)).view() as view:
        list(view.pages())
    assert "\n" not in str(refused.value)


def test_a_value_of_another_version_is_told_to_be_renewed(tmp_path: Path) -> None:
    path = tmp_path / "odd.db"
    with open_store(str(path), write=True).writer() as writer:
        writer.put_page(made_page("a"), made_article("a"), made_reading("a"), "1", "k")
    _execute(path, "UPDATE pages SET metadata = '{\"url\": 3}'")
    with open_store(str(path)).view() as view, pytest.raises(StoreError, match="build again to renew it"):
        view.page("p-a")


def _execute(path: Path, statement: str) -> list[tuple[object, ...]]:
    connection = sqlite3.connect(path)
    try:
        with connection:
            return connection.execute(statement).fetchall()
    finally:
        connection.close()


def _a_version_later(folder: Path, monkeypatch: pytest.MonkeyPatch, more: str = "") -> None:
    """Makes the code one version newer than it is, with a table called `later`."""
    migrations = folder / "migrations"
    (migrations / "versions").mkdir(parents=True)
    for path in (migrate.MIGRATIONS / "env.py", *sorted((migrate.MIGRATIONS / "versions").glob("0*.py"))):
        (migrations / path.relative_to(migrate.MIGRATIONS)).write_text(path.read_text("utf-8"), "utf-8")
    upgrade = f"def upgrade():\n    op.create_table('later', sa.Column('word', sa.Text, primary_key=True))\n{more}"
    head = "import sqlalchemy as sa\nfrom alembic import op\nrevision = '9000'\n"
    head += f"down_revision = '{HEAD}'\n\n"
    (migrations / "versions" / "9000_later.py").write_text(head + upgrade, "utf-8")
    monkeypatch.setattr(migrate, "MIGRATIONS", migrations)
    monkeypatch.setattr(migrate, "HEAD", "9000")
