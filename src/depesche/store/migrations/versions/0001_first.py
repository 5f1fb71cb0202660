"""The first tables."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from depesche.store.dialects import make_search_table
from depesche.store.schema import WORDS

revision = "0001"
down_revision = None


def upgrade() -> None:
    _documents()
    _chronicle()
    _rest_of_the_linkage()
    _about_the_store()


def downgrade() -> None:
    raise NotImplementedError("stores are not taken back to older versions: build anew")


def _documents() -> None:
    op.create_table(
        "pages",
        sa.Column("id", WORDS, primary_key=True),
        *(sa.Column(name, WORDS, nullable=False) for name in ("doc", "source", "form", "metadata", "digest")),
        sa.Column("raw", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "articles",
        sa.Column("page", WORDS, sa.ForeignKey("pages.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("value", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "readings",
        sa.Column("page", WORDS, sa.ForeignKey("pages.id", ondelete="CASCADE"), primary_key=True),
        *(sa.Column(name, WORDS, nullable=False) for name in ("package", "knowledge", "digest")),
        *(sa.Column(name, WORDS) for name in ("published", "earliest", "latest")),
        sa.Column("value", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "unread",
        sa.Column("source", WORDS, primary_key=True),
        sa.Column("doc", WORDS, primary_key=True),
        sa.Column("reason", WORDS, nullable=False),
    )


def _chronicle() -> None:
    op.create_table(
        "entries",
        sa.Column("number", sa.Integer, primary_key=True),
        *(sa.Column(name, WORDS, nullable=False) for name in ("id", "digest", "type", "status")),
        *(sa.Column(name, WORDS) for name in ("first", "last")),
        *(sa.Column(name, WORDS, nullable=False) for name in ("place_in_time", "title", "value")),
    )
    op.create_index("entries_id", "entries", ["id"], unique=True)
    op.create_index("entries_in_order", "entries", ["place_in_time", "id"])
    op.create_table(
        "participants",
        sa.Column("entry", sa.Integer, sa.ForeignKey("entries.number", ondelete="CASCADE"), primary_key=True),
        sa.Column("position", sa.Integer, primary_key=True),
        *(sa.Column(name, WORDS, nullable=False) for name in ("name", "party")),
        sa.Column("country", WORDS),
        sa.Column("words", WORDS, nullable=False),
    )
    op.create_table(
        "mentions",
        sa.Column("entry", sa.Integer, sa.ForeignKey("entries.number", ondelete="CASCADE"), primary_key=True),
        sa.Column("mention", WORDS, primary_key=True),
        sa.Column("page", WORDS, nullable=False),
    )
    op.create_index("mentions_page", "mentions", ["page"])
    make_search_table(op.get_bind(), "entry_text", "rowid", "INTEGER")


def _rest_of_the_linkage() -> None:
    op.create_table(
        "copies",
        sa.Column("page", WORDS, primary_key=True),
        sa.Column("of", WORDS, primary_key=True),
        sa.Column("value", WORDS, nullable=False),
    )
    op.create_table(
        "stories",
        sa.Column("id", WORDS, primary_key=True),
        sa.Column("value", WORDS, nullable=False),
    )


def _about_the_store() -> None:
    op.create_table(
        "state",
        sa.Column("name", WORDS, primary_key=True),
        sa.Column("value", WORDS, nullable=False),
    )
    op.create_table(
        "redirects",
        sa.Column("old", WORDS, primary_key=True),
        sa.Column("new", WORDS, nullable=False),
    )
    op.create_index("redirects_new", "redirects", ["new"])
    op.create_table(
        "runs",
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("value", WORDS, nullable=False),
    )
