"""An analysis -> the value stream map as one SVG string, drawn by hand: no browser, no scripts, nothing fetched."""

from __future__ import annotations

from hashlib import sha256
from html import escape

from vsm.analysis import Analysis
from vsm.charts.map_draw import map_parts
from vsm.charts.map_layout import WIDEST_ROW, lay_out, row_width
from vsm.charts.map_shapes import num
from vsm.charts.map_sheet import Sheet, team_marks
from vsm.charts.map_timeline import foot_lines
from vsm.charts.map_words import map_description, subtitle, title
from vsm.folded_stages import folded
from vsm.palette import DARK, FONTS, LIGHT, Theme, css_variables, palette_for

__all__ = ["Theme", "map_description", "row_width_for", "value_stream_map"]

_STAGES_IN_A_ROW = range(5, 31)
"""Of a map; which of them it is depends on how many stages there are, and on the place."""


def value_stream_map(
    analysis: Analysis,
    *,
    colour_by_team: bool = False,
    theme: Theme = Theme.AUTO,
    standalone: bool = False,
    key: str = "",
    was: Analysis | None = None,
    widest_row: float = WIDEST_ROW,
) -> str:
    """Draw the map of an analysis as SVG.

    `colour_by_team` puts a coloured band with the team's name on each stage and marks the queues between teams; it
    changes nothing where no team is stated. AUTO follows the reader's light or dark setting by CSS; LIGHT and DARK
    hold plain colours only, which is what a converter to PNG or PDF needs. `standalone` is for a file of its own: one
    picture with an XML head; without it each stage is a button that keys reach. Two maps of one analysis in one page
    need different `key`s. With `was`, the state before, what differs from it is marked; without it, small neighbours of
    a log with very many stages are one box. Rows are at most `widest_row` wide. Never fails on a stage's name, however
    odd.
    """
    if was is None:
        analysis, _ = folded(analysis)
    teams = colour_by_team and any(s.stage.team is not None for s in analysis.stages)
    layout = lay_out(analysis, teams=teams, foot=0, widest_row=widest_row)
    foot = len(foot_lines(analysis, was, teams=teams, width=layout.totals.width)) * 18 + 6
    layout = lay_out(analysis, teams=teams, foot=foot, widest_row=widest_row)
    sheet = Sheet(
        analysis=analysis,
        layout=layout,
        palette=palette_for(theme),
        focusable=not standalone,
        team_marks=team_marks(analysis) if teams else {},
        was=was,
    )
    body = "\n".join(map_parts(sheet))
    name = "vsm-" + sha256(f"{key}{theme}{colour_by_team}{body}".encode()).hexdigest()[:10]
    width, height = num(layout.width), num(layout.height)
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" id="{name}" class="value-stream-map" role="{_role(standalone)}"'
        f' aria-labelledby="{name}-title" aria-describedby="{name}-desc" width="{width}" height="{height}"'
        f' viewBox="0 0 {width} {height}" font-family="{escape(FONTS)}">'
    )
    words = (
        f'<title id="{name}-title">{escape(_spoken_title(analysis))}</title>'
        f'<desc id="{name}-desc">{escape(map_description(analysis))}</desc>'
    )
    xml = '<?xml version="1.0" encoding="UTF-8"?>\n' if standalone else ""
    return f"{xml}{head}\n{words}\n{_style(name, theme)}\n{body}\n</svg>\n"


def row_width_for(analysis: Analysis, was: Analysis | None, width: float, height: float) -> float:
    """Return how wide the rows of a map are to be, so that it is drawn as large as such a place allows."""
    shown = folded(analysis)[0] if was is None else analysis

    def scale(widest_row: float) -> float:
        layout = lay_out(shown, teams=False, foot=0, widest_row=widest_row)
        return min(width / layout.width, height / layout.height)

    return max((row_width(stages) for stages in _STAGES_IN_A_ROW), key=scale)


def _role(standalone: bool) -> str:
    return "img" if standalone else "group"


def _spoken_title(analysis: Analysis) -> str:
    path = subtitle(analysis)
    return f"Value stream map of {title(analysis)}" + (f", {path[0].lower()}{path[1:]}" if path else "")


def _style(name: str, theme: Theme) -> str:
    """Write the rules for keys and pointer and, for AUTO, the two sets of colours."""
    ring = palette_for(theme).ink
    rules = (
        f"#{name} .stage[tabindex]{{cursor:pointer;outline:none}}"
        f"#{name} .stage:focus .ring{{stroke:{ring};stroke-width:3}}"
        f"#{name} .stage[tabindex]:hover .ring{{stroke:{ring};stroke-width:1.5}}"
    )
    if theme is Theme.AUTO:
        rules += f"#{name}{{{css_variables(LIGHT)}}}"
        rules += f"@media screen and (prefers-color-scheme:dark){{#{name}{{{css_variables(DARK)}}}}}"
    return f"<style>{rules}</style>"
