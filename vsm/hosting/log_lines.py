"""Records of a log -> one line of JSON each, without tokens, names or data."""

from __future__ import annotations

import datetime as dt
import json
import logging
import os
import traceback
from collections.abc import Mapping
from pathlib import Path

from vsm.hosting.switches import one_of

_FOLDERS = ("p", "media", "static", "_stcore", "auth", "component")


def wanted(environment: Mapping[str, str] | None = None) -> bool:
    """Tell whether `VSM_LOG` asks for lines of JSON; raises `SettingError` where it is neither plain nor json."""
    given = os.environ if environment is None else environment
    return one_of(given, "VSM_LOG", ("plain", "json")) == "json"


def without_names(path: str) -> str:
    """Return a path of an address with what follows its first part left out: that may be a token or a file's name.

    >>> without_names("/p/TOKEN/map.svg"), without_names("/overview?scenario=x"), without_names("/healthz")
    ('/p/…', '/overview', '/healthz')
    """
    first, _, rest = path.partition("?")[0].lstrip("/").partition("/")
    if not rest and first not in _FOLDERS:
        return f"/{first}" if first.replace("-", "").replace("_", "").replace(".", "").isalpha() else "/…"
    return f"/{first}/…" if first in _FOLDERS else "/…"


class JsonLines(logging.Formatter):
    """Write a record as a line of JSON: its fixed text, never what was put into it, and of an error its place."""

    def format(self, record: logging.LogRecord) -> str:
        """Write one record; what it carries as `fields` is taken as it is."""
        moment = dt.datetime.fromtimestamp(record.created, dt.UTC)
        line: dict[str, object] = {
            "time": moment.isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            # Without its arguments: an address, a name or a cell may be among them.
            "text": str(record.msg) if isinstance(record.msg, str) else type(record.msg).__name__,
            **getattr(record, "fields", {}),
        }
        if record.exc_info and record.exc_info[0] is not None:
            line["error"] = record.exc_info[0].__name__
            line["at"] = [
                f"{Path(frame.filename).name}:{frame.lineno} {frame.name}"
                for frame in traceback.extract_tb(record.exc_info[2])
            ]
        return json.dumps(line, ensure_ascii=False)


class WithoutTokens(logging.Filter):
    """Take tokens out of the access log of uvicorn, which writes whole addresses where it is told to."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Change the address in a record of uvicorn: (client, method, address, version, status)."""
        if isinstance(record.args, tuple) and len(record.args) == 5:
            client, method, address, version, status = record.args
            record.args = (client, method, without_names(str(address)), version, status)
        return True
