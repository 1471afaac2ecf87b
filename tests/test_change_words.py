"""Changes in words: what is changed against what stands there, what it saves or why nothing, and what that rests on."""

from __future__ import annotations

from dataclasses import replace
from typing import get_args

import pytest

from tests.streams import WORKED, stream_of
from vsm.advice import suggestion_words
from vsm.analysis import Analysis, analyse
from vsm.change_checks import ChangeError
from vsm.change_forms import FORMS, form_of, read_share
from vsm.change_words import assumption, change_label, change_title, step_words
from vsm.changes import (
    AddStage,
    AnyChange,
    LimitLoad,
    MergeIntoNext,
    MoveCheck,
    MoveStage,
    RemoveStage,
    RunInParallel,
    SetAvailability,
    SetBatchSize,
    SetCompleteAccurate,
    SetDemand,
    SetHandoffs,
    SetPeople,
    SetProcessingTime,
    SetWaitTime,
)
from vsm.future import future_state
from vsm.future_words import gain_sentence, gains, order_words, warnings
from vsm.model import Definitions, Stage, ValueStream, WaitSide
from vsm.table_changes import changes_of_table, figures_to_edit

BUSY = stream_of(
    Stage(name="Draft", processing_time=1, wait_time=36),
    Stage(name="Check", processing_time=3.6, wait_time=0, people=1, availability=1.0),
    definitions=Definitions(demand=10),
)
BEFORE = replace(WORKED, definitions=Definitions(wait=WaitSide.BEFORE))


@pytest.mark.parametrize(
    ("stream", "change", "title"),
    [
        (WORKED, SetBatchSize(stage="Testing", size=5), "Hand on 5 instead of 10 items at a time after Testing"),
        (BUSY, SetBatchSize(stage="Draft", size=1), "Hand on 1 item at a time after Draft"),
        (
            WORKED,
            SetWaitTime(stage="Product discovery", hours=40),
            "Shorten the wait behind Product discovery from 10 days to 5 days",
        ),
        (
            BEFORE,
            SetWaitTime(stage="Testing", hours=60),
            "Lengthen the wait in front of Testing from 3.8 days to 7.5 days",
        ),
        (WORKED, SetProcessingTime(stage="Testing", hours=4), "Shorten the work at Testing from 8 h to 4 h"),
        (WORKED, SetCompleteAccurate(stage="Testing", share=0.85), "Raise %C&A at Testing from 70% to 85%"),
        (BUSY, SetCompleteAccurate(stage="Draft", share=0.85), "Set %C&A at Draft to 85%"),
        (WORKED, MoveCheck(stage="Testing", to="Development"), "Check at Development what is found at Testing"),
        (WORKED, SetHandoffs(stage="Testing", people=1), "Let 1 instead of 3 people touch an item at Testing"),
        (BUSY, SetPeople(stage="Check", people=2), "Add 1 person at Check (2 instead of 1)"),
        (BUSY, SetPeople(stage="Check", people=0.5), "Take away 0.5 people at Check (0.5 instead of 1)"),
        (BUSY, SetPeople(stage="Draft", people=2), "Let 2 people work at Draft"),
        (
            BUSY,
            SetAvailability(stage="Check", share=0.5),
            "Let Check work on this stream for 50% instead of 100% of its time",
        ),
        (BUSY, LimitLoad(stage="Check", items=1), "Allow at most 1 item at Check and in front of it"),
        (WORKED, RemoveStage(stage="Testing"), "Do without Testing"),
        (WORKED, MergeIntoNext(stage="Code review"), "Merge Code review and Testing into one step"),
        (
            WORKED,
            MergeIntoNext(stage="Code review", name="Check"),
            "Merge Code review and Testing into one step, called Check",
        ),
        (WORKED, MergeIntoNext(stage="Nowhere"), "Merge Nowhere and the next stage into one step"),
        (WORKED, MoveStage(stage="Testing", behind=None), "Do Testing first"),
        (WORKED, MoveStage(stage="Testing", behind="Development"), "Do Testing right after Development"),
        (WORKED, RunInParallel(first="Code review", last="Testing"), "Run Code review and Testing side by side"),
        (WORKED, RunInParallel(first="Development", last="Testing"), "Run Development to Testing side by side"),
        (
            WORKED,
            AddStage(stage="Smoke test", behind="Testing", processing_time=0.5),
            "Add the stage Smoke test after Testing, with 30 min of work",
        ),
        (BUSY, SetDemand(items_per_week=8), "Lower demand from 10 a week to 8 a week"),
    ],
)
def test_a_title_says_what_is_changed_against_what_stands_there(
    stream: ValueStream, change: AnyChange, title: str
) -> None:
    assert change_title(stream, change) == title


def test_a_suggestion_and_the_change_that_it_becomes_have_one_title() -> None:
    analysis = analyse(WORKED)
    for suggestion in analysis.suggestions:
        assert suggestion_words(analysis, suggestion).title == change_title(WORKED, suggestion.change)


def only_step(stream: ValueStream, change: AnyChange) -> str:
    (step,) = future_state(stream, [change]).steps
    return step_words(step, stream.definitions)


@pytest.mark.parametrize(
    ("stream", "change", "said"),
    [
        # 20 of 36 h of wait
        (BUSY, SetWaitTime(stage="Draft", hours=16), "Saves 2.5 days."),
        (BUSY, SetWaitTime(stage="Draft", hours=39), "Lengthens the lead time by 3 h."),
        (WORKED, SetHandoffs(stage="Testing", people=1), "no time depends on how many people touch an item"),
        (WORKED, SetPeople(stage="Testing", people=2), "that needs people, processing time and demand"),
        (WORKED, SetDemand(items_per_week=2), "that needs people, processing time and demand"),
        (BUSY, SetBatchSize(stage="Draft", size=1), "no batch size was stated before"),
        (BUSY, SetBatchSize(stage="Draft", size=3), "No batch size was stated at Draft, so single items are assumed"),
        # 40 h of work a week at 10 items of 3.6 h: with half a person 1.8 times as much as there is
        (BUSY, SetPeople(stage="Check", people=0.5), "No steady wait can be computed at Check, as"),
    ],
)
def test_a_step_says_what_it_saves_or_why_nothing(stream: ValueStream, change: AnyChange, said: str) -> None:
    assert said in only_step(stream, change)


def test_a_step_that_ends_an_overload_says_so() -> None:
    (over,) = future_state(BUSY, [SetDemand(items_per_week=20)]).steps
    assert "Stops a queue from growing without end" in only_step(over.after, SetPeople(stage="Check", people=3))


def test_every_change_has_a_label_an_assumption_and_a_form() -> None:
    kinds = get_args(AnyChange)
    assert {form.change for form in FORMS} == set(kinds)
    assert len(FORMS) == len(kinds)
    for form in FORMS:
        change = form.read({f.name: f.example or "Testing" for f in form.fields}, Definitions())
        assert assumption(change).endswith(".")
        assert len(change_label(change)) < 40


@pytest.mark.parametrize(
    ("kind", "answers", "sentence"),
    [
        (SetWaitTime, {"stage": "Testing", "hours": ""}, "“New wait” is empty: fill it in, such as 2 h."),
        (SetWaitTime, {"stage": "Testing", "hours": "-2 h"}, "-2 h is negative"),
        (SetBatchSize, {"stage": "Testing", "size": "a few"}, "a few is not a number"),
        (SetCompleteAccurate, {"stage": "Testing", "share": "0.9"}, "is 0.9 a share or a percentage?"),
        (AddStage, {"stage": " ", "behind": None, "processing_time": "1 h"}, "“Its name” is empty"),
    ],
)
def test_what_cannot_be_understood_is_said_in_a_sentence(
    kind: type[AnyChange], answers: dict[str, str | None], sentence: str
) -> None:
    form = next(form for form in FORMS if form.change is kind)
    with pytest.raises(ChangeError, match=sentence.replace("?", r"\?")):
        form.read(answers, Definitions())


@pytest.mark.parametrize(
    ("change", "answers"),
    [
        # 30 h are 3.75 days of 8 h: "3.8 days" would be another wait.
        (SetWaitTime(stage="Testing", hours=30.0), {"stage": "Testing", "hours": "30 h"}),
        (SetWaitTime(stage="Testing", hours=80.0), {"stage": "Testing", "hours": "10 days"}),
        (SetProcessingTime(stage="Testing", hours=1e-7), {"stage": "Testing", "hours": "0.0000001 h"}),
        (SetBatchSize(stage="Testing", size=2.25), {"stage": "Testing", "size": "2.25"}),
        (SetCompleteAccurate(stage="Testing", share=0.9), {"stage": "Testing", "share": "90%"}),
        (SetCompleteAccurate(stage="Testing", share=99.951 / 100), {"stage": "Testing", "share": "99.951%"}),
        (SetDemand(items_per_week=1200.0), {"items_per_week": "1,200"}),
        (MoveStage(stage="Testing", behind=None), {"stage": "Testing", "behind": None}),
        (RunInParallel(first="a", last="b"), {"first": "a", "last": "b"}),
        (
            AddStage(stage="new", behind="a", processing_time=2.0, complete_accurate=0.95),
            {
                "stage": "new",
                "behind": "a",
                "processing_time": "2 h",
                "wait_time": None,
                "complete_accurate": "95%",
                "people": None,
            },
        ),
    ],
)
def test_a_form_filled_in_with_a_change_means_that_change(change: AnyChange, answers: dict[str, str | None]) -> None:
    assert form_of(change).answers(change, Definitions()) == answers
    assert form_of(change).read(answers, Definitions()) == change


def test_a_percentage_is_read_with_its_sign_or_above_one() -> None:
    assert [read_share(text, "", Definitions()) for text in ("0", "1%", "85", "85 %")] == [0, 0.01, 0.85, 0.85]


def test_figures_written_over_in_the_table_are_changes() -> None:
    assert figures_to_edit(WORKED).loc[6].tolist() == ["Testing", "8 h", "3.8 days", "70%", "10", "", "3"]
    edits = {6: {"Wait": "2 h", "%C&A": "90%"}, 2: {"Batch size": "4", "People": "2"}}
    assert changes_of_table(WORKED, edits) == (
        SetBatchSize(stage="Backlog refinement", size=4),
        SetPeople(stage="Backlog refinement", people=2),
        SetWaitTime(stage="Testing", hours=2),
        SetCompleteAccurate(stage="Testing", share=0.9),
    )
    with pytest.raises(ChangeError, match="“Wait of Testing” cannot be taken out: write 0 h or another time"):
        changes_of_table(WORKED, {6: {"Wait": None}})


@pytest.mark.parametrize(
    ("column", "written", "said"),
    [
        ("People", None, "“People of Testing” cannot be taken out: write how many work there, such as 1 or 0.5"),
        ("People", "0", "with nobody there no item would get past. Write how many work there"),
        ("%C&A", None, "write 100% where nothing is sent back"),
        ("%C&A", "0", "at 0% every item would be sent back, again and again. Write a share above 0%"),
        ("Batch size", "", "write 1 for single items"),
        ("Wait", "99999999 h", "more than a hundred years"),
    ],
)
def test_what_cannot_be_written_into_the_table_is_answered_with_what_can(
    column: str, written: str | None, said: str
) -> None:
    with pytest.raises(ChangeError, match=said):
        changes_of_table(WORKED, {6: {column: written}})


def test_a_form_offers_what_makes_sense() -> None:
    stream = stream_of(*(Stage(name=name, processing_time=1, complete_accurate=0.9) for name in "abc"))
    forms = {form.change: form for form in FORMS}
    beside, check, move = forms[RunInParallel], forms[MoveCheck], forms[MoveStage]
    assert beside.choices(beside.fields[0], stream, {}) == ["a", "b"]
    assert beside.choices(beside.fields[1], stream, {"first": "b"}) == ["c"]
    assert check.choices(check.fields[0], stream, {}) == ["b", "c"]
    assert check.choices(check.fields[1], stream, {"stage": "c"}) == ["a", "b"]
    assert move.choices(move.fields[1], stream, {"stage": "a"}) == ["b", "c"]  # it is at the start already
    assert move.choices(move.fields[1], stream, {"stage": "b"}) == [None, "c"]
    one = stream_of(Stage(name="a"))
    assert beside.choices(beside.fields[1], one, {"first": "a"}) == ["a"]


def test_the_gains_are_those_of_both_states() -> None:
    future = future_state(WORKED, [SetWaitTime(stage="Product discovery", hours=40)])
    shown = {gain.label: (gain.before, gain.after, gain.difference) for gain in gains(future)}
    # 339 h and 299 h; 47 of 339 and of 299 h
    assert shown["Lead time"] == ("42.4 days", "37.4 days", "5 days less (11.8%)")
    assert shown["Flow efficiency"] == ("13.9%", "15.7%", "1.9 points more")
    assert shown["Rolled %C&A"][2] == "no change"
    # 40 h less in each of 1.3191 visits: 450.706 − 52.764
    assert gain_sentence(future) == (
        "An average item takes 49.7 days instead of 56.3 days, rework included: 6.6 days less (11.7%)."
    )


def test_the_order_is_said_where_changes_overlap_or_help_each_other() -> None:
    wait = SetWaitTime(stage="Draft", hours=10)
    apart = stream_of(Stage(name="Draft", wait_time=36), Stage(name="Check", wait_time=9), Stage(name="Ship"))
    assert order_words(future_state(apart, [wait])) is None
    both = order_words(future_state(apart, [wait, SetWaitTime(stage="Check", hours=1)]))
    assert both is not None
    assert both.startswith("The changes do not overlap")
    # Each alone 26 h; together 26 h, as the second saves nothing behind the first.
    twice = order_words(future_state(apart, [wait, SetWaitTime(stage="Draft", hours=10)]))
    assert twice is not None
    assert twice.startswith("Each alone, the changes would save 3.3 days more in sum than together")
    # What both save is 26 h × (1/0.9 − 1/0.901), two minutes of 29 h: no figure that anyone would act on.
    little = stream_of(
        Stage(name="Draft", wait_time=36), Stage(name="Check", wait_time=9, complete_accurate=0.9), Stage(name="Ship")
    )
    hardly = order_words(future_state(little, [wait, SetCompleteAccurate(stage="Check", share=0.901)]))
    assert hardly is not None
    assert hardly.startswith("The changes hardly overlap")


def test_what_was_refused_and_what_is_overloaded_is_said() -> None:
    future = future_state(BUSY, [SetWaitTime(stage="Nowhere", hours=1), SetDemand(items_per_week=20)])
    refused, overloaded = warnings(future)
    assert refused.startswith("Left out: “Set the wait behind Nowhere to 1 h”. The stream has no stage called Nowhere")
    assert overloaded.startswith("In the future state Check has less capacity than is asked for")


def test_a_future_state_in_which_items_are_finished_at_last_is_told_as_that() -> None:
    stuck = stream_of(
        Stage(name="a", processing_time=4.0, wait_time=4.0, complete_accurate=0.0),
        Stage(name="b", processing_time=8.0, complete_accurate=0.0),
    )
    changes = [SetCompleteAccurate(stage=name, share=1.0) for name in "ab"]
    future = future_state(stuck, changes)
    assert [step_words(step, stuck.definitions) for step in future.steps] == [
        "Items are still never finished, but sent back at b again and again.",
        "Lets items be finished at all.",
    ]
    # 4 + 4 + 8 h
    assert gain_sentence(future) == (
        "Nothing is ever finished now; in the future state an average item takes 2 days, rework included."
    )


def test_nothing_is_said_of_the_order_of_changes_that_save_nothing() -> None:
    changes = [SetHandoffs(stage=name, people=1) for name in ("Testing", "Development")]
    assert order_words(future_state(WORKED, changes)) is None


def test_no_line_of_a_future_state_that_overloads_promises_a_lead_time() -> None:
    # 40 h of work a week at 12 items of 3.6 h: 43.2 h are asked for
    more, wait = SetDemand(items_per_week=12), SetWaitTime(stage="Draft", hours=16)
    future = future_state(BUSY, [more, wait])
    first, second = (step_words(step, BUSY.definitions) for step in future.steps)
    assert first.startswith("No steady wait can be computed at Check, as more work arrives there")
    assert (
        second == "Saves 2.5 days. No steady wait can be computed at Check, where more work arrives than can be done."
    )
    assert gain_sentence(future).startswith("No steady wait can be computed at Check in the future state")
    assert {g.label: g.after for g in gains(future)}["Lead time"] == "no steady wait"
    assert order_words(future) is None
    # another step that takes the work back to what can be done has a lead time to speak of
    assert gain_sentence(future_state(BUSY, [more, SetDemand(items_per_week=10)])).startswith("An average item")


def test_how_many_items_are_at_a_stage_is_said_for_the_pace_at_which_they_come() -> None:
    # One person at 2 h an item lets 20 a week through, though 30 are asked for.
    stages = (
        Stage(name="Draft", processing_time=2, wait_time=4, people=1),
        Stage(name="Check", processing_time=1.3, wait_time=12, people=1),
    )
    slow = analyse(stream_of(*stages, definitions=Definitions(demand=30, wait=WaitSide.BEFORE)))
    free = analyse(stream_of(*stages, definitions=Definitions(demand=19, wait=WaitSide.BEFORE)))

    def said(analysis: Analysis, stage: str) -> str:
        limits = [s for s in analysis.suggestions if isinstance(s.change, LimitLoad) and s.change.stage == stage]
        return suggestion_words(analysis, limits[0]).evidence

    assert "at the 20 a week that Draft lets come to it" in said(slow, "Check")
    assert "at the demand stated" in said(free, "Draft")
