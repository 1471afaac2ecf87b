"""What Alembic runs: the missing versions of the schema, on the connection and in the transaction that it is given."""

from __future__ import annotations

from alembic import context

from vsm.sharing.schema import METADATA

context.configure(connection=context.config.attributes["connection"], target_metadata=METADATA, transactional_ddl=True)
context.run_migrations()
