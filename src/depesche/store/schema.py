"""The tables of a store.

    pages ──┬── articles      what cleaning made of the page
            ├── page_text     its folded title and text, indexed for search (see `sqlite.py`)
            └── readings      what the article says, with the versions that read it
    meanings                  what pages are about, as vectors, where a build was asked for them
    unread                    inputs that could not be read
    entries ─┬── participants who takes part, for the question "who with whom"
             ├── mentions     which mention stands in which entry, for redirects
             └── entry_text   folded title and evidence, indexed for search (see `sqlite.py`)
    copies, stories           the rest of the linkage
    parties                   who the pages speak of: spellings, offices with the sentences that tell them
    decisions                 what people have decided about parties and entries; every build replays them
    state                     the key of the linkage that is stored
    redirects, runs           outside byte comparisons: they tell how the store came about

Values are stored whole as JSON of their Structs; columns beside them only repeat what questions filter by.
"""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Integer, LargeBinary, MetaData, Table, Text, column, table

HEAD = "0004"
"""The migration that makes these tables; a test compares it with the files under `migrations/`."""

METADATA = MetaData()

pages = Table(
    "pages",
    METADATA,
    Column("id", Text, primary_key=True),
    Column("doc", Text, nullable=False),
    Column("source", Text, nullable=False),
    Column("form", Text, nullable=False),
    Column("metadata", Text, nullable=False),
    Column("digest", Text, nullable=False),
    Column("raw", LargeBinary, nullable=False),
)

articles = Table(
    "articles",
    METADATA,
    Column("page", Text, ForeignKey("pages.id", ondelete="CASCADE"), primary_key=True),
    Column("value", LargeBinary, nullable=False),
)

readings = Table(
    "readings",
    METADATA,
    Column("page", Text, ForeignKey("pages.id", ondelete="CASCADE"), primary_key=True),
    Column("package", Text, nullable=False),
    Column("knowledge", Text, nullable=False),
    Column("digest", Text, nullable=False),
    Column("published", Text),
    Column("earliest", Text),
    Column("latest", Text),
    Column("value", LargeBinary, nullable=False),
)

meanings = Table(  # they outlive the row of their page, which every new reading replaces
    "meanings",
    METADATA,
    Column("page", Text, primary_key=True),
    Column("model", Text, nullable=False),
    Column("digest", Text, nullable=False),
    Column("vector", LargeBinary, nullable=False),
)

unread = Table(
    "unread",
    METADATA,
    Column("source", Text, primary_key=True),
    Column("doc", Text, primary_key=True),
    Column("reason", Text, nullable=False),
)

entries = Table(
    "entries",
    METADATA,
    Column("number", Integer, primary_key=True),
    Column("id", Text, nullable=False),
    Column("digest", Text, nullable=False),
    Column("type", Text, nullable=False),
    Column("status", Text, nullable=False),
    Column("first", Text),
    Column("last", Text),
    Column("place_in_time", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("value", Text, nullable=False),
    Index("entries_id", "id", unique=True),
    Index("entries_in_order", "place_in_time", "id"),
)

participants = Table(
    "participants",
    METADATA,
    Column("entry", Integer, ForeignKey("entries.number", ondelete="CASCADE"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("name", Text, nullable=False),
    Column("party", Text, nullable=False),
    Column("country", Text),
    Column("words", Text, nullable=False),
)

mentions = Table(
    "mentions",
    METADATA,
    Column("entry", Integer, ForeignKey("entries.number", ondelete="CASCADE"), primary_key=True),
    Column("mention", Text, primary_key=True),
    Column("page", Text, nullable=False),
    Index("mentions_page", "page"),
)

entry_text = table("entry_text", column("rowid", Integer), column("words", Text))
"""Made by the database's own means of search, hence not in METADATA; `rowid` is the entry's number."""

page_text = table("page_text", column("page", Text), column("words", Text))
"""Made like `entry_text`; `page` is the page's id, by which nothing is found but rows are told apart."""

copies = Table(
    "copies",
    METADATA,
    Column("page", Text, primary_key=True),
    Column("of", Text, primary_key=True),
    Column("value", Text, nullable=False),
)

stories = Table(
    "stories",
    METADATA,
    Column("id", Text, primary_key=True),
    Column("value", Text, nullable=False),
)

parties = Table(
    "parties",
    METADATA,
    Column("id", Text, primary_key=True),
    Column("words", Text, nullable=False),
    Column("value", Text, nullable=False),
)

decisions = Table(
    "decisions",
    METADATA,
    Column("number", Integer, primary_key=True),
    Column("value", Text, nullable=False),
)

state = Table(
    "state",
    METADATA,
    Column("name", Text, primary_key=True),
    Column("value", Text, nullable=False),
)

redirects = Table(
    "redirects",
    METADATA,
    Column("old", Text, primary_key=True),
    Column("new", Text, nullable=False),
    Index("redirects_new", "new"),
)

runs = Table(
    "runs",
    METADATA,
    Column("number", Integer, primary_key=True),
    Column("value", Text, nullable=False),
)
