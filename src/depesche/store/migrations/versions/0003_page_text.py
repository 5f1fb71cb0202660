"""The words of whole pages, indexed for search."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from depesche.model.page import Article
from depesche.store import rows
from depesche.store.dialects import make_search_table
from depesche.store.schema import page_text

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    connection = op.get_bind()
    make_search_table(connection, "page_text", "page", "TEXT")
    pages = [row[0] for row in connection.execute(sa.text("SELECT page FROM articles ORDER BY page"))]
    for page in pages:
        query = sa.text("SELECT value FROM articles WHERE page = :page")
        value = connection.execute(query, {"page": page}).scalar_one()
        article = rows.unpack(value, Article)
        connection.execute(sa.insert(page_text), {"page": page, "words": rows.page_words(article)})


def downgrade() -> None:
    raise NotImplementedError("stores are not taken back to older versions: build anew")
