"""The colours can be read on their grounds, in light and in dark."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest

from vsm.palette import (
    ATTENTION,
    DARK,
    FONTS,
    LIGHT,
    PROCESSING,
    REST,
    TEAM_COLOURS,
    WAITING,
    Palette,
    Theme,
    contrast,
    palette_for,
    text_on,
)


@pytest.mark.parametrize("palette", [LIGHT, DARK])
def test_letters_have_the_contrast_of_wcag_aa(palette: Palette) -> None:
    pairs = [
        (letters, ground) for letters in (palette.ink, palette.muted) for ground in (palette.surface, palette.panel)
    ]
    pairs += [(palette.processing_text, palette.surface), (palette.processing_text, palette.panel)]
    pairs += [(palette.waiting_text, palette.surface), (palette.waiting_text, palette.panel)]
    pairs += [(palette.on_processing, palette.processing), (palette.on_attention, palette.attention)]
    pairs += [(palette.attention_text, palette.attention_tint)]
    assert {pair: contrast(*pair) for pair in pairs if contrast(*pair) < 4.5} == {}


@pytest.mark.parametrize("palette", [LIGHT, DARK])
def test_shapes_have_the_contrast_of_wcag_aa(palette: Palette) -> None:
    assert contrast(palette.processing, palette.surface) >= 3
    assert contrast(palette.attention, palette.surface) >= 3
    assert contrast(REST, palette.surface) >= 3


@pytest.mark.parametrize("colour", TEAM_COLOURS)
def test_team_names_can_be_read_on_their_colours(colour: str) -> None:
    assert contrast(text_on(colour), colour) >= 4.5
    assert colour not in (PROCESSING, WAITING, ATTENTION)


def test_contrast_is_that_of_wcag() -> None:
    # #777777 on white is the grey that the WCAG working group names as just short of 4.5.
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.005)


def test_the_readers_theme_falls_back_to_light() -> None:
    assert palette_for(Theme.AUTO).on_processing == "var(--vsm-on-processing, #FFFFFF)"


def test_fonts_end_where_every_converter_finds_one() -> None:
    assert FONTS.endswith(", sans-serif")


# Linear RGB as seen without one of the three cones: G. M. Machado et al. (2009), severity 1.
_VISION = {
    "normal": np.eye(3),
    "protan": [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
    "deutan": [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]],
    "tritan": [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]],
}
_TO_XYZ = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])
_WHITE = np.array([0.9505, 1.0, 1.089])


def lab(colour: str, vision: str) -> np.ndarray:
    shares = np.array([int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)])
    linear = np.where(shares <= 0.04045, shares / 12.92, ((shares + 0.055) / 1.055) ** 2.4)
    xyz = _TO_XYZ @ np.clip(np.array(_VISION[vision]) @ linear, 0, 1) / _WHITE
    x, y, z = np.where(xyz > 0.008856, np.cbrt(xyz), 7.787 * xyz + 16 / 116)
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])


@pytest.mark.parametrize("vision", list(_VISION))
def test_team_colours_are_apart_for_every_kind_of_colour_vision(vision: str) -> None:
    colours = (*TEAM_COLOURS, PROCESSING, WAITING, ATTENTION)
    seen = {colour: lab(colour, vision) for colour in colours}
    pairs = [pair for pair in combinations(colours, 2) if set(pair) & set(TEAM_COLOURS)]
    # A difference of 2.3 in CIELAB can just be seen; six times that is plain at a glance.
    assert min(float(np.linalg.norm(seen[a] - seen[b])) for a, b in pairs) >= 6 * 2.3
