"""The value stream map in the browser: chosen by click and key, on the right ground, readable on a phone."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.visit import ROOT, Visit

Open = Callable[..., Visit]
WORKED = ROOT / "sample_data" / "software_delivery.csv"
SMALLEST_LETTERS = 9.5


def _open_map(person: Visit) -> None:
    person.upload_file(WORKED)
    person.go_to("Value stream map")
    expect(person.map).to_be_visible()


def test_click_enter_and_space_choose_a_stage(visit: Open) -> None:
    person = visit()
    _open_map(person)
    card = person.page.locator(".st-key-stage_card")
    expect(card).to_have_count(0)

    person.stage(6).click()
    expect(card.get_by_role("heading")).to_have_text("Testing")
    expect(person.stage(6)).to_have_attribute("aria-pressed", "true")

    person.stage(1).focus()
    person.page.keyboard.press("Enter")
    expect(card.get_by_role("heading")).to_have_text("Product discovery")
    expect(person.stage(6)).to_have_attribute("aria-pressed", "false")

    person.page.keyboard.press("Tab")
    person.page.keyboard.press("Space")
    expect(card.get_by_role("heading")).to_have_text("Backlog refinement")
    expect(person.stage(2)).to_be_focused()


def test_colours_by_team_on_demand(visit: Open) -> None:
    person = visit()
    _open_map(person)
    expect(person.map).not_to_contain_text("between teams (dashed line)")
    person.page.get_by_text("Colour by team").click()
    expect(person.map).to_contain_text("between teams (dashed line)")


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_follows_streamlits_theme_and_not_the_systems(visit: Open, theme: str) -> None:
    person = visit(dark=theme == "light", query=f"?embed_options={theme}_theme&embed=true")
    person.open("overview")
    person.page.get_by_role("button", name="Load this sample").first.click()
    expect(person.map).to_be_visible()
    ink = person.map.locator("text").first.evaluate("e => getComputedStyle(e).fill")
    red = int(ink.removeprefix("rgb(").split(",")[0])
    assert (red < 100) == (theme == "light")


def test_scrolls_on_a_phone_instead_of_shrinking(visit: Open) -> None:
    person = visit(phone=True)
    _open_map(person)
    page = "document.documentElement"
    assert person.page.evaluate(f"{page}.scrollWidth <= {page}.clientWidth")
    assert person.map.evaluate("e => e.clientWidth > e.parentElement.clientWidth")
    smallest = person.map.evaluate(
        "e => Math.min(...[...e.querySelectorAll('text')].map(t => parseFloat(getComputedStyle(t).fontSize)))"
        " * e.getBoundingClientRect().width / e.viewBox.baseVal.width"
    )
    assert smallest >= SMALLEST_LETTERS
