"""A plan in words: who, by when, what it brings, and a section of the summary that stays short."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from tests.planned import IMPOSSIBLE, PLAN
from tests.streams import WORKED, stream_of
from vsm.analysis import analyse
from vsm.changes import RemoveStage, SetWaitTime
from vsm.future import future_state
from vsm.future_words import shares_sentence
from vsm.model import Stage
from vsm.plan import PlannedChange, Scenario
from vsm.plan_words import change_sentences, due_sentence
from vsm.subject import Subject
from vsm.summary import MOST_CHANGES, Section, summary_markdown, write_summary


def section(scenario: Scenario) -> Section:
    summary = write_summary(Subject(analyse(WORKED), scenario=scenario))
    (found,) = [section for section in summary.sections if section.title == "The future state"]
    return found


def test_the_summary_says_what_it_brings_and_what_to_change_first() -> None:
    found = section(PLAN)
    assert "Planned as “Next quarter”: an average item takes" in found.paragraphs[0]
    # 47 of 293 h instead of 47 of 339 h; 0.324 / 0.7 × 0.85
    assert "Flow efficiency goes from 13.9% to 16% and rolled %C&A goes from 32.4% to 39.3%." in found.paragraphs[0]
    assert [bullet.split(". ")[0] for bullet in found.bullets] == [
        "Shorten the wait behind Product discovery from 10 days to 5 days",
        "Hand on 4 instead of 8 items at a time after Backlog refinement",
        "Raise %C&A at Testing from 70% to 85%",
    ]
    assert "Saves 6.6 days" in found.bullets[0]  # 40 h on each of 1.3191 visits
    assert "Plan: Ana, by 31 Mar 2027; measured by: Days until discovery; target: 5 days." in found.bullets[0]
    assert any("Coming earlier is worth" in paragraph for paragraph in found.paragraphs)
    assert "The changes hardly overlap: in any order each saves nearly the same." in found.paragraphs[-1]


def test_it_stands_behind_the_suggestions_and_only_where_something_is_planned() -> None:
    analysis = analyse(WORKED)
    titles = [section.title for section in write_summary(Subject(analysis, scenario=PLAN)).sections]
    assert titles[titles.index("The future state") - 1] == "Suggestions"
    for nothing in (None, Scenario(name="empty")):
        summary = write_summary(Subject(analysis, scenario=nothing))
        assert summary == write_summary(Subject(analysis))
        assert "The future state" not in [section.title for section in summary.sections]


def test_a_long_plan_stays_about_half_a_page() -> None:
    many = tuple(PlannedChange(change=SetWaitTime(stage="Testing", hours=float(29 - i))) for i in range(20))
    found = section(replace(PLAN, planned=many))
    assert len(found.bullets) == MOST_CHANGES
    assert "20 changes" in found.paragraphs[-1]
    assert "the plan has all of them" in found.paragraphs[-1]
    words = " ".join((*found.paragraphs, *found.bullets)).split()
    assert len(words) < 300


def test_what_cannot_be_applied_is_said_and_not_listed() -> None:
    found = section(replace(PLAN, planned=(*PLAN.planned, IMPOSSIBLE)))
    assert any(paragraph.startswith("Left out: “Do without Nowhere”.") for paragraph in found.paragraphs)
    assert len(found.bullets) == 3
    alone = section(replace(PLAN, planned=(IMPOSSIBLE,)))
    assert alone.bullets == ()


def test_by_when_it_is_done() -> None:
    future = future_state(WORKED, PLAN.changes)
    assert due_sentence(PLAN, future) == "The last change is due by 30 Jun 2027; 1 change has no date."
    undated = replace(PLAN, planned=tuple(replace(entry, due=None) for entry in PLAN.planned))
    assert due_sentence(undated, future) == ""
    one = Scenario(name="x", planned=(replace(PLAN.planned[0], due=dt.date(2027, 1, 2)),))
    assert due_sentence(one, future_state(WORKED, one.changes)) == "The change is due by 2 Jan 2027."


def test_lines_of_the_plan_stay_with_their_change_where_one_is_refused() -> None:
    planned = (IMPOSSIBLE, *PLAN.planned)
    scenario = replace(PLAN, planned=planned)
    sentences = change_sentences(scenario, future_state(WORKED, scenario.changes))
    assert "Plan: Ana" in sentences[0]
    assert "Plan: Ben." in sentences[1]


def test_shares_that_stay_and_shares_that_nobody_knows() -> None:
    stages = (Stage(name="a", processing_time=1.0, wait_time=3.0), Stage(name="b", processing_time=1.0, wait_time=3.0))
    without_b = future_state(stream_of(*stages), [RemoveStage(stage="b")])
    assert shares_sentence(without_b) == "Flow efficiency stays at 25%."  # 2 of 8 h, then 1 of 4 h
    unknown = future_state(stream_of(Stage(name="a", wait_time=1.0)), [SetWaitTime(stage="a", hours=0.5)])
    assert shares_sentence(unknown) == ""


def test_names_in_a_plan_are_no_marks_in_markdown() -> None:
    hostile = replace(PLAN, planned=(replace(PLAN.planned[0], owner="[x](http://e)", target="<b>"),))
    text = summary_markdown(write_summary(Subject(analyse(WORKED), scenario=hostile)))
    assert "\\[x\\](http://e)" in text
    assert "<b>" not in text
