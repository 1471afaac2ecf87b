"""Money: worked by hand; waiting costs no wages."""

from __future__ import annotations

from tests.streams import stream_of
from vsm.changes import SetCompleteAccurate, SetWaitTime
from vsm.future import future_state
from vsm.model import Definitions, Stage
from vsm.money import Money, effort, money
from vsm.plan import Costs
from vsm.plan_words import money_sentences

STREAM = stream_of(
    Stage(name="Make", processing_time=6, wait_time=74, people=4),
    Stage(name="Check", processing_time=2, wait_time=0, complete_accurate=0.5, people=2),
    definitions=Definitions(demand=5),
)
COSTS = Costs(delay_per_week=1000, hour_of_work=80)


def test_coming_two_weeks_earlier_is_worth_two_weeks_of_delay_and_no_wages() -> None:
    # every item passes both stages twice: 40 h less wait save 80 h, two weeks of 40 h
    found = money(future_state(STREAM, [SetWaitTime(stage="Make", hours=34)]), COSTS)
    assert found == Money(delay_per_item=2000, work_per_item=0, items_a_year=260)
    assert (found.delay_a_year, found.work_a_year) == (520_000, 0)
    assert money_sentences(found, COSTS)[1] == "No wages are saved, as waiting costs none."


def test_what_is_not_done_twice_saves_wages_and_comes_earlier() -> None:
    future = future_state(stream_of(*STREAM.stages), [SetCompleteAccurate(stage="Check", share=1.0)])
    # 16 h of work become 8 h; 164 h of lead time become 82 h, 2.05 weeks; no demand, so nothing is said of a year
    assert (effort(future.current.stream), effort(future.future.stream)) == (16, 8)
    assert money(future, COSTS) == Money(delay_per_item=2050, work_per_item=640, items_a_year=None)


def test_a_cost_that_was_not_said_is_not_money() -> None:
    found = money(future_state(STREAM, [SetWaitTime(stage="Make", hours=0)]), Costs())
    assert (found.delay_per_item, found.work_per_item, found.delay_a_year) == (None, None, None)
