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
    expect(card.get_by_role("heading")).to_be_in_viewport()
    expect(card.get_by_text("Lead time").first).to_be_in_viewport()
    expect(person.stage(6)).to_have_attribute("aria-pressed", "true")

    person.stage(1).focus()
    person.page.keyboard.press("Enter")
    expect(card.get_by_role("heading")).to_have_text("Product discovery")
    expect(person.stage(6)).to_have_attribute("aria-pressed", "false")

    person.page.keyboard.press("Tab")
    look = "e => { const s = getComputedStyle(e); return [s.stroke, s.strokeDasharray]; }"
    chosen, focused, other = (person.stage(i).locator(".ring").evaluate(look) for i in (1, 2, 8))
    assert chosen[0] not in ("none", other[0])
    assert chosen[1] == "none" != focused[1]

    person.page.keyboard.press("Space")
    expect(card.get_by_role("heading")).to_have_text("Backlog refinement")
    expect(person.stage(2)).to_be_focused()


HOSTILE_SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 10 10"'
    ' onload="window.hit=1"><script>window.hit=2</script><foreignObject><p>x</p></foreignObject>'
    '<image href="http://evil.example/a.png"/><use xlink:href="http://evil.example/b.svg#x"/>'
    '<g class="stage" data-stage="0" onclick="window.hit=3"><rect class="ring"/><text>kept</text></g></svg>'
)
DRAW = """async ([code, svg]) => {
  const module = await import(URL.createObjectURL(new Blob([code], { type: 'text/javascript' })));
  const host = document.createElement('div');
  host.innerHTML = '<div class="map" style="--st-background-color: #fff"></div>';
  document.body.append(host);
  module.default({ data: { light: svg, dark: svg, selected: null }, parentElement: host, setStateValue() {} });
  return [host.querySelector('.map').innerHTML, window.hit];
}"""


def test_the_component_drops_whatever_could_run_or_load(visit: Open) -> None:
    person = visit()
    code = (ROOT / "pages" / "shared" / "map_view.js").read_text(encoding="utf-8")
    drawn, hit = person.page.evaluate(DRAW, [code, HOSTILE_SVG])
    assert "kept" in drawn
    assert hit is None
    assert not [word for word in ("script", "foreignObject", "evil", "onload", "onclick") if word in drawn]


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
    person.page.get_by_role("button", name="Load “Software delivery”").click()
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
