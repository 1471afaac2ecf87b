"""What Alembic runs: the missing versions of the schema, on the connection and in the transaction that it is given."""

from __future__ import annotations

from alembic import context

from vsm.sharing.schema import METADATA


def run() -> None:
    """Run them, within the caller's transaction, so that a process that dies leaves none half done."""
    connection = context.config.attributes["connection"]
    context.configure(connection=connection, target_metadata=METADATA, transactional_ddl=True)
    context.run_migrations()


# Alembic runs this file under that name; whoever imports it, as tools do with every module, runs nothing.
if __name__ == "env_py":
    run()
