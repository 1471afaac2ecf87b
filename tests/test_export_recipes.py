"""What a recipe tells people to export is recognised: the headers it names, as the tool writes them."""

from __future__ import annotations

import json
import re

import pytest

from vsm.export_recipes import RECIPES
from vsm.opening import MeasuredReading, read_data

BY_TOOL = {recipe.tool: recipe for recipe in RECIPES}
ROWS = {
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


def test_the_keys_that_a_command_writes_are_recognised():
    found = re.search(r"--json ([\w,]+) ", BY_TOOL["GitHub"].how)
    assert found is not None
    assert found[1].split(",") == ["number", "title", "author", "labels", "createdAt", "closedAt", "mergedAt"]
    pull = {"number": 1, "title": "Mend it", "author": {"login": "ann"}, "labels": [{"name": "bug"}]}
    closed = "2026-01-06T08:00:00Z"
    item = {**pull, "createdAt": "2026-01-05T08:00:00Z", "closedAt": closed, "mergedAt": closed}
    reading = read_data(json.dumps([item]).encode(), "pulls.json")
    assert isinstance(reading, MeasuredReading)
    assert reading.source == "GitHub pull requests"
    assert reading.stream is not None
    assert reading.stream.measured is not None
    assert reading.stream.measured.lead_times is not None
    assert reading.stream.measured.lead_times.mean == 24


def test_every_tool_has_a_way_and_says_what_it_tells():
    tools = {"Jira", "Azure DevOps", "GitHub", "GitLab", "Trello", "ServiceNow", "Linear"}
    assert tools <= set(BY_TOOL)
    assert all(recipe.how.endswith(".") and recipe.tells.endswith(".") for recipe in RECIPES)
