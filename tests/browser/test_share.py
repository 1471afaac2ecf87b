"""Publish in one browser, open in another without cookies, explore, revoke; and hostile names on a published page."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.test_accessible import violations
from tests.browser.visit import ROOT, Visit
from tests.hostile import EVIL, STRINGS, item_log, stage_table
from vsm.analysis import analyse
from vsm.changes import SetWaitTime
from vsm.flow import measured_log
from vsm.opening import AnyReading, MeasuredReading, read_data
from vsm.plan import PlannedChange, Scenario
from vsm.sharing.rendering import render
from vsm.sharing.store import Store
from vsm.subject import Subject

Open = Callable[..., Visit]
SAMPLE = ROOT / "sample_data" / "software_delivery.csv"
DRAWN_MS = 60_000
"""Some twenty pictures are drawn on the click: two seconds of work, which a busy machine spreads over many."""
REVOKED_MS = 1_000
"""Within a second of the click a revoked link is gone."""


def publish(person: Visit) -> tuple[str, str]:
    """Publish what is loaded, and return both links."""
    person.go_to("Share")
    person.page.get_by_role("button", name="Publish", exact=True).click()
    expect(person.page.get_by_text("is published.")).to_be_visible(timeout=DRAWN_MS)
    person.settle()
    reading, owner = person.page.locator('[data-testid="stCode"] code').all_inner_texts()[:2]
    return reading.strip(), owner.strip()


def status(person: Visit, link: str) -> int:
    return person.page.request.get(link).status


def look_at_charts(person: Visit) -> Locator:
    """Scroll to every chart of a publication, and wait until the script has drawn it."""
    figures = person.page.locator("figure[data-chart]")
    for place in range(figures.count()):
        figures.nth(place).scroll_into_view_if_needed()
        expect(figures.nth(place)).to_have_class(re.compile("drawn"))
    return figures


def test_published_here_it_opens_there_and_is_gone_when_it_is_revoked(visit: Open) -> None:
    owner, reader = visit(), visit()
    owner.upload_file(SAMPLE)
    link, own_link = publish(owner)
    reader.page.goto(link)
    expect(reader.page.get_by_text("42.4 days").first).to_be_visible()
    expect(look_at_charts(reader)).to_have_count(8)
    reader.page.locator('.live path[aria-roledescription="bar"]').first.hover()
    expect(reader.page.locator("#vg-tooltip-element")).to_contain_text("Customer request")
    assert reader.context.cookies() == []

    reader.page.get_by_role("link", name="Explore in the full app").click()
    reader.settle()
    expect(reader.page.locator('[data-testid="stMetricValue"]').first).to_have_text("42.4 days")
    reader.go_to("What if")
    expect(reader.page.get_by_role("button", name="Apply").first).to_be_visible()

    owner.page.goto(own_link)
    owner.settle()
    owner.page.get_by_role("button", name="Revoke", exact=True).click()
    owner.page.get_by_role("button", name="Revoke now").click()
    expect(owner.page.get_by_text("It is revoked.")).to_be_visible()
    reader.page.wait_for_timeout(REVOKED_MS)
    assert [status(reader, f"{link}{form}") for form in ("", ".json", "/map.svg", "/charts.json")] == [410] * 4
    assert status(reader, f"{link[:-1]}x") == 404


def test_an_earlier_version_is_found_on_the_page(visit: Open) -> None:
    owner, reader = visit(), visit()
    owner.upload_file(SAMPLE)
    link, own_link = publish(owner)
    owner.upload("second.csv", b"Stage,Processing time (h),Wait time (h)\nBuild,1,3\nShip,2,2\n")
    owner.go_to("Share")
    owner.page.get_by_role("tab", name="What you published").click()
    field = owner.page.get_by_label("Your own link of a publication")
    field.fill(own_link)
    field.press("Enter")
    owner.settle()
    owner.page.get_by_role("button", name="Replace what it shows").click()
    owner.page.get_by_role("button", name="Replace now").click()
    expect(owner.page.get_by_text("The link shows the new content.")).to_be_visible(timeout=DRAWN_MS)
    reader.page.wait_for_timeout(REVOKED_MS)
    reader.page.goto(link)
    expect(reader.page.locator(".figure .value").first).to_have_text("8 h")
    reader.page.get_by_text("Earlier versions").click()
    reader.page.get_by_role("link", name="Version 1").click()
    expect(reader.page.get_by_text("Version 1, an earlier one")).to_be_visible()
    expect(reader.page.locator(".figure .value").first).to_have_text("42.4 days")


@pytest.fixture
def opened(visit: Open, store_address: str) -> Callable[..., Visit]:
    """Publish a reading, and open its link in a browser of its own."""

    def open_link(reading: AnyReading, title: str, scenario: Scenario | None = None, **options: object) -> Visit:
        store, now = Store(store_address), dt.datetime.now(dt.UTC)
        log = reading.log if isinstance(reading, MeasuredReading) else None
        assert reading.stream is not None
        subject = Subject(analyse(reading.stream), log and measured_log(log), scenario)
        links = store.publish(title, render(subject, reading, title), None, now)
        store.engine.dispose()
        person = visit(**options)
        person.page.goto(f"{person.address}/p/{links.read}")
        return person

    return open_link


def test_without_javascript_the_charts_are_pictures(opened: Callable[..., Visit]) -> None:
    reader = opened(read_data(SAMPLE.read_bytes(), SAMPLE.name, None), "Plain", scripts=False)
    expect(reader.page.locator(".picture svg")).to_have_count(8)
    expect(reader.page.locator(".picture svg").first).to_be_visible()
    expect(reader.page.locator(".live")).to_have_count(0)


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_a_published_page_fits_a_phone_and_can_be_read_by_all(opened: Callable[..., Visit], dark: bool) -> None:
    reader = opened(read_data(SAMPLE.read_bytes(), SAMPLE.name, None), "Phone", phone=True, dark=dark)
    look_at_charts(reader)
    assert reader.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert violations(reader) == []


HOSTILE = {"stages": stage_table(STRINGS[6:120:4]), "items": item_log(STRINGS[6::5])}


@pytest.mark.parametrize("kind", HOSTILE)
def test_no_hostile_name_on_a_published_page_is_more_than_text(
    opened: Callable[..., Visit], monkeypatch: pytest.MonkeyPatch, tmp_path: Path, kind: str
) -> None:
    # At the end of a visit, `visit` asserts that no dialog was opened, nothing refused and no other machine asked.
    branding = tmp_path / "branding.toml"
    branding.write_text("organisation = '<img src=http://evil.example/o.png onerror=alert(1)>'")
    monkeypatch.setenv("VSM_BRANDING", str(branding))
    reading = read_data(HOSTILE[kind].encode(), "<img src=x>.csv")
    assert reading.stream is not None
    said = STRINGS[30:60]
    planned = tuple(
        PlannedChange(
            change=SetWaitTime(stage=stage.name, hours=1), owner=said[at], measure=said[-at], target=said[9 + at]
        )
        for at, stage in enumerate(reading.stream.stages[:4])
    )
    reader = opened(reading, STRINGS[29], Scenario(name=STRINGS[34], planned=planned))
    figures = look_at_charts(reader)
    for place in range(figures.count()):
        # A bar of no length cannot be pointed at.
        for mark in (
            figures.nth(place).locator('.live path[aria-roledescription]:not([d*="h0v"], [d*="v0h"])').all()[:2]
        ):
            mark.hover(force=True)
    expect(reader.page.locator("body")).to_contain_text(EVIL)
    expect(reader.page.locator("script")).to_have_count(1)
    expect(reader.page.locator("img, iframe, object, embed, input, base, link, [id^=escaped]")).to_have_count(0)
    expect(reader.page.locator(f'[src*="{EVIL}"], [href*="{EVIL}"], [href^="javascript"]')).to_have_count(0)
    assert reader.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
