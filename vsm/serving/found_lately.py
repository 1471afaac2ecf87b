"""What the store said of links a moment ago: so many readers of one link ask it twice a second, and not each."""

from __future__ import annotations

from collections import OrderedDict
from threading import Lock

from vsm.sharing.found import Publication

SECONDS = 0.5
"""How long a link that was revoked elsewhere may still open: half of the second that is promised."""
MOST_LINKS = 1_000


class FoundLately:
    """Publications by their token, each for a moment; times in seconds of any steady clock."""

    def __init__(self) -> None:
        self._found: OrderedDict[str, tuple[Publication, float]] = OrderedDict()
        self._lock = Lock()

    def get(self, token: str, now: float) -> Publication | None:
        """Return what a token opened a moment ago; `None` where nobody asked, or too long ago."""
        publication, asked = self._found.get(token, (None, now))
        return publication if now - asked < SECONDS else None

    def keep(self, token: str, publication: Publication, asked: float) -> None:
        """Remember what the store said when it was asked, of a bounded number of tokens."""
        with self._lock:
            self._found[token] = (publication, asked)
            self._found.move_to_end(token)
            while len(self._found) > MOST_LINKS:
                self._found.popitem(last=False)
