from __future__ import annotations

import json

from streamlit.testing.v1 import AppTest

from tests.pages.opening import open_page, words


def drawing(test: AppTest, ground: str = "light") -> str:
    """Return the SVG that the page hands to the browser."""
    return str(json.loads(test.get("bidi_component")[-1].proto.json)[ground])


def test_both_grounds_are_handed_to_the_browser() -> None:
    test = open_page("stream_map.py")
    assert drawing(test, "light").startswith("<svg")
    assert drawing(test, "dark") != drawing(test, "light")


def test_the_map_is_told_in_words() -> None:
    text = words(open_page("stream_map.py"))
    assert "2. Product discovery" in text
    assert "6 h of work, then 10 days of waiting" in text


def test_a_chosen_stage_shows_its_figures_and_is_marked() -> None:
    test = open_page("stream_map.py")
    test.session_state["stream_map"] = {"stage": 6}
    test.run()
    shown = {metric.label.replace("\\", ""): metric.value for metric in test.metric}
    assert shown == {
        "Processing time": "8 h",
        "Wait after it": "3.8 days",
        "%C&A": "70%",
        "Share of lead time": "11.2%",
    }
    assert json.loads(test.get("bidi_component")[-1].proto.json)["selected"] == 6


def test_a_stage_that_the_stream_does_not_have_chooses_nothing() -> None:
    test = open_page("stream_map.py", "Stage,Processing time (h),Wait time (h)\nIdea,1,2\nBuild,2,0\n")
    test.session_state["stream_map"] = {"stage": 6}
    test.run()
    assert not test.exception
    assert len(test.metric) == 0


def test_teams_are_coloured_on_demand_and_the_wait_between_them_is_said() -> None:
    test = open_page("stream_map.py")
    plain = drawing(test)
    # By hand: between teams lie 16 + 80 + 20 + 30 + 10 of 292 h, as the sheet's teams change there.
    assert "19.5 days of waiting (53.4%) lies between teams, 17 days inside them" in words(test)
    test.toggle(key="colour_by_team").set_value(True).run()
    assert drawing(test) != plain


def test_without_teams_there_is_no_switch() -> None:
    test = open_page("stream_map.py", "Stage,Processing time (h),Wait time (h)\nIdea,1,2\nBuild,2,0\n")
    assert len(test.toggle) == 0
