from __future__ import annotations

from tests.pages.opening import open_page, words


def test_the_summary_is_there_with_every_section() -> None:
    test = open_page("summary.py")
    assert [heading.value for heading in test.subheader] == [
        "In short",
        "Where the time goes",
        "The bottleneck",
        "Quality and rework",
        "Suggestions",
        "What to measure next",
        "Data notes",
        "All suggestions",
    ]
    assert "13.9%" in words(test)


def test_the_text_to_copy_is_the_text_on_the_page() -> None:
    test = open_page("summary.py")
    assert "Items wait 10 days in front of Backlog refinement" in test.code[0].value
    assert test.code[0].value.startswith("# Software delivery")


def test_suggestions_are_sorted_by_what_they_save() -> None:
    table = open_page("summary.py").dataframe[0].value
    saved = table["Saves (h)"].tolist()
    assert len(saved) > 5
    assert saved == sorted(saved, reverse=True)


def test_nothing_to_suggest_is_said_without_a_table() -> None:
    test = open_page("summary.py", "Stage,Processing time (h)\nIdea,1\nBuild,2\n")
    assert "Nothing in the table points to a change" in words(test)
    assert len(test.dataframe) == 0
