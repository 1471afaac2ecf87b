"""The server's own answers: security headers on everything, the health check, and a word to search engines."""

from __future__ import annotations

import asyncio
import base64
import gc
import hashlib
import re
import tomllib
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.types import Message

import app
from vsm.reading.logs import LOG_LIMITS

ROOT = Path(__file__).resolve().parents[2]


def answer(path: str) -> tuple[int, dict[str, str], str]:
    """Ask the app's own routes behind its middleware, without Streamlit's, which need a running server."""

    async def odd(_request: object) -> PlainTextResponse:
        return PlainTextResponse("x", headers={"X-Content-Type-Options": "none", "Referrer-Policy": "unsafe-url"})

    routes = [*app.app._user_routes, Route("/odd", odd)]
    server = Starlette(routes=routes, middleware=app.app._user_middleware)
    sent: list[Message] = []

    async def receive() -> Message:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Message) -> None:
        sent.append(message)

    scope = {"type": "http", "method": "GET", "path": path, "headers": [], "query_string": b"", "root_path": ""}
    asyncio.run(server(scope, receive, send))
    headers = {name.decode(): value.decode() for name, value in sent[0]["headers"]}
    return sent[0]["status"], headers, b"".join(message.get("body", b"") for message in sent[1:]).decode()


def test_the_health_check_answers_ok():
    status, _, body = answer("/healthz")
    assert (status, body) == (200, "ok")


def test_search_engines_are_asked_to_stay_out():
    status, headers, body = answer("/robots.txt")
    assert status == 200
    assert headers["content-type"].startswith("text/plain")
    assert body == "User-agent: *\nDisallow: /\n"


@pytest.mark.parametrize("path", ["/healthz", "/robots.txt", "/odd", "/nowhere"])
def test_every_answer_carries_the_security_headers(path: str):
    _, headers, _ = answer(path)
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert "camera=()" in headers["permissions-policy"]
    assert "frame-ancestors 'self'" in headers["content-security-policy"]


def test_no_script_and_no_connection_is_allowed_from_elsewhere():
    directives = dict(part.split(" ", 1) for part in app.CONTENT_SECURITY_POLICY.split("; "))
    assert directives["default-src"] == "'none'"
    assert directives["connect-src"] == "'self'"
    scripts = directives["script-src"].split()
    assert "'unsafe-inline'" not in scripts
    assert "'unsafe-eval'" not in scripts
    assert {source for source in scripts if not source.startswith("'sha256-")} == {"'self'", "blob:"}
    assert not any("http" in sources or "*" in sources for sources in directives.values())


def test_the_one_script_inside_streamlits_page_is_known_by_its_hash():
    script = b"\n      window.prerenderReady = false\n    "
    known = base64.b64encode(hashlib.sha256(script).digest()).decode()
    assert re.findall(r"'sha256-([^']+)'", app.CONTENT_SECURITY_POLICY) == [known]


def test_settings_keep_data_and_errors_on_the_machine():
    settings = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    assert settings["browser"]["gatherUsageStats"] is False
    assert settings["client"]["showErrorDetails"] == "none"
    assert settings["client"]["toolbarMode"] == "minimal"
    assert settings["server"]["address"] == "localhost"
    assert settings["server"]["enableXsrfProtection"] is True
    assert settings["server"]["maxUploadSize"] * 1024 * 1024 == LOG_LIMITS.upload_bytes


def test_what_is_imported_is_not_walked_through_by_each_garbage_collection() -> None:
    assert app.app is not None
    assert gc.get_freeze_count() > 100_000
