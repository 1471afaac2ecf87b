"""The waterfall leads from the lead time now to the lead time then, and the map marks what differs between the two."""

from __future__ import annotations

import re

import pytest

from tests.charts.test_pictures import rows
from tests.streams import WORKED, stream_of
from vsm.changes import AddStage, RemoveStage, SetBatchSize, SetCompleteAccurate, SetHandoffs, SetWaitTime
from vsm.charts.value_stream_map import value_stream_map
from vsm.charts.waterfall_picture import waterfall
from vsm.future import FutureState, future_state
from vsm.model import Stage
from vsm.palette import Theme

TWO = stream_of(
    Stage(name="Draft", processing_time=4, wait_time=60), Stage(name="Check", processing_time=6, wait_time=30)
)


def bars(future: FutureState) -> list[tuple[str, float, float]]:
    picture = waterfall(future)
    assert picture is not None
    return [(row["c0"], row["c1"], row["c2"]) for row in rows(picture)]


def test_each_step_begins_where_the_one_before_it_ends() -> None:
    future = future_state(TWO, [SetWaitTime(stage="Draft", hours=20), SetWaitTime(stage="Check", hours=38)])
    # 100 h, 40 less, 8 more: 68 h, in days of 8 h
    assert bars(future) == [
        ("Now: 12.5 days", 0.0, 12.5),
        ("1. Wait: Draft: −5 days", 7.5, 12.5),
        ("2. Wait: Check: +8 h", 7.5, 8.5),
        ("Then: 8.5 days", 0.0, 8.5),
    ]


def test_what_two_changes_would_both_save_is_drawn_once() -> None:
    future = future_state(TWO, [SetWaitTime(stage="Draft", hours=20), SetWaitTime(stage="Draft", hours=20)])
    picture = waterfall(future)
    assert picture is not None
    assert picture.data["Saves (h)"].dropna().tolist() == [40, 0]
    assert picture.data["Alone it would save (h)"].dropna().tolist() == [40, 40]


def test_a_change_that_saves_nothing_has_no_sign() -> None:
    future = future_state(TWO, [SetHandoffs(stage="Draft", people=2)])
    assert bars(future)[1] == ("1. Handoffs: Draft: 0 h", 12.5, 12.5)


def test_nothing_is_drawn_without_a_change_or_a_lead_time() -> None:
    assert waterfall(future_state(TWO, [])) is None
    bare = stream_of(Stage(name="a"), Stage(name="b"))
    assert waterfall(future_state(bare, [SetBatchSize(stage="a", size=2)])) is None


def drawn(future: FutureState) -> list[str]:
    svg = value_stream_map(future.future, was=future.current, theme=Theme.LIGHT)
    return re.findall(r"<text[^>]*>([^<]*)</text>", svg)


def test_the_map_says_what_a_figure_was() -> None:
    texts = drawn(future_state(WORKED, [SetWaitTime(stage="Product discovery", hours=40)]))
    at = texts.index("was")
    assert texts[at + 1] == "10 days"
    assert texts.count("was") == 1
    assert "was 42.4 days" in texts  # 339 h, beside the lead time
    quality = drawn(future_state(WORKED, [SetCompleteAccurate(stage="Testing", share=0.85)]))
    assert quality[quality.index("70%") + 1] == "85%"


def test_the_map_names_what_is_gone_and_what_is_new() -> None:
    added = AddStage(stage="Smoke test", behind="Testing", processing_time=1)
    texts = drawn(future_state(WORKED, [RemoveStage(stage="Code review"), added]))
    assert "Not there any more: Code review." in texts
    assert texts.count("new") == 1


@pytest.mark.parametrize("changes", [(), (SetWaitTime(stage="Testing", hours=30),)], ids=["none", "the same figure"])
def test_nothing_is_marked_where_nothing_differs(changes: tuple[SetWaitTime, ...]) -> None:
    assert not [text for text in drawn(future_state(WORKED, changes)) if text.startswith("was")]
