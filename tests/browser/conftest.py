"""A running server and a browser for the tests that drive the app as a person does."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.browser.visit import Visit
from tests.hosting.served import free_port, served

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--disable-quic",
]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Run the browser tests last: while the browser is open, no other test can run an event loop of its own."""
    items.sort(key=lambda item: item.path.is_relative_to(Path(__file__).parent))


@pytest.fixture(scope="session")
def chromium() -> str:
    path = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, ("chromium", "chromium-browser"))), None)
    if path is None:
        if os.environ.get("CI") == "true":
            pytest.fail("No chromium was found, and CI=true asks for the browser tests.")
        pytest.skip("No chromium was found on the path; set CHROMIUM to its place to run the browser tests.")
    return path


@pytest.fixture(scope="session")
def browser(chromium: str) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        yield opened
        opened.close()


@pytest.fixture(scope="session")
def server_log(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("server") / "log.txt"


@pytest.fixture(scope="session")
def store_address(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Where the server keeps what is published."""
    return f"sqlite:///{tmp_path_factory.mktemp('store') / 'store.sqlite'}"


@pytest.fixture(scope="session")
def address(chromium: str, server_log: Path, store_address: str) -> Iterator[str]:
    # With drafts, as by default, in a store of its own.
    with served(server_log, free_port(), VSM_DRAFTS="on", VSM_STORE_URL=store_address) as url:
        yield url


@pytest.fixture
def visit(browser: Browser, address: str, server_log: Path) -> Iterator[Callable[..., Visit]]:
    """Open a visit (a browser window of its own); at the end, each must have gone without a fault."""
    visits: list[Visit] = []
    said_before = len(server_log.read_text())

    def open_visit(**options: object) -> Visit:
        visits.append(Visit(browser, address, **options))
        return visits[-1]

    yield open_visit
    for each in visits:
        each.close()
    for each in visits:
        assert each.faults == []
        assert each.hosts <= {"127.0.0.1"}
    said = server_log.read_text()[said_before:]
    assert "Traceback" not in said, said
