"""Where people are led after signing in: to a page of ours or a publication, whatever a cookie says."""

from __future__ import annotations

from urllib.parse import quote

import pytest

from pages.shared.asked_page import page_of


@pytest.mark.parametrize("address", ["/overview", "/what-if?draft=a_b-c&scenario=x%20y", "/p/token", "/?draft=x"])
def test_a_page_that_was_asked_for_is_led_to(address: str):
    assert page_of(quote(address, safe="")) == address


@pytest.mark.parametrize(
    "address",
    [
        "",
        "/",
        "/nowhere",
        "//evil.example/overview",
        "https://evil.example/overview",
        "/\\evil.example",
        "overview",
        "/overview?x\r\nSet-Cookie: a=b",
        "/overview?é",
        "/_stcore/stream",
        "/oauth2callback",
    ],
)
def test_nothing_else_is(address: str):
    assert page_of(quote(address, safe="")) is None
