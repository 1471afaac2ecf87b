from __future__ import annotations

from tests.pages.opening import open_page, words

# Worked by hand: 339 h and 450.706 h in days of 8 h, the product of the ten %C&A, the sum of the people touching.
WORKED_FIGURES = {
    "Lead time": "42.4 days",
    "Flow efficiency": "13.9%",
    "Rolled %C&A": "32.4%",
    "Lead time with rework": "56.3 days",
    "Handoffs": "28",
}


def test_headline_figures_of_the_worked_stream() -> None:
    test = open_page("overview.py")
    shown = {metric.label.replace("\\", ""): metric.value.replace("\\", "") for metric in test.metric}
    assert shown == WORKED_FIGURES


def test_each_figure_has_its_sentence_and_a_way_to_its_explanation() -> None:
    test = open_page("overview.py")
    links = [link.proto.query_string for link in test.get("page_link")]
    keys = ["lead_time", "flow_efficiency", "rolled_complete_accurate", "lead_time_with_rework", "handoffs"]
    assert [link for link in links if link] == [f"figure={key}" for key in keys]
    assert "within the 5–15% typical of knowledge work" in words(test)


def test_findings_stand_at_the_top_in_three_sentences() -> None:
    first = [markdown.value for markdown in open_page("overview.py").markdown][:3]
    assert first[0].startswith("An item takes 42.4 days")
    assert "Backlog refinement" in first[1]
    assert "32.4%" in first[2]


def test_what_to_try_first_is_said_with_a_way_to_the_other_changes() -> None:
    # Worked by hand: half of the only wait, which no batch explains, is 5 h; an immediate start saves all 10 h of it.
    test = open_page("overview.py", "Stage,Processing time (h),Wait time (h)\nIdea,1,10\nBuild,2,0\n")
    assert "First to try: shorten the wait behind Idea from 10 h to 5 h. Saves 5 to 10 h." in words(test)
    assert "What to change, and what it would bring" in [link.proto.label for link in test.get("page_link")]


def test_nothing_is_suggested_where_nothing_would_save_time() -> None:
    test = open_page("overview.py", "Stage,Processing time (h),Wait time (h)\nIdea,1,0\n")
    assert "First to try" not in words(test)


def test_throughput_and_load_are_shown_where_known() -> None:
    test = open_page("overview.py", sample="support_ticket.csv")
    labels = [metric.label for metric in test.metric]
    assert labels[-2:] == ["Throughput", "Flow load"]


def test_what_is_not_measured_is_said() -> None:
    test = open_page("overview.py", "Stage,Processing time (h)\nIdea,1\nBuild,2\n")
    shown = {metric.label.replace("\\", ""): metric.value for metric in test.metric}
    assert "not measured" in shown["Flow efficiency"]
    assert "3 h of work. The wait time is not known, so the real lead time is longer." in words(test)


def test_a_stage_chosen_in_the_map_shows_its_figures() -> None:
    test = open_page("overview.py")
    assert "Choose a stage in the map" in words(test)
    test.session_state["overview_map"] = {"stage": 6}
    test.run()
    assert "Testing" in [heading.value for heading in test.header]
    assert "Rework goes to: **Code review**" in words(test)
