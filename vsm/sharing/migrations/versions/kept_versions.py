"""Each version keeps what it holds: contents belong to a version, and pictures are named as files."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

_MOVE = """
    INSERT INTO version_contents (publication, version, form, body)
    SELECT publication,
        (SELECT MAX(number) FROM versions WHERE versions.publication = contents.publication),
        CASE form WHEN 'map' THEN 'map.svg' WHEN 'map picture' THEN 'map.png' ELSE form END,
        body
    FROM contents
"""
_FORGET = """
    DELETE FROM versions
    WHERE number < (SELECT MAX(number) FROM versions AS newer WHERE newer.publication = versions.publication)
"""


def upgrade() -> None:
    """Move what there is to the newest versions; the older ones had kept nothing but their dates."""
    op.create_table(
        "version_contents",
        sa.Column("publication", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("version", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("form", sa.Text(), primary_key=True),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["publication", "version"], ["versions.publication", "versions.number"]),
    )
    op.execute(_MOVE)
    op.drop_table("contents")
    op.execute(_FORGET)
