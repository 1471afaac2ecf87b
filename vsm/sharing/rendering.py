"""Subject -> everything that a publication is served as, made once: page, figures, table, charts, pictures."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import replace

from vsm.analysis import Analysis, analyse
from vsm.as_json import json_object
from vsm.charts.export import chart_to_svg, for_browser, svg_to_png
from vsm.charts.picture import Picture
from vsm.charts.value_stream_map import value_stream_map
from vsm.opening import AnyReading
from vsm.palette import Theme
from vsm.reports import csv_report
from vsm.reports.content import content_of
from vsm.reports.html import served_report
from vsm.reports.sections import ALL_SECTIONS, Section
from vsm.sharing.forms import FUTURE_MAP, MAP, PNG, SVG, Bodies, Form, pack
from vsm.sharing.frozen import Frozen, frozen_text
from vsm.subject import Subject

_CHART_WIDTH = 1000


def render(subject: Subject, reading: AnyReading, title: str, shown: Collection[Section] = ALL_SECTIONS) -> Bodies:
    """Make all forms and pictures of a publication, packed; `title` names the stream in all of them.

    `reading` tells of the file: layout, rows and problems. The file itself goes into none. Sections that are not to be
    `shown` stand neither on the page nor among the pictures.
    """
    analysis = analyse(replace(subject.analysis.stream, name=title))
    subject = replace(subject, analysis=analysis)
    content = content_of(subject)
    content = replace(content, charts=tuple(charts for charts in content.charts if charts.section in shown))
    forms = {
        Form.DATA: frozen_text(Frozen(stream=analysis.stream, scenario=subject.scenario)),
        Form.PAGE: served_report(content, shown).encode(),
        Form.FIGURES: _figures(subject, reading),
        Form.TABLE: csv_report(subject),
        Form.CHARTS: _json({picture.key: for_browser(picture.chart) for picture in content.pictures}),
        Form.PICTURES: _json(_titles(subject, content.pictures, shown)),
        **(_map_files(MAP, analysis) if Section.MAP in shown else {}),
        **({} if subject.future is None else _map_files(FUTURE_MAP, subject.future.future, subject.future.current)),
    }
    for picture in content.pictures:
        forms |= _chart_files(picture)
    return {str(name): pack(name, made) for name, made in forms.items()}


def _titles(subject: Subject, pictures: tuple[Picture, ...], shown: Collection[Section]) -> dict[str, str]:
    maps = {MAP: "Value stream map"} if Section.MAP in shown else {}
    if subject.future is not None:
        maps[FUTURE_MAP] = "Value stream map of the future state"
    return {**maps, **{picture.key: picture.title for picture in pictures}}


def _map_files(name: str, analysis: Analysis, was: Analysis | None = None) -> dict[str, bytes]:
    drawing = value_stream_map(analysis, theme=Theme.LIGHT, standalone=True, was=was)
    return {name + SVG: drawing.encode(), name + PNG: svg_to_png(drawing)}


def _chart_files(picture: Picture) -> dict[str, bytes]:
    """Draw a chart for other sites, with its title: there it stands alone."""
    drawing = chart_to_svg(picture.chart, _CHART_WIDTH, picture.title)
    return {picture.key + SVG: drawing.encode(), picture.key + PNG: svg_to_png(drawing)}


def _figures(subject: Subject, reading: AnyReading) -> bytes:
    future = None if subject.plan is None else (subject.plan[0].name, subject.plan[1])
    found = json_object(subject.analysis, reading, future, subject.comparison)
    return json.dumps(found, ensure_ascii=False, allow_nan=False, indent=2).encode(errors="backslashreplace")


def _json(content: object) -> bytes:
    return json.dumps(content, allow_nan=False, separators=(",", ":")).encode()
