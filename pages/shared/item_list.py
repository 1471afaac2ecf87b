"""The items behind a figure: a table of them, and all of them as CSV to download."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from pages.shared import selected
from pages.shared.downloads import download
from pages.shared.names_in_files import log_for_files
from pages.shared.text import escape
from vsm.analysis import Analysis
from vsm.flow import MeasuredLog
from vsm.item_choices import ItemChoice, items_of_stage
from vsm.item_rows import item_rows
from vsm.reports.csv import csv_of
from vsm.wording import count, number

_SHOWN = 500


def show_items(
    analysis: Analysis, measured: MeasuredLog, items: NDArray[np.int64] | Sequence[int], what: str, key: str
) -> None:
    """Show the items with these codes, in that order; `what` says which they are, as "that took longest".

    Of many the first 500 are shown; the file has them all, and no name in it is taken for a formula.
    """
    codes = np.asarray(items, dtype=np.int64)
    first = f", the first {number(_SHOWN)} of them here" if len(codes) > _SHOWN else ""
    st.markdown(escape(f"{count(len(codes), 'item').capitalize()} {what}{first}."))
    rows = item_rows(measured, codes[:_SHOWN])
    hours = {column: st.column_config.NumberColumn(format="%.2f") for column in rows.columns if column.endswith("(h)")}
    st.dataframe(
        rows,
        hide_index=True,
        column_config={**hours, "Item": st.column_config.TextColumn(pinned=True)},
        placeholder="–",
        height="content" if len(rows) <= 8 else 320,
        alt=f"Items {what}",
        key=f"items_{key}",
    )
    named = log_for_files(measured)
    download(analysis.stream, "Download as CSV", f"items-{key}", "csv", lambda: csv_of(item_rows(named, codes)))


def choose_items(
    analysis: Analysis, measured: MeasuredLog, label: str, choices: Sequence[ItemChoice], key: str
) -> None:
    """Let the visitor choose one of the figures and list the items behind it; nothing without any."""
    if not choices:
        return
    index = st.selectbox(
        label,
        range(len(choices)),
        index=None,
        format_func=lambda i: choices[i].label,
        placeholder="Choose one to see its items",
        key=f"choice_{key}_{selected.key()}",
    )
    if index is not None:
        show_items(analysis, measured, choices[index].items(), choices[index].what, key)


def items_of_stage_below(analysis: Analysis, stage: int) -> None:
    """List the items that came to a stage, folded away; nothing for a table of stages."""
    measured = selected.current_log()
    if measured is None:
        return
    choice = items_of_stage(measured, stage)
    with st.expander(escape(choice.label), type="compact"):
        show_items(analysis, measured, choice.items(), choice.what, f"stage-{stage}")
