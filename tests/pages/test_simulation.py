"""The page Test by simulation: it asks for what is missing, runs when told to, and keeps the result until a change."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from tests.pages.opening import open_page, words
from vsm.simulation import trial as simulated

STREAM = """Stage,Processing time (h),Wait time (h),%C&A,Batch size,Staff,Demand per week
Build,1,6,100,1,1,20
Test,1.5,8,90,1,1,20
Ship,1,2,100,4,,20
"""


def _run(test: AppTest) -> AppTest:
    test.button(key="run_simulation").click().run()
    assert not test.exception, test.exception[0].stack_trace
    return test


@pytest.fixture(name="page")
def simulation_page() -> AppTest:
    test = open_page("simulation.py", STREAM)
    return test.number_input(key="simulated_items").set_value(1000).run()


def test_nothing_is_simulated_before_it_is_asked_for(page: AppTest) -> None:
    assert "simulated" not in page.session_state
    assert "Do the formulas agree?" not in words(page)


def test_a_run_says_how_long_items_take_and_what_it_rests_on(page: AppTest) -> None:
    said = words(_run(page))
    assert "Now, half of the items take up to" in said
    assert "1,000 items in 10 runs were followed" in said
    assert "With the seed 1 the same comes out each time" in said
    assert "At Ship items are taken up at once" in said


def test_the_result_stays_until_something_changes(page: AppTest, monkeypatch: pytest.MonkeyPatch) -> None:
    _run(page)
    monkeypatch.setattr(simulated, "simulate", lambda *_, **__: pytest.fail("simulated again"))
    assert "Do the formulas agree?" in words(page.run())
    assert "Do the formulas agree?" not in words(page.number_input(key="simulation_seed").set_value(2).run())


def test_a_run_that_was_cancelled_says_how_far_it_came_and_that_nothing_is_shown(
    page: AppTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    def clicked(*_: object, on_progress: Callable[[float], bool], **__: object) -> None:
        on_progress(0.43)
        st.rerun()  # as Streamlit does on a click while a page runs

    monkeypatch.setattr("pages.shared.simulation_run.trial", clicked)
    said = words(_run(page))
    assert "Cancelled after 43% of the run; nothing of it is shown." in said
    assert "Do the formulas agree?" not in said
    assert "Cancelled" not in words(page.run())


def test_a_future_state_is_simulated_beside_the_current_one(page: AppTest) -> None:
    page.switch_page("what_if.py").run()
    next(button for button in page.button if button.label == "Apply").click().run()
    page.switch_page("simulation.py").run()
    said = words(_run(page))
    assert "In the future state, half of the items take up to" in said
    assert "The formulas promise" in said


def test_what_is_missing_is_asked_for_and_nothing_else() -> None:
    labels = {field.label for field in open_page("simulation.py", STREAM).number_input}
    assert labels == {"Items to follow", "Seed of chance"}
    bare = open_page("simulation.py", "Stage,Processing time (h),Wait time (h)\nBuild,1,6\nTest,1.5,8\n")
    assert "Demand: items asked for in a week" in {field.label for field in bare.number_input}
    assert "needs to know how many items a week" in words(_run(bare))


def test_an_overloaded_stream_gets_a_sentence() -> None:
    said = words(_run(open_page("simulation.py", STREAM.replace("Test,1.5", "Test,3"))))
    assert "As the stream is now, it cannot be simulated. More work is asked of Test" in said
