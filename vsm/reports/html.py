"""Subject -> one HTML page that opens offline: no script, no reference to anything outside of itself."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Collection, Iterable
from typing import NamedTuple

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape
from markupsafe import Markup

from vsm.branding import READABLE, Branding, LogoKind
from vsm.charts.export import chart_to_svg
from vsm.charts.map_text import unturned
from vsm.charts.picture import Picture
from vsm.palette import DARK, INK, LIGHT, MUTED, SURFACE, contrast, css_variables
from vsm.reports.content import Content, Map, content_of, height_to_width
from vsm.reports.sections import ALL_SECTIONS, Section
from vsm.subject import Subject
from vsm.wording import NOT_MEASURED

_TEMPLATES = Environment(
    loader=PackageLoader("vsm.reports", "."),
    autoescape=select_autoescape(default=True, default_for_string=True, enabled_extensions=("j2",)),
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


_CHART_WIDTH = 1000
"""Pixels: about as wide as the page."""


_TALL = 0.87
"""Height to width above which a map does not fit on the first printed page below the figures."""


class _Chart(NamedTuple):
    key: str
    title: str
    sentence: str
    svg: Markup


def html_report(subject: Subject) -> str:
    """Write the report as one self-contained page: map, figures, findings, stages, charts, bottleneck, suggestions.

    With the log that was measured, the charts of its flow over time and of its rework and paths are in it, too; with a
    scenario its future state: what it brings, its map, and the plan; with periods or a comparison what changed.
    It follows the reader's light or dark setting, prints on upright A4 pages, and forbids by its own
    policy to load or run anything. Every text from the file is escaped.
    """
    return _page(content_of(subject), ALL_SECTIONS, a_file=True)


def served_report(content: Content, shown: Collection[Section] = ALL_SECTIONS) -> str:
    """Write the same page as the inside of a publication, whose server adds the policy, and scripts for its charts.

    Of the sections only those stand on it that are to be `shown`; of the charts, those that the content has.
    """
    return _page(content, shown, a_file=False)


def _page(content: Content, shown: Collection[Section], *, a_file: bool) -> str:
    planned = content.planned
    page = _TEMPLATES.get_template("report.html.j2").render(
        content=content,
        a_file=a_file,
        shows={section.name: section in shown for section in Section},
        style=_style(content.branding.colour),
        logo=_logo(content.branding),
        not_measured=NOT_MEASURED,
        map=_inside(content.map),
        map_is_tall=height_to_width(content.map.svg) > _TALL,
        future_map=None if planned is None else _inside(planned.map),
        waterfall=None if planned is None or planned.waterfall is None else _charts([planned.waterfall])[0],
        told=[(told, _charts(told.pictures)) for told in content.told],
        charts=[(charts.title, _charts(charts.pictures)) for charts in content.charts],
    )
    return unturned(page)


def _inside(drawn: Map) -> Markup:
    """Take a map without its XML head, which it does not need inside a page."""
    return Markup(drawn.svg[drawn.svg.index("<svg") :])


def _logo(branding: Branding) -> str:
    """Write the logo as an address that holds the picture itself; "" without one."""
    if branding.logo is None:
        return ""
    kind = {LogoKind.PNG: "png", LogoKind.SVG: "svg+xml"}[branding.logo.kind]
    return f"data:image/{kind};base64,{b64encode(branding.logo.content).decode()}"


def _style(heading: str) -> Markup:
    readable_in_the_dark = contrast(heading, DARK.surface) >= READABLE
    return Markup(
        _TEMPLATES.get_template("report.css").render(
            light=Markup(css_variables(LIGHT)),
            dark=Markup(css_variables(DARK)),
            heading=heading,
            heading_in_the_dark=heading if readable_in_the_dark else DARK.ink,
            ink=INK,
            muted=MUTED,
            surface=SURFACE,
        )
    )


def _charts(drawn: Iterable[Picture]) -> tuple[_Chart, ...]:
    return tuple(
        _Chart(picture.key, picture.title, picture.sentence, Markup(chart_to_svg(picture.chart, width=_CHART_WIDTH)))
        for picture in drawn
    )
