"""The pages about items in a browser: a dot leads to its item, and the link remembers which items were chosen."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import expect

from tests.browser.visit import Visit
from tests.pages.log_opening import event_log

PAGES = ("Flow over time", "Rework and paths", "Why it waits", "Forecast", "Compare")


def test_a_dot_leads_to_its_item_and_a_choice_of_items_stays_in_the_link(visit: Callable[..., Visit]) -> None:
    v = visit()
    v.upload("typed.csv", event_log().encode())
    v.go_to("Flow over time")
    dot = v.page.locator('[data-testid="stVegaLiteChart"]').first.locator(".mark-symbol.role-mark path").nth(3)
    box = dot.bounding_box()
    assert box is not None
    v.page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    expect(v.page.get_by_text("1 item picked in the chart.")).to_be_visible()

    v.page.get_by_role("button", name="Choose items").click()
    v.page.get_by_test_id("stPopoverBody").get_by_role("combobox").first.click()
    v.page.get_by_role("option", name="Bug").click()
    expect(v.page.get_by_text("only Bug: 20 of 40 items")).to_be_visible()
    v.settle()
    expect(v.page.get_by_text("picked in the chart")).to_have_count(0)
    v.page.keyboard.press("Escape")
    for title in PAGES[1:]:
        v.go_to(title)
        expect(v.page.get_by_text("only Bug: 20 of 40 items")).to_be_visible()
        assert "type=Bug" in v.page.url


def test_the_pages_fit_a_phone(visit: Callable[..., Visit]) -> None:
    v = visit(phone=True)
    v.upload("typed.csv", event_log().encode())
    for title in PAGES:
        v.go_to(title)
        assert v.page.evaluate("document.documentElement.scrollWidth") <= 390, title
