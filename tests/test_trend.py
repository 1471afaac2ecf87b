"""The trend of a stream over its periods: figures by hand, what is said of them, and the charts."""

from __future__ import annotations

import pytest

from tests.streams import stream_of
from vsm.charts.trend_pictures import stage_pictures, trend_pictures
from vsm.items.statistics import Limits, TooFew
from vsm.model import Snapshot, Stage
from vsm.stream_figures import StreamFigure
from vsm.trend import Trend, trend
from vsm.trend_words import (
    series_sentence,
    signal_sentence,
    stage_trend_table,
    too_few_sentence,
    trend_sentences,
    trend_table,
)

THREE = trend(
    [
        Snapshot(
            period="Jan",
            stream=stream_of(
                Stage(name="Design", processing_time=4, wait_time=16, complete_accurate=0.8),
                Stage(name="Build", processing_time=8, wait_time=24, complete_accurate=0.9),
            ),
        ),
        Snapshot(
            period="Feb",
            stream=stream_of(
                Stage(name="DESIGN", processing_time=4, wait_time=12, complete_accurate=0.8),
                Stage(name="Build", processing_time=8, wait_time=16, complete_accurate=1.0),
            ),
        ),
        Snapshot(
            period="Mar",
            stream=stream_of(
                Stage(name="design", processing_time=4, wait_time=20, complete_accurate=0.8),
                Stage(name="Test", processing_time=2, wait_time=2),
            ),
        ),
    ]
)


def waits(*values: float | None) -> Trend:
    """Follow a stream of one stage that works 1 h and waits so long in each period."""
    return trend(
        [
            Snapshot(period=f"P{i}", stream=stream_of(Stage(name="a", processing_time=1, wait_time=value)))
            for i, value in enumerate(values, 1)
        ]
    )


def test_the_stream_in_each_period() -> None:
    assert THREE.figures[StreamFigure.LEAD_TIME].values == (
        52,
        40,
        28,
    )  # 4 + 16 + 8 + 24, 4 + 12 + 8 + 16, 4 + 20 + 2 + 2
    assert THREE.figures[StreamFigure.WAIT_TIME].values == (40, 28, 22)
    assert THREE.figures[StreamFigure.FLOW_EFFICIENCY].values == (12 / 52, 12 / 40, 6 / 28)
    assert THREE.figures[StreamFigure.ROLLED].values == pytest.approx((0.72, 0.8, 0.8))
    assert isinstance(THREE.figures[StreamFigure.LEAD_TIME].limits, TooFew)


def test_stages_are_matched_by_name_whatever_the_case() -> None:
    assert [(stage.name, stage.there) for stage in THREE.stages] == [
        ("design", (True, True, True)),
        ("Test", (False, False, True)),
        ("Build", (True, True, False)),
    ]
    assert THREE.stages[0].figures[StreamFigure.WAIT_TIME].values == (16, 12, 20)
    assert THREE.stages[2].figures[StreamFigure.WAIT_TIME].values == (24, 16, None)
    assert THREE.stages[2].figures[StreamFigure.COMPLETE_ACCURATE].values == (0.9, 1.0, None)


def test_limits_of_eight_periods_by_hand() -> None:
    """Values 10 12 10 12 10 12 10 40: mean 14.5; moving ranges 2 2 2 2 2 2 30, mean 6; 14.5 ± 15.96."""
    found = waits(10, 12, 10, 12, 10, 12, 10, 40).figures[StreamFigure.WAIT_TIME]
    assert isinstance(found.limits, Limits)
    assert found.limits.mean == 14.5
    assert found.limits.upper == pytest.approx(30.46)
    assert found.limits.lower == 0  # -1.46 h cannot be
    assert found.limits.signals == (7,)


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ((10, 8), "Wait time fell from 10 h (P1) to 8 h (P2)."),
        ((8, 10, 12), "Wait time rose in every period, from 8 h (P1) to 12 h (P3)."),
        ((10, 12, 9, 8), "Wait time fell from 10 h (P1) to 8 h (P4), and has been falling since P2."),
        ((12, 8, 9, 10), "Wait time fell from 12 h (P1) to 10 h (P4), but has been rising since P2."),
        ((12, 10, 10), "Wait time fell from 12 h (P1) to 10 h (P3), but has stayed the same since P2."),
        ((10, 12, 10), "Wait time is what it was: 10 h (P1), 10 h (P3), but has been falling since P2."),
        ((10, 10, 10), "Wait time stayed at 10 h in every period."),
        ((10, None, 8), "Wait time fell from 10 h (P1) to 8 h (P3)."),
        ((None, 8, None), "Wait time is measured in one period only: 8 h (P2)."),
        ((None, None), "Wait time is not measured in any period."),
    ],
)
def test_what_is_said_of_a_figure(values: tuple[float | None, ...], said: str) -> None:
    found = waits(*values)
    assert series_sentence(found.figures[StreamFigure.WAIT_TIME], "wait time", found.periods, found.definitions) == said


def test_a_signal_is_named_and_noise_is_called_so() -> None:
    signal = waits(10, 12, 10, 12, 10, 12, 10, 40)
    assert signal_sentence(signal.figures[StreamFigure.WAIT_TIME], signal.periods, signal.definitions).startswith(
        "P8 lies outside the usual variation"
    )
    noise = waits(10, 12, 10, 12, 10, 12, 10, 11)
    assert "so the change may be chance" in signal_sentence(
        noise.figures[StreamFigure.WAIT_TIME], noise.periods, noise.definitions
    )


def test_few_periods_tell_no_signal() -> None:
    assert too_few_sentence(THREE).startswith("3 periods are too few to tell a signal from noise")
    assert signal_sentence(THREE.figures[StreamFigure.WAIT_TIME], THREE.periods, THREE.definitions) == ""
    assert too_few_sentence(waits(1, 2, 3, 4, 5, 6)) == ""


def test_the_trend_in_sentences() -> None:
    said = trend_sentences(THREE)
    assert said[0] == "Lead time fell in every period, from 6.5 days (Jan) to 3.5 days (Mar)."
    assert "Not there in Jan: Test." in said
    assert "Not there any more in Mar: Build." in said
    # Build's wait went from 24 to 16 h, Design's from 16 to 20 h.
    assert "Of the stages, the wait time of Build fell by 8 h and the wait time of design rose by 4 h." in said


def test_tables_have_a_dash_where_nothing_is_measured() -> None:
    table = trend_table(THREE)
    assert table["Lead time"].tolist() == ["6.5 days", "5 days", "3.5 days"]
    assert table["Rolled %C&A"].tolist() == ["72%", "80%", "80%"]
    stages = stage_trend_table(THREE, StreamFigure.COMPLETE_ACCURATE)
    assert stages.to_numpy().tolist() == [
        ["design", "80%", "80%", "80%"],
        ["Test", "–", "–", "–"],
        ["Build", "90%", "100%", "–"],
    ]


def test_charts_of_the_stream_and_of_a_stage() -> None:
    pictures = {picture.key: picture for picture in trend_pictures(THREE)}
    assert list(pictures) == [
        "lead_time_by_period",
        "times_by_period",
        "flow_efficiency_by_period",
        "rolled_by_period",
    ]
    assert pictures["lead_time_by_period"].data["Lead time (h)"].tolist() == [52, 40, 28]
    assert pictures["times_by_period"].data["Wait time (h)"].tolist() == [40, 28, 22]
    assert "Wait time" in str(pictures["times_by_period"].chart.to_dict())
    build = stage_pictures(THREE, THREE.stages[2])
    assert [picture.key for picture in build] == ["stage_times_by_period", "stage_quality_by_period"]
    assert not stage_pictures(THREE, THREE.stages[1])  # Test is there in one period alone


def test_limits_are_drawn_from_six_periods_on() -> None:
    def drawn(found: Trend) -> str:
        return str(trend_pictures(found)[0].chart.to_dict())

    assert "Upper limit" not in drawn(waits(1, 2, 3, 4, 5))
    assert "Upper limit" in drawn(waits(1, 2, 3, 4, 5, 6))
