"""Parties with their offices and spellings, and what people have decided about them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from depesche.store.schema import WORDS

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.create_table(
        "parties",
        sa.Column("id", WORDS, primary_key=True),
        sa.Column("words", WORDS, nullable=False),
        sa.Column("value", WORDS, nullable=False),
    )
    op.create_table(
        "decisions",
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("value", WORDS, nullable=False),
    )
    op.execute("DELETE FROM state")  # so that the next build fills in the parties


def downgrade() -> None:
    raise NotImplementedError("stores are not taken back to older versions: build anew")
