"""What a watch remembers, and what it fetched."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    for name, key in (("feeds", "url"), ("hosts", "host")):
        op.create_table(
            name,
            sa.Column(key, sa.Text, primary_key=True),
            sa.Column("value", sa.Text, nullable=False),
        )
    op.create_table(
        "listed",
        sa.Column("url", sa.Text, primary_key=True),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("feed", "standing", "value")),
    )
    op.create_index("listed_feed", "listed", ["feed", "standing"])
    op.create_table(
        "fetched",
        sa.Column("number", sa.Integer, primary_key=True),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("url", "time", "digest")),
        sa.Column("was_read", sa.Integer, nullable=False),
        sa.Column("head", sa.Text, nullable=False),
        sa.Column("body", sa.LargeBinary, nullable=False),
    )
    op.create_index("fetched_url", "fetched", ["url"])
    op.create_index("fetched_was_read", "fetched", ["was_read"])


def downgrade() -> None:
    raise NotImplementedError("stores are not taken back to older versions: build anew")
