"""The forms in which a publication is kept and served, and how they are packed."""

from __future__ import annotations

import gzip
import json
from collections.abc import Mapping
from enum import StrEnum

_LEVEL = 6


class Form(StrEnum):
    """One form of the same content; beside them stand the pictures, each under the name of its file."""

    DATA = "data"
    """The stream, its definitions and the scenario: what the full app opens."""
    PAGE = "page"
    FIGURES = "figures"
    TABLE = "table"
    CHARTS = "charts"
    """The Vega-Lite of every chart, by its key: what a browser draws in place of its picture."""
    PICTURES = "pictures"
    """The names and titles of all pictures: a JSON object in the order of the page."""
    ITEMS = "items"
    """The items of a log, where they go along: what the full app opens in place of the stream alone."""


NEEDED = frozenset(Form) - {Form.ITEMS}
"""The forms that every publication has."""

MAP, FUTURE_MAP = "map", "future_map"
"""Names of the pictures that are no charts; a chart's is its key."""
SVG, PNG = ".svg", ".png"
"""What stands behind the name of a picture: each is kept in both."""

Bodies = Mapping[str, bytes]
"""What is kept of a version of a publication: each form and each picture, packed."""


def picture_titles(body: bytes | None) -> dict[str, str]:
    """Read the titles of pictures by their names from a version's `Form.PICTURES`; one of an older release has none."""
    titles: dict[str, str] = {} if body is None else json.loads(unpack(Form.PICTURES, body))
    return titles


def is_packed(name: str) -> bool:
    """Tell whether a form or picture is kept packed: texts are, by gzip; a PNG is small as it is."""
    return not name.endswith(PNG)


def pack(name: str, content: bytes) -> bytes:
    """Pack a form or picture as it is kept, always to the same bytes."""
    return gzip.compress(content, _LEVEL, mtime=0) if is_packed(name) else content


def unpack(name: str, body: bytes) -> bytes:
    """Undo `pack`."""
    return gzip.decompress(body) if is_packed(name) else body
