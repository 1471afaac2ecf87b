"""The colours, each with one meaning everywhere: map, charts, tables and reports; in light and in dark."""

from __future__ import annotations

from dataclasses import Field, dataclass, fields
from enum import StrEnum
from typing import Any

PROCESSING = "#0072B2"
WAITING = "#E69F00"
ATTENTION = "#B3261E"
INK = "#1F2933"
MUTED = "#52606D"
LINE = "#9AA5B1"
REST = "#7B8794"
"""For bars that are neither work nor waiting; seen on a light and on a dark page."""
SURFACE = "#FFFFFF"

DARK_PROCESSING = "#6CBFF0"
DARK_WAITING = "#F5B942"
DARK_ATTENTION = "#FF9A91"
DARK_INK = "#E8ECF1"
DARK_MUTED = "#A9B4C0"
DARK_LINE = "#5D6976"
DARK_SURFACE = "#14171B"

TEAM_COLOURS = ("#60BF60", "#A8B4E0", "#4C263D", "#E0A8A8", "#736256", "#7B38E0", "#1D2E73")
"""Apart from each other and from blue, amber and red for every kind of colour vision, found by search."""

FONTS = "'Source Sans', 'Source Sans 3', 'Source Sans Pro', Arial, Helvetica, sans-serif"
"""Ends in sans-serif: vl-convert draws no text at all when it knows none of the fonts."""


class Theme(StrEnum):
    """On which ground a drawing stands: the reader's setting, or one of the two for certain."""

    AUTO = "auto"
    LIGHT = "light"
    DARK = "dark"


@dataclass(frozen=True, kw_only=True)
class Palette:
    """One colour for each role, as an SVG or CSS value: `_text` writes on the surface, `on_` on the colour itself."""

    surface: str
    panel: str
    ink: str
    muted: str
    line: str
    processing: str
    processing_text: str
    on_processing: str
    waiting: str
    waiting_text: str
    waiting_tint: str
    attention: str
    attention_text: str
    attention_tint: str
    on_attention: str


LIGHT = Palette(
    surface=SURFACE,
    panel="#F4F6F8",
    ink=INK,
    muted=MUTED,
    line=LINE,
    processing=PROCESSING,
    processing_text="#00639C",
    on_processing="#FFFFFF",
    waiting=WAITING,
    waiting_text="#7A4F00",
    waiting_tint="#FBE3B5",
    attention=ATTENTION,
    attention_text=ATTENTION,
    attention_tint="#FDECEA",
    on_attention="#FFFFFF",
)
DARK = Palette(
    surface=DARK_SURFACE,
    panel="#1B222B",
    ink=DARK_INK,
    muted=DARK_MUTED,
    line=DARK_LINE,
    processing=PROCESSING,
    processing_text=DARK_PROCESSING,
    on_processing="#FFFFFF",
    waiting=WAITING,
    waiting_text=DARK_WAITING,
    waiting_tint="#5A420E",
    attention="#C5372E",
    attention_text=DARK_ATTENTION,
    attention_tint="#3A1A18",
    on_attention="#FFFFFF",
)


def palette_for(theme: Theme) -> Palette:
    """Return the colours of a theme; for AUTO each is a CSS variable that falls back to the light colour."""
    if theme is Theme.AUTO:
        roles = {
            role.name: f"var(--vsm-{role.name.replace('_', '-')}, {getattr(LIGHT, role.name)})" for role in _roles()
        }
        return Palette(**roles)
    return DARK if theme is Theme.DARK else LIGHT


def css_variables(palette: Palette) -> str:
    """Write a palette as CSS declarations, for the rules that give AUTO its colours."""
    return "".join(f"--vsm-{role.name.replace('_', '-')}:{getattr(palette, role.name)};" for role in _roles())


def _roles() -> tuple[Field[Any], ...]:
    return fields(Palette)


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two "#RRGGBB" colours, 1 to 21; 4.5 is needed for text. Source: WCAG 2.2.

    >>> round(contrast("#000000", "#FFFFFF"), 1)
    21.0
    """
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def text_on(colour: str) -> str:
    """Choose white or near-black letters for a ground, whichever is easier to read."""
    return max(("#FFFFFF", "#14181D"), key=lambda ink: contrast(ink, colour))
