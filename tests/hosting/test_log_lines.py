"""Lines of a log: JSON, with the place of an error, and with no token, name or value."""

from __future__ import annotations

import json
import logging
import sys

import pytest

from vsm.hosting.log_lines import JsonLines, WithoutTokens, without_names

TOKEN = "Zk3J8x-_token"


def record(text: object, *values: object, error: bool = False) -> logging.LogRecord:
    return logging.LogRecord("some.logger", logging.ERROR, "f.py", 1, text, values, sys.exc_info() if error else None)


def test_a_line_holds_the_fixed_text_and_not_what_was_put_into_it():
    line = json.loads(JsonLines().format(record("Opened %s\nfor %s", TOKEN, "Ann")))
    assert (line["level"], line["logger"], line["text"]) == ("error", "some.logger", "Opened %s\nfor %s")
    assert line["time"].endswith("+00:00")


def test_an_error_says_its_kind_and_place_and_not_its_message():
    try:
        raise ValueError(TOKEN)
    except ValueError:
        written = JsonLines().format(record("Failed", error=True))
    line = json.loads(written)
    assert TOKEN not in written
    assert line["error"] == "ValueError"
    assert line["at"][-1].startswith("test_log_lines.py:")
    assert "\n" not in written


@pytest.mark.parametrize(
    "path",
    [
        f"/p/{TOKEN}",
        f"/p/{TOKEN}/map.svg",
        f"/?open={TOKEN}",
        f"/overview?open={TOKEN}",
        f"/media/{TOKEN}.xlsx",
        f"/_stcore/upload_file/{TOKEN}/1",
        f"/{TOKEN}",
        f"/overview/{TOKEN}",
        f"//{TOKEN}",
    ],
)
def test_no_token_stays_in_a_path(path: str):
    assert TOKEN not in without_names(path)


def test_the_access_log_of_uvicorn_keeps_no_token():
    noted = record('%s - "%s %s HTTP/%s" %d', "127.0.0.1:1", "GET", f"/p/{TOKEN}/figures.json?key={TOKEN}", "1.1", 200)
    assert WithoutTokens().filter(noted)
    assert noted.getMessage() == '127.0.0.1:1 - "GET /p/… HTTP/1.1" 200'
