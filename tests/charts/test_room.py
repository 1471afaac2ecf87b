"""On a narrow page the words of a chart take less room: names are cut, values are not, legends have one column."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET

import pytest
import vl_convert

from vsm.charts.picture import Axis, Bar, Marks, bar_chart, numbered

NAME = "Waiting for the signature of the department"
LABEL = numbered(12, NAME, "2.5 days")


def words_of_chart(width: int, label: str = LABEL) -> list[str]:
    """Draw bars as a browser of that width does: on paper no width is known, so it is put in."""
    bars = [
        Bar(label=label, start=i, end=i + 1, colour="#000000", says="", meaning=meaning)
        for i, meaning in enumerate(("Processing", "Waiting"))
    ]
    spec = bar_chart(bars, Axis(title="Days"), Marks(), "Bars.").to_dict()
    spec["width"] = width
    text = json.dumps(spec).replace("containerSize()[0]", str(width))
    svg = vl_convert.vegalite_to_svg(text, allowed_base_urls=[])
    # Without the mark that closes a name written from right to left: nobody sees it.
    return [
        (element.text or "").replace("\u2069", "")
        for element in ET.fromstring(svg).iter()
        if element.tag.endswith("text")
    ]


def test_a_wide_page_has_room_for_the_whole_label():
    assert LABEL in words_of_chart(900)


def test_on_a_narrow_page_the_name_is_cut_and_the_value_stays():
    (label,) = (text for text in words_of_chart(358) if text.endswith(": 2.5 days"))
    assert label == "12. Waiting for t…: 2.5 days"


@pytest.mark.parametrize("label", ["1. Test: 2 days", "Between teams"])
def test_a_short_label_is_never_cut(label: str):
    assert label in words_of_chart(358, label)
