"""The verdict on streams whose bottleneck is known by construction."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.streams import WORKED, stream_of
from tests.test_capacity import ACME
from tests.test_side_by_side import MEASURED
from vsm import analyse
from vsm.bottlenecks import EvidenceKind, Kind, Strength, verdict
from vsm.changes import SetWaitTime, apply
from vsm.folded_stages import folded
from vsm.growth import Growth, Interval
from vsm.model import Definitions, Stage, ValueStream, WaitSide
from vsm.verdicts import findings, verdict_sentences, verdict_title


def test_the_worked_stream_waits_longest_in_front_of_backlog_refinement() -> None:
    found = verdict(WORKED)
    assert (found.kind, found.stages, found.strength) == (Kind.DELAY, (2,), Strength.WEAK)
    assert not found.capacity_known
    assert verdict_title(analyse(WORKED)) == "Work waits longest in front of Backlog refinement"


def test_an_overloaded_stage_is_the_constraint_whatever_the_queues_say() -> None:
    found = verdict(ACME)
    assert (found.kind, found.stages, found.strength) == (Kind.CONSTRAINT, (3,), Strength.STRONG)
    assert found.overload == pytest.approx((2300 - 138_000 / 62,) * 2)
    assert found.disagreement
    words = " ".join(verdict_sentences(analyse(ACME)))
    assert "Assembly #1 is asked for 103.3% of what its people can do" in words
    assert "grows by about 74.2 items a week" in words
    assert "The evidence disagrees" in words


def test_a_long_queue_in_front_of_idle_people_is_a_delay() -> None:
    stream = stream_of(
        Stage(name="Draft", processing_time=2, wait_time=40),
        Stage(name="Sign-off", processing_time=1, wait_time=4, people=1),
        definitions=Definitions(demand=10),
    )
    found = verdict(stream)
    assert (found.kind, found.stages, found.strength) == (Kind.DELAY, (1,), Strength.STRONG)
    assert found.capacity_known
    assert "busy only 25% of their time" in " ".join(verdict_sentences(analyse(stream)))


def test_a_long_queue_in_front_of_busy_people_is_a_constraint() -> None:
    stream = stream_of(
        Stage(name="Draft", processing_time=2, wait_time=40),
        Stage(name="Check", processing_time=3.6, wait_time=4, people=1),
        definitions=Definitions(demand=10),
    )
    assert verdict(stream).kind is Kind.CONSTRAINT
    assert verdict_title(analyse(stream)) == "Check is the constraint"


def test_queues_of_about_the_same_length_give_no_clear_bottleneck() -> None:
    stream = stream_of(
        Stage(name="a", processing_time=1, wait_time=10),
        Stage(name="b", processing_time=1, wait_time=10.5),
        Stage(name="c", processing_time=1, wait_time=9.8),
    )
    assert verdict(stream).kind is Kind.NONE
    assert verdict(stream).stages == ()
    assert verdict_title(analyse(stream)) == "No clear bottleneck"
    assert "too close to call" in findings(analyse(stream))[1]


def test_no_wait_and_no_people_give_no_clear_bottleneck_and_say_why() -> None:
    analysis = analyse(stream_of(Stage(name="a", processing_time=1), Stage(name="b", processing_time=2)))
    assert analysis.bottleneck.kind is Kind.NONE
    assert verdict_sentences(analysis)[0] == "No stage states a wait, so there is no queue to accuse."


def test_a_wait_after_the_last_stage_accuses_no_stage() -> None:
    analysis = analyse(stream_of(Stage(name="a", wait_time=1), Stage(name="b", wait_time=30)))
    assert analysis.bottleneck.kind is Kind.DELAY
    assert analysis.bottleneck.stages == ()
    assert verdict_title(analysis) == "Work waits longest behind b, before the customer"


def test_waits_before_the_step_accuse_the_row_itself() -> None:
    before = replace(WORKED, definitions=Definitions(wait=WaitSide.BEFORE))
    assert verdict(before).stages == (1,)
    assert not any("records this wait after" in s for s in verdict_sentences(analyse(before)))


def test_a_batch_that_explains_the_queue_is_named() -> None:
    stream = stream_of(
        Stage(name="Collect", processing_time=1, wait_time=20, batch_size=11),
        Stage(name="Post", processing_time=1, wait_time=1),
    )
    # (11 − 1)/2 × 1 h to fill the batch and (11 − 1)/2 × 1 h for their turn: 10 of 20 h
    assert verdict(stream).batch_share == 0.5
    assert "Batches of 11 handed on by Collect explain about 50% of it." in verdict_sentences(analyse(stream))


def test_the_strength_grows_with_the_distance_to_the_next_queue() -> None:
    def strength(second: float) -> Strength | None:
        return verdict(
            stream_of(*(Stage(name=n, wait_time=w) for n, w in (("a", 60), ("b", second), ("c", 0))))
        ).strength

    assert [strength(w) for w in (0, 30, 40, 50, 58)] == [
        Strength.STRONG,
        Strength.STRONG,
        Strength.MODERATE,
        Strength.WEAK,
        None,
    ]


def test_the_least_capacity_needs_people_but_no_demand() -> None:
    evidence = verdict(replace(ACME, definitions=Definitions())).evidence
    slowest = next(e for e in evidence if e.kind is EvidenceKind.CAPACITY)
    assert slowest.stages == (3,)
    assert slowest.value == pytest.approx(62 / 3600)
    assert slowest.next_value == pytest.approx(46 / 3600)


@pytest.mark.parametrize("other", [None, 0.0])
def test_the_only_wait_is_strong_evidence_whether_others_are_none_or_nothing(other: float | None) -> None:
    """The last stage of a stream whose waits lie behind its stages need not state one."""
    stages = (Stage(name="a", wait_time=40), Stage(name="b", processing_time=1, wait_time=other))
    analysis = analyse(stream_of(*stages))
    assert analysis.bottleneck.strength is Strength.STRONG
    assert verdict_sentences(analysis)[-1] == "The evidence is strong: there is no other wait."


def test_the_only_wait_is_weak_evidence_where_time_that_is_not_divided_may_hide_another() -> None:
    analysis = analyse(stream_of(Stage(name="a", wait_time=40), Stage(name="b", undivided_time=60)))
    assert analysis.bottleneck.strength is Strength.WEAK
    assert verdict_sentences(analysis)[-1] == "The evidence is weak: no other wait is known to compare with."


def test_a_wait_that_is_all_but_gone_is_no_rival_of_the_longest() -> None:
    stages = (Stage(name="a", wait_time=40), Stage(name="b", wait_time=1e-30), Stage(name="c"))
    assert verdict_sentences(analyse(stream_of(*stages)))[-1] == "The evidence is strong: there is no other wait."


STEADY = Growth(arrivals=10, surplus=Interval(value=0.2, lower=-0.8, upper=1.2))


def growing(surplus: float, reach: float) -> Growth:
    return Growth(arrivals=10, surplus=Interval(value=surplus, lower=surplus - reach, upper=surplus + reach))


def log_stream(*stages: Stage, growth: tuple[Growth, ...]) -> ValueStream:
    stream = stream_of(*stages, definitions=Definitions(wait=WaitSide.BEFORE))
    return replace(stream, measured=replace(MEASURED, growth=growth))


def test_a_stage_at_which_work_piles_up_is_the_constraint() -> None:
    """METHOD 6: arrivals minus departures, with an interval that tells trend from noise, before the longest queue."""
    stream = log_stream(
        Stage(name="Build", processing_time=4, wait_time=10),
        Stage(name="Test", processing_time=4, wait_time=40),
        growth=(STEADY, growing(3, 1.5)),
    )
    found = verdict(stream)
    assert (found.kind, found.stages, found.strength) == (Kind.CONSTRAINT, (1,), Strength.STRONG)
    assert not found.disagreement
    words = " ".join(verdict_sentences(analyse(stream)))
    assert "10 items a week come to Test and 7 leave it" in words
    assert "work piles up by 3 a week (between 1.5 and 4.5)" in words
    assert "The evidence is strong: work piles up there beyond noise, and the longest queue stands there, too." in words


def test_what_piles_up_elsewhere_than_in_the_longest_queue_is_a_disagreement() -> None:
    stream = log_stream(
        Stage(name="Build", processing_time=4, wait_time=40),
        Stage(name="Test", processing_time=4, wait_time=10),
        growth=(STEADY, growing(3, 1.5)),
    )
    found = verdict(stream)
    assert (found.kind, found.stages, found.strength) == (Kind.CONSTRAINT, (1,), Strength.MODERATE)
    assert found.disagreement
    words = " ".join(verdict_sentences(analyse(stream)))
    assert "work piles up at Test, yet finished items waited longest in front of Build" in words


@pytest.mark.parametrize(
    ("growth", "people"),
    [
        (growing(3, 3.5), None),  # no trend: the interval holds 0
        (growing(0.9, 0.1), None),  # less than a tenth of what comes: a log that fills up
        (growing(-3, 1), None),  # it shrinks
        (growing(3, 1), 10.0),  # its people are busy 10 % of their time
    ],
)
def test_growth_that_is_no_constraint_leaves_the_longest_queue_a_delay(growth: Growth, people: float | None) -> None:
    stream = log_stream(
        Stage(name="Build", processing_time=4, wait_time=10),
        Stage(name="Test", processing_time=4, wait_time=40, people=people, demand=10),
        growth=(STEADY, growth),
    )
    assert verdict(stream).kind is Kind.DELAY


def test_a_changed_stream_no_longer_tells_where_work_piled_up() -> None:
    stream = log_stream(Stage(name="Test", processing_time=4, wait_time=40), growth=(growing(3, 1.5),))
    changed = apply(stream, SetWaitTime(stage="Test", hours=1)).measured
    assert changed is not None
    assert changed.growth == ()


def test_where_small_stages_are_put_together_the_verdict_stays() -> None:
    small = [Stage(name=f"s{i}", processing_time=1, wait_time=1) for i in range(60)]
    stages = (*small, Stage(name="Test", processing_time=4, wait_time=400))
    analysis = analyse(log_stream(*stages, growth=(*(STEADY for _ in small), growing(3, 1.5))))
    shown, _ = folded(analysis)
    assert len(shown.stages) < len(stages)
    assert verdict_title(shown) == verdict_title(analysis) == "Test is the constraint"
