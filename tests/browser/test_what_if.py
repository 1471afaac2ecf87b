"""A person goes from an upload to a future state in a browser: by suggestion, by form, by table; at both widths."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.visit import ROOT, Visit
from vsm.scenario_file import read_scenarios

WORKED = ROOT / "sample_data" / "software_delivery.csv"


@pytest.mark.parametrize("phone", [True, False], ids=["phone", "desk"])
def test_a_future_state_is_three_clicks_behind_the_upload(visit: Callable[..., Visit], phone: bool) -> None:
    person = visit(phone=phone)
    person.upload_file(WORKED)
    person.go_to("What if")
    person.page.get_by_role("button", name="Apply", exact=True).nth(1).click()
    # Half of the 80 h behind Product discovery, in 1.3191 visits: 52.8 of 450.7 h
    gain = "An average item takes 49.7 days instead of 56.3 days, rework included: 6.6 days less (11.7%)."
    expect(person.page.get_by_text(gain).first).to_be_visible()
    person.settle()
    expect(person.map.locator(".queue", has_text="was")).to_have_count(1)
    wider = person.page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
    assert not wider


def test_changes_by_form_and_by_table_are_undone_and_live_in_the_link(visit: Callable[..., Visit]) -> None:
    person = visit()
    person.upload_file(WORKED)
    person.go_to("What if")
    page = person.page
    page.get_by_role("tab", name="Your own").click()
    page.get_by_label("New wait").fill("2 h")
    page.get_by_role("button", name="Make this change").click()
    shorter = "Shorten the wait behind Customer request from 2 days to 2 h"
    expect(page.get_by_text(shorter).first).to_be_visible()
    person.settle()
    page.get_by_role("tab", name="In the table").click()
    write_over(page, row=1, column=2, text="1 day")
    written = "Shorten the wait behind Product discovery from 10 days to 8 h"
    expect(page.get_by_text(written)).to_be_visible()
    person.settle()
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_text(written)).to_have_count(0)
    person.settle()
    person.go_to("Stages")
    assert "scenario=" in page.url
    person.go_to("What if")
    expect(page.get_by_text(shorter).first).to_be_visible()


def test_the_file_holds_the_scenario_that_is_shown(visit: Callable[..., Visit]) -> None:
    person = visit()
    person.upload_file(WORKED)
    person.go_to("What if")
    person.page.get_by_role("button", name="Apply", exact=True).first.click()
    person.settle()
    person.page.get_by_role("button", name="Scenarios and files").click()
    with person.page.expect_download() as download:
        person.page.get_by_role("button", name="Save all scenarios (JSON)").click()
    saved = read_scenarios(Path(download.value.path()).read_bytes())
    assert [len(scenario.planned) for scenario in saved.scenarios] == [1]


def write_over(page: Page, *, row: int, column: int, text: str) -> None:
    """Write into a cell of the table of figures, which is drawn on a canvas."""
    table = page.locator('[data-testid="stDataFrame"]:visible canvas[data-testid="data-grid-canvas"]').first
    table.scroll_into_view_if_needed()
    # Its cells for screen readers are there once the table can be written into.
    expect(table.locator(f'[data-testid="glide-cell-{column}-{row}"]')).to_be_attached()
    box = table.bounding_box()
    assert box is not None
    page.mouse.dblclick(box["x"] + box["width"] * (column + 0.5) / 7, box["y"] + 35 * (row + 1.5))
    field = page.locator("textarea.gdg-input")
    field.fill(text)
    field.press("Enter")


def test_a_copy_of_a_scenario_gets_a_name_of_its_own_and_both_stand_side_by_side(visit: Callable[..., Visit]) -> None:
    person = visit()
    person.upload_file(WORKED)
    person.go_to("What if")
    person.page.get_by_role("button", name="Apply", exact=True).first.click()
    person.settle()
    person.page.get_by_role("button", name="Scenarios and files").click()
    person.page.get_by_role("button", name="Duplicate").click()
    expect(person.page.get_by_role("heading", name="The scenarios side by side")).to_be_visible()
    person.settle()
    person.page.keyboard.press("Escape")
    person.settle()
    expect(person.page.get_by_text("Future state 2", exact=True).first).to_be_attached()
    expect(person.page.get_by_text("Future state 3", exact=True)).to_have_count(0)
