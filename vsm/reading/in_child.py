"""A script, its order and bytes -> what it answers from a process of its own, ended when its time is over."""

from __future__ import annotations

import dataclasses
import json
import subprocess
import sys
from pathlib import Path

from vsm.reading.limits import Limits
from vsm.reading.parts import too_slow


def ask_child(script: Path, order: dict[str, str | None], data: bytes, name: str, limits: Limits) -> bytes | None:
    """Run `script` on `data` with `order` and the limits as JSON; `None` when it failed, as a file can make it.

    Raises `ReadError` naming the file `name` when it takes longer than the limits allow.
    """
    words = json.dumps({**order, "limits": dataclasses.asdict(limits)})
    with subprocess.Popen(
        [sys.executable, "-P", str(script), words],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    ) as child:
        try:
            answer, _ = child.communicate(data, timeout=limits.seconds)
        except subprocess.TimeoutExpired:
            raise too_slow(name, limits.seconds) from None
        finally:
            child.kill()
    return answer if child.returncode == 0 else None
