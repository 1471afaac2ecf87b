from __future__ import annotations

from tests.pages.opening import open_page, words


def test_every_figure_is_explained_with_the_streams_own_numbers() -> None:
    text = words(open_page("method.py"))
    assert "47 / (47 + 292) = 13.8643%" in text
    assert "1 × 0.9 × 0.85 × 0.95 × 0.9 × 0.8 × 0.7 × 0.95 × 0.98 × 0.95 = 32.3958%" in text


def test_a_link_from_a_figure_opens_its_entry_at_the_top() -> None:
    test = open_page("method.py", query={"figure": "flow_efficiency"})
    assert test.header[0].value == "Flow efficiency"
    assert "Flow efficiency" not in [title.value for title in test.subheader]


def test_without_a_link_the_entries_stand_in_their_order() -> None:
    test = open_page("method.py", query={"figure": "no such figure"})
    assert test.header[0].value == "Every figure"
    assert [title.value for title in test.subheader][:2] == ["Lead time", "Flow efficiency"]


def test_definitions_in_force_and_the_glossary_are_there() -> None:
    text = words(open_page("method.py"))
    assert "A row's wait lies after its stage" in text
    assert "**flow efficiency**: " in text
