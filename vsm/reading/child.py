"""The script that a child process runs: bytes on standard input -> pickled sheets on standard output.

It is started by its path, so that it loads nothing of the package but what it needs.
"""

from __future__ import annotations

import contextlib
import gc
import json
import pickle
import sys
import types
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from vsm.reading.limits import Limits


def main() -> None:
    """Read one file as the first argument (JSON: kind, name, limits) says, and write what came of it."""
    _stand_in("vsm", Path(__file__).parents[1])
    _stand_in("vsm.reading", Path(__file__).parent)
    from vsm.reading.limits import Limits

    order = json.loads(sys.argv[1])
    limits = Limits(**order["limits"])
    data = sys.stdin.buffer.read()
    gc.disable()  # nothing here is thrown away before the end, and looking for it would take most of the time
    restrain(limits)
    from vsm.reading.recognise import Kind
    from vsm.reading.shapes import ReadError
    from vsm.reading.workbooks import read_here

    answer: object
    try:
        answer = read_here(data, Kind[order["kind"]], order["name"], limits)
    except ReadError as error:
        answer = str(error)
    sys.stdout.buffer.write(pickle.dumps(answer, protocol=pickle.HIGHEST_PROTOCOL))


def _stand_in(name: str, folder: Path) -> None:
    """Put a package in place without running its __init__, which loads far more than the readers need."""
    package = types.ModuleType(name)
    package.__path__ = [str(folder)]
    sys.modules[name] = package


def restrain(limits: Limits) -> None:
    """Cap memory and processor time and forbid core dumps, where the system can (Windows cannot)."""
    if sys.platform == "win32":
        return
    import resource

    wanted = {
        resource.RLIMIT_AS: limits.memory_bytes,
        resource.RLIMIT_CPU: int(limits.seconds) + 1,
        resource.RLIMIT_CORE: 0,
    }
    for kind, most in wanted.items():
        with contextlib.suppress(ValueError, OSError):  # macOS refuses some of them
            resource.setrlimit(kind, (most, most))


if __name__ == "__main__":
    main()
