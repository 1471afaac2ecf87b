"""An analysis -> where everything on the value stream map stands: rectangles and lines, nothing drawn yet."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil

from vsm.analysis import Analysis
from vsm.bottlenecks import Kind
from vsm.charts.map_text import clean, wrapped
from vsm.charts.map_words import NAME_SIZE, data_labels
from vsm.model import WaitSide

WIDEST_ROW = 1020.0
"""Steps side by side, five of one stage each: with more, letters would be smaller than 11 px in a box of 955 px."""
MARGIN = 14.0
BOX_WIDTH = 140.0
ZONE_WIDTH = 54.0
"""Room for a queue beside its box."""
LINK = 20.0
"""Room for the lines that part into parallel stages or bring them together."""
ENTRY = 26.0
EXIT = 16.0
LANE = 13.0
"""Room at both sides for the lines from the supplier, to the customer and from row to row."""
NAME_LINE = 16.0
PEOPLE_HEIGHT = 28.0
DATA_HEIGHT = 22.0
BAND_HEIGHT = 22.0
BURST_WIDTH = 132.0
BURST_HEIGHT = 58.0
FLOW_DEPTH = 88.0
"""Distance of the line of flow below the top of a box."""
SMALLEST_BOX = 104.0
BRANCH_GAP = 24.0
HEAD_TOP = 76.0
HEAD_HEIGHT = 58.0
LADDER_GAP = 40.0
LADDER_STEP = 26.0
ROW_GAP = 34.0
SMALLEST_WIDTH = 680.0


@dataclass(frozen=True)
class Rect:
    """A rectangle in the units of the drawing."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """Its right edge."""
        return self.x + self.width

    @property
    def bottom(self) -> float:
        """Its lower edge."""
        return self.y + self.height

    @property
    def middle(self) -> float:
        """Halfway between left and right."""
        return self.x + self.width / 2


@dataclass(frozen=True, kw_only=True)
class StageBox:
    """One process box with its data box and the queue that its row states."""

    index: int
    box: Rect
    """Header, people and data rows."""
    name_lines: tuple[str, ...]
    header: float
    """Height of the header."""
    band: Rect | None
    """The team's band on top of the box."""
    burst: Rect | None
    """Where the bottleneck is marked; above the box and its band."""
    zone: Rect
    """The queue's place: behind the box or in front of it, as the definitions say."""

    @property
    def flow(self) -> float:
        """Height at which work enters and leaves."""
        return self.box.y + FLOW_DEPTH


@dataclass(frozen=True, kw_only=True)
class StepPlace:
    """One step: a stage, or parallel stages one under the other between a fork and a join."""

    boxes: tuple[StageBox, ...]
    x: float
    right: float
    fork: float | None
    join: float | None


@dataclass(frozen=True, kw_only=True)
class Row:
    """Steps side by side, with the timeline under them."""

    steps: tuple[StepPlace, ...]
    entry: float
    exit: float
    flow: float
    ladder_up: float
    ladder_down: float
    bottom: float


@dataclass(frozen=True, kw_only=True)
class MapLayout:
    """The whole drawing."""

    width: float
    height: float
    supplier: Rect
    customer: Rect
    left_lane: float
    right_lane: float
    rows: tuple[Row, ...]
    totals: Rect

    @property
    def boxes(self) -> tuple[StageBox, ...]:
        """All stage boxes in flow order."""
        return tuple(box for row in self.rows for step in row.steps for box in step.boxes)


def lay_out(analysis: Analysis, *, teams: bool, foot: float, widest_row: float = WIDEST_ROW) -> MapLayout:
    """Place every stage; `teams` leaves room for a band on each box, `foot` for the notes below the totals."""
    rows_of_steps = _rows_of_steps(analysis.stream.steps, widest_row)
    content = _widest(rows_of_steps)
    width = max(SMALLEST_WIDTH, 2 * MARGIN + 3 * LANE + content)
    left = (width - content - LANE) / 2
    top, rows = HEAD_TOP + HEAD_HEIGHT + 24, []
    for steps in rows_of_steps:
        row = _row(analysis, steps, left, top, teams=teams)
        rows.append(row)
        top = row.bottom + ROW_GAP
    totals = Rect(MARGIN, top - ROW_GAP + 22, width - 2 * MARGIN, 58)
    return MapLayout(
        width=width,
        height=totals.bottom + foot + MARGIN,
        supplier=Rect(MARGIN, HEAD_TOP, 72, HEAD_HEIGHT),
        customer=Rect(width - MARGIN - 72, HEAD_TOP, 72, HEAD_HEIGHT),
        left_lane=MARGIN + LANE,
        right_lane=width - MARGIN - LANE,
        rows=tuple(rows),
        totals=totals,
    )


def row_width(stages: int) -> float:
    """Return how wide a row of so many stages is."""
    return _row_width(tuple((index,) for index in range(stages)))


def _rows_of_steps(steps: tuple[tuple[int, ...], ...], widest_row: float) -> tuple[tuple[tuple[int, ...], ...], ...]:
    """Divide the steps into as few rows as needed, of nearly the same length."""
    lengths = (ceil(len(steps) / rows) for rows in range(1, len(steps) + 1))
    divided = (tuple(steps[i : i + length] for i in range(0, len(steps), length)) for length in lengths)
    return next(rows for rows in divided if max(len(row) for row in rows) == 1 or _widest(rows) <= widest_row)


def _widest(rows: tuple[tuple[tuple[int, ...], ...], ...]) -> float:
    return max(_row_width(row) for row in rows)


def _step_width(step: tuple[int, ...]) -> float:
    return BOX_WIDTH + ZONE_WIDTH + (2 * LINK if len(step) > 1 else 0)


def _row_width(steps: tuple[tuple[int, ...], ...]) -> float:
    return ENTRY + sum(_step_width(step) for step in steps) + EXIT


def _row(analysis: Analysis, steps: tuple[tuple[int, ...], ...], left: float, top: float, *, teams: bool) -> Row:
    marked = marked_stages(analysis)
    lines = {i: _name_lines(analysis, i) for step in steps for i in step}
    header = 12 + NAME_LINE * max(len(names) for names in lines.values())
    height = max(SMALLEST_BOX, header + PEOPLE_HEIGHT + DATA_HEIGHT * len(data_labels(analysis)) + 2)
    room = (BURST_HEIGHT + 8 if any(step[0] in marked for step in steps) else 0) + (BAND_HEIGHT if teams else 0)
    places, x = [], left + ENTRY
    for step in steps:
        boxes = _step_boxes(analysis, step, lines, x, top + room, header, height, teams=teams)
        right = x + _step_width(step)
        parallel = len(step) > 1
        fork, join = (x + LINK / 2, right - LINK / 2) if parallel else (None, None)
        places.append(StepPlace(boxes=boxes, x=x, right=right, fork=fork, join=join))
        x = right
    up = max(box.box.bottom for place in places for box in place.boxes) + LADDER_GAP
    down = up + LADDER_STEP
    named = any(len(step) > 1 for step in steps)
    return Row(
        steps=tuple(places),
        entry=left,
        exit=x + EXIT,
        flow=top + room + FLOW_DEPTH,
        ladder_up=up,
        ladder_down=down,
        bottom=down + 22 + (NAME_LINE if named else 0),
    )


def _name_lines(analysis: Analysis, index: int) -> tuple[str, ...]:
    return wrapped(clean(analysis.stages[index].name), BOX_WIDTH - 14, NAME_SIZE, lines=3, bold=True) or ("",)


def _step_boxes(
    analysis: Analysis,
    step: tuple[int, ...],
    lines: dict[int, tuple[str, ...]],
    x: float,
    top: float,
    header: float,
    height: float,
    *,
    teams: bool,
) -> tuple[StageBox, ...]:
    """Place a step's boxes under each other; `top` is the upper edge of the first, above which room is left."""
    marked = marked_stages(analysis)
    before = analysis.stream.definitions.wait is WaitSide.BEFORE
    inner = x + (LINK if len(step) > 1 else 0)
    box_x, zone_x = (inner + ZONE_WIDTH, inner) if before else (inner, inner + BOX_WIDTH)
    boxes, y = [], top
    for position, index in enumerate(step):
        if position:
            y += BRANCH_GAP + (BAND_HEIGHT if teams else 0) + (BURST_HEIGHT + 8 if index in marked else 0)
        box = Rect(box_x, y, BOX_WIDTH, height)
        band = Rect(box_x, y - BAND_HEIGHT, BOX_WIDTH, BAND_HEIGHT) if teams else None
        ceiling = y - (BAND_HEIGHT if teams else 0)
        zone = Rect(zone_x, y, ZONE_WIDTH, height)
        # A queue for the customer accuses no stage: its burst stands above the queue, clear of the line on its right.
        burst_right = box.middle + BURST_WIDTH / 2 if analysis.bottleneck.stages else zone.right + 12
        burst = Rect(burst_right - BURST_WIDTH, ceiling - BURST_HEIGHT - 8, BURST_WIDTH, BURST_HEIGHT)
        boxes.append(
            StageBox(
                index=index,
                box=box,
                name_lines=lines[index],
                header=header,
                band=band,
                burst=burst if index in marked else None,
                zone=zone,
            )
        )
        y = box.bottom
    return tuple(boxes)


def marked_stages(analysis: Analysis) -> tuple[int, ...]:
    """Return the stages that get a burst: those of the verdict, or the one whose wait for the customer is longest."""
    verdict = analysis.bottleneck
    if verdict.stages or verdict.kind is Kind.NONE or verdict.queue is None:
        return verdict.stages
    return (verdict.queue.stated_by,)
