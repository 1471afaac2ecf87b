"""What passes between the steps of reading: cells, sheets, columns with roles, choices, and the finished reading."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from vsm.model import Definitions, Problem, QualitySide, RowCount, Snapshot, ValueStream, WaitSide

CellValue = str | float | int | bool | dt.datetime | dt.date | dt.time | dt.timedelta | None


class ReadError(Exception):
    """A file or table that cannot be read; its message is a whole sentence for the person who brought it."""


class Cell(NamedTuple):
    """One cell as the file holds it."""

    value: CellValue = None
    format: str | None = None
    """The spreadsheet's number format ("0%", "[h]:mm"), which tells a share or a duration from a plain number."""
    error: str | None = None
    """An error value ("#DIV/0!") or "formula without a saved value"; `value` is then `None`."""

    @property
    def blank(self) -> bool:
        """Nothing in it: no value, no error, or only white space."""
        return self.error is None and (self.value is None or (isinstance(self.value, str) and not self.value.strip()))


class MergedRange(NamedTuple):
    """A merged block, 0-based indices into `Sheet.rows`, both ends included; only its first cell has a value."""

    first_row: int
    first_column: int
    last_row: int
    last_column: int


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """One sheet of cells. `rows[0]` is the spreadsheet's row 1; rows may have different lengths."""

    name: str
    rows: tuple[tuple[Cell, ...], ...]
    hidden: bool = False
    merged: tuple[MergedRange, ...] = ()
    problems: tuple[Problem, ...] = ()
    """Found while opening: an encoding that had to be guessed, a torn line, a sheet cut short."""
    decimal_comma: bool | None = None
    """Numbers in text are written 1.234,5 (True) or 1,234.5 (False); `None`: decide from the values."""
    line_numbers: tuple[int, ...] | None = None
    """For text files whose rows span several lines: the line on which each row starts, from 1."""

    def number(self, index: int) -> int:
        """The row number a person sees for `rows[index]`."""
        return self.line_numbers[index] if self.line_numbers is not None else index + 1


@dataclass(frozen=True, kw_only=True)
class Workbook:
    """An opened file: its name and its sheets of cells, in the file's order; chart sheets are not among them."""

    file: str
    sheets: tuple[Sheet, ...]
    problems: tuple[Problem, ...] = ()
    """Of the file as a whole: it is not what its name says, a chart sheet was passed over."""


class Role(StrEnum):
    """What a column means. The values are the words of `--column ROLE=HEADER`."""

    STAGE = "stage"
    PERIOD = "period"
    PROCESSING_TIME = "processing_time"
    WAIT_TIME = "wait_time"
    LEAD_TIME = "lead_time"
    COMPLETE_ACCURATE = "complete_accurate"
    BATCH_SIZE = "batch_size"
    HANDOFFS = "handoffs"
    PEOPLE = "people"
    AVAILABILITY = "availability"
    DEMAND = "demand"
    WIP = "wip"
    REWORK_TO = "rework_to"
    PARALLEL_GROUP = "parallel_group"
    TEAM = "team"
    KIND = "kind"
    NOTE = "note"
    IGNORE = "ignore"


@dataclass(frozen=True, kw_only=True)
class Column:
    """One column of the found table and how it was understood."""

    index: int
    """0-based position in the sheet's rows."""
    letter: str
    """As the spreadsheet names it: A, B, ..., AA."""
    header: str
    role: Role
    why: str
    """How the role was found, in words: 'the header says "wait"', "chosen by you", "no role is known for this name"."""
    unit: str | None = None
    """Unit of its numbers where the header, the format or the choice says one: "min", "h", "d", "%", "per week" ..."""
    samples: tuple[str, ...] = ()
    question: str | None = None
    """What the person should decide, where the header can mean several things ("cycle time", two wait columns)."""


@dataclass(frozen=True, kw_only=True)
class Choices:
    """What a person (or the command line) decided about a file; empty: everything is proposed."""

    sheet: str | None = None
    header_row: int | None = None
    """Row number, as the spreadsheet numbers it, of the (last) header row; 0: the table has no header."""
    columns: tuple[tuple[Role, str], ...] = ()
    """(role, header or column letter): the same header may not have two roles; `Role.IGNORE` sets one aside."""
    units: tuple[tuple[str, str], ...] = ()
    """(header or column letter, unit) where a person corrects a column's unit."""
    keep_total_rows: bool = False
    """Count rows recognised as totals as stages after all."""
    definitions: Definitions = field(default_factory=Definitions)
    wait: WaitSide | None = None
    """Overrules both the default and what a header says; `None`: a header that says "before" or "after" wins."""
    complete_accurate: QualitySide | None = None
    """As `wait`, for %C&A."""
    period: str | None = None
    """Which period to analyse, where the file holds several of one stream; `None`: the latest."""
    name: str | None = None
    start: str | None = None
    end: str | None = None


@dataclass(frozen=True, kw_only=True)
class LeftOutRow:
    """A row that was not used, with its reason."""

    row: int
    cells: tuple[str, ...]
    """The text of its cells, one for each column of the table."""
    reason: str
    sheet: str


@dataclass(frozen=True, kw_only=True)
class Reading:
    """What was understood of one sheet, before anyone believes a figure."""

    file: str
    sheet: str
    sheets: tuple[str, ...]
    """All sheets a person may pick, hidden ones included."""
    header_rows: tuple[int, ...]
    """Row numbers of the header, empty where the table has none."""
    columns: tuple[Column, ...]
    rows: RowCount
    problems: tuple[Problem, ...]
    left_out: tuple[LeftOutRow, ...]
    definitions: Definitions
    """As applied: the defaults, overruled by headers, overruled by choices."""
    definitions_said_by: tuple[tuple[str, str], ...] = ()
    """(name of the definition, who decided: "the default", 'the header "Queue time"', "you")."""
    stream: ValueStream | None
    """`None` where something blocks; `blocking` then says what and what to do."""
    blocking: tuple[Problem, ...] = ()
    questions: tuple[str, ...] = ()
    """Doubts worth a look that do not block, as sentences."""
    snapshots: tuple[Snapshot, ...] = ()
    """The stream in each period, in the order of time, where the file holds several; `stream` is then one of them."""
