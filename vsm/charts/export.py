"""Maps and charts -> PNG, PDF and SVG by vl-convert: no browser, and nothing is fetched."""

from __future__ import annotations

import altair as alt
import vl_convert

from vsm.palette import FONTS, INK, LINE, MUTED, SURFACE

_NOWHERE: list[str] = []
"""Addresses that a chart may load data from: none, its data is within it."""


def svg_to_png(svg: str, scale: float = 2) -> bytes:
    """Draw an SVG string as PNG, `scale` pixels to a unit; for maps with Theme.LIGHT or DARK, not AUTO."""
    return vl_convert.svg_to_png(svg, scale=scale)


def svg_to_pdf(svg: str) -> bytes:
    """Turn an SVG string into a PDF of one page of its size; for maps with Theme.LIGHT or DARK, not AUTO."""
    return vl_convert.svg_to_pdf(svg)


def chart_to_svg(chart: alt.TopLevelMixin, width: int = 800) -> str:
    """Draw a chart as SVG in light colours; `width` in pixels replaces a width that follows the page."""
    return vl_convert.vegalite_to_svg(_for_paper(chart, width), allowed_base_urls=_NOWHERE)


def chart_to_png(chart: alt.TopLevelMixin, width: int = 800, scale: float = 2) -> bytes:
    """Draw a chart as PNG in light colours, `scale` pixels to a unit."""
    return vl_convert.vegalite_to_png(_for_paper(chart, width), scale=scale, allowed_base_urls=_NOWHERE)


def _for_paper(chart: alt.TopLevelMixin, width: int) -> dict[str, object]:
    """Give a chart a fixed width and the light colours: on a page both come from around it."""
    spec: dict[str, object] = chart.to_dict()
    if spec.get("width") == "container":
        spec["width"] = width
    words = {"labelColor": INK, "titleColor": MUTED, "labelFont": FONTS, "titleFont": FONTS}
    spec["background"] = SURFACE
    own = spec.get("config")
    spec["config"] = {
        **(own if isinstance(own, dict) else {}),
        "font": FONTS,
        "axis": {**words, "domainColor": LINE, "tickColor": LINE, "gridColor": "#E4E8EC"},
        "legend": words,
        "view": {"stroke": None},
    }
    return spec
