"""Rework as a table of stages states it: what it adds, where quality saves most, the loops, and where they lead."""

from __future__ import annotations

import streamlit as st

from pages.shared import rework_targets_form, scenario_state, selected
from pages.shared.analysed import analysis_of
from pages.shared.drawn_pictures import picture_of
from pages.shared.menu import DATA_PAGE, GUIDE_PAGE, WHAT_IF_PAGE
from pages.shared.percent import in_percent, percent_columns
from pages.shared.picture import show_picture
from pages.shared.prose import link_to_method, paragraphs
from pages.shared.text import escape
from vsm.analysis import Analysis
from vsm.charts.loop_picture import loops
from vsm.rework_words import NO_QUALITY, best_quality, quality_sentence, rework_sentences, said_sentence
from vsm.tables import rework_table
from vsm.wording import hours_column


def show(analysis: Analysis) -> None:
    """Show all of it; where no %C&A is stated, how to get it."""
    if not any(s.stage.complete_accurate is not None for s in analysis.stages):
        st.markdown(escape(NO_QUALITY))
        st.page_link(DATA_PAGE, label="Add it to your data")
        st.page_link(GUIDE_PAGE, label="How to collect it")
        return
    paragraphs(rework_sentences(analysis))
    link_to_method("lead_time_with_rework")
    _best(analysis)
    picture = picture_of(loops, analysis)
    if picture is not None:
        show_picture(analysis, picture)
    rework_targets_form.show(analysis)
    _said(analysis)
    _table(analysis)


def _best(analysis: Analysis) -> None:
    """Say where quality saves most, and put that into the scenario on a click."""
    sentence, best = quality_sentence(analysis), best_quality(analysis)
    if sentence is not None:
        st.markdown(f"**{escape(sentence)}**")
    if best is None:
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        if best.change in scenario_state.current_scenario().changes:
            st.markdown("This is in your scenario.")
        else:
            st.button(
                "Take half the defects into the scenario", on_click=scenario_state.add_change, args=(best.change,)
            )
        st.page_link(WHAT_IF_PAGE, label="See the future state")


def _said(analysis: Analysis) -> None:
    brought = selected.chosen_reading()
    if brought is None or brought.stream is None:
        return
    sentence = said_sentence(analysis, analysis_of(brought.stream))
    if sentence is not None:
        st.markdown(escape(sentence))


def _table(analysis: Analysis) -> None:
    table, d = in_percent(rework_table(analysis), ("%C&A",)), analysis.stream.definitions
    exact = [column for column in table.columns if column.endswith(" (h)")]
    for column in exact:
        values = [None if value != value else float(value) for value in table[column]]
        table[column] = hours_column(values, d)
    table = table.rename(columns={column: column.removesuffix(" (h)") for column in exact})
    st.header("Stage by stage", anchor=False)
    st.dataframe(
        table,
        hide_index=True,
        column_config={
            "Stage": st.column_config.TextColumn(pinned=True),
            **percent_columns(("%C&A",)),
            **{name: st.column_config.NumberColumn(format="%.2f") for name in ("Sent back (times)", "Expected visits")},
        },
        placeholder="–",
        height="content",
        alt="Each stage with its %C&A, where its defects go back to, its expected visits and the cost of its loop",
        key="rework_table",
    )
