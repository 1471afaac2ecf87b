"""The store's schema, version by version: Alembic runs what a store does not have yet."""
