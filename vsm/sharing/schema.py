"""The store's tables as SQLAlchemy knows them; the migrations make them."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import (
    Column,
    DateTime,
    ForeignKey,
    ForeignKeyConstraint,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
)
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator

METADATA = MetaData()


class UtcTime(TypeDecorator[dt.datetime]):
    """A moment, stored in UTC without saying so, as SQLite knows no time zones."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: dt.datetime | None, dialect: Dialect) -> dt.datetime | None:
        """Turn a moment into what is stored; a time without a zone is refused, as nobody knows when it is."""
        if value is not None and value.tzinfo is None:
            raise ValueError("a moment needs its time zone")
        return None if value is None else value.astimezone(dt.UTC).replace(tzinfo=None)

    def process_result_value(self, value: dt.datetime | None, dialect: Dialect) -> dt.datetime | None:
        """Turn what is stored into a moment."""
        return None if value is None else value.replace(tzinfo=dt.UTC)


PUBLICATIONS = Table(
    "publications",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("read_hash", LargeBinary(32), nullable=False, unique=True),
    Column("owner_hash", LargeBinary(32), nullable=False, unique=True),
    Column("title", Text, nullable=False),
    Column("created", UtcTime, nullable=False),
    Column("expires", UtcTime),
    Column("revoked", UtcTime),
)
"""A row for every link that ever was; of one that was revoked nothing but its hashes and dates is left."""

VERSIONS = Table(
    "versions",
    METADATA,
    Column("publication", ForeignKey(PUBLICATIONS.c.id), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("created", UtcTime, nullable=False),
)
"""The versions that are kept of each publication, and when they came."""

CONTENTS = Table(
    "version_contents",
    METADATA,
    Column("publication", Integer, primary_key=True, autoincrement=False),
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("form", Text, primary_key=True),
    Column("body", LargeBinary, nullable=False),
    ForeignKeyConstraint(["publication", "version"], [VERSIONS.c.publication, VERSIONS.c.number]),
)
"""What each version holds, once for each form and picture in which it is served."""

DRAFTS = Table(
    "drafts",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("hash", LargeBinary(32), nullable=False, unique=True),
    Column("expires", UtcTime, nullable=False),
    Column("size", Integer, nullable=False),
    Column("state", LargeBinary, nullable=False),
)
"""A row for every draft: all that was decided, sealed, and the bytes that it takes together with its files."""

DRAFT_FILES = Table(
    "draft_files",
    METADATA,
    Column("draft", ForeignKey(DRAFTS.c.id), primary_key=True),
    Column("name", LargeBinary(32), primary_key=True),
    Column("size", Integer, nullable=False),
    Column("body", LargeBinary, nullable=False),
)
"""The files of drafts, sealed, each once for each draft that holds it."""
