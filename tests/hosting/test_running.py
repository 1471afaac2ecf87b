"""A server that runs: which names it answers to, whose guesses it counts, and what its log keeps to itself."""

from __future__ import annotations

import asyncio
import datetime as dt
import http.client
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from websockets.asyncio.client import connect
from websockets.exceptions import InvalidStatus

from benchmarks.visitor import Visitor
from tests.hosting.served import STREAMLIT, UVICORN, free_port, served
from vsm import analyse, read
from vsm.sharing.rendering import render
from vsm.sharing.store import Store
from vsm.subject import Subject

SAMPLE = Path(__file__).resolve().parents[2] / "sample_data" / "software_delivery.csv"
UPLOADED = b"Stage,Processing time (h),Wait time (h)\nSecretStage,1,2\nBuild,3,4\n"
OPENED, GONE, UNKNOWN, TOO_MANY = 200, 410, 404, 429
PATIENCE = 20.0
"""Seconds until a line in the log is missed."""


@dataclass
class Running:
    port: int
    log: Path
    read_token: str
    owner_token: str

    def get(self, path: str, *, host: str | None = None, came_from: str | None = None) -> int:
        """Ask and return the status; `came_from` is what a proxy on this machine says of who asks."""
        headers = {"Host": host or f"127.0.0.1:{self.port}"}
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        connection.request("GET", path, headers=headers | ({"X-Forwarded-For": came_from} if came_from else {}))
        answer = connection.getresponse()
        answer.read()
        connection.close()
        return answer.status

    def guess(self, came_from: str, times: int) -> list[int]:
        return [self.get(f"/p/guess{number}", came_from=came_from) for number in range(times)]


@pytest.fixture(scope="module", params=[STREAMLIT, UVICORN], ids=["streamlit", "uvicorn"])
def running(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    folder = tmp_path_factory.mktemp("running")
    address, log, port = f"sqlite:///{folder / 'store.sqlite'}", folder / "log.txt", free_port()
    reading, store = read(SAMPLE), Store(address)
    bodies = render(Subject(analyse(reading.stream)), reading, "Secret title")
    links = store.publish("Secret title", bodies, None, dt.datetime.now(dt.UTC))
    store.engine.dispose()
    settings = {
        "VSM_STORE_URL": address,
        "VSM_ALLOWED_HOSTS": "127.0.0.1, localhost, vsm.example.org",
        "VSM_TRUSTED_PROXIES": "10.0.0.0/8",
    }
    with served(log, port, by=request.param, **settings):
        yield Running(port, log, links.read, links.owner)


def test_requests_for_another_name_are_refused(running: Running):
    link = f"/p/{running.read_token}"
    assert running.get(link) == OPENED
    for path in (link, "/", "/overview", "/_stcore/health", "/metrics", "/robots.txt"):
        assert running.get(path, host="evil.example") == 421
    assert running.get("/overview", host="vsm.example.org") == OPENED
    assert running.get("/healthz", host="evil.example") == OPENED


def test_a_session_for_another_name_is_refused(running: Running):
    async def session(host: str) -> int:
        try:
            url = f"ws://{host}:{running.port}/_stcore/stream"
            async with connect(url, host="127.0.0.1", port=running.port, open_timeout=20):
                return 101
        except InvalidStatus as refused:
            return refused.response.status_code

    assert asyncio.run(session("vsm.example.org")) == 101
    assert asyncio.run(session("evil.example")) == 421


def test_guesses_are_counted_by_who_made_them_and_not_by_the_proxy(running: Running):
    assert running.guess("192.0.2.1", 40)[-1] == TOO_MANY
    assert running.guess("198.51.100.7, 192.0.2.1", 1) == [TOO_MANY]  # before the proxy's own word: hearsay
    assert running.guess("192.0.2.1, 10.1.1.1", 1) == [TOO_MANY]  # two proxies, of which the host named the other
    assert running.guess("192.0.2.1, 172.16.0.1", 1) == [UNKNOWN]  # nobody named this one: it asks for itself
    assert running.guess("192.0.2.2", 1) == [UNKNOWN]


def test_no_token_name_or_cell_is_in_the_log(running: Running):
    async def visit() -> bool:
        async with Visitor(running.port) as visitor:
            await visitor.open("data")
            await visitor.upload(UPLOADED, "SecretFile.csv")
            await visitor.open("overview")
            return visitor.failed

    for path in ("", ".json", ".csv", "/map.svg", "/nothing", "?a=1"):
        assert running.get(f"/p/{running.read_token}{path}") in (OPENED, UNKNOWN)
    for path in (f"/share?owner={running.owner_token}", f"/overview?publication={running.read_token}"):
        assert running.get(path) == OPENED
    assert not asyncio.run(visit())
    said = running.log.read_text(encoding="utf-8")
    for secret in (running.read_token, running.owner_token, "Secret"):
        assert secret not in said


def test_a_store_that_cannot_be_made_is_said_at_the_start_and_the_app_runs(tmp_path: Path):
    (tmp_path / "file").write_text("no folder")
    log = tmp_path / "log.txt"
    with served(log, free_port(), VSM_STORE_URL=f"sqlite:///{tmp_path / 'file' / 'store.sqlite'}"):
        end = time.monotonic() + PATIENCE
        while "Nothing can be published" not in log.read_text() and time.monotonic() < end:
            time.sleep(0.1)
    assert "all else works. The folder of the store cannot be made, as a file is in its place." in log.read_text()
    assert str(tmp_path) not in log.read_text()
