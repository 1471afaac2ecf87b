"""A column of a log -> what its values look like, before anyone knows what it means."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from vsm.durations import is_clock, names_a_unit, parse_duration
from vsm.numerals import parse_number
from vsm.reading.logs.frames import BLANK, SheetPart, TextColumn
from vsm.reading.logs.timestamps import UNREADABLE, read_clocks, read_stamps

LOOK_AT = 60
NEVER = frozenset({"-", "–", "—", "n/a", "na", "null", "(null)", "none", "nan", "nat", "\\n"})
"""What reports and databases print where there is no time, in small letters."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Profile:
    """Shares are of the first different texts of the column, 0 to 1."""

    column: TextColumn
    dates: float
    """Texts that are dates or timestamps by themselves."""
    bare_dates: float
    """Dates without a time of day."""
    clocks: float
    """Times of day without a date."""
    numeric_dates: float
    """Plain numbers that could be a spreadsheet's serial dates or seconds since 1970."""
    durations: float
    """Texts with a unit of time or a colon: "2d 4h", "26:00"."""
    numbers: float
    parts: tuple[SheetPart, ...] = ()
    """The sheets that the rows stand on, where they are several."""

    @property
    def filled(self) -> int:
        """Rows that are not blank."""
        return self.column.filled

    @property
    def repeats(self) -> bool:
        """Whether some text stands in several rows."""
        return self.column.different < self.filled

    @property
    def mostly_unique(self) -> bool:
        """Whether nearly every row has a text of its own, on each sheet: the next month's may name it again."""
        if not self.parts:
            return self.filled > 0 and self.column.different >= 0.9 * self.filled
        ends = np.cumsum([part.rows for part in self.parts])
        named = [codes[codes != BLANK] for codes in np.split(self.column.codes, ends[:-1])]
        return self.filled > 0 and all(len(np.unique(codes)) >= 0.9 * len(codes) for codes in named)


def profile_of(column: TextColumn, parts: tuple[SheetPart, ...] = ()) -> Profile:
    """Look at the first different values of a column; `parts` as of its frame."""
    texts = [text for text in column.beginning(LOOK_AT) if text.casefold() not in NEVER]
    looked_at = max(len(texts), 1)
    values = pa.array(texts, pa.string())
    stamps = read_stamps(values)
    readable = stamps.is_time
    return Profile(
        column=column,
        dates=int(np.count_nonzero(readable & ~stamps.numeric)) / looked_at,
        bare_dates=int(np.count_nonzero(stamps.dates & ~stamps.numeric & ~stamps.zoned)) / looked_at,
        clocks=int(np.count_nonzero(read_clocks(values) != UNREADABLE)) / looked_at,
        numeric_dates=int(np.count_nonzero(stamps.numeric)) / looked_at,
        durations=sum(map(_is_duration, texts)) / looked_at,
        numbers=sum(map(_is_number, texts)) / looked_at,
        parts=parts,
    )


def _is_duration(text: str) -> bool:
    if not names_a_unit(text) and not is_clock(text):
        return False
    try:
        parse_duration(text)
    except ValueError:
        return False
    return True


def _is_number(text: str) -> bool:
    try:
        parse_number(text)
    except ValueError:
        return False
    return True
