"""A reload in a browser loses nothing of a visit, and a click on the data page makes it forget everything."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import expect

from tests.browser.visit import ROOT, Visit

WORKED = ROOT / "sample_data" / "software_delivery.csv"
APPLIED = "An average item takes 49.7 days instead of 56.3 days"
"""Half of the 80 h behind Product discovery, in 1.3191 visits: 52.8 of 450.7 h."""


def draft(person: Visit) -> str:
    (token,) = parse_qs(urlsplit(person.page.url).query)["draft"]
    return token


@pytest.mark.parametrize("phone", [True, False], ids=["phone", "desk"])
def test_a_reload_finds_the_file_the_choices_and_the_scenario(visit: Callable[..., Visit], phone: bool) -> None:
    person = visit(phone=phone)
    page = person.page
    person.upload_file(WORKED)
    page.get_by_label("Name of the stream").fill("Ours")
    page.get_by_label("Name of the stream").press("Enter")
    expect(page.get_by_text("Ours · from software_delivery.csv")).to_be_visible()
    person.settle()
    person.go_to("What if")
    page.get_by_role("button", name="Apply", exact=True).nth(1).click()
    expect(page.get_by_text(APPLIED).first).to_be_visible()
    person.settle()
    page.reload()
    person.settle()
    expect(page.get_by_text(APPLIED).first).to_be_visible()
    expect(page.get_by_text("Ours · from software_delivery.csv")).to_be_visible()
    expect(page.get_by_role("button", name="Undo")).to_be_enabled()
    person.settle()
    token = draft(person)
    person.go_to("Overview")
    assert draft(person) == token


def test_the_address_opens_the_draft_in_another_browser_and_no_other_address_does(
    visit: Callable[..., Visit],
) -> None:
    person = visit()
    person.upload_file(WORKED)
    person.go_to("Overview")
    later = visit(query=f"?draft={draft(person)}")
    later.open("overview")
    expect(later.page.get_by_text("from software_delivery.csv").first).to_be_visible()
    stranger = visit(query=f"?draft={draft(person)[:-1]}")
    stranger.open("overview")
    expect(stranger.page.get_by_text("leads to no draft")).to_be_visible()
    expect(stranger.page.get_by_text("software_delivery.csv")).to_have_count(0)
    later.settle()
    stranger.settle()


def test_a_deleted_draft_is_gone_after_a_reload(visit: Callable[..., Visit]) -> None:
    person = visit()
    page = person.page
    person.upload_file(WORKED)
    old = page.url
    assert draft(person)
    expect(page.get_by_text("This visit is kept as a draft in a file on this computer")).to_be_visible()
    page.get_by_role("button", name="Delete the draft").click()
    expect(page.get_by_text("Nothing is written to disk")).to_be_visible()
    person.settle()
    assert "draft=" not in page.url
    page.reload()
    expect(page.get_by_role("button", name="Keep no draft")).to_be_visible()
    expect(page.get_by_text("from software_delivery.csv")).to_have_count(0)
    page.goto(old)
    expect(page.get_by_text("leads to no draft")).to_be_visible()
    person.settle()
