"""Where the defects found at each stage go back to: what the file states, with what the visitor says in its place."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from pages.shared import session
from pages.shared.text import escape
from vsm.analysis import Analysis, StageFigures


def show(analysis: Analysis) -> None:
    """Show a choice among the stages up to its own for each stage that finds defects, and take what is chosen."""
    finding = [s for s in analysis.stages if s.rework_target is not None]
    if not finding:
        return
    with st.expander("Say where defects go back to", type="compact", key="say_rework_targets"):
        st.caption(
            "Without anything said, a defect goes back where the file's “rework goes to” names it, else one step. What "
            "is chosen here counts on every page until other data is loaded."
        )
        with st.container(horizontal=True):
            for stage in finding:
                _target(analysis, stage)
        said = session.said()
        if said != said.without_rework_targets():
            st.button("Forget what I said of this", on_click=session.say, args=(said.without_rework_targets(),))


def _target(analysis: Analysis, stage: StageFigures) -> None:
    names = [s.name for s in analysis.stages[: stage.index + 1]]
    target = names.index(stage.rework_target or stage.name)
    # A key of its own for each answer: it begins anew where another is in force.
    key = session.key(f"rework_target_{stage.index}_{target}")
    st.selectbox(
        f"From {escape(stage.name)} back to",
        range(len(names)),
        index=target,
        format_func=lambda i: f"{i + 1}. {names[i]}" + (" (itself)" if i == stage.index else ""),
        key=key,
        on_change=_take,
        args=(key, stage.name, names),
        width=300,
    )


def _take(key: str, stage: str, names: list[str]) -> None:
    said = session.said()
    session.say(said.with_stage(replace(said.of(stage), rework_to=names[st.session_state[key]])))
