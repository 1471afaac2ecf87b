"""Kill a process in the midst of publishing, replacing and revoking, again and again, and look at what its store holds.

`python -m benchmarks.store_crashes 1000` kills it a thousand times on one SQLite file, or on the address given behind.
"""

from __future__ import annotations

import random
import sys
import tempfile
from pathlib import Path

from tests.sharing.crashing import check, crash


def main(kills: int, address: str | None) -> None:
    """Kill so many times; a check that fails ends it with what was wrong."""
    chance, done = random.Random(1), 0
    with tempfile.TemporaryDirectory() as folder:
        for number in range(kills):
            # A new file now and then, so that upgrading an empty store is met by a kill, too.
            place = address or f"sqlite:///{Path(folder) / str(number // 20)}.sqlite"
            done += check(place, crash(place, chance))
    print(f"{kills:,} kills, {done:,} acts done, none lost and none half there.")


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2] if len(sys.argv) > 2 else None)
