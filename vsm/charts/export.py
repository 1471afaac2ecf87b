"""Maps and charts -> PNG, PDF and SVG by vl-convert: no browser, and nothing is fetched."""

from __future__ import annotations

import io
import re
from math import sqrt
from typing import TYPE_CHECKING, Any

import vl_convert
from PIL import Image

from vsm.palette import FONTS, INK, MUTED, SURFACE

if TYPE_CHECKING:
    # Only its type: who draws a map need not wait for altair to load.
    import altair as alt

_VARIABLE = re.compile(r"var\(--vsm-[a-z-]+, (#[0-9A-Fa-f]{6})\)")
_PLACES = re.compile(r' (?:transform|d)="[^"]*"')
_LONG_FRACTION = re.compile(r"(\.\d\d)\d+(?!\d*e)")
"""What of a number says less than a hundredth of a pixel."""
_LEGEND_LIMIT = 380
"""Pixels of a legend's words: on paper there is more room than on a phone."""
_MOST_COLOURS = 256
_MOST_PIXELS = 8_000_000
_SIZE = re.compile(r'viewBox="0 0 ([\d.]+) ([\d.]+)"')
_NOWHERE: list[str] = []
"""Addresses that a chart may load data from: none, its data is within it."""


def svg_to_png(svg: str, scale: float = 2) -> bytes:
    """Draw an SVG string as PNG, `scale` pixels to a unit; a map with Theme.AUTO comes out in its light colours.

    A drawing that would be larger than 8 million pixels, such as the map of a hundred stages, gets fewer to a unit.
    """
    size = _SIZE.search(svg)
    units = 0.0 if size is None else float(size[1]) * float(size[2])
    most = sqrt(_MOST_PIXELS / units) if units else scale
    return _with_few_colours(vl_convert.svg_to_png(plain_svg(svg), scale=min(scale, most)))


def svg_to_pdf(svg: str) -> bytes:
    """Turn an SVG string into a PDF of one page of its size; a map with Theme.AUTO comes out in its light colours."""
    return vl_convert.svg_to_pdf(plain_svg(svg))


def plain_svg(svg: str) -> str:
    """Replace each CSS variable of a map by its light colour: the converter knows none."""
    return _VARIABLE.sub(r"\1", svg)


def chart_to_svg(chart: alt.TopLevelMixin, width: int = 800, title: str = "") -> str:
    """Draw a chart as SVG in light colours, `width` pixels wide in all."""
    drawn = vl_convert.vegalite_to_svg(_for_paper(chart, width, title), allowed_base_urls=_NOWHERE)
    return _PLACES.sub(lambda place: _LONG_FRACTION.sub(r"\1", place[0]), drawn)


def chart_to_png(chart: alt.TopLevelMixin, width: int = 800, title: str = "", scale: float = 2) -> bytes:
    """Draw a chart as PNG in light colours, `scale` pixels to a unit."""
    drawn = vl_convert.vegalite_to_png(_for_paper(chart, width, title), scale=scale, allowed_base_urls=_NOWHERE)
    return _with_few_colours(drawn)


def _with_few_colours(png: bytes) -> bytes:
    """Write a picture with a palette, a tenth of its bytes: maps and charts have some 400 colours, most of them greys.

    No colour of such a picture changes by more than one step of 256.
    """
    drawn = Image.open(io.BytesIO(png))
    paper = Image.new("RGB", drawn.size, SURFACE)
    paper.paste(drawn, mask=drawn.getchannel("A"))
    out = io.BytesIO()
    few = paper.quantize(_MOST_COLOURS, method=Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
    few.save(out, "PNG")
    return out.getvalue()


def for_browser(chart: alt.TopLevelMixin) -> dict[str, Any]:
    """Return the Vega-Lite of a chart with its data in it, in the light colours and letters of its picture.

    Its width follows the element that it is put into.
    """
    spec: dict[str, Any] = chart.to_dict()
    spec["config"] = _config(spec)
    return spec


def _for_paper(chart: alt.TopLevelMixin, width: int, title: str) -> dict[str, Any]:
    """Give a chart what a page gives it from around: a fixed width, light colours, fonts and its title."""
    spec: dict[str, Any] = chart.to_dict()
    spec.update(width=width, autosize={"type": "fit-x", "contains": "padding"}, background=SURFACE)
    _leave_out_the_pointer(spec)
    _widen_legends(spec)
    if title:
        spec["title"] = {"text": title, "anchor": "start", "fontSize": 15, "color": INK, "offset": 14}
    spec["config"] = {**_config(spec), "padding": 16}
    return spec


def _config(spec: dict[str, Any]) -> dict[str, Any]:
    """Return a chart's own settings with the colours and letters that a page would give it."""
    words = {
        "labelColor": INK,
        "titleColor": MUTED,
        "labelFontSize": 12,
        "titleFontSize": 12,
        "titleFontWeight": "normal",
    }
    axis = {**words, "domain": False, "ticks": False, "gridColor": "#E4E8EC", "labelPadding": 8}
    own = spec.get("config")
    return {
        **(own if isinstance(own, dict) else {}),
        "font": FONTS,
        "axis": axis,
        "legend": {**words, "titleLimit": _LEGEND_LIMIT},
        "view": {"stroke": None},
    }


def _leave_out_the_pointer(spec: dict[str, Any]) -> None:
    """Leave out what only a pointer brings to light: unseen marks, and the words of each mark, which fill megabytes.

    With them the names of items stay behind; the chart's own description says for all marks what they say.
    """
    seen = [layer for layer in spec.get("layer", ()) if layer["mark"].get("opacity") != 0]
    if seen:
        spec["layer"] = seen
    for layer in seen:
        layer["encoding"].pop("tooltip", None)
        layer["mark"]["aria"] = False


def _widen_legends(spec: dict[str, Any]) -> None:
    """Let the words of a chart's legends be as long as there is room for, and those of its axes whole."""
    for layer in spec.get("layer", ()):
        for channel in layer.get("encoding", {}).values():
            # Tooltips come as a list.
            if isinstance(channel, dict) and channel.get("legend"):
                channel["legend"]["labelLimit"] = _LEGEND_LIMIT
            if isinstance(channel, dict) and channel.get("axis"):
                # Vega cuts a letter of two code units in half and fails; labels are cut before they come here.
                channel["axis"]["labelLimit"] = 0
