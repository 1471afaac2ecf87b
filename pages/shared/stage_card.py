"""One stage's figures as a card: what was stated and what was computed, in words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import streamlit as st

from pages.shared.figures import show_value
from pages.shared.item_list import items_of_stage_below
from pages.shared.text import escape
from vsm.analysis import Analysis
from vsm.model import WaitSide
from vsm.wording import NOT_MEASURED, exact_hours, hours, number, percent


class Fact(NamedTuple):
    """One figure of a stage in words, with the exact value where rounding hides something."""

    label: str
    value: str
    exact: str | None = None


def show_stage(analysis: Analysis, index: int | None) -> None:
    """Show the card of the stage with this index; for `None`, how to get one."""
    if index is None:
        st.caption("Choose a stage in the map, by a click or with Tab and Enter, to see its figures here.")
        return
    with st.container(border=True, key="stage_card"):
        st.header(escape(analysis.stages[index].name), anchor=False)
        for column, fact in zip(st.columns(4), main_facts(analysis, index), strict=True):
            with column:
                show_value(fact.label, fact.value, fact.exact)
        _more(more_facts(analysis, index))
        items_of_stage_below(analysis, index)


def main_facts(analysis: Analysis, index: int) -> tuple[Fact, ...]:
    """List the four figures that every stage has."""
    stage, definitions = analysis.stages[index].stage, analysis.stream.definitions
    side = "Wait after it" if definitions.wait is WaitSide.AFTER else "Wait before it"
    undivided = Fact("Time, not divided", hours(stage.undivided_time, definitions), exact_hours(stage.undivided_time))
    work = Fact("Processing time", hours(stage.processing_time, definitions), exact_hours(stage.processing_time))
    return (
        work if stage.undivided_time is None else undivided,
        Fact(side, hours(stage.wait_time, definitions), exact_hours(stage.wait_time)),
        Fact("%C&A", percent(stage.complete_accurate)),
        Fact("Share of lead time", percent(analysis.stages[index].share_of_lead_time)),
    )


def more_facts(analysis: Analysis, index: int) -> tuple[Fact, ...]:
    """List what else a stage may have, measured or not."""
    figures, definitions = analysis.stages[index], analysis.stream.definitions
    stage = figures.stage
    return (
        Fact("Lead time", hours(figures.lead_time, definitions)),
        Fact("Share of all waiting", percent(figures.share_of_wait)),
        Fact("Visits", number(stage.visits)),
        Fact("Expected visits of an item", number(figures.expected_visits)),
        Fact("Lead time with rework", hours(figures.lead_time_with_rework, definitions)),
        Fact("Rework found here adds", hours(figures.cost_of_rework, definitions)),
        Fact("Rework goes to", figures.rework_target or NOT_MEASURED),
        Fact("Batch size", number(stage.batch_size)),
        Fact("Wait that its batch explains", hours(figures.batch_wait, definitions)),
        Fact("People touching an item", number(stage.handoffs)),
        Fact("People", number(stage.people)),
        Fact("Demand a week", number(stage.demand)),
        Fact("Utilisation", percent(figures.utilisation)),
        Fact("Capacity, items a week", number(figures.capacity)),
        Fact("Items waiting or in work", number(stage.wip)),
        Fact("Team", stage.team or NOT_MEASURED),
        Fact("Kind of step", stage.kind or NOT_MEASURED),
        Fact("Note", stage.note or NOT_MEASURED),
    )


def _more(facts: Sequence[Fact]) -> None:
    known = [f"- {escape(fact.label)}: **{escape(fact.value)}**" for fact in facts if fact.value != NOT_MEASURED]
    halves = (known[::2], known[1::2])
    for column, lines in zip(st.columns(2), halves, strict=True):
        column.markdown("\n".join(lines))
