"""The forms in which a publication is kept and served, and how they are packed."""

from __future__ import annotations

import gzip
from collections.abc import Mapping
from enum import StrEnum

_LEVEL = 6


class Form(StrEnum):
    """One form of the same content."""

    DATA = "data"
    """The stream, its definitions and the scenario: what the full app opens."""
    PAGE = "page"
    FIGURES = "figures"
    TABLE = "table"
    MAP = "map"
    MAP_PICTURE = "map picture"


Bodies = Mapping[Form, bytes]
"""What is kept of a publication: each form, packed."""


def pack(form: Form, content: bytes) -> bytes:
    """Pack a form as it is kept: texts by gzip, always to the same bytes; a picture is packed already."""
    return content if form is Form.MAP_PICTURE else gzip.compress(content, _LEVEL, mtime=0)


def unpack(form: Form, body: bytes) -> bytes:
    """Undo `pack`."""
    return body if form is Form.MAP_PICTURE else gzip.decompress(body)
