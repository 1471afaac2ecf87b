"""The charts of capacity: the curves of a queue as theory gives them, and takt against effective time."""

from __future__ import annotations

import pytest

from tests.charts.test_pictures import rows
from tests.streams import stream_of
from vsm.analysis import Analysis, analyse
from vsm.charts.capacity_pictures import queue_curve, takt_picture
from vsm.model import Definitions, Stage
from vsm.palette import ATTENTION, REST


def of(demand: float, people: float = 1, **fields: float) -> Analysis:
    stage = Stage(name="a", processing_time=4, people=people, **fields)  # type: ignore[arg-type]
    return analyse(stream_of(stage, definitions=Definitions(demand=demand)))


def test_the_curves_are_those_of_one_and_of_two_people() -> None:
    picture = queue_curve(of(5), 0)
    assert picture is not None
    half = picture.data.loc[50]
    # M/M/1 waits ρ/(1 − ρ) and M/M/2 ρ²/(1 − ρ²) times 4 h
    assert half["Wait by formula (h)"] == pytest.approx(4.0)
    assert half["With one person more (h)"] == pytest.approx(4 / 3)


def test_both_points_lie_on_their_curves() -> None:
    picture = queue_curve(of(5), 0)
    assert picture is not None
    # in hours: busy 50 % and 4 h now; busy 25 % and 0.0625/0.9375 × 4 h with one more
    points = [(row["c0"], row["c1"]) for row in rows(picture, layer=2)]
    assert points == [(50.0, pytest.approx(4.0)), (25.0, pytest.approx(4 / 15))]


def test_without_variability_nobody_waits_and_the_chart_still_stands() -> None:
    picture = queue_curve(of(5, work_variation=0.0, arrival_variation=0.0), 0)
    assert picture is not None
    assert picture.data["Wait by formula (h)"].max() == 0


def test_an_overloaded_stage_has_no_curve() -> None:
    assert queue_curve(of(12), 0) is None


def test_takt_marks_who_cannot_keep_up() -> None:
    colours = []
    for demand in (5, 12):
        picture = takt_picture(of(demand))
        assert picture is not None
        colours.append(rows(picture)[0]["c4"])
    assert colours == [REST, ATTENTION]
