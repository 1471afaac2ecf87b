"""Analysis of one state -> where everything stands on its sheets, so that formulas anywhere can point at it."""

from __future__ import annotations

from xlsxwriter.utility import xl_col_to_name

from vsm.analysis import Analysis
from vsm.reports.workbook.book import FIRST_ROW
from vsm.reports.workbook.side import Sheet, Side

ALWAYS_STATED = ("name", "processing_time", "wait_time", "complete_accurate", "batch_size", "handoffs")
"""Inputs that have a column even where no stage states them; the times are neighbours."""
NOT_IN_LOGS = ("batch_size", "handoffs")
OF_LOGS = ("undivided_time", "visits")
"""Inputs of logs; the first stands beside the other times, so that one range holds all three."""
WHERE_STATED = (
    "people",
    "availability",
    "demand",
    "wip",
    "team",
    "kind",
    "parallel_group",
    "rework_to",
    "note",
)
TIMES = ("lead_time", "share_of_lead_time", "share_of_wait", "waits_for", "expected_visits", "lead_time_with_rework")
OF_REWORK = ("expected_visits", "lead_time_with_rework")
"""Not computed for a log, whose times contain the rework."""
BATCH = ("batch_wait",)
STEPS = ("step_lead_time", "step_with_rework")
CAPACITY = ("demand_used", "hours_a_week", "work_per_item", "utilisation", "capacity")


class Layout:
    """One state in the workbook: the columns of its sheet "Stages" by name, its cells as formulas write them."""

    def __init__(self, analysis: Analysis, side: Side = Side.CURRENT) -> None:
        stages = [figures.stage for figures in analysis.stages]
        self.analysis = analysis
        self.side = side
        self.title = side.titled(analysis.stream.name)
        self.named = side.named
        self.measured = analysis.stream.measured is not None
        always = tuple(k for k in ALWAYS_STATED if not (self.measured and k in NOT_IN_LOGS))
        stated = {k for k in (*OF_LOGS, *WHERE_STATED) if any(getattr(s, k) is not None for s in stages)}
        times = tuple(k for k in OF_LOGS if k in stated)
        self.inputs = always[:3] + times + always[3:] + tuple(k for k in WHERE_STATED if k in stated)
        self.parallel = any(len(step) > 1 for step in analysis.stream.steps)
        batches = BATCH if any(stage.batch_size is not None for stage in stages) else ()
        steps, people = STEPS if self.parallel else (), CAPACITY if "people" in self.inputs else ()
        times = tuple(k for k in TIMES if not (self.measured and k in OF_REWORK))
        self.computed = times + steps + batches + people
        self._letters: dict[str, str] = {key: xl_col_to_name(i) for i, key in enumerate(self.inputs + self.computed)}
        self.last_row = FIRST_ROW + len(stages) - 1

    @property
    def last_time(self) -> str:
        """The last of the columns with times, which are neighbours from `processing_time` on."""
        return "undivided_time" if self.has("undivided_time") else "wait_time"

    def has(self, key: str) -> bool:
        """Tell whether the sheet has this column."""
        return key in self._letters

    def letter(self, key: str) -> str:
        """Return the letter of a column."""
        return self._letters[key]

    def cell(self, key: str, index: int) -> str:
        """Return the cell of the stage at `index`, as formulas on this sheet write it: "C9"."""
        return f"{self._letters[key]}{FIRST_ROW + index}"

    def span(self, key: str, first: int, last: int) -> str:
        """Return the cells of the stages from `first` to `last`, as formulas on this sheet write them: "C9:C11"."""
        return f"{self.cell(key, first)}:{self.cell(key, last)}"

    def column(self, key: str) -> str:
        """Return a whole column, as formulas on this sheet write it: "C$7:C$16"."""
        letter = self._letters[key]
        return f"{letter}${FIRST_ROW}:{letter}${self.last_row}"

    def elsewhere(self, key: str) -> str:
        """Return a whole column, as formulas on other sheets write it: "Stages!$C$7:$C$16"."""
        letter = self._letters[key]
        return self.side.at(Sheet.STAGES, f"${letter}${FIRST_ROW}:${letter}${self.last_row}")

    def step_of(self, index: int) -> tuple[int, ...]:
        """Return the stages that run side by side with the one at `index`, itself included; they are neighbours."""
        stream = self.analysis.stream
        return stream.steps[stream.step_of[index]]
