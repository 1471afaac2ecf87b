"""The script that draws a publication's charts: Vega from the installed vl-convert, and ours behind it, made once."""

from __future__ import annotations

import gzip
import hashlib
from functools import cache
from importlib.metadata import version
from pathlib import Path
from threading import Lock

import vl_convert

from vsm.serving.headers import SCRIPTS

_OURS = (Path(__file__).parent / "charts.js").read_text(encoding="utf-8")
_MAKING = Lock()
_LEVEL = 9


@cache
def script_path() -> str:
    """Return the script's place on the server; it changes with the script, so that a browser may keep what it has."""
    made_from = f"{version('vl-convert-python')} {_OURS}"
    return f"{SCRIPTS}charts-{hashlib.sha256(made_from.encode()).hexdigest()[:12]}.js"


def packed_script() -> bytes:
    """Return the script, packed by gzip: some 300 kB, put together on the first request, which takes a second."""
    with _MAKING:
        return _made()


@cache
def _made() -> bytes:
    return gzip.compress(vl_convert.javascript_bundle(_OURS).encode(), _LEVEL, mtime=0)
