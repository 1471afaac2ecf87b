"""A path or table that Spark reads -> the same reading and stream as of a log on one machine."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial, reduce
from math import ceil
from operator import add
from pathlib import PurePath
from typing import TYPE_CHECKING, TypeVar

from vsm.items.choosing import ItemNames
from vsm.items.totals import joined
from vsm.model import RowCount, Wanted
from vsm.opening import MeasuredReading, log_limits, measure_reading
from vsm.reading.log_shapes import LogChoices, LogRole
from vsm.reading.logs.built import note_of_later
from vsm.reading.logs.frames import Frame, TextColumn
from vsm.reading.logs.layouts import missing_roles, plan_of
from vsm.reading.logs.log_columns import candidates
from vsm.reading.logs.not_met import choices_not_met
from vsm.reading.logs.plans import Form, Plan
from vsm.reading.logs.read_log import reading_of, settle, what_is_missing
from vsm.reading.logs.text_frames import MOST_NAMED, too_long
from vsm.reading.logs.whole import Part
from vsm.reading.shapes import ReadError
from vsm.spark.blocks import KEY, Asked, Finished, Job, Known, read_block, to_blocks
from vsm.spark.scan import MOST_TEXTS, Scan, ScannedColumn, scan, scanned_frame, texts_of
from vsm.spark.session import in_a_sentence, mapped, results, session
from vsm.spark.source import Source, open_source

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

PREFIX = "spark:"
"""What a place begins with on the command line that Spark is to read."""
ROWS = 1_000_000
"""Of one block, about; items stay whole."""
_WIDE = (Form.WIDE_DATES, Form.WIDE_INTERVALS, Form.WIDE_DURATIONS)
_FEW_TEXTS = (LogRole.STAGE, LogRole.FROM_STAGE, LogRole.FIELD, LogRole.LIFECYCLE, LogRole.RESOLUTION)
"""Roles whose texts all blocks must give the same codes."""
T = TypeVar("T")
Choose = Callable[[ItemNames], Wanted]
"""Which items are asked for, of what they can be chosen by."""


def read_in_spark(place: str, choices: LogChoices, wanted: Choose | None = None) -> MeasuredReading:
    """Read an item log by Spark: a CSV or Parquet file or folder, or a table. Raises `ReadError`.

    The reading has no log, as no single machine may be able to hold it: its stream, rows, problems and statuses are
    those that `vsm.read` gives. Where two orders of stages have as many moves forward, or a log has more than 200,000
    rows, the proposed order may differ. `wanted` says which items to measure, once it is known by what they can be
    chosen; without it all are.
    """
    running = session()
    with in_a_sentence(place):
        source = open_source(running, place, log_limits())
        total = _sum(_of_kind(results(source.rows, partial(scan, source.shape)), Scan))
        if not total.rows:
            raise ReadError(f"“{source.shape.name}” has no rows; bring one row for each event or item.")
        return _read(running, source, total, choices, wanted)


def _read(
    running: SparkSession, source: Source, total: Scan, choices: LogChoices, wanted: Choose | None
) -> MeasuredReading:
    frame = _frame(source, total)
    found = candidates(frame, choices)
    plan = plan_of(found, choices)
    if plan is None or missing_roles(plan):
        raise ReadError(what_is_missing(frame, plan or Plan(form=Form.CHANGES, roles=found.chosen, why={})))
    account, day_first = settle(plan, choices)
    job = Job(
        name=frame.file,
        sheet=frame.sheet,
        columns=_known(frame, plan),
        plan=replace(plan, roles={}),
        roles={role: tuple(column.index for column in columns) for role, columns in plan.roles.items()},
        choices=choices,
        day_first=day_first,
        chooses=wanted is not None,
    )
    parts = ceil(source.count / ROWS)
    blocks = mapped(source.rows, partial(to_blocks, source.shape, job), job.schema).repartition(
        max(parts, running.sparkContext.defaultParallelism), KEY
    )
    asked, done = _read_blocks(blocks, job, wanted)
    totals = [block.totals for block in done if block.totals is not None]
    whole = joined(totals) if totals else None
    first = max(done, key=lambda block: (block.totals is not None, len(block.built.statuses)))
    built = replace(
        first.built,
        log=None if whole is None else whole.log,
        notes=[
            *first.built.notes,
            *note_of_later(sum(block.built.later for block in done)),
        ],
    )
    built = replace(built, notes=[*built.notes, *choices_not_met(choices, built)])
    found_in_all = _sum([account, *(block.account for block in done)])
    reading = reading_of(found, plan, choices, found_in_all, _count([block.count for block in done]), first.made, built)
    measured = replace(measure_reading(reading, choices, whole), log=None)
    return measured if wanted is None else _chosen(measured, asked, sum(block.items for block in done))


def _chosen(reading: MeasuredReading, wanted: Wanted, items: int) -> MeasuredReading:
    """Note which items were chosen, and of how many."""
    if reading.stream is None or reading.stream.measured is None:
        return reading
    measured = replace(reading.stream.measured, wanted=wanted, items_in_file=items)
    return replace(reading, stream=replace(reading.stream, measured=measured))


def _frame(source: Source, total: Scan) -> Frame:
    """Return the columns of all rows, as far as is known of them without holding them."""
    shape = source.shape
    sheet = PurePath(shape.name).stem

    def different(index: int) -> int:
        texts = mapped(source.rows, partial(texts_of, shape, index), "text string")
        return int(texts.distinct().count())

    first = [spot.number for spot in total.beyond.first[:MOST_NAMED]]
    problems = too_long(first, total.beyond.count, sheet)
    return replace(scanned_frame(shape, total, sheet, different), problems=problems)


def _known(frame: Frame, plan: Plan) -> tuple[Known, ...]:
    """Say what is known of the columns that the blocks need: of wide rows all, as rows may repeat each other."""
    roles = {column.index: role for role, columns in plan.roles.items() for column in columns}
    needed = [column for column in frame.columns if plan.form in _WIDE or column.index in roles]
    return tuple(_known_column(column, roles.get(column.index)) for column in needed)


def _known_column(column: TextColumn, role: LogRole | None) -> Known:
    assert isinstance(column, ScannedColumn)
    texts = tuple(column.scan.texts)
    if role in _FEW_TEXTS and not column.scan.complete:
        raise ReadError(
            f"Column “{column.title}” was read as {role} and has more than {MOST_TEXTS:,} different texts, too many "
            f"for that; say which column it is by --column {role}=HEADER."
        )
    if role is LogRole.PAIR:
        texts = texts[:1]  # only whether there is any must be the same in all blocks
    elif role not in _FEW_TEXTS:
        texts = ()
    return Known(index=column.index, header=column.header, texts=texts, iso=column.scan.iso)


def _read_blocks(blocks: DataFrame, job: Job, wanted: Choose | None) -> tuple[Wanted, list[Finished]]:
    """Read the blocks again and again, each time with an answer more, until all are read to the end.

    Returns the items asked for, too.
    """
    blocks = blocks.persist()
    try:
        answers: dict[type[Part], Part] = {}
        while True:
            job = replace(job, answers=answers)
            found = results(blocks, partial(read_block, job))
            asked = _of_kind(found, Asked)
            if not asked:
                return job.wanted, _of_kind(found, Finished)
            for kind in {type(one.part) for one in asked}:
                answer = _sum([one.part for one in asked if type(one.part) is kind])
                if wanted is not None and isinstance(answer, ItemNames):
                    job = replace(job, wanted=wanted(answer))
                answers = {**answers, kind: answer}
    finally:
        blocks.unpersist()


def _of_kind(found: Sequence[object], kind: type[T]) -> list[T]:
    return [result for result in found if isinstance(result, kind)]


def _sum(parts: Sequence[T]) -> T:
    return reduce(add, parts)


def _count(counts: Sequence[RowCount]) -> RowCount:
    return RowCount(
        used=sum(count.used for count in counts),
        left_out=sum(count.left_out for count in counts),
        blank=sum(count.blank for count in counts),
    )
