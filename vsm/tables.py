"""Analysis -> tables for people: DataFrames whose column names are the labels shown, values unrounded."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from vsm.advice import LEVER_NAMES, suggestion_words
from vsm.analysis import Analysis, StageFigures
from vsm.future import future_state
from vsm.future_words import gains
from vsm.model import ValueStream
from vsm.plan import Scenario

STAGE_COLUMNS: tuple[tuple[str, str], ...] = (
    ("Stage", "name"),
    ("Processing time (h)", "processing_time"),
    ("Wait time (h)", "wait_time"),
    ("Time, not divided (h)", "undivided_time"),
    ("Lead time (h)", "lead_time"),
    ("Share of lead time", "share_of_lead_time"),
    ("Share of waiting", "share_of_wait"),
    ("%C&A", "complete_accurate"),
    ("Visits", "visits"),
    ("Expected visits", "expected_visits"),
    ("Lead time with rework (h)", "lead_time_with_rework"),
    ("Cost of rework (h)", "cost_of_rework"),
    ("Rework goes to", "rework_target"),
    ("Batch size", "batch_size"),
    ("Wait by batch (h)", "batch_wait"),
    ("People touching", "handoffs"),
    ("People", "people"),
    ("Availability", "availability"),
    ("Demand (a week)", "demand"),
    ("Utilisation", "utilisation"),
    ("Capacity (items a week)", "capacity"),
    ("Items waiting or in work", "wip"),
    ("Team", "team"),
    ("Parallel group", "parallel_group"),
    ("Kind", "kind"),
    ("Note", "note"),
)
"""(label, attribute of `StageFigures` or of its `Stage`), in the order shown."""

WHERE_STATED = frozenset(label for label, _ in STAGE_COLUMNS[11:]) | {"Time, not divided (h)", "Visits"}
"""These columns are shown only where something in them is measured; of a log, which cannot be filled in, all are."""


def stage_table(analysis: Analysis) -> pd.DataFrame:
    """Return one row per stage in flow order with every figure.

    Columns: the labels of `STAGE_COLUMNS`; times in hours (float64), shares 0 to 1 (float64), names and notes (str).
    Not measured is NaN. Columns of `WHERE_STATED`, and in a log all columns, are left out when empty.
    """
    frame = pd.DataFrame({label: [_value(stage, name) for stage in analysis.stages] for label, name in STAGE_COLUMNS})
    optional = WHERE_STATED if analysis.stream.measured is None else frozenset(frame.columns)
    empty = [label for label in frame.columns if label in optional and frame[label].isna().all()]
    return frame.drop(columns=empty)


def _value(figures: StageFigures, name: str) -> object:
    own = name in {"name", "lead_time", "lead_time_with_rework"} or not hasattr(figures.stage, name)
    value = getattr(figures if own else figures.stage, name)
    return float(value) if isinstance(value, int) else value


REWORK_COLUMNS: tuple[tuple[str, str], ...] = (
    ("Stage", "name"),
    ("%C&A", "complete_accurate"),
    ("Rework goes to", "rework_target"),
    ("Sent back (times)", "sent_back"),
    ("Expected visits", "expected_visits"),
    ("Cost of rework (h)", "cost_of_rework"),
    ("Lead time (h)", "lead_time"),
    ("Lead time with rework (h)", "lead_time_with_rework"),
)
"""(label, attribute of `StageFigures` or of its `Stage`), in the order shown."""


def rework_table(analysis: Analysis) -> pd.DataFrame:
    """Return one row per stage in flow order with what is sent back there.

    Columns: the labels of `REWORK_COLUMNS`; names str, the others float64: shares 0 to 1, times an average item is sent
    back, hours. Not measured is NaN.
    """
    frame = pd.DataFrame({label: [_value(stage, name) for stage in analysis.stages] for label, name in REWORK_COLUMNS})
    return frame.astype({label: "float64" for label in frame.columns if label not in ("Stage", "Rework goes to")})


def suggestion_table(analysis: Analysis) -> pd.DataFrame:
    """Return one row per suggestion, the largest saving first.

    Columns: "Suggestion", "Lever", "Saves" (str); "Saves (h)", "Saves at most (h)", "Flow efficiency after" and "Rolled
    %C&A after" (float64, NaN where not measured); "First step" (str).
    """
    words = [suggestion_words(analysis, s) for s in analysis.suggestions]
    return pd.DataFrame(
        {
            "Suggestion": [w.title for w in words],
            "Lever": [LEVER_NAMES[s.lever] for s in analysis.suggestions],
            "Saves": [w.saves for w in words],
            "Saves (h)": [s.saves for s in analysis.suggestions],
            "Saves at most (h)": [s.saves_at_most for s in analysis.suggestions],
            "Flow efficiency after": [s.flow_efficiency_after for s in analysis.suggestions],
            "Rolled %C&A after": [s.rolled_complete_accurate_after for s in analysis.suggestions],
            "First step": [w.first_step for w in words],
        }
    )


_SAVED_WITH_REWORK = "Lead time with rework"


def scenario_table(stream: ValueStream, scenarios: Iterable[Scenario]) -> pd.DataFrame:
    """Return a row for the current state and one per scenario, all of one stream.

    Columns, all str but the second: "Scenario", "Changes" (int64), what savings are taken from against now ("Lead time
    with rework against now" where %C&A is known), and the labels of the headline figures.
    """
    everything = (Scenario(name="Current state"), *scenarios)
    found = [{gain.label: gain for gain in gains(future_state(stream, each.changes))} for each in everything]
    saved = _SAVED_WITH_REWORK if any(_SAVED_WITH_REWORK in figures for figures in found) else "Lead time"
    rows = []
    for scenario, figures in zip(everything, found, strict=True):
        difference = figures[saved].difference if scenario.changes and saved in figures else ""
        values = {label: gain.after for label, gain in figures.items()}
        head = {"Scenario": scenario.name, "Changes": len(scenario.changes), f"{saved} against now": difference}
        rows.append({**head, **values})
    return pd.DataFrame(rows)
