"""All rows of some items -> what they tell, read and measured by the same functions as a log on one machine.

A block that needs to know something of all rows says what its own rows say of it, and is read again with the answer.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from vsm.items.choosing import item_names, select_wanted
from vsm.items.log import Log
from vsm.items.stream import clock_for
from vsm.items.totals import Totals, outline, totals_of
from vsm.model import RowCount, Wanted
from vsm.reading.log_shapes import LogChoices, LogRole
from vsm.reading.logs.account import Account
from vsm.reading.logs.builders import Made, Reader
from vsm.reading.logs.built import Built, at_as_of_date
from vsm.reading.logs.fates import Fates
from vsm.reading.logs.frames import BLANK, Codes, Frame, TextColumn
from vsm.reading.logs.plans import Plan
from vsm.reading.logs.read_log import built_of, read_rows
from vsm.reading.logs.timestamps import Iso
from vsm.reading.logs.whole import P, Part, Whole
from vsm.reading.shapes import ReadError
from vsm.spark.shape import Shape

KEY, NUMBER, BLANK_ROW = "vsm_key", "vsm_number", "vsm_blank"
"""Columns of rows on their way to their block: the item, the row's number, and whether all of its cells are blank."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Known:
    """What is known of a column before its rows are read in blocks."""

    index: int
    header: str
    texts: tuple[str, ...]
    """Texts that have the first codes in every block, so that the blocks' codes mean the same."""
    iso: bool
    """Whether all of its texts are ISO 8601."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Job:
    """How blocks are to be read."""

    name: str
    sheet: str
    columns: tuple[Known, ...]
    plan: Plan
    """Without columns."""
    roles: Mapping[LogRole, tuple[int, ...]]
    """The columns of the plan, by their index."""
    choices: LogChoices
    day_first: bool
    chooses: bool = False
    """Whether some items are asked for; which, is known once the names of all blocks are."""
    wanted: Wanted = field(default_factory=Wanted)
    answers: Mapping[type[Part], Part] = field(default_factory=dict)
    """What holds for all rows, as far as blocks have asked."""

    @property
    def schema(self) -> str:
        """The columns of rows on their way to their block, as Spark writes them."""
        texts = [f"`{column.index}` string" for column in self.columns]
        return ", ".join([f"{KEY} string", f"{NUMBER} long", f"{BLANK_ROW} boolean", *texts])


@dataclass(frozen=True, kw_only=True, eq=False)
class Asked:
    """What the rows of a block say of something that must be known of all rows."""

    part: Part


@dataclass(frozen=True, kw_only=True, eq=False)
class Finished:
    """What a block that was read to the end tells."""

    account: Account
    count: RowCount
    made: Made
    """Without the rows."""
    built: Built
    """Without the log."""
    items: int
    """Of which some may have been chosen."""
    totals: Totals | None
    """`None` where no item is left."""


@dataclass(frozen=True, kw_only=True)
class _AsOf:
    """The last moment that the rows know of."""

    latest: int

    def __add__(self, other: _AsOf) -> _AsOf:
        return _AsOf(latest=max(self.latest, other.latest))


class _NotKnownError(Exception):
    """Something must be known of all rows first."""

    def __init__(self, part: Part) -> None:
        super().__init__(type(part).__name__)
        self.part = part


class _Answers(Whole):
    """What the rows of all blocks add up to, as far as they have asked."""

    def __init__(self, answers: Mapping[type[Part], Part]) -> None:
        self._answers = answers

    def of(self, part: P) -> P:
        """Return what holds for all rows; raises `_NotKnownError` where nobody knows yet."""
        answer = self._answers.get(type(part))
        if answer is None:
            raise _NotKnownError(part)
        assert isinstance(answer, type(part))
        return answer


def to_blocks(shape: Shape, job: Job, batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """Turn what Spark reads into rows with the key of their block; the scan has found all of them readable."""
    items = job.roles[LogRole.ITEM]
    for batch in batches:
        frame = shape.frame(batch)
        if not len(frame):
            continue
        numbers = np.asarray(frame.numbers)
        # Rows that name no item go anywhere: each is left out by itself.
        key = np.array([str(number) for number in numbers], dtype=object)
        for index in reversed(items):
            column = frame.columns[index]
            named = column.codes != BLANK
            key[named] = np.array(column.texts, dtype=object)[column.codes[named]]
        texts = [_raw(frame.columns[known.index]) for known in job.columns]
        names = [KEY, NUMBER, BLANK_ROW, *(str(known.index) for known in job.columns)]
        rows = [pa.array(key, pa.string()), pa.array(numbers, pa.int64()), pa.array(frame.blank()), *texts]
        yield pa.RecordBatch.from_arrays(rows, names)


def _raw(column: TextColumn) -> pa.Array:
    return pa.array([*column.texts, ""], pa.string()).take(
        pa.array(np.where(column.codes == BLANK, len(column.texts), column.codes))
    )


def read_block(job: Job, batches: Iterable[pa.RecordBatch]) -> Iterator[Asked | Finished | ReadError]:
    """Read and measure the rows of a part; gives one result, or none where there are no rows."""
    pieces = [batch for batch in batches if batch.num_rows]
    if not pieces:
        return
    table = pa.Table.from_batches(pieces).sort_by(NUMBER).combine_chunks()
    try:
        yield _finished(job, table)
    except _NotKnownError as error:
        yield Asked(part=error.part)
    except ReadError as error:
        yield error


def _finished(job: Job, table: pa.Table) -> Finished:
    frame = _Block(
        file=job.name,
        sheet=job.sheet,
        sheets=(job.sheet,),
        columns=tuple(_BlockColumn(known, table.column(str(known.index))) for known in job.columns),
        numbers=table.column(NUMBER).to_numpy(),
        blank_rows=table.column(BLANK_ROW).to_numpy(),
    )
    by_index = {column.index: column for column in frame.columns}
    roles = {role: tuple(by_index[index] for index in indexes) for role, indexes in job.roles.items()}
    account, whole = Account(), _Answers(job.answers)
    reader = Reader(
        frame=frame,
        plan=replace(job.plan, roles=roles),
        choices=job.choices,
        account=account,
        fates=Fates(frame, account),
        day_first=job.day_first,
        whole=whole,
    )
    made = read_rows(reader)
    built = built_of(reader, made)
    log, later = built.log, 0
    if log is not None:
        log = at_as_of_date(built, job.choices).log
        later = len(built.log.items) - (0 if log is None else len(log.items)) if built.log else 0
    return Finished(
        account=account,
        count=reader.fates.count(),
        made=replace(made, told=None),
        built=replace(built, log=None, later=later),
        items=0 if log is None else len(log.items),
        totals=None if log is None else _measured(log, job, whole),
    )


def _measured(log: Log, job: Job, whole: Whole) -> Totals:
    if log.dated:  # without dates each item's stretches are laid out for themselves
        log = replace(log, as_of=whole.of(_AsOf(latest=log.as_of)).latest)
    if job.chooses:
        whole.of(item_names(log))
        log = select_wanted(log, job.wanted)
    return outline(totals_of(log, clock_for(log, job.choices.calendar)))


@dataclass(frozen=True, kw_only=True, eq=False)
class _Block(Frame):
    """Rows of a block, with the columns that are needed."""

    blank_rows: NDArray[np.bool_]

    def blank(self) -> NDArray[np.bool_]:
        """Mark the rows of which every cell was blank, also those that are not needed."""
        return self.blank_rows


class _BlockColumn(TextColumn):
    """A column of a block, whose codes of known texts are those of all blocks."""

    def __init__(self, known: Known, raw: pa.ChunkedArray) -> None:
        super().__init__(known.index, known.header, raw)
        self._known = known

    @cached_property
    def iso(self) -> Iso | None:
        """The times, where the whole column is ISO 8601: a part may be so by chance."""
        return super().iso if self._known.iso else None

    @cached_property
    def _encoded(self) -> tuple[Codes, pa.StringArray]:
        codes, values = super()._encoded
        if not self._known.texts:
            return codes, values
        place = {text: code for code, text in enumerate(self._known.texts)}
        lookup: Sequence[int] = [place.setdefault(text, len(place)) for text in values.to_pylist()]
        return np.array([*lookup, BLANK], dtype=np.int32)[codes], pa.array(list(place), pa.string())
