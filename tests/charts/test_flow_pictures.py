"""The charts over time of a log small enough to work out by hand, and of one too large to draw."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
import vl_convert

from tests.charts.test_pictures import HOSTILE, inside
from tests.items.logs import DAY, HOUR, at, intervals
from vsm.charts.export import chart_to_svg
from vsm.charts.flow import flow_pictures
from vsm.charts.load_pictures import shades
from vsm.charts.over_time import ticks
from vsm.charts.picture import Picture
from vsm.flow import MeasuredLog, finish_days, measured_log
from vsm.items.build import Names, from_intervals
from vsm.items.log import Log

MONDAY = at("2026-01-05")


def day(number: int) -> int:
    return MONDAY + number * DAY


# Lead times 3, 5 and 2 days; the fourth item is in A since day 7. Three whole weeks.
VISITS = [
    (0, 0, day(0), day(1)), (0, 1, day(2), day(3)),
    (1, 0, day(0), day(2)), (1, 1, day(2), day(5)),
    (2, 0, day(7), day(8)), (2, 1, day(8), day(9)),
    (3, 0, day(7), None),
]  # fmt: skip


def small(**options: Any) -> MeasuredLog:
    return measured_log(intervals(VISITS, ("A", "B"), as_of=day(21), **options))


def pictures_of(m: MeasuredLog) -> dict[str, Picture]:
    return {picture.key: picture for picture in flow_pictures(m)}


def rows(picture: Picture, layer: int = 0) -> list[dict[str, Any]]:
    spec = picture.chart.to_dict()
    data = spec["layer"][layer].get("data") or spec["data"]
    return list(spec["datasets"][data["name"]])


def test_lead_times_are_dots_with_lines_at_50_85_and_95_per_cent() -> None:
    picture = pictures_of(small())["lead_times"]
    # In days, in the order of finishing on day 3, 5 and 9; milliseconds since 1970.
    assert [(row["c0"], row["c1"], row["c2"]) for row in rows(picture, 1)] == [
        (0, day(3) / 1000, 3.0),
        (1, day(5) / 1000, 5.0),
        (2, day(9) / 1000, 2.0),
    ]
    # Of 2, 3 and 5 days: the median 3; 85 % lies at place 1.7, so 4.4; 95 % at place 1.9, so 4.8.
    assert [row["c2"] for row in rows(picture)] == pytest.approx([3.0, 4.4, 4.8])
    assert picture.sentence == (
        "Half of the 3 finished items took at most 3 days, 85% at most 4.4 days and 95% at most 4.8 days; the longest "
        "took 5 days."
    )
    assert picture.picks
    assert {layer["encoding"]["y"]["title"] for layer in picture.chart.to_dict()["layer"]} == {"Days of 24 hours"}


def test_every_finished_item_is_in_one_column_of_the_distribution() -> None:
    picture = pictures_of(small())["lead_time_distribution"]
    filled = [(row["c1"], row["c4"]) for row in rows(picture) if row["c2"] == 1]
    assert sum(row["c2"] for row in rows(picture)) == 3
    assert [low <= days < high for (low, high), days in zip(filled[:2], (2.0, 3.0), strict=True)] == [True, True]
    assert picture.sentence.startswith("The mean is 3.3 days and the median 3 days")


def test_throughput_counts_weeks_without_a_finished_item_too() -> None:
    picture = pictures_of(small())["throughput"]
    assert [row["c2"] for row in rows(picture)] == [2, 1, 0]
    assert rows(picture, 1)[0]["c2"] == 1.0
    assert picture.sentence == "On average 1 item a week is finished, between 0 and 2 in each of the 3 whole weeks."


def test_load_is_stacked_and_says_when_it_was_highest() -> None:
    picture = pictures_of(small())["load"]
    # Day 1: item 0 waits for B, item 1 is in A. Day 10: only item 3, in A.
    assert list(picture.data.iloc[1])[1:] == [1.0, 1.0]
    assert list(picture.data.iloc[10])[1:] == [1.0, 0.0]
    second_day = [row for row in rows(picture) if row["c1"] == day(1) / 1000]
    assert [(row["c0"], row["c2"], row["c3"]) for row in second_day] == [("1. A", 1.0, 2.0), ("2. B", 0.0, 1.0)]
    assert picture.sentence == (
        "The fullest day was 5 January 2026, with 2 items in the stream on average; A held the most of them, 2."
    )


def test_the_bands_of_the_cumulative_flow_never_cross() -> None:
    picture = pictures_of(small())["cumulative_flow"]
    assert list(picture.data.iloc[-1])[1:] == [4, 3, 3]
    bands = picture.data.drop(columns="By the end of").to_numpy()
    assert (np.diff(bands, axis=1) <= 0).all()
    assert (np.diff(bands, axis=0) >= 0).all()
    assert picture.sentence.startswith("4 items had come in by 25 January 2026 and 3 had left: 1 is inside.")


def test_an_open_item_is_beside_the_ages_at_which_others_left_its_stage() -> None:
    picture = pictures_of(small())["open_items"]
    # Finished items left A when they were 1, 2 and 1 days old: 85 % at 1.7. Item 3 is 14 days old.
    assert picture.data.iloc[0].tolist() == ["3", "A", 14 * 24.0, pytest.approx(1.7 * 24)]
    usual = [(row["c1"], row["c2"]) for row in rows(picture) if row["c0"].startswith("1. A")]
    assert usual[0][0] == 0
    assert usual[2] == pytest.approx((1.4, 1.7))
    assert picture.sentence == (
        "1 item is open; 1 of them is older than 85% of finished items were when they left the same stage."
    )
    assert rows(picture, 1)[0]["c4"] == "#B3261E"


def test_types_are_shares_of_all_items() -> None:
    types = [row % 2 for row, *_ in VISITS]
    picture = pictures_of(small(types=types, type_names=("Bug", "Story")))["work_types"]
    assert list(picture.data["Share of all items"]) == [0.5, 0.5]
    assert list(picture.data["Mean lead time (h)"]) == [2.5 * 24, 5 * 24]
    assert "those of Story take longest, 5 days, and those of Bug shortest, 2.5 days" in picture.sentence


def test_types_that_take_equally_long_are_not_ranked() -> None:
    visits = [(0, 0, day(0), day(2)), (1, 0, day(1), day(3))]
    log = intervals(visits, ("A",), as_of=day(21), types=[0, 1], type_names=("Bug", "Story"))
    assert pictures_of(measured_log(log))["work_types"].sentence.endswith(
        " On average items of all types take equally long, 2 days."
    )


def test_only_what_the_log_can_tell_is_drawn() -> None:
    assert list(pictures_of(small())) == [
        "lead_times", "lead_time_distribution", "throughput", "open_items", "load", "cumulative_flow",
    ]  # fmt: skip
    one = measured_log(intervals([(0, 0, day(0), day(1))], ("A",)))
    assert list(pictures_of(one)) == ["lead_times"]
    assert pictures_of(one)["lead_times"].sentence == "The one finished item took 24 h."


def test_finishes_lie_between_the_first_and_the_last_day() -> None:
    first, last = finish_days(small().log) or (None, None)
    assert (str(first), str(last)) == ("2026-01-08", "2026-01-14")
    assert finish_days(intervals([(0, 0, day(0), None)], ("A",), as_of=day(1))) is None


def test_months_outside_their_limits_are_marked() -> None:
    # Ten days in each of seven months, then fifty: mean 15, moving ranges 0 six times and 40, so 15 + 2.66 × 40 / 7.
    ends = [at(f"2026-{month:02}-20") for month in range(1, 9)]
    lengths = [10] * 7 + [50]
    log = intervals([(i, 0, e - n * DAY, e) for i, (e, n) in enumerate(zip(ends, lengths, strict=True))], ("A",))
    picture = pictures_of(measured_log(log))["lead_time_by_month"]
    limits = [row["c2"] for row in rows(picture, 2)]
    assert limits == pytest.approx([15.0, 15 + 2.66 * 40 / 7, max(15 - 2.66 * 40 / 7, 0)])
    assert [row["c4"] for row in rows(picture)][-1] == "#B3261E"
    assert picture.sentence.startswith("August 2026 (50 days) lies outside the usual variation of the mean lead time")


def large(items: int = 20_000, stages: int = 60) -> Log:
    draw = np.random.default_rng(1)
    count = items * 3
    start = MONDAY + draw.integers(0, 3000 * DAY, count)
    item = np.repeat(np.arange(items, dtype=np.int32), 3)
    return from_intervals(
        Names(items=[f"item {i} {'long ' * 30}" for i in range(items)], types=tuple(f"type {i}" for i in range(300))),
        tuple(f"stage {i} {'long ' * 30}" for i in range(stages)),
        rows_of(item, draw),
        stage=draw.integers(0, stages, count).astype(np.int32),
        start=start,
        end=np.where(draw.random(count) < 0.05, np.iinfo(np.int64).max, start + draw.integers(HOUR, 90 * DAY, count)),
    )


def rows_of(item: np.ndarray, draw: np.random.Generator) -> Any:
    from vsm.items.build import Rows

    nobody = np.full(len(item), -1, dtype=np.int32)
    return Rows(item=item, person=nobody, item_type=draw.integers(0, 300, len(item)).astype(np.int32))


def test_a_large_log_sends_half_a_megabyte_a_chart_at_most() -> None:
    drawn = flow_pictures(measured_log(large()))
    assert len(drawn) >= 8
    for picture in drawn:
        spec = picture.chart.to_dict()
        sent = len(json.dumps({key: value for key, value in spec.items() if key != "datasets"}))
        # Streamlit sends data as Arrow.
        sent += sum(pa.Table.from_pylist(data).nbytes for data in spec["datasets"].values())
        assert sent < 500_000, (picture.key, sent)
        assert pa.Table.from_pandas(picture.data).nbytes < 500_000, picture.key


def test_the_browser_computes_nothing_and_every_picture_says_what_it_shows() -> None:
    for picture in flow_pictures(measured_log(large(2000, 5))):
        spec = picture.chart.to_dict()
        keys = {key for key, _ in inside({key: value for key, value in spec.items() if key != "datasets"})}
        assert not keys & {"transform", "aggregate", "bin", "timeUnit", "calculate", "url", "href"}, picture.key
        assert spec["description"] == picture.sentence
        assert picture.sentence.endswith(".")


def test_hostile_names_are_only_names() -> None:
    log = intervals(
        [(i, i, day(i), day(i + 2) if i % 2 else None) for i in range(len(HOSTILE))],
        HOSTILE,
        types=list(range(len(HOSTILE))),
        type_names=HOSTILE,
    )
    for picture in flow_pictures(measured_log(log)):
        assert len(picture.sentence) < 1000
        assert "<script" not in chart_to_svg(picture.chart), picture.key


def test_marks_on_the_time_axis_are_few_and_at_beginnings() -> None:
    import pandas as pd

    def marks(first: str, last: str) -> list[str]:
        return [f"{at:%Y-%m-%d}" for at in ticks(pd.Timestamp(first, tz="UTC"), pd.Timestamp(last, tz="UTC"))]

    assert marks("2026-01-05 09:00", "2026-01-07 10:00") == ["2026-01-06", "2026-01-07"]
    assert marks("2026-01-05", "2026-06-20") == [f"2026-{month:02}-01" for month in range(2, 7)]
    assert marks("2022-01-03", "2025-02-20") == ["2022-07-01", "2023-01-01", "2023-07-01", "2024-01-01", "2024-07-01",
                                                 "2025-01-01"]  # fmt: skip
    assert marks("1970-01-01", "2026-06-20") == [f"{year}-01-01" for year in range(1970, 2021, 10)]


def test_bands_are_told_apart_from_light_to_dark() -> None:
    assert shades(2) == ["#D3DAE1", "#3D4E60"]
    assert len(set(shades(12))) == 12


def test_vega_has_nothing_to_warn_of(capfd: pytest.CaptureFixture[str]) -> None:
    for picture in pictures_of(small()).values():
        spec = picture.chart.to_dict()
        # What Streamlit adds before it hands a chart to the browser.
        spec = {**spec, "width": 700, "autosize": spec.get("autosize", {"type": "fit", "contains": "padding"})}
        vl_convert.vegalite_to_svg(spec, show_warnings=True)
        said = capfd.readouterr()
        assert "WARN" not in said.out + said.err, picture.key


@pytest.mark.parametrize(
    ("key", "words"), [("open_items", "Finished items that had left"), ("cumulative_flow", "Finished or cancelled")]
)
def test_no_legend_is_cut_in_a_file(key: str, words: str) -> None:
    assert f">{words}<" in chart_to_svg(pictures_of(small())[key].chart)
