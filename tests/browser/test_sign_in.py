"""People sign in with a provider in a browser: who is let in sees the app, who is not is told so."""

from __future__ import annotations

import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.hosting.identity import CLIENT, SECRET, Identity
from tests.hosting.served import free_port, served

ANN = {"email": "ann@example.org", "email_verified": True}
BO = {"email": "bo@example.org", "email_verified": True, "groups": ["analysts"]}
STRANGER = {"email": "cy@example.com", "email_verified": True, "groups": ["analysts"]}
UNVERIFIED = {"email": "ann@example.org", "email_verified": False}


@pytest.fixture(scope="module")
def identity(chromium: str) -> Iterator[Identity]:
    with Identity() as running:
        yield running


@pytest.fixture(scope="module")
def log(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("sign_in") / "log.txt"


@pytest.fixture(scope="module")
def app(identity: Identity, log: Path) -> Iterator[str]:
    port = free_port()
    settings = {
        "VSM_SIGN_IN": "on",
        "VSM_BASE_URL": f"http://127.0.0.1:{port}",
        "VSM_OIDC_METADATA_URL": identity.metadata,
        "VSM_OIDC_CLIENT_ID": CLIENT,
        "VSM_OIDC_CLIENT_SECRET": SECRET,
        "VSM_COOKIE_SECRET": "a secret of at least thirty-two characters",
        "VSM_MAY_ENTER": "@example.org",
        "VSM_MAY_UPLOAD": "group:analysts",
        "VSM_LINKS_OPEN_TO": "signed-in",
        "VSM_LOG": "json",
    }
    with served(log, port, **settings) as address:
        yield address


@pytest.fixture
def page(browser: Browser, app: str) -> Iterator[Page]:
    context = browser.new_context()
    opened = context.new_page()
    opened.set_default_timeout(20_000)
    opened.goto(app)
    yield opened
    context.close()


def sign_in(page: Page, identity: Identity, claims: dict[str, object]) -> None:
    identity.claims = claims
    page.get_by_role("button", name="Sign in").click()


def status(page: Page, path: str) -> int:
    """Ask the server as this browser does, with its cookies and without following it elsewhere."""
    return page.request.get(page.url.rstrip("/") + path, max_redirects=0).status


def test_without_sign_in_there_is_one_button_and_no_page(page: Page, app: str) -> None:
    expect(page.get_by_role("button", name="Sign in")).to_be_visible()
    expect(page.locator('[data-testid="stSidebarNavLink"]')).to_have_count(0)
    expect(page.locator('[data-testid="stFileUploader"]')).to_have_count(0)
    page.goto(f"{app}/overview")
    expect(page.get_by_role("button", name="Sign in")).to_be_visible()
    expect(page.locator('[data-testid="stMetricValue"]')).to_have_count(0)


def test_without_sign_in_no_door_beside_the_pages_is_open(page: Page, app: str) -> None:
    expect(page.get_by_role("button", name="Sign in")).to_be_visible()
    assert status(page, "/p/some-token") == 303
    request = urllib.request.Request(f"{app}/_stcore/upload_file/a/b", data=b"x", method="PUT")
    with pytest.raises(urllib.error.HTTPError, match="403"):
        urllib.request.urlopen(request)


def test_who_may_bring_data_does_and_signs_out_again(page: Page, identity: Identity) -> None:
    sign_in(page, identity, BO)
    page.locator('[data-testid="stFileUploader"] input[type="file"]').set_input_files(
        {"name": "two.csv", "mimeType": "text/csv", "buffer": b"Stage,Wait time (h)\nBuild,2\nShip,9\n"}
    )
    expect(page.get_by_text("from two.csv").first).to_be_visible()
    expect(page.get_by_text("Signed in as bo")).to_be_visible()
    assert status(page, "/p/some-token") != 303
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("button", name="Sign in")).to_be_visible()


def test_who_signs_in_is_on_the_page_they_asked_for(page: Page, app: str, identity: Identity) -> None:
    page.goto(f"{app}/guide?scenario=x%20y")
    sign_in(page, identity, BO)
    page.wait_for_url(f"{app}/guide?**")
    expect(page.get_by_role("heading", level=1, name="No data yet?")).to_be_visible()


def test_who_signs_in_is_on_the_publication_they_asked_for(page: Page, app: str, identity: Identity) -> None:
    page.goto(f"{app}/p/some-token")
    sign_in(page, identity, BO)
    page.wait_for_url(f"{app}/p/some-token")
    expect(page.get_by_text("no publication under this link")).to_be_visible()


def test_a_draft_is_for_who_signed_in_and_waits_behind_the_sign_in(page: Page, app: str, identity: Identity) -> None:
    sign_in(page, identity, BO)
    page.locator('[data-testid="stFileUploader"] input[type="file"]').set_input_files(
        {"name": "mine.csv", "mimeType": "text/csv", "buffer": b"Stage,Wait time (h)\nBuild,2\nShip,9\n"}
    )
    page.wait_for_url("**draft=**")
    draft = page.url
    for claims, text in ((BO | {"sub": "2"}, "leads to no draft"), (BO, "from mine.csv")):
        page.context.clear_cookies()  # as after thirty days
        page.goto(draft)
        sign_in(page, identity, claims)
        expect(page.get_by_text(text).first).to_be_visible()


def test_who_may_only_look_sees_samples(page: Page, identity: Identity) -> None:
    sign_in(page, identity, ANN)
    expect(page.get_by_text("lets others bring data")).to_be_visible()
    expect(page.locator('[data-testid="stFileUploader"]')).to_have_count(0)
    expect(page.locator('[data-testid="stSidebarNavLink"]').first).to_be_visible()


@pytest.mark.parametrize("claims", [STRANGER, UNVERIFIED], ids=["another domain", "not verified"])
def test_who_is_not_let_in_is_told_so(page: Page, identity: Identity, claims: dict[str, object]) -> None:
    sign_in(page, identity, claims)
    expect(page.get_by_text("lets others in")).to_be_visible()
    expect(page.locator('[data-testid="stSidebarNavLink"]')).to_have_count(0)
    assert status(page, "/p/some-token") == 303


def test_a_token_signed_by_someone_else_lets_nobody_in(page: Page, identity: Identity) -> None:
    forger = Identity()
    identity.signs_with = forger.key
    try:
        sign_in(page, identity, BO)
        page.wait_for_url("**/")
        expect(page.get_by_role("button", name="Sign in")).to_be_visible()
        expect(page.locator('[data-testid="stSidebarNavLink"]')).to_have_count(0)
    finally:
        identity.signs_with = identity.key
        forger._server.server_close()


def test_the_log_names_nobody(log: Path) -> None:
    said = log.read_text(encoding="utf-8")
    assert '"path": "/p/…", "status": 303' in said
    for secret in ("some-token", "example.org", "example.com", "two.csv", "code=", SECRET):
        assert secret not in said, secret
