"""Capacity: what is said here counts on every page, and is forgotten with the data."""

from __future__ import annotations

from pages.shared.staffing_form import _edited
from tests.pages.log_opening import open_log
from tests.pages.opening import open_page, words
from vsm.model import Definitions
from vsm.reading.shapes import Choices
from vsm.said import Said, SaidOfStage

TABLE = "stage,processing time (h),wait time (h),people\nDraft,1,36,\nCheck,3.6,0,1\n"


def test_without_figures_it_says_what_is_missing() -> None:
    assert "one has to know how many items are asked for in a week" in words(open_page("capacity.py"))


def test_demand_said_here_tells_how_busy_the_stages_are_on_every_page() -> None:
    test = open_page("capacity.py", TABLE)
    test.number_input[0].set_value(10.0).run()
    said = words(test)
    # 10 × 3.6 h of 40 h; the capacity is 40 / 3.6 = 11.1 a week
    assert "Check, is busy 90% of its time" in said
    assert "it can let through 11.1 items a week, and 10 are asked for" in said
    assert "It is not known how busy Draft is." in said
    assert "the people at Check are busy 90%" in words(test.switch_page("bottlenecks.py").run())


def test_an_overload_grows_by_what_cannot_be_done() -> None:
    test = open_page("capacity.py", TABLE)
    test.number_input[0].set_value(12.0).run()
    # 12 asked for, 11.1 done
    assert "the queue in front of it grows by 0.9 items a week" in words(test)


def test_what_was_said_can_be_forgotten() -> None:
    test = open_page("capacity.py", TABLE)
    test.number_input[0].set_value(12.0).run()
    test.button[0].click().run()
    assert test.session_state["said"] == Said()
    assert "one has to know how many items are asked for in a week" in words(test)


def test_cells_of_the_table_become_a_team() -> None:
    team = _edited(SaidOfStage(stage="a"), {"People": 2.0, "Available time (%)": 50.0})
    assert team == SaidOfStage(stage="a", people=2.0, availability=0.5)
    assert _edited(team, {"Available time (%)": None}) == SaidOfStage(stage="a", people=2.0)


def test_the_curve_says_what_one_person_more_would_do() -> None:
    test = open_page("capacity.py", TABLE)
    test.number_input[0].set_value(10.0).run()
    said = words(test)
    # M/M/1 at 0.9 waits 9 × 3.6 h = 32.4 h; two people at 0.45 wait 0.2025/0.7975 × 3.6 h = 0.914 h
    assert "lets an item wait 4.1 days for busy people by the formula. The table states 4.5 days there" in said
    assert "it would be busy 45%, and that wait 54.8 min" in said


def test_what_was_said_is_named_on_every_page_and_survives_a_choice_about_the_data() -> None:
    test = open_page("capacity.py", TABLE)
    test.number_input[0].set_value(10.0).run()
    test.switch_page("stages.py").run()
    assert "with demand said here" in words(test)
    test.session_state["choices"] = Choices(definitions=Definitions(hours_per_day=6))
    test.run()
    # 10 × 3.6 h of 30 h
    assert "with demand said here" in words(test)
    assert "grows by 1.7 items a week" in words(test.switch_page("capacity.py").run())


def test_what_was_said_of_a_stage_that_is_gone_is_not_lost_silently() -> None:
    test = open_page("stages.py", TABLE)
    test.session_state["said"] = Said(stages=(SaidOfStage(stage="Gone", people=2),))
    assert "what was said of Gone waits until there is such a stage again" in words(test.run())


def test_forgetting_people_keeps_where_defects_go_back_to() -> None:
    said = Said(demand=5, stages=(SaidOfStage(stage="b", people=1, rework_to="a"),))
    assert said.without_staffing() == Said(stages=(SaidOfStage(stage="b", rework_to="a"),))
    assert said.without_rework_targets() == Said(demand=5, stages=(SaidOfStage(stage="b", people=1),))


def test_a_log_with_people_offers_how_many_it_names_at_each_stage() -> None:
    log = "item,stage,start,end,person\n" + "".join(
        f"A-{i},{stage},2026-01-0{i} {hour}:00,2026-01-0{i} {hour + 1}:00,{person}\n"
        for i, (builder, tester) in enumerate([("Ann", "Cy"), ("Bo", "Cy"), ("Ann", "Cy"), ("Di", "")], 5)
        for stage, hour, person in (("Build", 10, builder), ("Test", 12, tester))
    )
    (table,) = open_log("capacity.py", log).dataframe
    assert table.value["People in the log"].tolist() == [3, 1]
