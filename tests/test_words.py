"""Sentences: right numbers, right plurals, the same words each time, and nothing said that was not computed."""

from __future__ import annotations

import re
from dataclasses import fields, is_dataclass, replace

import pytest

from tests.streams import WORKED, stream_of
from tests.test_capacity import ACME
from vsm import analyse
from vsm.analysis import Analysis
from vsm.data_words import data_notes
from vsm.headlines import definition_notes, headline_figures
from vsm.method import GLOSSARY, explanations
from vsm.model import Definitions, Problem, RowCount, Severity, Source, Stage, ValueStream
from vsm.subject import Subject
from vsm.summary import summary_markdown, write_summary
from vsm.tables import stage_table, suggestion_table
from vsm.verdicts import findings, verdict_sentences
from vsm.wording import hours, number, percent

TEAMS = stream_of(
    Stage(name="a", processing_time=1, wait_time=5, team="X", complete_accurate=0.9),
    Stage(name="b", processing_time=1, wait_time=7, team="Y", wip=4),
    Stage(name="c", processing_time=2, wait_time=2, team="Y", people=1),
    name="Order to invoice",
    definitions=Definitions(demand=4),
)
PARALLEL = stream_of(
    Stage(name="a", processing_time=1, wait_time=3, complete_accurate=0.5),
    Stage(name="b", processing_time=2, wait_time=8, parallel_group="g"),
    Stage(name="c", processing_time=5, parallel_group="g"),
)
STREAMS = {"worked": WORKED, "factory": ACME, "teams": TEAMS, "parallel": PARALLEL, "bare": stream_of(Stage(name="a"))}


def text_of(analysis: Analysis, sections: int = 7) -> str:
    summary = write_summary(Subject(analysis))
    return "\n".join(t for s in summary.sections[:sections] for t in (*s.paragraphs, *s.bullets))


@pytest.fixture(params=STREAMS, name="analysis")
def any_analysis(request: pytest.FixtureRequest) -> Analysis:
    return analyse(STREAMS[request.param])


def test_the_findings_of_the_worked_stream() -> None:
    time, bottleneck, quality = findings(analyse(WORKED))
    assert "An item takes 42.4 days" in time  # 339 h at 8 h a day
    assert "flow efficiency of 13.9%, within the 5–15% typical of knowledge work" in time
    assert bottleneck == "Items wait 10 days in front of Backlog refinement: 27.4% of all waiting."  # 80 of 292 h
    assert quality.startswith("Only 32.4% of items pass every stage")
    assert "so that an average item takes 56.3 days." in quality  # 450.706 h


def test_headline_figures_of_the_worked_stream() -> None:
    shown = {f.key: (f.value, f.exact) for f in headline_figures(analyse(WORKED))}
    assert shown == {
        "lead_time": ("42.4 days", "339 h"),
        "flow_efficiency": ("13.9%", "13.8643%"),
        "rolled_complete_accurate": ("32.4%", "32.3958%"),
        "lead_time_with_rework": ("56.3 days", "450.706 h"),
        "handoffs": ("28", "28"),
    }


def test_throughput_and_load_are_shown_where_known() -> None:
    shown = {f.key: f for f in headline_figures(analyse(TEAMS))}
    assert shown["throughput"].value == "4 a week"
    # 6 / 0.9 + 8 + 4 = 18.67 h with rework, 4 a week, 40 h a week
    assert shown["flow_load"].sentence == "Items in the stream now, as stated; Little's law expects 1.9."


def test_every_headline_figure_is_explained() -> None:
    explained = {e.key for e in explanations(analyse(TEAMS))}
    assert {f.key for f in headline_figures(analyse(TEAMS))} <= explained


def figures_in(value: object) -> set[float]:
    """Collect every number inside an analysis, however deep."""
    if isinstance(value, bool) or value is None:
        return set()
    if isinstance(value, int | float):
        return {float(value)}
    if is_dataclass(value):
        return set().union(*(figures_in(getattr(value, f.name)) for f in fields(value)))
    if isinstance(value, tuple):
        return set().union(*(figures_in(v) for v in value))
    return set()


def test_every_number_in_the_summary_is_one_of_the_analysis(analysis: Analysis) -> None:
    """The last section, the data notes, states definitions instead."""
    definitions = analysis.stream.definitions
    known = figures_in(analysis)
    waits = sorted((q.wait_time for q in analysis.queues), reverse=True)
    derived = {sum(waits[: i + 1]) for i in range(len(waits))}
    whole = analysis.wait_time or 1
    shares = known | {w / whole for w in derived | set(waits)} | {1 - k for k in known if 0 <= k <= 1}
    shares |= {(s.stage.processing_time or 0) / (analysis.processing_time or 1) for s in analysis.stages}
    if analysis.team_wait is not None:
        shares |= {analysis.team_wait.between / whole}
    allowed = {hours(k, definitions) for k in known if k >= 0} | {percent(s) for s in shares if s >= 0}
    allowed |= {"15%", "5–15%", "10%", "85%"}
    text = text_of(analysis, sections=6).replace("under 0.1%", "")
    for token in re.findall(r"[\d.,]+(?:%| (?:days|h|min|s)\b)", text):
        assert token in allowed, token


def test_the_same_stream_gives_the_same_words(analysis: Analysis) -> None:
    assert text_of(analysis) == text_of(analyse(analysis.stream))


def test_sentences_are_whole_and_plurals_right(analysis: Analysis) -> None:
    text = text_of(analysis)
    for wrong in ("None", "nan", "  ", "..", " 1 days", " 1 items", " 1 stages", "(s)", "[]", "{", "1 people"):
        assert wrong not in text, wrong
    for line in text.splitlines():
        assert line[0].isupper() or line[0] in "%0123456789", line
        assert line.endswith((".", "?")), line


def test_the_summary_of_the_worked_stream_is_about_a_page() -> None:
    assert 350 < len(text_of(analyse(WORKED)).split()) < 800


def test_parallel_stages_say_that_the_longest_path_counts() -> None:
    figure = headline_figures(analyse(PARALLEL))[0]
    assert figure.exact == "14 h"  # a: 4; the longer of b: 10 and c: 5
    assert figure.sentence.startswith("Along the longest path")


def test_times_that_are_missing_make_the_lead_time_a_lower_bound() -> None:
    stages = (("A", 1.0, 10.0), ("B", 2.0, None), ("C", 3.0, None))
    analysis = analyse(stream_of(*(Stage(name=n, processing_time=p, wait_time=w) for n, p, w in stages)))
    time, bottleneck, _ = findings(analysis)
    # the last stage's wait is no gap: nothing follows it
    assert time.startswith("An item takes at least 2 days, with 6 h of work in it: a flow efficiency, as far as")
    assert bottleneck == "Items wait 10 h in front of B: 100% of all waiting."
    lead, efficiency = headline_figures(analysis)[:2]
    assert lead.sentence.endswith("The wait time of B is not known, so the real lead time is longer.")
    assert efficiency.sentence.endswith("It rests on the times that are known.")
    assert verdict_sentences(analysis)[-1] == "The evidence is weak: 1 queue is not known, and may be longer."


def test_the_verdict_names_what_is_missing_of_utilisation() -> None:
    stages = (Stage(name="a", wait_time=5), Stage(name="b", wait_time=1, people=1, demand=2))
    sentences = verdict_sentences(analyse(stream_of(*stages)))
    assert any(s.startswith("The table does not say the processing time of b,") for s in sentences)


def test_work_side_by_side_is_not_divided_by_the_lead_time() -> None:
    # 1 + 2 + 5 of work in 4 + 10 + 5 of stages: 8/19; the lead time is 14
    assert "of all the time in its stages 42.1% is work" in findings(analyse(PARALLEL))[0]
    shares = stage_table(analyse(PARALLEL))["Share of lead time"]
    assert list(shares) == pytest.approx([4 / 14, 10 / 14, 5 / 14])


def test_an_item_that_never_finishes_is_said() -> None:
    analysis = analyse(stream_of(Stage(name="Check", processing_time=1, complete_accurate=0.0)))
    assert findings(analysis)[2] == ("No item ever finishes, as Check states a %C&A of 0%: check that figure first.")


def test_notes_on_data_and_definitions_name_rows_and_problems() -> None:
    problem = Problem(severity=Severity.WARNING, repair="r", message="m.")
    source = Source(file="a.csv", sheet=None, rows=RowCount(used=3, left_out=1, blank=0), problems=(problem,))
    analysis = analyse(replace(WORKED, source=source))
    assert data_notes(analysis)[0] == "Read from a.csv: 4 rows, of which 3 used, 1 left out and 0 blank."
    assert "1 warning" in data_notes(analysis)[-1]
    assert "A day has 8 h and a week 5 days, for work and for waiting." in definition_notes(analysis)


def test_names_cannot_become_markup_in_the_markdown_summary() -> None:
    hostile = stream_of(Stage(name="![x](http://example.org/a.png)", wait_time=3), Stage(name="<b>b</b>", wait_time=1))
    text = summary_markdown(write_summary(Subject(analyse(hostile))))
    assert "![x](" not in text
    assert "<b>" not in text


def test_tables_have_a_row_a_stage_and_leave_not_measured_empty() -> None:
    table = stage_table(analyse(TEAMS))
    assert list(table["Stage"]) == ["a", "b", "c"]
    assert table["%C&A"].isna().tolist() == [False, True, True]
    assert list(table["Share of lead time"]) == pytest.approx([6 / 18, 8 / 18, 4 / 18])
    assert "Batch size" not in table
    assert len(suggestion_table(analyse(TEAMS))) == len(analyse(TEAMS).suggestions)


def test_explanations_put_the_streams_own_numbers_in() -> None:
    shown = {e.key: e.with_numbers for e in explanations(analyse(WORKED))}
    assert shown["flow_efficiency"] == "47 / (47 + 292) = 13.8643%"
    assert shown["lead_time"] == "16.5 + 86 + 62 + 41 + 36 + 21.5 + 38 + 25 + 11 + 2 = 339 h"
    assert shown["cost_of_rework"] == "450.706 h − 339 h = 111.706 h"
    assert all(e.with_numbers for e in explanations(analyse(stream_of(Stage(name="a")))))


def test_the_glossary_has_each_word_once() -> None:
    words = [word for word, _ in GLOSSARY]
    assert len(words) == len(set(words))


def test_numbers_in_words() -> None:
    assert [number(x) for x in (1.0, 0.1, 1234.56, None)] == ["1", "0.1", "1,234.6", "not measured"]


def test_an_empty_stream_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one stage"):
        analyse(ValueStream(stages=()))
