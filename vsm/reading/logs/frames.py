"""A log's cells as columns: each text once, and for each row the number of its text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from vsm.model import Problem
from vsm.reading.decoding import CONTROL
from vsm.reading.logs.timestamps import Iso, read_iso
from vsm.reading.texts import column_letter

BLANK = -1
"""Code of a cell with nothing in it."""

Codes = NDArray[np.signedinteger]
"""Of the smallest size that holds them, where a file is large."""

LOOK_INTO_ROWS = 5000
"""How many rows from the top tell what a column holds."""
FEW = 20
"""With fewer different texts than that among them, the whole column is looked at."""
_CONTROL = CONTROL.pattern.replace("\x00", r"\x00")


class TextColumn:
    """One column of texts. `values[codes[row]]` is a row's text; every value is trimmed, different and not empty.

    Texts are encoded when somebody first asks for codes or values: columns that nobody needs cost nothing, and times
    that are nearly all different are read as they stand.
    """

    def __init__(self, index: int, header: str, raw: pa.Array | pa.ChunkedArray) -> None:
        """Take the texts of a column; a blank cell is an empty text or white space."""
        self.index = index
        self.header = header
        self._raw = raw

    @property
    def raw(self) -> pa.Array | pa.ChunkedArray:
        """The texts as they came, one for each row."""
        return self._raw

    @property
    def letter(self) -> str:
        """The column's letter in a spreadsheet."""
        return column_letter(self.index)

    @property
    def title(self) -> str:
        """What to call the column in a sentence."""
        return self.header or f"column {self.letter}"

    @property
    def codes(self) -> Codes:
        """The number of each row's text among the values; `BLANK` where there is none."""
        return self._encoded[0]

    @property
    def values(self) -> pa.StringArray:
        """Each different text once, in the order of the rows."""
        return self._encoded[1]

    @property
    def different(self) -> int:
        """How many different texts there are."""
        return len(self.values)

    @property
    def at_hand(self) -> bool:
        """Whether the column is read already."""
        return True

    @cached_property
    def iso(self) -> Iso | None:
        """The column's times where all of its texts are ISO 8601, or blank."""
        return read_iso(self._raw)

    def forget_rows(self) -> None:
        """Let go of what each row has, where it can be read again."""

    @cached_property
    def texts(self) -> list[str]:
        """The values as Python texts."""
        return list(self.values.to_pylist())

    @cached_property
    def blank(self) -> NDArray[np.bool_]:
        """Mark the rows with nothing but white space in this column."""
        empty = pc.or_(pc.equal(pc.binary_length(self._raw), 0), pc.utf8_is_space(self._raw))
        return np.asarray(empty.to_numpy(zero_copy_only=False))

    @cached_property
    def filled(self) -> int:
        """How many rows are not blank."""
        return len(self.blank) - int(np.count_nonzero(self.blank))

    @cached_property
    def _encoded(self) -> tuple[Codes, pa.StringArray]:
        if not len(self._raw):
            return np.array([], dtype=np.int32), pa.array([], pa.string())
        encoded = self._raw.dictionary_encode()
        chunks = encoded.chunks if isinstance(encoded, pa.ChunkedArray) else [encoded]
        # Encoding a column gives all of its chunks one dictionary; to unify them again would cost much more.
        codes = np.concatenate([chunk.indices.to_numpy(zero_copy_only=False) for chunk in chunks])
        places, values = tidy(chunks[-1].dictionary)
        return codes if places is None else places[codes], values

    def beginning(self, count: int) -> list[str]:
        """The first different texts of a column, at most `count`, without encoding all of it."""
        if len(self._raw) <= LOOK_INTO_ROWS or "_encoded" in self.__dict__:
            return list(self.values.slice(0, count).to_pylist())
        head = pc.unique(pc.utf8_trim_whitespace(self._raw.slice(0, LOOK_INTO_ROWS))).to_pylist()
        found = [text for text in head if text]
        return found[:count] if len(found) >= FEW else list(self.values.slice(0, count).to_pylist())

    def text(self, row: int) -> str:
        """Return the text of a row, counted from 0."""
        return str(self._raw[row].as_py()).strip()


class SheetPart(NamedTuple):
    """One of the sheets that a frame has rows of."""

    sheet: str
    rows: int


@dataclass(frozen=True, kw_only=True, eq=False)
class Frame:
    """The rows under a header. `numbers` has the row number that a person sees for each row."""

    file: str
    sheet: str
    sheets: tuple[str, ...]
    columns: tuple[TextColumn, ...]
    numbers: NDArray[np.int64] | range
    problems: tuple[Problem, ...] = ()
    beyond: tuple[int, ...] = ()
    """Rows, from 0, with cells beyond the last column: they are not blank, whatever the columns hold."""
    parts: tuple[SheetPart, ...] = ()
    """The sheets whose rows stand here one behind the other, where they are several; `sheet` is the first of them."""

    def __len__(self) -> int:
        return len(self.numbers)

    def part_of(self, rows: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return the place among `parts` of the sheet that each row stands on; 0 where there is one sheet."""
        return np.searchsorted(np.cumsum([part.rows for part in self.parts[:-1]]), rows, side="right")

    def blank(self) -> NDArray[np.bool_]:
        """Mark the rows in which every cell is blank."""
        rows: NDArray[np.int64] | None = None
        for column in sorted(self.columns, key=lambda column: not column.at_hand):
            rows = np.flatnonzero(column.blank) if rows is None else rows[column.blank[rows]]
            if not len(rows):
                break
        result = np.zeros(len(self), dtype=bool)
        if rows is not None:
            result[rows] = True
        result[list(self.beyond)] = False
        return result


def tidy(values: pa.StringArray) -> tuple[Codes | None, pa.StringArray]:
    """Trim different texts, join those that become equal, and drop the blank one.

    Returns the code of each text among those that are left; `None` where none changes.
    """
    trimmed = pc.utf8_trim_whitespace(values)
    if pc.any(pc.match_substring_regex(trimmed, _CONTROL)).as_py():
        trimmed = pc.replace_substring_regex(trimmed, _CONTROL, "")
    if trimmed.equals(values) and pc.index(values, "").as_py() < 0:
        return None, values
    known = trimmed.dictionary_encode()
    unique = known.dictionary
    blank = pc.index(unique, "").as_py()
    if blank < 0 and len(unique) == len(values):
        return None, unique
    places = np.arange(len(unique), dtype=np.int32)
    if blank >= 0:
        places = np.where(places > blank, places - 1, places).astype(np.int32)
        places[blank] = BLANK
        unique = pa.concat_arrays([unique.slice(0, blank), unique.slice(blank + 1)])
    return places[known.indices.to_numpy(zero_copy_only=False)], unique


def smallest(count: int) -> np.dtype[np.signedinteger]:
    """Return the smallest kind of whole number for the codes of so many texts, and `BLANK`."""
    return np.dtype(next((kind for kind in (np.int8, np.int16) if count <= np.iinfo(kind).max), np.int32))


def column_of_texts(index: int, header: str, texts: Sequence[str]) -> TextColumn:
    """Build a column from the texts of its rows."""
    return TextColumn(index, header, pa.array(texts, type=pa.string()))
