"""A JSON list of items, as `gh issue list --json` writes it, -> one sheet: items are rows, their keys columns."""

from __future__ import annotations

import json
import math
from typing import Any

from vsm.model import Problem
from vsm.reading.decoding import decode, whole_letters
from vsm.reading.grid import Grid
from vsm.reading.limits import MEGABYTE, Limits, megabytes
from vsm.reading.shapes import Cell, ReadError, Sheet

MOST_BYTES = 16 * MEGABYTE
"""Of a list, which takes some twenty times as much memory while it is read."""
EXACT = 2**53
"""Whole numbers from here on are keys, not figures; a spreadsheet would round them."""
NAMES = ("login", "name", "title")
"""What of a nested object is shown: an author has a login, a label a name, a milestone a title; the first counts."""


def read_json_items(data: bytes, name: str, limits: Limits) -> tuple[tuple[Sheet, ...], tuple[Problem, ...]]:
    """Read a list of objects: keys in the order in which they first come, values as cells.

    Of a nested object its name stands in the cell, of a list of such all names. Raises `ReadError` for all else.
    """
    if len(data) > MOST_BYTES:
        raise ReadError(
            f"“{name}” has {megabytes(len(data))}, more than the {megabytes(MOST_BYTES)} that are read of a JSON list; "
            "leave out the keys with long texts, such as body and comments, or bring the items as CSV."
        )
    text, problems = decode(data)
    items = _items(text, name)
    place = {key: column for column, key in enumerate(dict.fromkeys(key for item in items for key in item))}
    grid = Grid(name, limits)
    grid.start("Items")
    for key, column in place.items():
        grid.put(0, column, Cell(whole_letters(key)))
    for row, item in enumerate(items, 1):
        for key, value in item.items():
            grid.put(row, place[key], _cell(value))
    return (grid.sheet(hidden=False),), problems


def _items(text: str, name: str) -> list[dict[str, Any]]:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise ReadError(
            f"“{name}” begins as a JSON list and is none, as if its end were missing; export it once more."
        ) from error
    if not isinstance(found, list) or not all(isinstance(item, dict) for item in found):
        raise ReadError(
            f"“{name}” is a JSON list of other things than items; bring one object for each item, as gh writes them, "
            "or a CSV file."
        )
    return found


def _cell(value: object) -> Cell:
    """Take a value as a cell: what is nested by its name, and nothing where it has none."""
    if isinstance(value, str):
        return Cell(whole_letters(value))
    if isinstance(value, int) and abs(value) >= EXACT:
        return Cell(str(value))
    if isinstance(value, int) or (isinstance(value, float) and math.isfinite(value)):
        return Cell(value)
    if isinstance(value, list):
        return Cell(", ".join(filter(None, map(_name, value))) or None)
    return Cell(_name(value) or None)


def _name(value: object) -> str:
    if isinstance(value, dict):
        value = next((value[key] for key in NAMES if isinstance(value.get(key), str) and value[key]), "")
    return whole_letters(value) if isinstance(value, str) else ""
