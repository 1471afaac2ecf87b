"""The future state in the HTML and Markdown reports: what it brings, its map, the plan, and nothing where none is."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest

from tests.planned import IMPOSSIBLE, PLAN
from tests.reports.test_html import HOSTILE, Page
from tests.streams import WORKED, stream_of
from vsm.analysis import analyse
from vsm.changes import SetCompleteAccurate, SetWaitTime
from vsm.command_line import main
from vsm.future_words import gain_sentence, gains
from vsm.model import Stage
from vsm.plan import Costs, PlannedChange, Scenario
from vsm.reports import html_report, markdown_report, write
from vsm.reports.content import content_of
from vsm.scenario_file import scenario_text
from vsm.subject import Subject

SUBJECT = Subject(analyse(WORKED), scenario=replace(PLAN, planned=(*PLAN.planned, IMPOSSIBLE)))


@pytest.fixture(scope="module")
def page() -> Page:
    return Page(html_report(SUBJECT))


def test_the_page_says_what_it_brings_and_who_does_what_by_when(page: Page):
    assert SUBJECT.future is not None
    assert gain_sentence(SUBJECT.future) in page.text
    for gain in gains(SUBJECT.future):
        assert gain.after in page.text
    # 47 of 293 h; the rest as it was said
    for words in ("The future state: Next quarter", "16%", "Ana", "31 Mar 2027", "Days until discovery", "medium"):
        assert words in page.text
    assert "Coming earlier is worth" in page.text
    assert "Left out: “Do without Nowhere”." in page.text
    assert "nan" not in page.text.split()


def test_it_has_the_waterfall_and_both_maps_with_ids_of_their_own(page: Page):
    maps = [a for a in page.all("svg") if "value-stream-map" in (a.get("class") or "")]
    assert len(maps) == 2
    assert page.source.index('id="map"') < page.source.index('id="future"') < page.source.index('id="stages"')
    assert "From the lead time now to the lead time then" in page.text
    ids = Counter(attributes["id"] for _, attributes in page.elements if "id" in attributes)
    assert ids.most_common(1)[0][1] == 1
    levels = [int(tag[1]) for tag, _ in page.elements if re.fullmatch(r"h[1-6]", tag)]
    assert all(after - before <= 1 for before, after in pairwise(levels))
    assert page.open == []


def test_without_a_change_reports_speak_of_the_current_state_alone():
    for report in (html_report, markdown_report):
        bare = report(Subject(analyse(WORKED)))
        assert report(Subject(analyse(WORKED), scenario=Scenario(name="empty"))) == bare
        assert "future state" not in bare.lower()


def test_a_plan_without_owners_has_no_columns_for_them():
    scenario = Scenario(name="bare", planned=(PlannedChange(change=SetWaitTime(stage="Testing", hours=3.0)),))
    text = markdown_report(Subject(analyse(WORKED), scenario=scenario))
    assert "| Change | Saves |\n" in text


def test_several_scenarios_stand_side_by_side_in_every_report():
    less = Scenario(name="Less waiting", planned=(PlannedChange(change=SetWaitTime(stage="Testing", hours=3.0)),))
    both = Subject(analyse(WORKED), scenario=PLAN, scenarios=(PLAN, less))
    (told,) = content_of(both).told
    ((_, table),) = told.tables
    # 339 h; the plan leaves 293 h, and 27 h less behind Testing 312 h
    assert table.labels == ("Figure", "Current state", "Next quarter", "Less waiting")
    assert {row[0]: row[1:] for row in table.rows}["Lead time"] == ("42.4 days", "36.6 days", "39 days")
    text = markdown_report(both)
    assert "## The scenarios side by side" in text
    assert "Less waiting" in Page(html_report(both)).text
    assert content_of(replace(both, scenarios=(PLAN,))).told == ()


def test_what_a_scenario_cannot_tell_is_a_dash():
    stuck = stream_of(Stage(name="a", processing_time=1.0, wait_time=4.0, complete_accurate=0.0))
    changes = (
        Scenario(name=name, planned=(PlannedChange(change=c),))
        for name, c in (
            ("wait", SetWaitTime(stage="a", hours=1.0)),
            ("quality", SetCompleteAccurate(stage="a", share=0.5)),
        )
    )
    (told,) = content_of(Subject(analyse(stuck), scenarios=tuple(changes))).told
    ((_, table),) = told.tables
    # Each of 5 h is done twice.
    assert {row[0]: row[1:] for row in table.rows}["Lead time with rework"] == ("–", "–", "10 h")


def test_what_is_not_known_now_and_then_is_said_without_a_waterfall():
    stream = stream_of(Stage(name="a", complete_accurate=0.0, wait_time=4.0), Stage(name="b", processing_time=1.0))
    scenario = Scenario(name="x", planned=(PlannedChange(change=SetWaitTime(stage="Nowhere", hours=1.0)),))
    text = Page(html_report(Subject(analyse(stream), scenario=scenario))).text
    assert "From the lead time now" not in text
    assert "Left out: " in text


def test_names_in_a_plan_are_text():
    entry = replace(PLAN.planned[0], owner=HOSTILE, measure=HOSTILE)
    hostile = replace(PLAN, name=HOSTILE, planned=(entry,), costs=Costs(hour_of_work=1.0, currency="<b>"))
    html = html_report(Subject(analyse(WORKED), scenario=hostile))
    assert "<script" not in html
    assert "<b>" not in html
    assert Page(html).text.count("<script>alert(1)</script>") >= 3


def test_markdown_sets_now_beside_then():
    text = markdown_report(SUBJECT)
    assert "| Flow efficiency | 13.9% | 16% |" in text
    assert "## The future state" in text
    assert "| Ana | 31 Mar 2027 |" in text


def test_write_and_the_command_line_carry_the_scenario(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    write(SUBJECT.analysis, tmp_path / "a.md", scenario=PLAN)
    assert "## The future state" in (tmp_path / "a.md").read_text(encoding="utf-8")
    table = Path(__file__).parents[2] / "sample_data" / "software_delivery.csv"
    saved, out = tmp_path / "scenarios.json", tmp_path / "b.html"
    saved.write_text(scenario_text(WORKED, (PLAN,)), encoding="utf-8")
    assert main(["analyse", str(table), "--scenario", str(saved), "--html", str(out)]) == 0
    assert "The future state: Next quarter" in out.read_text(encoding="utf-8")
    capsys.readouterr()
