"""The app as a host runs it: a server of its own with settings of its own, and what it wrote to its log."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
START_SECONDS = 40


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


STREAMLIT = ("streamlit", "run", "app.py", "--server.headless=true", "--server.address=127.0.0.1", "--server.port")
UVICORN = ("uvicorn", "app:app", "--host=127.0.0.1", "--port")
"""It writes a line for each answer, where Streamlit's own command writes none."""


@contextmanager
def served(log: Path, port: int, *, by: tuple[str, ...] = STREAMLIT, **settings: str) -> Iterator[str]:
    """Run the app on a port with the settings given, until the block ends; its output and store lie beside `log`."""
    command = [sys.executable, "-m", *by, str(port)]
    plain = {name: value for name, value in os.environ.items() if not name.startswith("VSM_")}
    environment = plain | {"VSM_STORE_URL": f"sqlite:///{log.parent / 'store.sqlite'}"} | settings
    with log.open("wb") as output:
        process = subprocess.Popen(
            command,
            cwd=ROOT,
            env=environment,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
        try:
            _wait(f"http://127.0.0.1:{port}/healthz", process, log)
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()
            process.wait(timeout=20)


def _wait(url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end:
        if process.poll() is not None:
            raise AssertionError(f"The server ended before it answered:\n{log.read_text()}")
        try:
            with urllib.request.urlopen(url, timeout=1) as answer:
                if answer.status == 200:
                    return
        except OSError:
            time.sleep(0.2)
    raise AssertionError(f"The server did not answer within {START_SECONDS} s:\n{log.read_text()}")
