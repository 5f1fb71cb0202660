"""What linking keeps for the next time: traces of pages, blocks of mentions, what entries are made of."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from depesche.store.schema import WORDS

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    op.create_table(
        "traces",
        sa.Column("page", WORDS, primary_key=True, nullable=False),
        sa.Column("key", WORDS, primary_key=True, nullable=False),
        sa.Column("linked", sa.Integer(), nullable=False),
        sa.Column("value", sa.LargeBinary(), nullable=False),
    )
    op.create_table(
        "blocks",
        sa.Column("id", WORDS, primary_key=True, nullable=False),
        sa.Column("value", WORDS, nullable=False),
    )
    op.add_column("entries", sa.Column("made_of", WORDS))


def downgrade() -> None:
    raise NotImplementedError("stores are not taken back to older versions: build anew")
