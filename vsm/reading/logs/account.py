"""What was found while the rows of a log were read, as counts that add up over parts; the words come at the end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from vsm.model import Severity
from vsm.reading.findings import Findings
from vsm.reading.logs.frames import Frame, TextColumn
from vsm.reading.texts import listed, row_ranges

NAMED_ONE_BY_ONE = 20
NAMED_TOGETHER = 200
"""Rows of one finding that are known by number; of more it is known how many there are."""


class Spot(NamedTuple):
    """A row of which something was found."""

    part: int
    """Place of its sheet among those that were read as one; 0 where there is one sheet."""
    sheet: str | None
    """`None` where there is one sheet."""
    number: int
    text: str = ""
    """What was found there; of rows beyond the first 20 nothing."""

    @property
    def where(self) -> str:
        """Which row it is, in words: "row 7", "row 7 of sheet “January”"."""
        return _rows_in_words([self])


def _rows_in_words(spots: Sequence[Spot]) -> str:
    """Write rows short: "rows 2 to 4 of sheet “January” and row 3 of sheet “February”"."""
    by_sheet = [(sheet, [s.number for s in each]) for sheet, each in groupby(spots, key=lambda spot: spot.sheet)]
    return listed([row_ranges(rows) + (f" of sheet “{sheet}”" if sheet else "") for sheet, rows in by_sheet])


@dataclass(frozen=True, kw_only=True)
class Found:
    """The rows of which something was found: how many, and the first of them."""

    count: int = 0
    first: tuple[Spot, ...] = ()

    def __add__(self, other: Found) -> Found:
        first = sorted((*self.first, *other.first))[:NAMED_TOGETHER]
        return Found(count=self.count + other.count, first=tuple(first))

    @property
    def which(self) -> str:
        """Which rows these are, in words: "rows 2 to 4 and 7, and 12 more"."""
        return self.which_of_first(NAMED_TOGETHER)

    def which_of_first(self, count: int) -> str:
        """Which rows these are, in words, with at most `count` of them by their number."""
        named = self.first[:count]
        more = self.count - len(named)
        return _rows_in_words(named) + (f", and {more:,} more" if more else "")


def sentence(words: str) -> str:
    """Begin a sentence with words, whose own capitals stay."""
    return words[:1].upper() + words[1:]


def found_in(frame: Frame, rows: NDArray[np.int64], column: TextColumn | None = None) -> Found:
    """Take down rows of a frame, ascending, with the texts of a column."""
    named = [int(row) for row in rows[:NAMED_TOGETHER]]
    texts = [column.text(row) for row in named[:NAMED_ONE_BY_ONE]] if column else []
    texts += [""] * (len(named) - len(texts))
    parts = frame.part_of(rows[:NAMED_TOGETHER]).tolist()
    first = [
        Spot(part, frame.parts[part].sheet if frame.parts else None, int(frame.numbers[row]), text)
        for part, row, text in zip(parts, named, texts, strict=True)
    ]
    return Found(count=len(rows), first=tuple(first))


@dataclass(kw_only=True, eq=False)
class Words:
    """What people will read of a log: problems, what the file cannot tell, and what it asks."""

    findings: Findings
    notes: list[str] = field(default_factory=list)
    questions: list[str] = field(default_factory=list)


class Finding(Protocol):
    """One thing that was looked for; equal ones of several parts are one."""

    def write(self, found: Found, words: Words) -> None:
        """Say it, if there is anything to say."""


@dataclass(frozen=True)
class Note:
    """What the file cannot tell."""

    text: str

    def write(self, found: Found, words: Words) -> None:
        """Say it as it is."""
        words.notes.append(self.text)


@dataclass(frozen=True)
class Question:
    """What the file leaves open."""

    text: str

    def write(self, found: Found, words: Words) -> None:
        """Ask it as it is."""
        words.questions.append(self.text)


@dataclass(frozen=True, kw_only=True)
class WholeFile:
    """A problem of the file as a whole."""

    severity: Severity
    repair: str
    message: str

    def write(self, found: Found, words: Words) -> None:
        """Say it as it is."""
        words.findings.add(self.severity, self.repair, self.message)


@dataclass(frozen=True, kw_only=True)
class CountedNote:
    """What is known of some items, or rows, only: `one` and `many` follow "1 item" and "7 items"."""

    what: str = "item"
    one: str
    many: str

    def write(self, found: Found, words: Words) -> None:
        """Say of how many it is known, where there are any."""
        if found.count:
            some = f"1 {self.what} {self.one}" if found.count == 1 else f"{found.count:,} {self.what}s {self.many}"
            words.notes.append(some)


@dataclass(frozen=True)
class Counted:
    """What is counted to be asked about, or not, once all rows are read."""

    what: str

    def write(self, found: Found, words: Words) -> None:
        """Say nothing by itself."""


@dataclass(frozen=True, kw_only=True)
class Reason:
    """Why rows are left out: `one` and `many` follow "Row 7" and "Rows 7 and 8"."""

    repair: str
    one: str
    many: str
    advice: str
    severity: Severity = Severity.ERROR


@dataclass(frozen=True, kw_only=True)
class LeftOut:
    """Rows left out for a reason, and the column that gave it."""

    reason: Reason
    column: str | None

    def write(self, found: Found, words: Words) -> None:
        """Write one problem for each row; where there are many, one for all of them."""
        if found.count > NAMED_ONE_BY_ONE:
            self._write_many(found, words.findings)
        else:
            for spot in found.first:
                self._write_one(spot, words.findings)

    def _write_one(self, spot: Spot, findings: Findings) -> None:
        shown = f" (“{spot.text}” in column “{self.column}”)" if spot.text else ""
        findings.add(
            self.reason.severity,
            self.reason.repair,
            f"{sentence(spot.where)} {self.reason.one}{shown}, so it was left out. {self.reason.advice}",
            row=spot.number,
            column=self.column,
            found=spot.text or None,
            sheet=spot.sheet,
        )

    def _write_many(self, found: Found, findings: Findings) -> None:
        findings.add(
            self.reason.severity,
            self.reason.repair,
            f"{found.count:,} rows {self.reason.many}, so they were left out: {found.which}. {self.reason.advice}",
            row=found.first[0].number,
            column=self.column,
            found=found.first[0].text or None,
            sheet=found.first[0].sheet,
        )


class Account:
    """Everything that was looked for and what was found, in the order in which it was looked for."""

    def __init__(self) -> None:
        self._found: dict[Finding, Found] = {}

    def add(self, finding: Finding, found: Found = Found()) -> None:
        """Write down a finding; also one without rows, so that parts of a log keep one order."""
        self._found[finding] = self._found.get(finding, Found()) + found

    def __add__(self, other: Account) -> Account:
        result = Account()
        for account in (self, other):
            for finding, found in account._found.items():
                result.add(finding, found)
        return result

    def count(self, finding: Finding) -> int:
        """Return how many rows or items something was found of."""
        return self._found.get(finding, Found()).count

    def words(self, sheet: str | None) -> Words:
        """Put everything into words; rows that were left out come behind all other problems."""
        words = Words(findings=Findings(sheet))
        for finding, found in sorted(self._found.items(), key=lambda entry: isinstance(entry[0], LeftOut)):
            finding.write(found, words)
        return words
