"""The first tables."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from depesche.store.sqlite import SEARCH_TABLE

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
        sa.Column("id", sa.Text, primary_key=True),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("doc", "source", "form", "metadata", "digest")),
        sa.Column("raw", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "articles",
        sa.Column("page", sa.Text, sa.ForeignKey("pages.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("value", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "readings",
        sa.Column("page", sa.Text, sa.ForeignKey("pages.id", ondelete="CASCADE"), primary_key=True),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("package", "knowledge", "digest")),
        *(sa.Column(name, sa.Text) for name in ("published", "earliest", "latest")),
        sa.Column("value", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "unread",
        sa.Column("source", sa.Text, primary_key=True),
        sa.Column("doc", sa.Text, primary_key=True),
        sa.Column("reason", sa.Text, nullable=False),
    )


def _chronicle() -> None:
    op.create_table(
        "entries",
        sa.Column("number", sa.Integer, primary_key=True),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("id", "digest", "type", "status")),
        *(sa.Column(name, sa.Text) for name in ("first", "last")),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("place_in_time", "title", "value")),
    )
    op.create_index("entries_id", "entries", ["id"], unique=True)
    op.create_index("entries_in_order", "entries", ["place_in_time", "id"])
    op.create_table(
        "participants",
        sa.Column("entry", sa.Integer, sa.ForeignKey("entries.number", ondelete="CASCADE"), primary_key=True),
        sa.Column("position", sa.Integer, primary_key=True),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("name", "party")),
        sa.Column("country", sa.Text),
        sa.Column("words", sa.Text, nullable=False),
    )
    op.create_table(
        "mentions",
        sa.Column("entry", sa.Integer, sa.ForeignKey("entries.number", ondelete="CASCADE"), primary_key=True),
        sa.Column("mention", sa.Text, primary_key=True),
        sa.Column("page", sa.Text, nullable=False),
    )
    op.create_index("mentions_page", "mentions", ["page"])
    op.execute(SEARCH_TABLE)


def _rest_of_the_linkage() -> None:
    op.create_table(
        "copies",
        sa.Column("page", sa.Text, primary_key=True),
        sa.Column("of", sa.Text, primary_key=True),
        sa.Column("value", sa.Text, nullable=False),
    )
    op.create_table(
        "stories",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("value", sa.Text, nullable=False),
    )


def _about_the_store() -> None:
    op.create_table(
        "state",
        sa.Column("name", sa.Text, primary_key=True),
        sa.Column("value", sa.Text, nullable=False),
    )
    op.create_table(
        "redirects",
        sa.Column("old", sa.Text, primary_key=True),
        sa.Column("new", sa.Text, nullable=False),
    )
    op.create_index("redirects_new", "redirects", ["new"])
    op.create_table(
        "runs",
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("value", sa.Text, nullable=False),
    )
