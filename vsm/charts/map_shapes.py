"""The signs of a value stream map as SVG: words, rectangles, lines, factory, person, triangle, push arrow, burst."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from math import cos, pi, sin

from vsm.palette import Palette

Point = tuple[float, float]


def num(value: float) -> str:
    """Write a coordinate with at most one decimal, always in the same way."""
    return f"{value:.1f}".removesuffix(".0")


def points(corners: Sequence[Point]) -> str:
    """Write corners as the value of a `points` attribute."""
    return " ".join(f"{num(x)},{num(y)}" for x, y in corners)


def text(
    x: float, y: float, words: str, *, size: float, fill: str, anchor: str = "start", bold: bool = False, more: str = ""
) -> str:
    """Write one line of text; `words` is escaped here and nowhere else."""
    weight = ' font-weight="700"' if bold else ""
    side = "" if anchor == "start" else f' text-anchor="{anchor}"'
    place = f'x="{num(x)}" y="{num(y)}" font-size="{num(size)}"'
    return f'<text {place} fill="{fill}"{side}{weight}{more}>{escape(words)}</text>'


def hint(words: str) -> str:
    """Write what the pointer shows over the group that this is the first child of."""
    return f"<title>{escape(words)}</title>"


def rect(
    x: float, y: float, width: float, height: float, *, fill: str, stroke: str = "", thick: float = 1, round_: float = 0
) -> str:
    """Draw a rectangle."""
    line = f' stroke="{stroke}" stroke-width="{num(thick)}"' if stroke else ""
    corner = f' rx="{num(round_)}"' if round_ else ""
    place = f'x="{num(x)}" y="{num(y)}" width="{num(width)}" height="{num(height)}"'
    return f'<rect {place} fill="{fill}"{line}{corner}/>'


def line(corners: Sequence[Point], *, stroke: str, thick: float = 1.5, dashes: str = "") -> str:
    """Draw an open line through corners."""
    dashed = f' stroke-dasharray="{dashes}"' if dashes else ""
    return (
        f'<polyline points="{points(corners)}" fill="none" stroke="{stroke}" stroke-width="{num(thick)}"'
        f' stroke-linejoin="round"{dashed}/>'
    )


def polygon(corners: Sequence[Point], *, fill: str, stroke: str = "", thick: float = 1.5) -> str:
    """Draw a closed shape."""
    border = f' stroke="{stroke}" stroke-width="{num(thick)}" stroke-linejoin="round"' if stroke else ""
    return f'<polygon points="{points(corners)}" fill="{fill}"{border}/>'


def arrow(corners: Sequence[Point], *, stroke: str, thick: float = 1.5, dashes: str = "") -> str:
    """Draw a line whose last part, level or upright, ends in an arrowhead."""
    (x0, y0), (x1, y1) = corners[-2:]
    length = max(abs(x1 - x0), abs(y1 - y0)) or 1
    along = ((x1 - x0) / length, (y1 - y0) / length)
    base = (x1 - 8 * along[0], y1 - 8 * along[1])
    head = ((x1, y1), *((base[0] + side * 4.5 * along[1], base[1] + side * 4.5 * along[0]) for side in (1, -1)))
    return line([*corners[:-1], base], stroke=stroke, thick=thick, dashes=dashes) + polygon(head, fill=stroke)


def factory(x: float, y: float, width: float, height: float, palette: Palette) -> str:
    """Draw the outside source: a hall with a saw-tooth roof and nothing inside it."""
    roof, tooth = y + height * 0.34, width / 3
    corners: list[Point] = [(x, y + height), (x, roof)]
    for i in range(3):
        corners += [(x + (i + 1) * tooth, y), (x + (i + 1) * tooth, roof)]
    corners += [(x + width, y + height)]
    return polygon(corners, fill=palette.panel, stroke=palette.ink, thick=1.5)


def person(x: float, y: float, palette: Palette) -> str:
    """Draw the operator seen from above, 22 wide and 18 high, from the upper left corner."""
    arms = f"M{num(x)} {num(y + 18)}a11 9.5 0 0 1 22 0z"
    return (
        f'<path d="{arms}" fill="none" stroke="{palette.muted}" stroke-width="1.5" stroke-linejoin="round"/>'
        f'<circle cx="{num(x + 11)}" cy="{num(y + 5)}" r="5" fill="{palette.surface}" stroke="{palette.muted}"'
        ' stroke-width="1.5"/>'
    )


def triangle(x: float, bottom: float, width: float, *, fill: str, stroke: str, thick: float) -> str:
    """Draw the sign of a queue, standing on `bottom` with its middle at `x`."""
    corners = [(x, bottom - width * 0.87), (x + width / 2, bottom), (x - width / 2, bottom)]
    return polygon(corners, fill=fill, stroke=stroke, thick=thick)


def push_arrow(x: float, right: float, y: float, palette: Palette) -> str:
    """Draw the striped arrow that says: pushed on to the next step, whether it is ready or not."""
    neck, half = right - 11, 4.5
    body = [(x, y - half), (neck, y - half), (neck, y - 9), (right, y), (neck, y + 9), (neck, y + half), (x, y + half)]
    stripes = "".join(rect(start, y - half, 4, 2 * half, fill=palette.ink) for start in _every(x + 4, neck - 3, step=8))
    return polygon(body, fill=palette.surface, stroke=palette.ink, thick=1.2) + stripes


def _every(start: float, stop: float, *, step: float) -> list[float]:
    return [start + i * step for i in range(max(0, int((stop - start) / step) + 1))]


def burst(x: float, y: float, width: float, height: float, palette: Palette) -> str:
    """Draw the kaizen burst with its middle at (x, y); letters fit within three quarters of its size."""
    spikes, corners = 14, []
    for i in range(2 * spikes):
        reach = 0.5 if i % 2 else 0.39
        angle = pi * i / spikes
        corners.append((x + reach * width * cos(angle), y + reach * height * sin(angle)))
    return polygon(corners, fill=palette.attention_tint, stroke=palette.attention, thick=1.5)
