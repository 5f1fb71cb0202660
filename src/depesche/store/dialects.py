"""Where the SQL of SQLite and PostgreSQL differs: search, and what stands in no standard.

Words that are searched are folded (`rows.fold`), and so is what is looked for: letters, digits and single blanks. Both
databases find it anywhere in a text, inside words too: SQLite in an FTS5 index of trigrams, PostgreSQL by LIKE, which
an index of trigrams makes fast (extension `pg_trgm`). So they find the same.
"""

from __future__ import annotations

from typing import Self

from sqlalchemy import Boolean, ColumnElement, Connection, Select, Text, literal, select, text
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

from depesche.store.schema import entry_text, page_text

TRIGRAM = 3
"""Letters; what is shorter is in no index."""


class _Condition(FunctionElement[bool]):
    type = Boolean()
    inherit_cache = True

    def self_group(self, against: object = None) -> Self:
        """Itself: SQLAlchemy would compare it with 1 where there are no truth values, and MATCH does not allow that."""
        return self


class contains(_Condition):  # noqa: N801 — reads like the functions of SQL
    """contains(words, needle): whether the needle stands anywhere in the words."""

    inherit_cache = True


class indexed(_Condition):  # noqa: N801
    """indexed(words, needle): the same for words of a table made for search, and a needle of a trigram or more."""

    inherit_cache = True


class joined(FunctionElement[str]):  # noqa: N801
    """joined(numbers): all numbers in one string, with commas; None where there are none."""

    type = Text()
    inherit_cache = True


@compiles(contains)
def _contains(element: contains, compiler: SQLCompiler, **how: object) -> str:
    words, needle = (compiler.process(clause, **how) for clause in element.clauses)
    return f"(instr({words}, {needle}) > 0)"


@compiles(contains, "postgresql")
def _contains_in_postgresql(element: contains, compiler: SQLCompiler, **how: object) -> str:
    words, needle = (compiler.process(clause, **how) for clause in element.clauses)
    return f"(strpos({words}, {needle}) > 0)"


@compiles(indexed)
def _indexed(element: indexed, compiler: SQLCompiler, **how: object) -> str:
    words, needle = element.clauses
    # A folded needle is letters, digits and single blanks, so the quoted phrase needs no escapes.
    return f"({words.table.name} MATCH '\"' || {compiler.process(needle, **how)} || '\"')"


@compiles(indexed, "postgresql")
def _indexed_in_postgresql(element: indexed, compiler: SQLCompiler, **how: object) -> str:
    words, needle = (compiler.process(clause, **how) for clause in element.clauses)
    return f"({words} LIKE '%%' || {needle} || '%%')"  # for the same reason there is nothing that LIKE takes for a sign


@compiles(joined)
def _joined(element: joined, compiler: SQLCompiler, **how: object) -> str:
    return f"group_concat({compiler.process(element.clauses, **how)})"


@compiles(joined, "postgresql")
def _joined_in_postgresql(element: joined, compiler: SQLCompiler, **how: object) -> str:
    return f"string_agg(CAST({compiler.process(element.clauses, **how)} AS TEXT), ',')"


def words_of_entries(needle: str) -> Select[int]:
    """The numbers of the entries of which the text holds the needle, folded, anywhere."""
    return select(entry_text.c.rowid).where(_searched(entry_text.c.words, needle))


def pages_with_words(needle: str) -> Select[str]:
    """The ids of the pages of which title or text holds the needle, folded, anywhere."""
    return select(page_text.c.page).where(_searched(page_text.c.words, needle))


def _searched(words: ColumnElement[str], needle: str) -> ColumnElement[bool]:
    find = contains if len(needle) < TRIGRAM else indexed
    return find(words, literal(needle, Text))


def make_search_table(connection: Connection, table: str, key: str, kind: str) -> None:
    """Makes `entry_text` or `page_text`: a key of that kind, and words that are indexed."""
    if connection.dialect.name == "sqlite":
        columns = "words" if key == "rowid" else f"{key} UNINDEXED, words"  # every table has a rowid
        connection.execute(text(f"CREATE VIRTUAL TABLE {table} USING fts5({columns}, tokenize = 'trigram')"))
        return
    connection.execute(text(f'CREATE TABLE {table} ({key} {kind} PRIMARY KEY, words TEXT COLLATE "C" NOT NULL)'))
    if connection.execute(text(MAY_HAVE_TRIGRAMS)).scalar_one():
        connection.execute(text("CREATE EXTENSION IF NOT EXISTS pg_trgm"))
        schema = connection.execute(text(SCHEMA_OF_TRIGRAMS)).scalar_one()  # it need not be ours
        words = f"words {schema}.gin_trgm_ops"
        connection.execute(text(f"CREATE INDEX {table}_trigrams ON {table} USING gin ({words})"))


SCHEMA_OF_TRIGRAMS = "SELECT extnamespace::regnamespace::text FROM pg_extension WHERE extname = 'pg_trgm'"

MAY_HAVE_TRIGRAMS = """
SELECT EXISTS (SELECT FROM pg_extension WHERE extname = 'pg_trgm') OR (
    EXISTS (SELECT FROM pg_available_extensions WHERE name = 'pg_trgm')
    AND has_database_privilege(current_database(), 'CREATE'))
"""
"""Whether the index can be had; without it a search finds the same by reading all words."""
