"""The history of a store's tables, for Alembic."""
