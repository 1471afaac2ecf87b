"""The first schema: publications, the dates of their versions, and what the newest version holds."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make the three tables."""
    op.create_table(
        "publications",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("read_hash", sa.LargeBinary(32), nullable=False, unique=True),
        sa.Column("owner_hash", sa.LargeBinary(32), nullable=False, unique=True),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("created", sa.DateTime(), nullable=False),
        sa.Column("expires", sa.DateTime(), nullable=True),
        sa.Column("revoked", sa.DateTime(), nullable=True),
    )
    op.create_table(
        "versions",
        sa.Column("publication", sa.Integer(), sa.ForeignKey("publications.id"), primary_key=True),
        sa.Column("number", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("created", sa.DateTime(), nullable=False),
    )
    op.create_table(
        "contents",
        sa.Column("publication", sa.Integer(), sa.ForeignKey("publications.id"), primary_key=True),
        sa.Column("form", sa.Text(), primary_key=True),
        sa.Column("body", sa.LargeBinary(), nullable=False),
    )
