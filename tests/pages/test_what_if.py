"""What if: changes are made, moved, undone and taken along in link and file, and every gain is that of two analyses."""

from __future__ import annotations

import hashlib

import pytest
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import HeadingBase, TextInput

from pages.shared.session import Loaded
from tests.pages.log_opening import open_log
from tests.pages.opening import ROOT, open_page, words
from tests.pages.opening import WORKED as FILE
from tests.pages.test_every_page import GAPS, HOSTILE, LIVE, texts
from tests.streams import WORKED
from vsm import analyse
from vsm.change_forms import FORMS
from vsm.changes import AnyChange, MergeIntoNext, RunInParallel, SetBatchSize, SetWaitTime, apply
from vsm.model import ValueStream
from vsm.plan import Effort, PlannedChange, Scenario
from vsm.scenario_file import read_scenarios, scenario_from_link, scenario_link, scenario_text
from vsm.scenario_list import History, ScenarioList
from vsm.wording import hours

HALF = SetWaitTime(stage="Product discovery", hours=40.0)
"""Half of the longest wait, 80 h."""
SMALLER = SetBatchSize(stage="Backlog refinement", size=4.0)
SHARED_WAIT = SetWaitTime(stage="Backlog refinement", hours=10.0)


def open_with(*changes: AnyChange, name: str = "Linked", data: str = FILE) -> AppTest:
    """Visit the page by a link that holds a scenario."""
    link = scenario_link(Scenario(name=name, planned=tuple(PlannedChange(change=c) for c in changes)))
    assert link is not None
    return open_link(link, data)


def open_link(link: str, data: str = FILE) -> AppTest:
    test = AppTest.from_file(str(ROOT / "pages" / "frame.py"), default_timeout=20)
    test.session_state["loaded"] = Loaded(name=data, data=(ROOT / "sample_data" / data).read_bytes())
    test.query_params["scenario"] = link
    test.run()
    test.switch_page("what_if.py").run()
    assert not test.exception, test.exception[0].stack_trace
    return test


def current(test: AppTest) -> Scenario:
    history: History = test.session_state["scenarios"]
    return history.now.current


def saved_hours(before: ValueStream, after: ValueStream) -> float:
    was, will_be = analyse(before).lead_time_with_rework, analyse(after).lead_time_with_rework
    assert was is not None
    assert will_be is not None
    return was - will_be


def test_applying_a_suggestion_gains_the_difference_of_two_analyses() -> None:
    test = open_page("what_if.py")
    assert "Nothing is changed yet" in words(test)
    first = analyse(WORKED).suggestions[0]
    test.button(key="apply_0").click().run()
    assert current(test).changes == (first.change,)
    saved = saved_hours(WORKED, apply(WORKED, first.change))
    assert f"{hours(saved, WORKED.definitions)} less" in words(test)


def test_three_changes_gain_what_they_save_together() -> None:
    test = open_with(HALF, SMALLER, SHARED_WAIT)
    after = apply(apply(apply(WORKED, HALF), SMALLER), SHARED_WAIT)
    assert f"{hours(saved_hours(WORKED, after), WORKED.definitions)} less" in words(test)
    # The smaller batch shortens the same wait that the third change sets: 6 h of it, visited 1.2478 times, count once.
    assert "what two of them save is counted once" in words(test)
    assert "the changes above save part of it already" in words(test)


def test_half_of_what_is_left_is_offered_as_a_further_step() -> None:
    test = open_with(HALF)
    next(toggle for toggle in test.toggle if toggle.label.startswith("Show all")).set_value(True)
    said = words(test.run())
    assert "Once more: shorten the wait behind Product discovery from 5 days to 2.5 days" in said


def test_a_change_moves_up_and_is_taken_out() -> None:
    test = open_with(HALF, SMALLER)
    test.button(key="up_1").click().run()
    assert current(test).changes == (SMALLER, HALF)
    test.button(key="remove_0").click().run()
    assert current(test).changes == (HALF,)


def test_a_change_is_edited_where_it_stands_and_keeps_its_line_in_the_plan() -> None:
    planned = (PlannedChange(change=HALF, owner="Ana"), PlannedChange(change=SMALLER))
    link = scenario_link(Scenario(name="Linked", planned=planned))
    assert link is not None
    test = open_link(link)
    assert edited_field(test).value == "5 days"  # 40 h at 8 h a day
    edited_field(test).input("1 day")
    press(test, "Change it")
    less = SetWaitTime(stage="Product discovery", hours=8.0)
    assert current(test).planned == (PlannedChange(change=less, owner="Ana"), PlannedChange(change=SMALLER))
    assert edited_field(test).value == "8 h"
    press(test, "Undo")
    assert current(test).planned == planned


def edited_field(test: AppTest) -> TextInput:
    """Return the field for the wait in the form of the first change."""
    return next(field for field in test.text_input if str(field.key).startswith("edit_0_"))


def test_an_edit_that_makes_no_sense_gets_a_sentence_beside_its_change_and_changes_nothing() -> None:
    test = open_with(HALF, SMALLER)
    edited_field(test).input("soon")
    press(test, "Change it")
    assert "soon is not a duration" in test.error[0].value
    assert current(test).changes == (HALF, SMALLER)
    test.run()
    assert not test.error


def test_the_wait_of_a_stage_that_is_gone_can_be_edited_to_be_that_of_another() -> None:
    test = open_with(MergeIntoNext(stage="Product discovery"), HALF)
    assert "Left out: The stream has no stage called Product discovery at this point." in words(test)
    stage = next(box for box in test.selectbox if str(box.key).startswith("edit_1_"))
    assert stage.value == "Product discovery"
    stage.select("Testing")
    next(button for button in test.button if button.label == "Change it" and "edit_1" in str(button.key)).click().run()
    assert current(test).changes[1] == SetWaitTime(stage="Testing", hours=40.0)


def test_undo_redo_and_reset_give_equal_scenarios() -> None:
    test = open_with(HALF, SMALLER)
    start = current(test)
    test.button(key="remove_1").click().run()
    test.button(key="remove_0").click().run()
    press(test, "Undo")
    press(test, "Undo")
    assert current(test) == start
    press(test, "Redo")
    assert current(test).changes == (HALF,)
    press(test, "Reset")
    assert current(test).changes == ()
    press(test, "Undo")
    assert current(test).changes == (HALF,)


def press(test: AppTest, label: str) -> None:
    next(button for button in test.button if button.label == label).click().run()
    assert not test.exception


def test_a_change_of_ones_own_is_made_by_its_form() -> None:
    test = open_page("what_if.py")
    test.selectbox(key="form_0_stage").select("Testing").run()
    assert test.text_input(key="form_0_hours").placeholder == "now 3.8 days"  # 30 h at 8 h a day
    test.text_input(key="form_0_hours").input("2 h").run()
    test.button(key="make_change").click().run()
    assert current(test).changes == (SetWaitTime(stage="Testing", hours=2.0),)
    assert "Shorten the wait behind Testing from 3.8 days to 2 h" in words(test)


def test_nonsense_gets_a_sentence_and_changes_nothing() -> None:
    test = open_page("what_if.py")
    test.text_input(key="form_0_hours").input("soon").run()
    test.button(key="make_change").click().run()
    assert "soon is not a duration. Write a duration such as 2 h" in test.error[0].value
    test.selectbox(key="form").select_index(8).run()
    test.text_input(key="form_8_people").input("0").run()
    test.button(key="make_change").click().run()
    assert "has to be more than 0" in test.error[0].value
    assert current(test).changes == ()


def test_the_link_holds_the_scenario_and_a_fresh_visit_reads_it() -> None:
    test = open_page("what_if.py")
    test.button(key="apply_0").click().run()
    link = test.query_params["scenario"]
    assert scenario_from_link(link) == current(test)
    assert current(open_link(link)) == current(test)


def test_a_damaged_link_gets_a_sentence() -> None:
    test = open_link("no scenario at all")
    assert "The scenario in this link is damaged" in test.error[0].value
    assert current(test).changes == ()
    test.button(key="apply_0").click().run()
    assert not test.error


def test_a_scenario_too_long_for_the_link_says_so() -> None:
    stages = "".join(f"{i} {hashlib.sha256(bytes([i])).hexdigest()},1,{i + 1}\n" for i in range(60))
    test = open_page("what_if.py", f"Stage,Processing time (h),Wait time (h)\n{stages}")
    planned = tuple(
        PlannedChange(change=SetWaitTime(stage=f"{i} {hashlib.sha256(bytes([i])).hexdigest()}", hours=0.5))
        for i in range(60)
    )
    test.session_state["scenarios"] = History(now=ScenarioList(scenarios=(Scenario(name="Long", planned=planned),)))
    test.run()
    assert not test.exception
    assert "too long for the page's address" in words(test)
    assert "scenario" not in test.query_params


def test_changes_for_other_data_are_kept_and_named() -> None:
    test = open_with(HALF, data="support_ticket.csv")
    assert current(test).changes == (HALF,)
    assert "The stream has no stage called Product discovery" in test.warning[0].value


def test_scenarios_are_named_copied_deleted_and_compared() -> None:
    test = open_with(HALF)
    test.text_input(key="scenario_name_Linked").input("Less waiting").run()
    press(test, "Duplicate")
    test.button(key="apply_0").click().run()
    table = test.dataframe[-1].value
    assert list(table["Scenario"]) == ["Current state", "Less waiting", "Less waiting 2"]
    assert list(table["Changes"]) == [0, 1, 2]
    assert table["Lead time"][0] == "42.4 days"  # 339 h
    assert table["Lead time"][1] == "37.4 days"  # 40 h less
    press(test, "Delete")
    assert current(test).name == "Less waiting"
    assert not [frame for frame in test.dataframe if "Scenario" in frame.value]


def test_the_effort_is_rated_by_the_team() -> None:
    test = open_with(HALF)
    test.button_group(key="effort_0").set_value(Effort.SMALL).run()
    assert current(test).planned == (PlannedChange(change=HALF, effort=Effort.SMALL),)


def test_a_scenario_file_comes_back_through_the_page_and_brings_its_stream() -> None:
    scenarios = (Scenario(name="First", planned=(PlannedChange(change=MergeIntoNext(stage="Testing")),)),)
    text = scenario_text(WORKED, (*scenarios, Scenario(name="Second"))).encode()
    test = open_page("what_if.py")
    test.file_uploader(key="scenario_upload").upload("scenarios.json", text, "application/json").run()
    history: History = test.session_state["scenarios"]
    assert history.now.scenarios == read_scenarios(text).scenarios
    assert test.session_state["scenario_baseline"] == WORKED
    assert "Merge Testing and Staging deployment into one step" in words(test)
    assert not [info for info in test.info if "took the place" in info.value]  # there was nothing of one's own


def test_scenarios_of_ones_own_that_a_file_replaces_are_named_and_come_back_by_undo() -> None:
    test = open_with(HALF)
    other = Scenario(name="Other", planned=(PlannedChange(change=SMALLER),))
    text = scenario_text(WORKED, (other,)).encode()
    test.file_uploader(key="scenario_upload").upload("others.json", text, "application/json").run()
    assert "The scenarios of others.json took the place of “Linked”. Undo brings them back." in test.info[0].value
    press(test, "Undo")
    assert current(test).changes == (HALF,)
    assert not test.info


def test_the_form_offers_only_what_can_come_behind_the_first_stage() -> None:
    test = open_page("what_if.py")
    place = next(i for i, form in enumerate(FORMS) if form.change is RunInParallel)
    test.selectbox(key="form").select(place).run()
    test.selectbox(key=f"form_{place}_first").select("Testing").run()
    last = test.selectbox(key=f"form_{place}_last")
    assert (last.value, len(last.options)) == ("Staging deployment", 3)  # three stages come behind Testing
    test.button(key="make_change").click().run()
    assert current(test).changes == (RunInParallel(first="Testing", last="Staging deployment"),)


def test_a_measured_stream_has_a_future_state_too() -> None:
    test = open_log("what_if.py", (ROOT / "sample_data" / "product_team.csv").read_text())
    test.button(key="apply_0").click().run()
    assert not test.exception
    assert " less" in words(test)


@pytest.mark.parametrize("gap", GAPS)
def test_a_change_survives_what_is_missing(gap: str) -> None:
    test = open_page("what_if.py", GAPS[gap])
    if "apply_0" in [button.key for button in test.button]:
        test.button(key="apply_0").click().run()
        assert not test.exception
        assert not [text for text in texts(test) if "None" in text or "nan" in text.split()]


def test_changes_show_names_from_the_file_letter_by_letter() -> None:
    test = open_page("what_if.py", HOSTILE)
    test.button(key="apply_0").click().run()
    test.button(key="apply_0").click().run()
    assert not test.exception
    for text in texts(test):
        assert not LIVE.search(text), text


def test_every_form_opens() -> None:
    test = open_page("what_if.py")
    for place, form in enumerate(FORMS):
        test.selectbox(key="form").select(place).run()
        assert not test.exception, form.title


def test_without_a_suggestion_it_is_said_what_to_measure_to_find_one() -> None:
    test = open_page("what_if.py", "Stage,Processing time (h)\nA,2\nB,3\n")
    assert "Wait time" in words(test).partition("To find more, measure next:")[2]


def test_what_is_changed_stands_in_front_of_the_list_of_changes_which_grows() -> None:
    test = open_with(HALF, SMALLER)
    headings = [element.value for element in test.main if isinstance(element, HeadingBase)]
    assert headings.index("Change more") < headings.index("Changes, in the order in which they are applied")
