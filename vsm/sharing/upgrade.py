"""A store of any age -> one with the schema of this release; one of a newer release is refused."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, text

from vsm.sharing.engine import transaction
from vsm.sharing.found import StoreError

_FOLDER = Path(__file__).parent / "migrations"
_LOCK = 5_118_401
"""Any number: whoever upgrades a store in PostgreSQL holds the lock of this number."""


def upgrade(engine: Engine, to: str | None = None) -> None:
    """Bring the schema up to date, or `to` a version, in one transaction.

    Raises `StoreError` for a store of a newer release.
    """
    wanted = to or newest()
    with transaction(engine, writes=False) as connection:
        if _version(connection) == wanted:
            return
    with transaction(engine, writes=True) as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text(f"SELECT pg_advisory_xact_lock({_LOCK})"))
        _refuse_newer(_version(connection))
        config = _config()
        config.attributes["connection"] = connection
        command.upgrade(config, wanted)


@cache
def newest() -> str:
    """Return the name of the newest version of the schema that this release knows."""
    return ScriptDirectory.from_config(_config()).get_current_head() or ""


def _version(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()


def _refuse_newer(version: str | None) -> None:
    known = {script.revision for script in ScriptDirectory.from_config(_config()).walk_revisions()}
    if version is not None and version not in known:
        raise StoreError(
            f"The store was written by a newer release of this app (its schema is {version}, and this release knows "
            f"{newest()} at most). Nothing was changed; run the newer release."
        )


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(_FOLDER).replace("%", "%%"))
    return config
