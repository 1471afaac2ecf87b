"""The charts: what is drawn is what was worked out by hand, and the browser is left nothing to compute."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
import vl_convert

from tests.streams import WORKED, stream_of
from vsm.analysis import analyse
from vsm.charts import pictures
from vsm.charts.picture import Axis, Bar, Marks, Picture, bar_chart, numbered, unit_for
from vsm.model import Definitions, Stage, ValueStream, WaitSide

HOSTILE = (
    '<script>alert("x")</script>',
    "=1+1",
    "x" * 10_000,
    "c0.c1[0]",
    "datum['c0']",
    'a"b\\',
    "عملية",
    "👩‍👧",
    "",
    "a\x00b",
)
TEAMS = stream_of(
    Stage(name="a", team="X", processing_time=1.0, wait_time=8.0),
    Stage(name="b", team="X", processing_time=1.0, wait_time=4.0),
    Stage(name="c", team="Y", processing_time=1.0, wait_time=2.0),
)


def all_of(stream: ValueStream) -> dict[str, Picture]:
    return {picture.key: picture for picture in pictures(analyse(stream))}


def rows(picture: Picture, layer: int = 0) -> list[dict[str, Any]]:
    spec = picture.chart.to_dict()
    # Altair moves the data of a lone layer up to the chart.
    data = spec["layer"][layer].get("data") or spec["data"]
    return list(spec["datasets"][data["name"]])


def inside(value: object) -> Iterator[tuple[str, object]]:
    if isinstance(value, dict):
        for key, found in value.items():
            yield key, found
            yield from inside(found)
    if isinstance(value, list):
        for found in value:
            yield from inside(found)


def test_only_what_is_measured_is_drawn() -> None:
    assert list(all_of(WORKED)) == [
        "time_per_stage", "longest_waits", "complete_accurate", "loops", "rework", "batch_sizes", "handoffs",
    ]  # fmt: skip
    assert list(all_of(stream_of(Stage(name="a")))) == []
    assert list(all_of(stream_of(Stage(name="a", processing_time=1.0)))) == ["time_per_stage"]
    assert list(all_of(TEAMS)) == ["time_per_stage", "longest_waits", "waiting_by_team"]


def test_work_and_waiting_of_each_stage_follow_each_other() -> None:
    picture = all_of(stream_of(Stage(name="a", processing_time=4.0, wait_time=12.0), Stage(name="b", wait_time=24.0)))
    # In days of eight hours: 0.5 of work, then 1.5 of waiting; 3 of waiting alone.
    drawn = [(row["c0"], row["c3"], row["c1"], row["c2"]) for row in rows(picture["time_per_stage"])]
    assert drawn == [
        ("1. a: 2 days", "Processing", 0, 0.5),
        ("1. a: 2 days", "Waiting", 0.5, 2.0),
        ("2. b: 3 days", "Waiting", 0, 3.0),
    ]
    assert picture["time_per_stage"].sentence == (
        "Waiting is 90% of the time: 4.5 days against 4 h of work. "
        "The queue in front of the customer alone holds 3 days."
    )


def test_a_wait_before_its_stage_is_drawn_before_its_work() -> None:
    stream = stream_of(
        Stage(name="a", processing_time=4.0, wait_time=12.0), definitions=Definitions(wait=WaitSide.BEFORE)
    )
    drawn = [(row["c3"], row["c1"], row["c2"]) for row in rows(all_of(stream)["time_per_stage"])]
    assert drawn == [("Waiting", 0, 1.5), ("Processing", 1.5, 2.0)]


def test_the_longest_waits_reach_all_waiting_together() -> None:
    picture = all_of(WORKED)["longest_waits"]
    # 80, 60, 40, 30, 24, 20, 16, 12 and 10 of 292 hours, added up from the top.
    shares = [80, 60, 40, 30, 24, 20, 16, 12, 10]
    assert list(picture.data["Wait (h)"]) == shares
    assert list(picture.data["Together with those above"]) == pytest.approx(
        [sum(shares[: i + 1]) / 292 for i in range(9)]
    )
    assert [row["c2"] for row in rows(picture)] == pytest.approx([100 * hours / 292 for hours in shares])
    assert picture.sentence == (
        "3 of 9 queues hold 61.6% of all waiting: in front of Backlog refinement (10 days), "
        "in front of Sprint planning (7.5 days) and in front of Development (5 days)."
    )


def test_queues_in_front_of_one_step_are_told_apart_by_what_they_come_after() -> None:
    stream = stream_of(
        Stage(name="Receive", wait_time=2.0),
        Stage(name="Credit", wait_time=6.0, parallel_group="checks"),
        Stage(name="Legal", wait_time=40.0, parallel_group="checks"),
        Stage(name="Pay", wait_time=1.0),
    )
    picture = all_of(stream)["longest_waits"]
    labels = [row["c0"] for row in rows(picture)]
    assert labels == [
        "1. Pay after Legal: 5 days", "2. Pay after Credit: 6 h", "3. Credit + Legal: 2 h", "4. Customer: 1 h",
    ]  # fmt: skip
    assert "in front of Pay after Legal (5 days)" in picture.sentence


def test_queues_in_front_of_one_step_are_told_apart_however_long_its_name() -> None:
    stages = (
        Stage(name=f"{x} checks all of the papers", wait_time=8.0, parallel_group="checks") for x in ("Ann", "Bob")
    )
    picture = all_of(stream_of(*stages, Stage(name="A person decides on the whole case")))["longest_waits"]
    labels = [row["c0"] for row in rows(picture)]
    assert labels == [
        "1. A person decide… after Ann checks all…: 8 h", "2. A person decide… after Bob checks all…: 8 h",
    ]  # fmt: skip


def test_quality_falls_along_the_stream() -> None:
    picture = all_of(WORKED)["complete_accurate"]
    so_far = list(picture.data["Without a defect so far"])
    assert so_far[:3] == pytest.approx([1.0, 0.9, 0.765])
    assert so_far[-1] == pytest.approx(0.323958, abs=5e-7)
    marked = {row["c5"] for row in rows(picture) if row["c4"] == "#B3261E"}
    assert marked == {"Testing"}
    assert picture.sentence == (
        "32.4% of items pass every stage without being sent back. Fewest arrive complete and accurate at Testing: 70%."
    )


def test_a_stage_without_a_figure_is_left_blank_and_said() -> None:
    picture = all_of(stream_of(Stage(name="a", complete_accurate=0.5), Stage(name="b")))["complete_accurate"]
    assert len(rows(picture)) == 1
    assert math.isnan(picture.data["%C&A"][1])
    assert picture.sentence.endswith("1 stage states none.")


def test_expected_visits_are_those_of_the_worked_stream() -> None:
    picture = all_of(WORKED)["rework"]
    expected = [1.1319, 1.3191, 1.2478, 1.2120, 1.5143, 1.8145, 1.5054, 1.0752, 1.0741, 1.0526]
    assert [row["c2"] for row in rows(picture)] == pytest.approx(expected, abs=5e-5)
    assert picture.sentence.startswith("An item passes Code review 1.81 times on average")


def test_batches_and_handoffs_are_as_stated() -> None:
    drawn = all_of(WORKED)
    assert [row["c2"] for row in rows(drawn["batch_sizes"])] == [1, 1, 8, 10, 1, 1, 10, 10, 10, 1]
    assert [row["c2"] for row in rows(drawn["handoffs"])] == [1, 3, 4, 6, 2, 2, 3, 2, 3, 2]
    assert drawn["handoffs"].sentence == (
        "Summed over the stages, 28 people touch an item; most, 6, in Sprint planning."
    )


def test_utilisation_has_a_line_at_all_the_time_there_is() -> None:
    stream = stream_of(
        Stage(name="a", processing_time=2.0, people=1.0),
        Stage(name="b", processing_time=5.0, people=1.0),
        definitions=Definitions(demand=10),
    )
    picture = all_of(stream)["utilisation"]
    assert [row["c2"] for row in rows(picture)] == pytest.approx([50.0, 125.0])  # 20 and 50 of 40 hours a week
    assert rows(picture, -1) == [{"c1": 100.0, "c2": "100%: all the time there is"}]
    assert picture.sentence.startswith(
        "The people at b are the busiest: 125% of their time is asked for, so the queue in front of them never shrinks."
    )


def test_waiting_by_team_is_divided_where_the_team_changes() -> None:
    picture = all_of(TEAMS)["waiting_by_team"]
    assert list(picture.data["Wait (h)"]) == [4, 8, 2]
    assert picture.sentence == "4 h of waiting (28.6%) lies between teams, 8 h inside them."


@pytest.mark.parametrize(
    ("hours", "title"), [(16, "Days of 8 hours"), (15, "Hours"), (0.5, "Minutes"), (0.01, "Seconds"), (0, "Seconds")]
)
def test_an_axis_counts_in_a_unit_that_is_easy_to_read(hours: float, title: str) -> None:
    assert unit_for([hours], Definitions()).title == title


FULL = replace(
    WORKED,
    stages=tuple(replace(s, people=1.0, team=f"T{i % 2}") for i, s in enumerate(WORKED.stages)),
    definitions=Definitions(demand=1),
)


def test_a_name_written_from_right_to_left_does_not_turn_the_value_beside_it() -> None:
    assert numbered(3, "تطوير", "2 days") == "3. \u2068تطوير\u2069: 2 days"
    assert numbered(3, "Überprüfung", "2 days") == "3. Überprüfung: 2 days"


def test_the_browser_computes_nothing() -> None:
    drawn = pictures(analyse(FULL))
    assert len(drawn) == 9
    for picture in drawn:
        spec = picture.chart.to_dict()  # validates against Vega-Lite's schema
        specification = {key: value for key, value in spec.items() if key != "datasets"}
        keys = {key for key, _ in inside(specification)}
        assert not keys & {"transform", "aggregate", "bin", "timeUnit", "calculate", "url", "href"}, picture.key
        fields = {value for key, value in inside(specification) if key == "field"}
        assert all(re.fullmatch(r"c\d", field) for field in fields)


def test_every_picture_says_what_it_shows() -> None:
    for picture in pictures(analyse(FULL)):
        spec = picture.chart.to_dict()
        assert spec["description"] == picture.sentence
        assert spec["width"] == "container"
        assert spec["background"] == "transparent"
        assert picture.sentence.endswith(".")
        assert len(picture.data) >= 2


def test_no_name_gets_into_an_expression() -> None:
    stages = (
        Stage(name=name, team=name, processing_time=1.0, wait_time=2.0 + i, complete_accurate=0.5, batch_size=2.0)
        for i, name in enumerate(HOSTILE)
    )
    for picture in pictures(analyse(stream_of(*stages))):
        assert len(picture.sentence) < 1000
        compiled = vl_convert.vegalite_to_vega(picture.chart.to_dict())
        formulas = [value for key, value in inside(compiled) if key in ("signal", "expr", "test")]
        assert formulas
        for told in ("script", "=1+1", "xxxx", "c0.c1", "datum['c0']\"", "عملية"):
            assert told not in json.dumps(formulas, ensure_ascii=False)


def test_stages_of_one_name_keep_a_bar_each() -> None:
    picture = all_of(stream_of(Stage(name="a", processing_time=1.0), Stage(name="a", processing_time=2.0)))
    assert [row["c0"] for row in rows(picture["time_per_stage"])] == ["1. a: 1 h", "2. a: 2 h"]


@pytest.mark.parametrize(("smallest", "kept"), [(False, range(21, 61)), (True, range(40))])
def test_of_very_many_bars_those_that_tell_most_are_drawn_in_their_order(smallest: bool, kept: range) -> None:
    """61 bars of the lengths 0 to 60, of which 40 are drawn."""
    bars = [Bar(label=f"{i}.", start=0.0, end=float(i), colour="#000000", says="") for i in range(61)]
    chart = bar_chart(bars, Axis(title="Hours", smallest_matter=smallest), Marks(), "")
    spec = chart.to_dict()
    assert spec["layer"][0]["encoding"]["y"]["scale"]["domain"] == [f"{i}." for i in kept]
    which = "shortest" if smallest else "longest"
    assert spec["layer"][0]["encoding"]["x"]["title"] == f"Hours; drawn are the 40 {which} of 61"
    whole = bar_chart(bars[:60], Axis(title="Hours"), Marks(), "").to_dict()
    assert len(whole["layer"][0]["encoding"]["y"]["scale"]["domain"]) == 60
