"""The tables of a store.

    pages ──┬── articles      what cleaning made of the page
            ├── page_text     its folded title and text, indexed for search (see `dialects.py`)
            └── readings      what the article says, with the versions that read it
    meanings                  what pages are about, as vectors, where a build was asked for them
    unread                    inputs that could not be read
    entries ─┬── participants who takes part, for the question "who with whom"
             ├── mentions     which mention stands in which entry, for redirects
             └── entry_text   folded title and evidence, indexed for search (see `dialects.py`)
    copies, stories           the rest of the linkage
    traces, blocks            what linking keeps, so that it need not look at everything again: pages as it sees them,
                              and groups of mentions that hang together
    parties                   who the pages speak of: spellings, offices with the sentences that tell them
    decisions                 what people have decided about parties and entries; every build replays them
    state                     the key of the linkage that is stored
    feeds, listed, hosts      what a watch remembers: feeds, the pages they named, how hosts want to be asked
    fetched                   what was fetched, as it was sent, and whether it was read already
    redirects, runs           outside byte comparisons: they tell how the store came about

Values are stored whole as JSON of their Structs; columns beside them only repeat what questions filter by.
"""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Integer, LargeBinary, MetaData, Table, Text, column, table

HEAD = "0006"
"""The migration that makes these tables; a test compares it with the files under `migrations/`."""

WORDS = Text().with_variant(Text(collation="C"), "postgresql")
"""Words sorted by their code points, whatever tongue the server speaks; SQLite does so of itself."""

METADATA = MetaData()

pages = Table(
    "pages",
    METADATA,
    Column("id", WORDS, primary_key=True),
    Column("doc", WORDS, nullable=False),
    Column("source", WORDS, nullable=False),
    Column("form", WORDS, nullable=False),
    Column("metadata", WORDS, nullable=False),
    Column("digest", WORDS, nullable=False),
    Column("raw", LargeBinary, nullable=False),
)

articles = Table(
    "articles",
    METADATA,
    Column("page", WORDS, ForeignKey("pages.id", ondelete="CASCADE"), primary_key=True),
    Column("value", LargeBinary, nullable=False),
)

readings = Table(
    "readings",
    METADATA,
    Column("page", WORDS, ForeignKey("pages.id", ondelete="CASCADE"), primary_key=True),
    Column("package", WORDS, nullable=False),
    Column("knowledge", WORDS, nullable=False),
    Column("digest", WORDS, nullable=False),
    Column("published", WORDS),
    Column("earliest", WORDS),
    Column("latest", WORDS),
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
    Column("source", WORDS, primary_key=True),
    Column("doc", WORDS, primary_key=True),
    Column("reason", WORDS, nullable=False),
)

entries = Table(
    "entries",
    METADATA,
    Column("number", Integer, primary_key=True),
    Column("id", WORDS, nullable=False),
    Column("digest", WORDS, nullable=False),
    Column("type", WORDS, nullable=False),
    Column("status", WORDS, nullable=False),
    Column("first", WORDS),
    Column("last", WORDS),
    Column("place_in_time", WORDS, nullable=False),
    Column("title", WORDS, nullable=False),
    Column("value", WORDS, nullable=False),
    Column("made_of", WORDS),
    Index("entries_id", "id", unique=True),
    Index("entries_in_order", "place_in_time", "id"),
)

participants = Table(
    "participants",
    METADATA,
    Column("entry", Integer, ForeignKey("entries.number", ondelete="CASCADE"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("name", WORDS, nullable=False),
    Column("party", WORDS, nullable=False),
    Column("country", WORDS),
    Column("words", WORDS, nullable=False),
)

mentions = Table(
    "mentions",
    METADATA,
    Column("entry", Integer, ForeignKey("entries.number", ondelete="CASCADE"), primary_key=True),
    Column("mention", WORDS, primary_key=True),
    Column("page", WORDS, nullable=False),
    Index("mentions_page", "page"),
)

entry_text = table("entry_text", column("rowid", Integer), column("words", Text))
"""Made by the database's own means of search, hence not in METADATA; `rowid` is the entry's number."""

page_text = table("page_text", column("page", WORDS), column("words", Text))
"""Made like `entry_text`; `page` is the page's id, by which nothing is found but rows are told apart."""

copies = Table(
    "copies",
    METADATA,
    Column("page", WORDS, primary_key=True),
    Column("of", WORDS, primary_key=True),
    Column("value", WORDS, nullable=False),
)

stories = Table(
    "stories",
    METADATA,
    Column("id", WORDS, primary_key=True),
    Column("value", WORDS, nullable=False),
)

traces = Table(
    "traces",
    METADATA,
    Column("page", WORDS, primary_key=True),
    Column("key", WORDS, primary_key=True),
    Column("linked", Integer, nullable=False),
    Column("value", LargeBinary, nullable=False),
)

blocks = Table(
    "blocks",
    METADATA,
    Column("id", WORDS, primary_key=True),
    Column("value", WORDS, nullable=False),
)

parties = Table(
    "parties",
    METADATA,
    Column("id", WORDS, primary_key=True),
    Column("words", WORDS, nullable=False),
    Column("value", WORDS, nullable=False),
)

decisions = Table(
    "decisions",
    METADATA,
    Column("number", Integer, primary_key=True),
    Column("value", WORDS, nullable=False),
)

state = Table(
    "state",
    METADATA,
    Column("name", WORDS, primary_key=True),
    Column("value", WORDS, nullable=False),
)

redirects = Table(
    "redirects",
    METADATA,
    Column("old", WORDS, primary_key=True),
    Column("new", WORDS, nullable=False),
    Index("redirects_new", "new"),
)

runs = Table(
    "runs",
    METADATA,
    Column("number", Integer, primary_key=True),
    Column("value", WORDS, nullable=False),
)

feeds = Table(
    "feeds",
    METADATA,
    Column("url", Text, primary_key=True),
    Column("value", Text, nullable=False),
)

listed = Table(
    "listed",
    METADATA,
    Column("url", Text, primary_key=True),
    Column("feed", Text, nullable=False),
    Column("standing", Text, nullable=False),
    Column("value", Text, nullable=False),
    Index("listed_feed", "feed", "standing"),
)

hosts = Table(
    "hosts",
    METADATA,
    Column("host", Text, primary_key=True),
    Column("value", Text, nullable=False),
)

fetched = Table(
    "fetched",
    METADATA,
    Column("number", Integer, primary_key=True),
    Column("url", Text, nullable=False),
    Column("time", Text, nullable=False),
    Column("digest", Text, nullable=False),
    Column("was_read", Integer, nullable=False),
    Column("head", Text, nullable=False),
    Column("body", LargeBinary, nullable=False),
    Index("fetched_url", "url"),
    Index("fetched_was_read", "was_read"),
)
