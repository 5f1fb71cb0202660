"""Run by Alembic: migrates over the connection it was given, inside that connection's transaction."""

from __future__ import annotations

from alembic import context

from depesche.store.schema import METADATA

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=METADATA,
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()
