"""What a recipe tells people to export is recognised: the headers it names, as the tool writes them."""

from __future__ import annotations

import re

import pytest

from vsm.export_recipes import RECIPES
from vsm.opening import MeasuredReading, read_data

BY_TOOL = {recipe.tool: recipe for recipe in RECIPES}
ROWS = {
    "GitHub": ('1,"2026-01-05T08:00:00Z","2026-01-06T08:00:00Z","2026-01-06T08:00:00Z"\n', "GitHub pull requests"),
    "Trello": (
        '"createCard","2026-01-05T08:00:00.000Z","c1","",""\n'
        '"updateCard","2026-01-05T10:00:00.000Z","c1","To do","Doing"\n'
        '"updateCard","2026-01-06T10:00:00.000Z","c1","Doing","Done"\n',
        "Trello board actions",
    ),
}


@pytest.mark.parametrize("tool", ROWS)
def test_the_headers_that_a_command_writes_are_recognised(tool: str):
    found = re.search(r"'\[((?:\"[\w.]+\",?)+)\]", BY_TOOL[tool].how)
    assert found is not None
    rows, source = ROWS[tool]
    reading = read_data(f"{found[1]}\n{rows}".encode(), "export.csv")
    assert isinstance(reading, MeasuredReading)
    assert reading.source == source
    assert reading.stream is not None
    assert reading.stream.measured is not None
    assert reading.stream.measured.finished == 1


def test_every_tool_has_a_way_and_says_what_it_tells():
    tools = {"Jira", "Azure DevOps", "GitHub", "GitLab", "Trello", "ServiceNow", "Linear"}
    assert tools <= set(BY_TOOL)
    assert all(recipe.how.endswith(".") and recipe.tells.endswith(".") for recipe in RECIPES)
