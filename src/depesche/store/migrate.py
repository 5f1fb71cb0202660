"""Brings a store's tables to the form this version knows."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import inspect, text

from depesche.errors import StoreError, StoreTooNew
from depesche.store.schema import HEAD
from depesche.store.sqlite import connect, lock, told

MIGRATIONS = Path(__file__).resolve().parent / "migrations"


def make_ready(path: Path, *, write: bool) -> None:
    """Makes a new store, migrates one of an older version, and refuses what it cannot read."""
    if not write and not path.is_file():
        raise StoreError(f"{path}: no such store; `depesche build PATH --store {path}` makes one")
    if not path.absolute().parent.is_dir():
        raise StoreError(f"{path}: there is no folder {path.absolute().parent}; make it first")
    version = _version(path) if path.is_file() else ""
    if version == HEAD:
        return
    if not write and not version:
        raise StoreError(f"{path}: nothing is stored there yet; `depesche build PATH --store {path}` fills it")
    _migrate(path, version)


def _version(path: Path) -> str:
    """The migration that the store is at; "" where there are no tables yet."""
    with told(path), connect(path, write=False) as connection:
        tables = inspect(connection).get_table_names()
        if "alembic_version" in tables and "pages" in tables:
            return str(connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one())
    if tables:
        raise StoreError(f"{path}: a database, but not a store of Depesche; name another file")
    return ""


def _migrate(path: Path, version: str) -> None:
    # Imported here: Alembic is slow to load, and a store of this version does not need it.
    from alembic import command
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    known = {revision.revision for revision in ScriptDirectory.from_config(config).walk_revisions()}
    if version and version not in known:
        raise StoreTooNew(f"{path}: written by a newer Depesche (its tables are {version}, ours {HEAD}); update yours")
    with lock(path), connect(path, write=True) as connection, told(path), connection.begin():
        config.attributes["connection"] = connection
        command.upgrade(config, "head")  # looks up the version itself, now that nobody else can change it
