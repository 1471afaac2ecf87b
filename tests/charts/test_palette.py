"""The colours can be read on their grounds, in light and in dark."""

from __future__ import annotations

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
