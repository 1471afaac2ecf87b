"""The state before a change -> what a map says beside the figures that differ from it."""

from __future__ import annotations

from collections.abc import Iterator

from vsm.analysis import Analysis, StageFigures
from vsm.charts import map_shapes as draw
from vsm.charts import map_words as words
from vsm.charts.map_layout import DATA_HEIGHT, StageBox
from vsm.charts.map_sheet import Sheet
from vsm.charts.map_text import text_width
from vsm.folding import fold
from vsm.wording import listed

WAS_SIZE = 11.5


def stage_before(was: Analysis | None, name: str) -> StageFigures | None:
    """Return the stage of that name as it was; `None` where nothing is compared, or it was not there."""
    if was is None:
        return None
    # Most names are the same letter by letter, which is told a hundred times faster.
    same = next((stage for stage in was.stages if stage.name == name), None)
    return same or next((stage for stage in was.stages if fold(stage.name) == fold(name)), None)


def gone(analysis: Analysis, was: Analysis | None) -> tuple[str, ...]:
    """Say which stages were there before, and that figures before stand beside those that differ."""
    if was is None:
        return ()
    names = [stage.name for stage in was.stages if stage_before(analysis, stage.name) is None]
    marked = ("A bar marks a figure that differs from the current state; in grey beside it stands what it was.",)
    return (*marked, f"Not there any more: {listed(names)}.") if names else marked


def wait_before(sheet: Sheet, box: StageBox) -> Iterator[str]:
    """Write below the push arrow what the wait was, where it says another one now."""
    stage = sheet.analysis.stages[box.index].stage
    before = stage_before(sheet.was, stage.name)
    if before is None or before.stage.wait_time is None:
        return
    definitions = sheet.analysis.stream.definitions
    now, was = (
        words.short_hours(wait, definitions, box.zone.width, size=WAS_SIZE)
        for wait in (stage.wait_time, before.stage.wait_time)
    )
    if now != was:
        for i, said in enumerate(("was", was or "")):
            y = box.flow + 24 + 13 * i
            yield draw.text(box.zone.middle, y, said, size=WAS_SIZE, fill=sheet.palette.muted, anchor="middle")


def values_before(sheet: Sheet, index: int) -> tuple[str | None, ...]:
    """Return what each row of a data box said before, `None` where it says the same.

    A share of the lead time is not marked: it differs everywhere as soon as one time does.
    """
    stage, definitions = sheet.analysis.stages[index], sheet.analysis.stream.definitions
    before = stage_before(sheet.was, stage.name)
    if before is None:
        return (None,) * len(sheet.labels)
    now, was = (words.data_values(side, sheet.labels, definitions) for side in (stage, before))
    return tuple(
        old if old != new and label != words.OF_LEAD_TIME else None
        for label, old, new in zip(sheet.labels, was, now, strict=True)
    )


def mark_value(sheet: Sheet, box: StageBox, y: float, label: str, value: str, was: str) -> Iterator[str]:
    """Mark a row of a data box that differs, with what it said before where both have room."""
    right = box.box.right - 7 - text_width(value, words.TEXT_SIZE, bold=True)
    room = right - box.box.x - 7 - text_width(label, words.TEXT_SIZE)
    said = next((s for s in (f"was {was}", was) if text_width(s, WAS_SIZE) <= room - 10), "")
    yield draw.rect(box.box.x + 1.5, y + 1.5, 3, DATA_HEIGHT - 3, fill=sheet.palette.ink)
    if said:
        yield draw.text(right - 4, y + 15.5, said, size=WAS_SIZE, fill=sheet.palette.muted, anchor="end")


def mark_new(sheet: Sheet, box: StageBox) -> Iterator[str]:
    """Say above a stage that was not there before that it is new."""
    name = sheet.analysis.stages[box.index].name
    if sheet.was is not None and stage_before(sheet.was, name) is None:
        yield draw.text(box.box.x, box.box.y - 7, "new", size=WAS_SIZE, fill=sheet.palette.muted, bold=True)


def totals_before(sheet: Sheet) -> tuple[str, ...]:
    """Return what the four totals were, an empty text where one says the same or nothing is compared."""
    now = words.totals(sheet.analysis)
    before = now if sheet.was is None else words.totals(sheet.was)
    return tuple("" if new == old else old for (_, new), (_, old) in zip(now, before, strict=True))
