"""The chart of loops: an arc for each stage that sends back, from its row to the row of its target."""

from __future__ import annotations

import pytest

from tests.charts.test_pictures import rows
from tests.streams import WORKED, stream_of
from vsm.analysis import analyse
from vsm.charts.loop_picture import loops
from vsm.charts.picture import Picture
from vsm.model import Stage
from vsm.palette import ATTENTION, REST

STREAM = stream_of(
    Stage(name="a", processing_time=8),
    Stage(name="b", processing_time=8, complete_accurate=0.8),
    Stage(name="c", processing_time=8, complete_accurate=0.5, rework_to="a"),
)


def drawn(picture: Picture | None) -> Picture:
    assert picture is not None
    return picture


def test_an_arc_leads_from_where_defects_are_found_to_where_they_are_redone() -> None:
    arcs = rows(drawn(loops(analyse(STREAM))), layer=1)
    of_c = [row for row in arcs if row["c2"] == 2]
    assert (int(of_c[0]["c1"]), int(of_c[-1]["c1"])) == (2, 0)
    assert {row["c2"] for row in arcs} == {1, 2}


def test_the_more_often_the_wider_and_the_costliest_is_marked() -> None:
    # c sends back once an item and costs 24 h and more, b a half of a visit
    arcs = rows(drawn(loops(analyse(STREAM))), layer=1)
    looks = {row["c2"]: (row["c5"], row["c4"]) for row in arcs}
    # v_c = 2, so that 1 is sent back; v_b = 2 / 0.8 = 2.5, of which a fifth
    assert looks[2] == (9.0, ATTENTION)
    assert looks[1] == (pytest.approx(1.5 + 7.5 * 0.5), REST)


def test_checks_that_were_put_together_have_an_arc_to_each_of_their_targets() -> None:
    both = Stage(name="c", processing_time=8, complete_accurate=0.5, rework_to="a", rework_also=(("b", 0.25),))
    picture = drawn(loops(analyse(stream_of(*STREAM.stages[:2], both))))
    arcs = [row for row in rows(picture, layer=1) if row["c2"] == 2]
    # 1 is sent back an item, a quarter of it to b
    assert {(row["c7"], row["c5"]) for row in arcs} == {(0, 1.5 + 7.5 * 0.75), (1, 1.5 + 7.5 * 0.25)}
    assert "50% back to a, some of it to b, 1.00 times an item" in picture.sentence


def test_a_stage_that_repeats_itself_gets_a_loop_of_its_own() -> None:
    stream = stream_of(Stage(name="a", processing_time=1, complete_accurate=0.5))
    arc = rows(drawn(loops(analyse(stream))), layer=1)
    assert all(0 <= row["c1"] <= 1 for row in arc)
    assert max(row["c0"] for row in arc) > 0.05


def test_the_sentence_has_share_target_times_and_cost() -> None:
    assert "Testing sends most back: 30% back to Code review, 0.45 times an item, adds 4.3 days." in (
        drawn(loops(analyse(WORKED))).sentence
    )


def test_nothing_sent_back_or_nothing_finished_draws_nothing() -> None:
    for share in (None, 1.0, 0.0):
        assert loops(analyse(stream_of(Stage(name="a", processing_time=1, complete_accurate=share)))) is None
