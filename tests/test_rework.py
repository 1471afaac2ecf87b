"""Expected visits against the worked stream, exact arithmetic, and a walk of many items."""

from __future__ import annotations

import random
from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.streams import WORKED, stream_of
from vsm import rework
from vsm.model import Definitions, QualitySide, Stage, ValueStream

OUTGOING = Definitions(complete_accurate=QualitySide.OUTGOING)
WORKED_VISITS = (1.1319, 1.3191, 1.2478, 1.2120, 1.5143, 1.8145, 1.5054, 1.0752, 1.0741, 1.0526)


def test_the_worked_stream_gives_its_published_visits_and_lead_time() -> None:
    visits = rework.expected_visits(WORKED)
    assert visits is not None
    assert [round(v, 4) for v in visits] == list(WORKED_VISITS)
    assert rework.lead_time_with_rework(WORKED) == pytest.approx(450.706, abs=5e-4)
    assert rework.cost_of_rework(WORKED) == pytest.approx(111.706, abs=5e-4)


def exact_visits(shares: list[Fraction], targets: list[int]) -> list[Fraction]:
    """Solve v = e₁ + Tᵀ v in exact arithmetic by elimination: the slow and independent way."""
    n = len(shares)
    rows = [[Fraction(int(i == j)) for j in range(n)] + [Fraction(int(i == 0))] for i in range(n)]
    for k in range(n):
        rows[targets[k]][k] -= 1 - shares[k]
        if k + 1 < n:
            rows[k + 1][k] -= shares[k]
    for i in range(n):
        pivot = next(r for r in range(i, n) if rows[r][i] != 0)
        rows[i], rows[pivot] = rows[pivot], rows[i]
        rows[i] = [x / rows[i][i] for x in rows[i]]
        for r in range(n):
            if r != i and rows[r][i] != 0:
                rows[r] = [x - rows[r][i] * y for x, y in zip(rows[r], rows[i], strict=True)]
    return [row[-1] for row in rows]


@given(st.lists(st.integers(1, 20), min_size=1, max_size=8), st.data())
def test_visits_equal_exact_arithmetic(twentieths: list[int], data: st.DataObject) -> None:
    shares = [Fraction(t, 20) for t in twentieths]
    targets = [data.draw(st.integers(0, i)) for i in range(len(shares))]
    stream = ValueStream(
        stages=tuple(
            Stage(name=f"s{i}", complete_accurate=float(c), rework_to=f"s{targets[i]}") for i, c in enumerate(shares)
        )
    )
    expected = exact_visits(shares, targets)
    assert rework.expected_visits(stream) == pytest.approx([float(v) for v in expected], rel=1e-6)


def test_visits_equal_a_walk_of_many_items() -> None:
    """Walk 20,000 items through the worked stream; the mean visits lie within five standard errors."""
    rng, n, items = random.Random(7), len(WORKED.stages), 20_000
    totals, squares = [0] * n, [0] * n
    for _ in range(items):
        seen, at = [0] * n, 0
        while at < n:
            seen[at] += 1
            passed = rng.random() < (WORKED.stages[at].complete_accurate or 0)
            at = at + 1 if passed else max(at - 1, 0)
        for i, visits in enumerate(seen):
            totals[i] += visits
            squares[i] += visits * visits
    expected = rework.expected_visits(WORKED)
    assert expected is not None
    for i in range(n):
        mean = totals[i] / items
        error = ((squares[i] / items - mean**2) / items) ** 0.5
        assert abs(mean - expected[i]) < 5 * error + 1e-9


def test_at_the_first_stage_a_defect_repeats_that_stage() -> None:
    assert rework.expected_visits(stream_of(Stage(name="a", complete_accurate=0.5))) == pytest.approx((2.0,))


def test_outgoing_defects_are_redone_where_they_were_made_and_found_one_stage_later() -> None:
    stages = (Stage(name="a", processing_time=3, complete_accurate=0.5), Stage(name="b", processing_time=1))
    outgoing = stream_of(*stages, definitions=OUTGOING)
    # half of a's items come back from b to a: both are visited twice
    assert rework.expected_visits(outgoing) == pytest.approx((2.0, 2.0))
    assert rework.expected_visits(stream_of(*stages)) == pytest.approx((2.0, 1.0))


def test_the_customer_sends_back_what_leaves_the_last_stage_with_defects() -> None:
    stream = stream_of(Stage(name="a"), Stage(name="b", complete_accurate=0.8), definitions=OUTGOING)
    assert rework.expected_visits(stream) == pytest.approx((1.0, 1.25))


def test_a_named_target_repeats_everything_in_between() -> None:
    stream = stream_of(Stage(name="a"), Stage(name="b"), Stage(name="c", complete_accurate=0.5, rework_to="a"))
    assert rework.expected_visits(stream) == pytest.approx((2.0, 2.0, 2.0))


def test_parallel_stages_pass_only_together() -> None:
    stream = stream_of(
        Stage(name="a", processing_time=1),
        Stage(name="b", processing_time=2, complete_accurate=0.8, parallel_group="g"),
        Stage(name="c", processing_time=5, complete_accurate=0.5, parallel_group="g"),
    )
    # the group accepts 0.8 × 0.5 = 0.4, so every stage is visited 1/0.4 = 2.5 times; 2.5 × (1 + 5) hours
    assert rework.expected_visits(stream) == pytest.approx((2.5, 2.5, 2.5))
    assert rework.lead_time_with_rework(stream) == pytest.approx(15)


def test_no_item_finishes_when_a_stage_accepts_nothing() -> None:
    stream = stream_of(Stage(name="a", processing_time=1), Stage(name="b", complete_accurate=0.0))
    assert rework.never_finish(stream) == ("b",)
    assert rework.expected_visits(stream) is None
    assert rework.lead_time_with_rework(stream) is None


def test_the_cost_of_one_loop_is_the_difference_to_the_stream_without_it() -> None:
    # discovery alone at 90 % costs 13.520 h: 450.706 − 437.185, the second computed with exact arithmetic
    perfect = replace(WORKED.stages[1], complete_accurate=1.0)
    without = [Fraction(round((s.complete_accurate or 0) * 100), 100) for s in WORKED.stages]
    without[1] = Fraction(1)
    visits = exact_visits(without, [max(i - 1, 0) for i in range(10)])
    times = [Fraction((s.processing_time or 0) + (s.wait_time or 0)) for s in WORKED.stages]
    lead = float(sum(v * t for v, t in zip(visits, times, strict=True)))
    assert rework.cost_of_rework_at(WORKED, 1) == pytest.approx(450.70574639 - lead, abs=1e-6)
    assert rework.lead_time_with_rework(
        replace(WORKED, stages=(WORKED.stages[0], perfect, *WORKED.stages[2:]))
    ) == pytest.approx(lead)


@settings(max_examples=50)
@given(st.lists(st.floats(0.1, 0.95), min_size=1, max_size=6), st.data())
def test_better_quality_never_costs_time(shares: list[float], data: st.DataObject) -> None:
    stream = ValueStream(
        stages=tuple(Stage(name=f"s{i}", processing_time=1, complete_accurate=c) for i, c in enumerate(shares))
    )
    i = data.draw(st.integers(0, len(shares) - 1))
    better = replace(stream.stages[i], complete_accurate=(shares[i] + 1) / 2)
    improved = replace(stream, stages=(*stream.stages[:i], better, *stream.stages[i + 1 :]))
    before, after = rework.lead_time_with_rework(stream), rework.lead_time_with_rework(improved)
    assert before is not None
    assert after is not None
    assert after <= before * (1 + 1e-9)


def test_a_changed_stream_does_not_remember_what_the_one_before_it_was() -> None:
    stages = (Stage(name="a", processing_time=3), Stage(name="b", processing_time=1, complete_accurate=0.5))
    before = ValueStream(stages=stages)
    assert rework.lead_time_with_rework(before) == 2 * (3 + 1)
    better = replace(before, stages=(stages[0], replace(stages[1], complete_accurate=1.0)))
    assert rework.lead_time_with_rework(better) == 3 + 1
    assert rework.lead_time_with_rework(replace(before, stages=stages[::-1])) == 2 * 1 + 3  # b repeats itself
    assert before == ValueStream(stages=stages)  # what it remembers is no part of it
    assert hash(before) == hash(ValueStream(stages=stages))


@pytest.mark.parametrize("named", [False, True])
def test_hundreds_of_stages_are_counted_as_by_hand(named: bool) -> None:
    """Each of n stages passes half and sends the rest one back: stage k from the end is visited 2 + 2 + ... times."""
    n = 200
    stages = tuple(
        Stage(name=f"S{k}", processing_time=1, complete_accurate=0.5, rework_to="S0" if named and k == 1 else None)
        for k in range(n)
    )
    visits = rework.expected_visits(ValueStream(stages=stages))
    assert visits is not None
    # The border behind stage k is crossed once more forwards than backwards: v_k / 2 = 1 + v_(k+1) / 2.
    assert visits[-1] == 2
    assert all(visits[k] == pytest.approx(2 + visits[k + 1]) for k in range(n - 1))


def test_a_loop_beyond_counting_never_finishes() -> None:
    stream = stream_of(Stage(name="a", processing_time=1), Stage(name="b", complete_accurate=1e-12))
    assert rework.expected_visits(stream) is None
    assert rework.never_finish(stream) == ("b",)


def test_send_backs_balance_what_is_sent_and_what_is_found() -> None:
    # Testing passes 70 % of its 1.5054 visits
    found = rework.expected_send_backs(WORKED)
    assert found is not None
    assert found[6] == pytest.approx(1.5054 * 0.3, abs=1e-4)
    # outgoing: b finds what a lets through; two visits of b, half of which go back to a
    stream = stream_of(Stage(name="a", complete_accurate=0.5), Stage(name="b"), definitions=OUTGOING)
    assert rework.expected_send_backs(stream) == (1.0, 0.0)


def test_parallel_stages_share_what_their_step_sends_back() -> None:
    # both accept a quarter: four visits, three send-backs, one and a half of them each
    stages = (
        Stage(name="a"),
        Stage(name="b", parallel_group="1", complete_accurate=0.5),
        Stage(name="c", parallel_group="1", complete_accurate=0.5),
    )
    assert rework.expected_send_backs(stream_of(*stages)) == (0.0, 1.5, 1.5)
