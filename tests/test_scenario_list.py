"""Several scenarios: names of their own, one looked at, and every change undone and done again as it was."""

from __future__ import annotations

from vsm.changes import SetBatchSize, SetWaitTime
from vsm.plan import PlannedChange, Scenario
from vsm.scenario_list import MOST_UNDONE, History, ScenarioList, moved

ONE = PlannedChange(change=SetBatchSize(stage="a", size=1))
TWO = PlannedChange(change=SetWaitTime(stage="a", hours=1))
THREE = PlannedChange(change=SetWaitTime(stage="b", hours=1))


def test_a_change_moves_up_and_down_and_stays_at_the_ends() -> None:
    assert moved((ONE, TWO, THREE), 2, -1) == (ONE, THREE, TWO)
    assert moved((ONE, TWO, THREE), 0, 1) == (TWO, ONE, THREE)
    assert moved((ONE, TWO), 0, -1) == (ONE, TWO)
    assert moved((ONE, TWO), 1, 1) == (ONE, TWO)


def test_every_scenario_has_a_name_of_its_own() -> None:
    copied = ScenarioList().with_new(Scenario(name="Future state")).with_new(Scenario(name="Future state"))
    assert [scenario.name for scenario in copied.scenarios] == ["Future state", "Future state 2", "Future state 3"]
    assert copied.renamed(" Future   state ").current.name == "Future state 4"
    assert copied.renamed("  ").current.name == "Future state 3"


def test_deleting_the_last_scenario_leaves_an_empty_one() -> None:
    assert ScenarioList().with_planned((ONE,)).without_current() == ScenarioList()
    two = ScenarioList().with_new(Scenario(name="b"))
    assert two.without_current().current.name == "Future state"


def test_undo_and_redo_lead_back_and_forth_through_equal_states() -> None:
    first = History().then(ScenarioList().with_planned((ONE,)))
    second = first.then(first.now.with_planned((ONE, TWO)))
    assert second.back().now == first.now
    assert second.back().back().now == ScenarioList()
    assert second.back().back().forth().forth() == second
    assert History().back() == History()
    assert History().forth() == History()


def test_a_new_change_forgets_what_was_undone_and_no_change_is_no_step() -> None:
    first = History().then(ScenarioList().with_planned((ONE,)))
    assert first.back().then(ScenarioList().with_planned((TWO,))).undone == ()
    assert first.then(first.now) is first


def test_what_can_be_undone_is_bounded() -> None:
    history = History()
    for size in range(1, MOST_UNDONE + 20):
        entry = PlannedChange(change=SetBatchSize(stage="a", size=size))
        history = history.then(history.now.with_planned((entry,)))
    assert len(history.past) == MOST_UNDONE
