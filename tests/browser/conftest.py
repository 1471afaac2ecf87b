"""A running server and a browser for the tests that drive the app as a person does."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.browser.visit import ROOT, Visit

START_SECONDS = 40
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
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", "run", "app.py", f"--server.port={port}", "--server.headless=true"]
    with server_log.open("wb") as log:
        process = subprocess.Popen(
            [*command, "--server.address=127.0.0.1"],
            cwd=ROOT,
            # With drafts, as by default, in a store of its own.
            env={**os.environ, "VSM_DRAFTS": "on", "VSM_STORE_URL": store_address},
            stdout=log,
            stderr=subprocess.STDOUT,
        )
        try:
            _wait(f"http://127.0.0.1:{port}/healthz", process, server_log)
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()
            process.wait(timeout=20)


def _wait(url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end:
        if process.poll() is not None:
            pytest.fail(f"The server ended before it answered:\n{log.read_text()}")
        try:
            with urllib.request.urlopen(url, timeout=1) as answer:
                if answer.status == 200:
                    return
        except OSError:
            time.sleep(0.2)
    pytest.fail(f"The server did not answer within {START_SECONDS} s:\n{log.read_text()}")


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
