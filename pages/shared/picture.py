"""One chart as it is shown everywhere: title, the sentence that says it all, the drawing, its data, its files."""

from __future__ import annotations

import streamlit as st
from pandas.api.types import is_datetime64_any_dtype

from pages.shared import selected
from pages.shared.downloads import download
from pages.shared.percent import in_percent, percent_columns
from pages.shared.text import escape
from vsm.analysis import Analysis
from vsm.charts.export import chart_to_png, chart_to_svg
from vsm.charts.picture import PICKED, Picture

_SHARES = (
    "%C&A",
    "Without a defect so far",
    "Share of all waiting",
    "Together with those above",
    "Utilisation",
    "Flow efficiency",
    "Share of all items",
)
_ROWS_AT_ONCE = 12


def show_picture(analysis: Analysis, picture: Picture) -> tuple[int, ...]:
    """Show a chart, its data and files one click away; return the codes of the items picked in it."""
    st.header(escape(picture.title), anchor=False)
    st.markdown(escape(picture.sentence))
    picked = _draw(picture)
    with st.popover("Data and files"):
        _data(picture)
        with st.container(horizontal=True):
            download(analysis.stream, "Download PNG", picture.key, "png", lambda: chart_to_png(picture.chart))
            download(analysis.stream, "Download SVG", picture.key, "svg", lambda: chart_to_svg(picture.chart))
    return picked


def _draw(picture: Picture) -> tuple[int, ...]:
    if not picture.picks:
        st.vega_lite_chart(spec=picture.specification, key=f"chart_{picture.key}")
        return ()
    # Its text alternative is its own description: given a second one, Streamlit writes both into the server's log.
    # What was picked among some items says nothing about others: their codes differ.
    key = f"chart_{picture.key}_{selected.key()}"
    chosen = st.vega_lite_chart(spec=picture.specification, key=key, on_select="rerun", selection_mode=PICKED)
    # A click on a level line is a selection, too, of nothing that has a code.
    return tuple(int(mark["c0"]) for mark in chosen["selection"].get(PICKED, []) if "c0" in mark)


def _data(picture: Picture) -> None:
    exact = st.column_config.NumberColumn(format="%.2f")
    date = st.column_config.DatetimeColumn(format="YYYY-MM-DD", timezone="UTC")
    columns = [str(column) for column in picture.data.columns]
    st.dataframe(
        in_percent(picture.data, _SHARES),
        hide_index=True,
        column_config={
            **{column: exact for column in columns if column.endswith("(h)") or column == "Expected visits"},
            **percent_columns(_SHARES),
            **{column: date for column in columns if is_datetime64_any_dtype(picture.data[column])},
        },
        placeholder="–",
        height="content" if len(picture.data) <= _ROWS_AT_ONCE else 420,
        alt=f"The data of the chart {picture.title}",
        key=f"data_{picture.key}",
    )
