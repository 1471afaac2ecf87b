"""Where formula and simulation differ: found where theory says so, with the right reason, and told in words."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.items.logs import DAY, HOUR, intervals
from tests.streams import stream_of
from vsm.charts.simulation_pictures import simulated_lead_times, simulated_queues
from vsm.items.stream import measured_stream
from vsm.model import Definitions, Stage, ValueStream, WaitSide
from vsm.scenario import with_people, with_stage
from vsm.simulation.agreement import (
    Believe,
    Comparison,
    Reason,
    gain_comparison,
    lead_time_comparison,
    queue_comparison,
)
from vsm.simulation.plan import SimulationError
from vsm.simulation.result import Estimate, Simulation
from vsm.simulation.simulate import simulate
from vsm.simulation.trial import Trial, trial
from vsm.simulation_words import (
    agreement_sentences,
    assumption_sentences,
    lead_time_table,
    queue_table,
    result_sentences,
)

RANDOM = stream_of(
    Stage(name="a", processing_time=1, wait_time=20, people=1),
    Stage(name="b", processing_time=1.2, wait_time=6, people=1),
    definitions=Definitions(demand=20),
)


def _queue(found: Simulation, index: int) -> Comparison:
    comparison = queue_comparison(found, index)
    assert comparison is not None
    return comparison


def test_queues_in_a_row_agree_as_theory_says() -> None:
    found = simulate(RANDOM)  # what leaves a random queue is random again (Burke), so that both formulas are exact
    assert not _queue(found, 0).differs
    assert not _queue(found, 1).differs


def test_steady_work_in_front_makes_the_formula_too_high_and_the_simulation_right() -> None:
    steady = replace(RANDOM.stages[0], processing_time=1.8, wait_time=0, work_variation=0.0, arrival_variation=0.0)
    found = simulate(replace(RANDOM, stages=(steady, replace(RANDOM.stages[1], work_variation=0.0))))
    comparison = _queue(found, 1)
    assert comparison.simulated.mean == pytest.approx(0)  # an item every two hours, worked on for 1.2
    assert comparison.formula == pytest.approx(0.6 / 0.4 * 1.2 / 2)
    assert comparison.differs
    assert comparison.reasons == (Reason.VARIATION,)
    assert comparison.believe is Believe.SIMULATION


def test_items_of_a_batch_wait_longer_for_people_than_the_formula_knows() -> None:
    comparison = _queue(simulate(with_stage(RANDOM, 0, batch_size=8)), 1)
    assert comparison.differs
    assert comparison.simulated.low > comparison.formula
    assert comparison.reasons == (Reason.BATCHES,)


def test_a_queue_that_has_not_come_to_rest_is_no_reason_to_doubt_the_formula() -> None:
    found = simulate(with_stage(RANDOM, 1, processing_time=1.99), items=200)
    comparison = _queue(found, 1)
    assert comparison.reasons == (Reason.UNSETTLED,)
    assert comparison.believe is Believe.FORMULA


def test_a_wait_shorter_than_its_queue_lets_nothing_be_believed() -> None:
    found = simulate(with_stage(with_stage(RANDOM, 0, wait_time=1), 1, processing_time=1.8))
    comparison = lead_time_comparison(found)
    assert comparison is not None
    assert comparison.differs
    assert comparison.believe is Believe.NEITHER


def test_waits_shorter_than_busy_people_make_them_are_the_reason_though_no_queue_is_sure_to_be_longer() -> None:
    # by M/M/1 items wait 11 × 3 h in front of b, and 20 h are stated; the batch makes no formula exact
    stages = (
        Stage(name="a", processing_time=1, wait_time=20, people=1, batch_size=2),
        Stage(name="b", processing_time=3, wait_time=4, people=1),
    )
    comparison = lead_time_comparison(simulate(stream_of(*stages, definitions=Definitions(demand=12.2)), items=2000))
    assert comparison is not None
    assert comparison.reasons[:2] == (Reason.LESS_STATED, Reason.BATCHES)
    assert comparison.believe is Believe.NEITHER


def test_steps_of_a_log_that_overlap_are_no_reason_to_doubt_its_lead_time() -> None:
    rows = [(item, stage, item * DAY, item * DAY + (1 + stage) * HOUR) for item in range(70) for stage in (0, 1)]
    stream = measured_stream(intervals(rows, ("a", "b")), name="log")
    people = tuple(replace(stage, people=5) for stage in stream.stages)
    stream = replace(stream, stages=people, definitions=replace(stream.definitions, demand=7))
    comparison = lead_time_comparison(simulate(stream, items=200))
    assert comparison is not None
    assert comparison.formula == pytest.approx(2)
    assert comparison.simulated.mean == pytest.approx(1 + 2)  # one after the other
    assert comparison.reasons[0] is Reason.OVERLAP
    assert comparison.believe is Believe.FORMULA


def test_a_formula_that_scales_delays_promises_more_than_comes() -> None:
    # 20 h of wait in front of b, of which 1.8 h are queue: a second person takes 1.7 h away, and the formula 18.7 h.
    now = simulate(RANDOM)
    comparison = gain_comparison(now, simulate(with_people(RANDOM, 1, 2), current=now))
    assert comparison is not None
    assert comparison.formula == pytest.approx(20 * (1 - 0.1187 / 1.8), rel=1e-3)
    assert comparison.simulated.holds(1.8 - 0.1187)
    assert comparison.differs
    assert Reason.DELAYS in comparison.reasons


def _found(stream: ValueStream, lead_times: tuple[float, ...]) -> Simulation:
    found = simulate(stream, items=100)
    return replace(found, lead_time=Estimate(lead_times), lead_times=tuple(sorted(lead_times)))


def test_what_is_gained_is_said_with_its_interval_and_the_promise() -> None:
    now = _found(RANDOM, tuple(80.0 + n for n in range(10)))
    then = _found(with_stage(RANDOM, 0, wait_time=4), tuple(64.0 + n for n in range(10)))
    said = result_sentences(Trial(current=now, future=then))
    assert said[0].startswith("Now, half of the items take up to 10.6 days")  # 84.5 h at 8 h a day
    # 16 h in each run: no doubt. By formula 20 h become 4.
    assert (
        said[2]
        == "The future state saves 2 days (18.9%), with 99% certainty about 2 days. The formulas promise 2 days."
    )
    undecided = _found(RANDOM, tuple(80.0 + (-1) ** n * 9 + n for n in range(10)))
    assert "does not tell the two apart" in result_sentences(Trial(current=now, future=undecided))[2]


def test_an_overloaded_state_is_told_and_the_other_one_shown() -> None:
    found = trial(with_stage(RANDOM, 1, processing_time=3), RANDOM, items=200)
    assert isinstance(found.current, SimulationError)
    assert isinstance(found.future, Simulation)
    said = result_sentences(found)
    assert said[0].startswith("As the stream is now, it cannot be simulated. More work is asked of b")
    assert list(lead_time_table(found).columns) == ["Simulated", "Future state"]
    assert assumption_sentences(found)
    assert agreement_sentences(found)


def test_progress_of_two_states_is_one_way_from_nothing_to_all() -> None:
    told: list[float] = []
    trial(RANDOM, with_people(RANDOM, 1, 2), items=500, on_progress=lambda done: told.append(done) is None)
    assert told == sorted(told)
    assert told[-1] == pytest.approx(1)


def test_pictures_and_tables_show_both_states() -> None:
    found = trial(RANDOM, with_people(RANDOM, 1, 2), items=200)
    lead_times, queues = simulated_lead_times(found), simulated_queues(found)
    assert lead_times is not None
    assert queues is not None
    assert list(lead_times.data.columns[1:]) == ["Now: share delivered", "Future state: share delivered"]
    assert lead_times.data.iloc[:, 1:].apply(lambda shares: shares.is_monotonic_increasing).all()
    assert queues.data["State"].tolist() == ["Now", "Future state"] * 2
    assert isinstance(found.current, Simulation)
    assert queue_table(found.current)["Wait for people by formula (h)"].tolist() == pytest.approx([1.0, 1.8])


def test_nothing_simulated_is_nothing_drawn() -> None:
    error = simulated_error()
    found = Trial(current=error, future=None)
    assert simulated_lead_times(found) is None
    assert simulated_queues(found) is None
    assert agreement_sentences(found) == assumption_sentences(found) == ()


def simulated_error() -> SimulationError:
    found = trial(replace(RANDOM, definitions=Definitions())).current
    assert isinstance(found, SimulationError)
    return found


def test_no_lead_time_is_said_to_lie_below_nothing() -> None:
    # one run in ten takes 100 h and the others 1: mean 10.9, standard deviation 31.3, ± 32.2
    said = result_sentences(Trial(current=_found(RANDOM, (1.0,) * 9 + (100.0,)), future=None))
    assert "with 99% certainty between 0 h and 5.4 days." in said[0]


def test_a_formula_that_leaves_a_queue_out_is_not_believed_where_the_truth_is_even_further_from_it() -> None:
    # One person does 1.9 h of work 20 times in 40 h: busy 95 %, while the wait of the row knows nothing of a queue.
    asked = Definitions(demand=20, wait=WaitSide.BEFORE)
    before = stream_of(Stage(name="a", processing_time=0.95, wait_time=3, people=1), definitions=asked)
    after = with_stage(before, 0, processing_time=1.9, wait_time=0.1)
    found = trial(before, after)
    assert isinstance(found.current, Simulation)
    assert isinstance(found.future, Simulation)
    gain = gain_comparison(found.current, found.future)
    assert gain is not None
    assert gain.formula == pytest.approx(3 + 0.95 - 0.1 - 1.9)
    assert gain.reasons[:2] == (Reason.UNSETTLED, Reason.LEFT_OUT)
    assert (gain.believe, gain.even_further) == (Believe.SIMULATION, True)
    said = agreement_sentences(found)[0]
    assert "Believe the simulation" in said
    assert "the truth lies even further from the formula; the lead time by formula holds less wait" in said


def test_a_future_that_cannot_be_simulated_is_in_no_agreement() -> None:
    overloaded = with_stage(RANDOM, 1, processing_time=2.5)  # 50 h of work a week for one person
    said = agreement_sentences(trial(RANDOM, overloaded))
    assert len(said) == 1
    assert said[0].startswith("Formulas and simulation agree on the stream as it is now: no figure differs")
