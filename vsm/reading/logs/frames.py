"""A log's cells as columns: each text once, and for each row the number of its text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from vsm.model import Problem
from vsm.reading.decoding import CONTROL
from vsm.reading.texts import column_letter

BLANK = -1
"""Code of a cell with nothing in it."""

Codes = NDArray[np.int32]


@dataclass(frozen=True, kw_only=True, eq=False)
class TextColumn:
    """One column: `values[codes[row]]` is the text of a row; every value is trimmed, different and not empty."""

    index: int
    header: str
    codes: Codes
    values: pa.StringArray

    @property
    def letter(self) -> str:
        """The column's letter in a spreadsheet."""
        return column_letter(self.index)

    @property
    def title(self) -> str:
        """What to call the column in a sentence."""
        return self.header or f"column {self.letter}"

    def text(self, row: int) -> str:
        """Return the text of a row, counted from 0."""
        code = int(self.codes[row])
        return "" if code == BLANK else str(self.values[code].as_py())


@dataclass(frozen=True, kw_only=True, eq=False)
class Frame:
    """The rows under a header. `numbers` has the row number that a person sees for each row."""

    file: str
    sheet: str
    sheets: tuple[str, ...]
    columns: tuple[TextColumn, ...]
    numbers: NDArray[np.int64]
    problems: tuple[Problem, ...] = ()

    def __len__(self) -> int:
        return len(self.numbers)

    def blank(self) -> NDArray[np.bool_]:
        """Mark the rows in which every cell is blank."""
        result = np.ones(len(self), dtype=bool)
        for column in self.columns:
            result &= column.codes == BLANK
        return result


def column_of(index: int, header: str, codes: Codes, values: pa.StringArray) -> TextColumn:
    """Build a column from a dictionary-encoded one: trims its texts, joins those that become equal, finds blanks."""
    tidy = pc.utf8_trim_whitespace(values)
    if pc.any(pc.match_substring_regex(tidy, CONTROL.pattern.replace("\x00", r"\x00"))).as_py():
        tidy = pc.replace_substring_regex(tidy, CONTROL.pattern.replace("\x00", r"\x00"), "")
    known = tidy.dictionary_encode()
    unique = known.dictionary
    blank = pc.index(unique, "").as_py()
    places = np.arange(len(unique), dtype=np.int32)
    if blank >= 0:
        places = np.where(places > blank, places - 1, places).astype(np.int32)
        places[blank] = BLANK
        unique = pa.concat_arrays([unique.slice(0, blank), unique.slice(blank + 1)])
    if blank < 0 and len(unique) == len(values):
        return TextColumn(index=index, header=header, codes=codes, values=unique)
    lookup = places[known.indices.to_numpy(zero_copy_only=False)]
    lookup = np.append(lookup, np.int32(BLANK))  # where a code of -1 looks
    return TextColumn(index=index, header=header, codes=lookup[codes], values=unique)


def column_of_texts(index: int, header: str, texts: Sequence[str]) -> TextColumn:
    """Build a column from the texts of its rows."""
    encoded = pa.array(texts, type=pa.string()).dictionary_encode()
    return column_of(index, header, encoded.indices.to_numpy(zero_copy_only=False), encoded.dictionary)
