"""Brings a store's tables to the form this version knows."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, inspect, text

from depesche.errors import StoreError, StoreTooNew
from depesche.store.database import Database
from depesche.store.schema import HEAD

if TYPE_CHECKING:
    from alembic.config import Config

MIGRATIONS = Path(__file__).resolve().parent / "migrations"


def make_ready(database: Database, *, write: bool) -> None:
    """Makes a new store, migrates one of an older version, and refuses what it cannot read."""
    database.refuse(write=write)
    version = _version(database) if database.there else ""
    if version == HEAD:
        return
    if not write and not version:
        name = database.name
        raise StoreError(f"{name}: nothing is stored there yet; `depesche build PATH --store {name}` fills it")
    _migrate(database, version)


def _version(database: Database) -> str:
    """The migration that the store is at; "" where there are no tables yet."""
    with database.told(), database.reading() as connection:
        tables = inspect(connection).get_table_names()
        if "alembic_version" in tables and "pages" in tables:
            return str(connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one())
    if tables:
        raise StoreError(f"{database.name}: a database, but not a store of Depesche; name another file")
    return ""


def _migrate(database: Database, version: str) -> None:
    # Imported here: Alembic is slow to load, and a store of this version does not need it.
    from alembic.script import ScriptDirectory

    config = _config()
    known = {revision.revision for revision in ScriptDirectory.from_config(config).walk_revisions()}
    if version and version not in known:
        says = f"written by a newer Depesche (its tables are {version}, ours {HEAD}); update yours"
        raise StoreTooNew(f"{database.name}: {says}")
    with database.writing() as connection, database.told(), connection.begin():
        make_tables(connection)


def make_tables(connection: Connection) -> None:
    """Makes or migrates the tables inside the connection's transaction; must be in the one writer's place."""
    from alembic import command

    config = _config()
    config.attributes["connection"] = connection
    command.upgrade(config, "head")  # looks up the version itself, now that nobody else can change it


def _config() -> Config:
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return config
