"""The colours that two places state are the same: the theme's in the app's settings and the palette's in drawings."""

from __future__ import annotations

import tomllib

import pytest

from tests.pages.opening import ROOT
from vsm.palette import DARK, LIGHT, Palette


@pytest.mark.parametrize(("theme", "palette"), [("light", LIGHT), ("dark", DARK)])
def test_the_map_stands_on_the_ground_of_the_page(theme: str, palette: Palette) -> None:
    settings = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    assert settings["theme"][theme]["backgroundColor"].lower() == palette.surface.lower()
