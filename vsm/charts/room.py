"""Where a chart is shown -> how much room its words have: less where the page is narrow, as on a phone."""

from __future__ import annotations

from typing import Any

import altair as alt

_IS_NARROW = "containerSize()[0] < 500"
"""Only the browser knows how wide it is; paper is wide. Vega's own `width` would change with the room of the words."""
_NAME_ENDS = "lastindexof(datum.label, ': ')"
_LETTERS = 28
"""Of a label beside a bar on a narrow page."""


def room(wide: int, narrow: int) -> alt.ExprRef:
    """Return a number of pixels, or of columns, for wide pages and for narrow ones."""
    return alt.ExprRef(expr=f"{_IS_NARROW} ? {narrow} : {wide}")


def names_axis(**looks: Any) -> alt.Axis:
    """Return the axis of the names beside bars, such as "3. Review: 2 days"; on a narrow page a name is cut further.

    What stands behind the last colon is kept whole, and more than half of the page is left to the bars.
    """
    cut = f"truncate(substring(datum.label, 0, {_NAME_ENDS}), max(8, {_LETTERS} - length(datum.label) + {_NAME_ENDS}))"
    # The mark closes the fence of a name written from right to left, whose own mark was cut off.
    shortened = f"{cut} + '\u2069' + substring(datum.label, {_NAME_ENDS})"
    return alt.Axis(
        labelExpr=f"{_IS_NARROW} && {_NAME_ENDS} > 0 ? {shortened} : datum.label",
        labelLimit=room(320, 175),
        labelOverlap=False,
        ticks=False,
        domain=False,
        **looks,
    )


def legend(**looks: Any) -> alt.Legend:
    """Return a legend above a chart, in two columns where there is room for them; `looks` are its symbols."""
    return alt.Legend(orient="top", title=None, labelLimit=room(300, 190), columns=room(2, 1), **looks)
