"""The charts of paths and of waits by cause, worked out by hand, and the items and files behind them."""

from __future__ import annotations

import csv
import io

import pandas as pd
import pytest

from tests.charts.test_flow_pictures import day, rows
from tests.charts.test_pictures import HOSTILE
from tests.items.logs import HOUR, intervals
from vsm.charts.export import chart_to_svg
from vsm.charts.path_pictures import passed_over, path_pictures, paths_taken, sent_back
from vsm.charts.wait_pictures import causes_of_waits
from vsm.flow import MeasuredLog, measured_log
from vsm.item_choices import passed_over_choices, path_choices, sent_back_choices
from vsm.item_rows import item_rows, longest_first
from vsm.items.waiting import WorkingHours, causes_by_stage, divided_waits
from vsm.path_words import differing_words, path_words
from vsm.reports.csv import csv_of

# Item 0 is sent back from C to A and is there again after two days; item 1 goes straight; item 2 passes B over.
VISITS = [
    (0, 0, day(0), day(1)), (0, 1, day(1), day(2)), (0, 2, day(2), day(3)), (0, 0, day(3), day(4)),
    (0, 2, day(5), day(6)),
    (1, 0, day(0), day(1)), (1, 1, day(1), day(2)), (1, 2, day(2), day(3)),
    (2, 0, day(0), day(1)), (2, 2, day(1), day(2)),
]  # fmt: skip


def moved() -> MeasuredLog:
    return measured_log(intervals(VISITS, ("A", "B", "C")))


def test_a_move_back_is_counted_with_what_it_cost() -> None:
    picture = sent_back(moved())
    assert picture is not None
    assert picture.data.iloc[0].tolist() == ["C", "A", 1, 1, 1, 24.0]  # back in front of C from day 4 on
    assert picture.sentence == (
        "1 item of 3 was sent back, once, from C to A. Until an item was back where it had been took 24 h on average."
    )


def test_paths_are_shares_of_finished_items() -> None:
    picture = paths_taken(moved())
    assert picture is not None
    assert list(picture.data["Path"]) == ["A → B → C → A → C", "A → B → C", "A → C"]
    assert {round(row["c2"], 6) for row in rows(picture)} == {33.333333}
    assert picture.sentence == "Each of the 3 finished items took a path of its own."
    assert path_words(("A", "A", "B")) == "A (2 visits) → B"
    assert path_words(()) == "No stage"


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("RDVTL", "R → D → V → T → L"),
        ("RDVL", "… V → L"),  # a stage passed over
        ("RDVDVTL", "… V → D → V → T …"),  # sent back and come again
        ("RDVTLL", "… L (2 visits)"),
        ("DVTL", "D …"),  # begun later
        ("XY", "X → Y"),
    ],
)
def test_a_path_is_named_by_where_it_leaves_the_usual_one(path: str, said: str):
    assert differing_words(tuple(path), tuple("RDVTL")) == said


def test_a_stage_passed_over_is_said() -> None:
    picture = passed_over(moved())
    assert picture is not None
    assert picture.sentence == (
        "Not every finished item came to every stage: 1 stage is passed over by some, B (33.3%)."
    )
    straight = measured_log(intervals(VISITS[5:8], ("A", "B", "C")))
    assert [p.key for p in path_pictures(straight)] == ["paths"]


def test_the_items_behind_each_figure() -> None:
    m = moved()
    assert [choice.items().tolist() for choice in sent_back_choices(m)] == [[0]]
    assert [choice.items().tolist() for choice in path_choices(m)] == [[0], [1], [2]]
    assert [(choice.label, choice.items().tolist()) for choice in passed_over_choices(m)] == [("B: 1 item", [2])]
    assert longest_first(m).tolist() == [0, 1, 2]


def test_names_of_items_are_no_formulas_in_the_file() -> None:
    log = intervals(
        [(i, 0, day(0), day(1) + i * HOUR) for i in range(2)], ("A",), types=[0, 0], type_names=("=HYPERLINK(1)",)
    )
    m = measured_log(log)
    text = csv_of(item_rows(m, longest_first(m))).decode("utf-8-sig")
    first, *others = csv.reader(io.StringIO(text))
    assert first == ["Item", "Type", "Begun", "Finished", "Lead time (h)", "Worked (h)", "Visits", "Sent back"]
    assert others[0] == ["1", "'=HYPERLINK(1)", "2026-01-05 00:00:00", "2026-01-06 01:00:00", "25.0", "25.0", "1", "0"]


def test_a_wait_is_drawn_by_its_causes() -> None:
    # Item 1 is ready at 1 h and taken at 3 h by Ann, who works on item 0 until then; nobody knows who took item 2.
    visits = [
        (0, 0, 0, HOUR // 2), (0, 1, HOUR // 2, 3 * HOUR),
        (1, 0, 0, HOUR), (1, 1, 3 * HOUR, 4 * HOUR),
        (2, 0, 0, HOUR), (2, 1, 2 * HOUR, 3 * HOUR),
    ]  # fmt: skip
    log = intervals(visits, ("A", "B"), people=[1, 0, 2, 0, 2, -1], person_names=("Ann", "Bo", "Cy"))
    hours = WorkingHours()
    causes = causes_by_stage(log, divided_waits(log, hours), hours)
    picture = causes_of_waits(causes)
    assert picture is not None
    parts = {(row["c5"], row["c3"]): round(row["c2"] - row["c1"], 6) for row in rows(picture)}
    assert parts == {("B", "Contention"): 2.0, ("B", "The rest"): 1.0}
    assert picture.sentence.startswith("The most is waited in front of B: 3 h, of which 66.7% is contention")
    assert causes_of_waits(causes.assign(wait=0.0)) is None
    # Nothing waits for A, which is in the data all the same.
    drawn = [layer["encoding"]["y"]["scale"]["domain"] for layer in picture.chart.to_dict()["layer"]]
    assert drawn == [["2. B: 3 h"]]
    assert picture.data["In front of"].tolist() == ["A", "B"]
    assert isinstance(picture.data, pd.DataFrame)


def test_hostile_names_are_only_names() -> None:
    visits = [(i, stage, day(stage), day(stage + 1)) for i in range(2) for stage in range(len(HOSTILE))]
    back = [(1, 0, day(50), day(51))]
    log = intervals(visits + back, HOSTILE, people=[0] * (len(visits) + 1), person_names=("Ann",))
    hours = WorkingHours()
    drawn = [*path_pictures(measured_log(log)), causes_of_waits(causes_by_stage(log, divided_waits(log, hours), hours))]
    for picture in drawn:
        assert picture is not None
        assert len(picture.sentence) < 1500
        assert "<script" not in chart_to_svg(picture.chart), picture.key
