"""What becomes of each row of a log: used, blank, or left out for a reason that is written down."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from vsm.model import RowCount, Severity
from vsm.reading.log_shapes import RowLeftOut, SheetRows
from vsm.reading.logs.account import Account, LeftOut, Reason, found_in
from vsm.reading.logs.frames import Frame, TextColumn
from vsm.reading.logs.timestamps import FIRST_YEAR, LAST_YEAR

MOST_LISTED = 1000
_USED, _BLANK = 0, -1
Mask = NDArray[np.bool_]


class Fates:
    """Writes down the fate of every row; lives only while one log is read."""

    def __init__(self, frame: Frame, account: Account) -> None:
        self.frame = frame
        self.account = account
        self._fate = _BLANK * frame.blank().astype(np.int8)
        self._reasons: list[Reason] = []

    @property
    def used(self) -> Mask:
        """The rows that are neither blank nor left out so far."""
        return np.asarray(self._fate == _USED)

    def leave_out(self, rows: Mask, reason: Reason, column: TextColumn | None = None) -> None:
        """Leave out those of the rows that are still used; `column` holds what was found there."""
        rows = rows & self.used
        places = np.flatnonzero(rows)
        if len(places):
            self._reasons.append(reason)
            self._fate[places] = len(self._reasons)
        found = found_in(self.frame, places, column)
        self.account.add(LeftOut(reason=reason, column=column.title if column else None), found)

    def count(self) -> RowCount:
        """Count the rows; they add up."""
        return _counted(self._fate)

    def count_by_sheet(self) -> tuple[SheetRows, ...]:
        """Count the rows of each sheet, where several were read as one log."""
        ends = np.cumsum([part.rows for part in self.frame.parts])
        return tuple(
            SheetRows(sheet=part.sheet, rows=_counted(self._fate[end - part.rows : end]))
            for part, end in zip(self.frame.parts, ends.tolist(), strict=True)
        )

    def left_out(self) -> tuple[RowLeftOut, ...]:
        """Say of the first rows that were left out why they were."""
        rows = np.flatnonzero(self._fate > _USED)[:MOST_LISTED]
        sheets: list[str | None] = [part.sheet for part in self.frame.parts]
        return tuple(
            RowLeftOut(
                row=int(self.frame.numbers[row]),
                reason=f"The row {self._reasons[self._fate[row] - 1].one}.",
                sheet=sheets[part] if sheets else None,
            )
            for row, part in zip(rows, self.frame.part_of(rows), strict=True)
        )


def _counted(fate: NDArray[np.int8]) -> RowCount:
    used, blank = int((fate == _USED).sum()), int((fate == _BLANK).sum())
    return RowCount(used=used, blank=blank, left_out=len(fate) - used - blank)


NO_ITEM = Reason(
    repair="Rows without item", one="names no item", many="name no item", advice="Fill in the item if the row counts."
)
NO_STAGE = Reason(
    repair="Rows without stage",
    one="names no stage",
    many="name no stage",
    advice="Fill in the stage if the row counts.",
)
NO_TIME = Reason(
    repair="Rows without time", one="has no time", many="have no time", advice="Fill in the time if the row counts."
)
NO_START = Reason(
    repair="Finishes without a start",
    one="has a finish but no start",
    many="have a finish but no start",
    advice="Fill in the start if the row counts.",
)
BAD_TIME = Reason(
    repair="Times that cannot be read",
    one="has a time that cannot be read",
    many="have times that cannot be read",
    advice="Write it as year-month-day hour:minute and load the file again.",
)
TOO_EARLY = Reason(
    repair="Times too far in the past",
    one=f"has a time too far in the past, before {FIRST_YEAR}",
    many=f"have times too far in the past, before {FIRST_YEAR}",
    advice="Correct the year and load the file again.",
)
TOO_LATE = Reason(
    repair="Times too far in the future",
    one=f"has a time too far in the future, after {LAST_YEAR - 1}",
    many=f"have times too far in the future, after {LAST_YEAR - 1}",
    advice="Correct the year and load the file again.",
)
END_FIRST = Reason(
    repair="Ends before starts",
    one="ends before it starts",
    many="end before they start",
    advice="Correct the start or the end and load the file again.",
)
TWICE = Reason(
    repair="Rows that stand there twice",
    one="says the same as an earlier row",
    many="say the same as earlier rows",
    advice="Nothing needs to be done unless they are meant to count twice.",
    severity=Severity.NOTE,
)
OTHER_FIELD = Reason(
    repair="Changes of other things than the status",
    one="is about something else than the status",
    many="are about something else than the status",
    advice="Nothing needs to be done, as only changes of the status move an item.",
    severity=Severity.NOTE,
)
OTHER_STEP = Reason(
    repair="Steps of a lifecycle other than start and complete",
    one="marks neither a start nor a completion",
    many="mark neither a start nor a completion",
    advice="Nothing needs to be done, as starts and completions give the times.",
    severity=Severity.NOTE,
)
IGNORED = Reason(
    repair="Statuses that are ignored",
    one="is in a status that is ignored",
    many="are in a status that is ignored",
    advice="Change what the status means if it counts.",
    severity=Severity.NOTE,
)
