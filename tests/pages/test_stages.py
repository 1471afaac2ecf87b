from __future__ import annotations

import json

import pytest
from streamlit.testing.v1 import AppTest

from tests.pages.opening import open_page, words
from vsm.model import Definitions
from vsm.reading.shapes import Choices


def test_one_row_per_stage_with_words_shares_and_exact_hours() -> None:
    table = open_page("stages.py").dataframe[0].value
    assert len(table) == 10
    discovery = table.set_index("Stage").loc["Product discovery"]
    assert discovery["Processing time"] == "6 h"
    assert discovery["Wait time"] == "10 days"
    assert discovery["Wait time (h)"] == 80
    assert discovery["Share of waiting"] == pytest.approx(100 * 80 / 292)
    assert discovery["Share of lead time"] == pytest.approx(100 * 86 / 339)


def test_shares_have_one_decimal_as_in_the_sentences() -> None:
    test = open_page("stages.py")
    formats = [json.loads(frame.proto.columns) for frame in test.dataframe]
    shares = {
        name: column["type_config"]["format"]
        for table in formats
        for name, column in table.items()
        if name.startswith("Share") or name in ("%C&A", "Without a defect so far", "Together with those above")
    }
    assert {"Share of lead time", "Share of waiting", "%C&A", "Share of all waiting"} <= set(shares)
    assert set(shares.values()) == {"%.1f%%"}


def test_every_chart_has_a_sentence_and_its_data() -> None:
    test = open_page("stages.py")
    titles = [heading.value for heading in test.header]
    assert titles[:2] == ["Processing and waiting per stage", "The longest waits"]
    assert len(test.get("vega_lite_chart")) == len(titles)
    assert len(test.dataframe) == len(titles) + 1
    assert "Waiting is 86.1% of the time: 36.5 days against 5.9 days of work." in words(test)


def test_a_figure_not_measured_is_empty_and_never_zero() -> None:
    table = open_page("stages.py", "Stage,Processing time (h),Wait time (h)\nIdea,1,\nBuild,2,0\n").dataframe[0].value
    assert table["Wait time"].tolist() == ["not measured", "0 h"]
    assert table["Wait time (h)"].isna().tolist() == [True, False]


def test_charts_that_nothing_is_measured_for_are_left_out() -> None:
    test = open_page("stages.py", "Stage,Processing time (h)\nIdea,1\nBuild,2\n")
    assert [heading.value for heading in test.header] == ["Processing and waiting per stage"]


def test_charts_are_drawn_again_when_the_stream_changes_and_not_before() -> None:
    test = open_page("stages.py")
    before = drawn(test)
    test.run()
    assert drawn(test) == before
    test.session_state["choices"] = Choices(definitions=Definitions(hours_per_day=6))
    test.run()
    assert not test.exception
    assert drawn(test) != before


def drawn(test: AppTest) -> list[bytes]:
    """What is sent of every chart."""
    return [chart.proto.SerializeToString() for chart in test.get("vega_lite_chart")]
