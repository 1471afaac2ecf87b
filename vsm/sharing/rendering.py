"""Subject -> everything that a publication is served as, made once: page, figures, table, map."""

from __future__ import annotations

import json
from dataclasses import replace

from vsm.analysis import analyse
from vsm.as_json import json_object
from vsm.charts.export import svg_to_png
from vsm.charts.value_stream_map import value_stream_map
from vsm.opening import AnyReading
from vsm.palette import Theme
from vsm.reports import csv_report, html_report
from vsm.sharing.forms import MAP, MAP_PICTURE, Bodies, Form, pack
from vsm.sharing.frozen import Frozen, frozen_text
from vsm.subject import Subject


def render(subject: Subject, reading: AnyReading, title: str) -> Bodies:
    """Make all forms of a publication, packed; `title` names the stream in all of them.

    `reading` tells of the file: layout, rows and problems. The file itself goes into none.
    """
    analysis = analyse(replace(subject.analysis.stream, name=title))
    subject = replace(subject, analysis=analysis)
    drawing = value_stream_map(analysis, theme=Theme.LIGHT, standalone=True)
    forms = {
        Form.DATA: frozen_text(Frozen(stream=analysis.stream, scenario=subject.scenario)),
        Form.PAGE: html_report(subject).encode(),
        Form.FIGURES: _figures(subject, reading),
        Form.TABLE: csv_report(subject),
        MAP: drawing.encode(),
        MAP_PICTURE: svg_to_png(drawing),
    }
    return {str(name): pack(name, content) for name, content in forms.items()}


def _figures(subject: Subject, reading: AnyReading) -> bytes:
    future = None if subject.plan is None else (subject.plan[0].name, subject.plan[1])
    found = json_object(subject.analysis, reading, future, subject.comparison)
    return json.dumps(found, ensure_ascii=False, allow_nan=False, indent=2).encode(errors="backslashreplace")
