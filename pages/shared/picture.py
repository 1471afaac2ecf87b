"""One chart as it is shown everywhere: title, the sentence that says it all, the drawing, its data, its files."""

from __future__ import annotations

import streamlit as st

from pages.shared.downloads import download
from pages.shared.percent import in_percent, percent_columns
from pages.shared.text import escape
from vsm.analysis import Analysis
from vsm.charts.export import chart_to_png, chart_to_svg
from vsm.charts.picture import Picture

_SHARES = ("%C&A", "Without a defect so far", "Share of all waiting", "Together with those above", "Utilisation")


def show_picture(analysis: Analysis, picture: Picture) -> None:
    """Show a chart with what belongs beside it; its data is one click away."""
    st.header(escape(picture.title), anchor=False)
    st.markdown(escape(picture.sentence))
    # Its text alternative is its own description: given a second one, Streamlit writes both into the server's log.
    st.altair_chart(picture.chart, key=f"chart_{picture.key}")
    with st.container(horizontal=True):
        with st.popover("Show the data"):
            _data(picture)
        download(analysis.stream, "Download PNG", picture.key, "png", lambda: chart_to_png(picture.chart))
        download(analysis.stream, "Download SVG", picture.key, "svg", lambda: chart_to_svg(picture.chart))


def _data(picture: Picture) -> None:
    exact = st.column_config.NumberColumn(format="%.2f")
    columns = [str(column) for column in picture.data.columns]
    st.dataframe(
        in_percent(picture.data, _SHARES),
        hide_index=True,
        column_config={
            **{column: exact for column in columns if column.endswith("(h)") or column == "Expected visits"},
            **percent_columns(_SHARES),
        },
        placeholder="–",
        height="content",
        alt=f"The data of the chart {picture.title}",
        key=f"data_{picture.key}",
    )
