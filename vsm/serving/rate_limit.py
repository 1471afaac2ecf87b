"""So many tries an address, then so many a second: in memory, for a bounded number of addresses."""

from __future__ import annotations

import ipaddress
from collections import OrderedDict
from threading import Lock

MOST_ADDRESSES = 10_000
_NETWORK = 64
"""Bits of an IPv6 address that belong to one household or host."""


class RateLimit:
    """A bucket of tries for each address, which fills up again by and by; times in seconds of any steady clock."""

    def __init__(self, *, tries: int, seconds_for_one: float) -> None:
        """Allow `tries` at once, and one more every `seconds_for_one`."""
        self._tries, self._seconds = tries, seconds_for_one
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()
        self._lock = Lock()

    def spend(self, address: str, now: float) -> bool:
        """Take a try of the address; False where it has none left."""
        key = _network(address)
        with self._lock:
            left = self._left(key, now)
            if left < 1:
                return False
            self._buckets[key] = (left - 1, now)
            self._buckets.move_to_end(key)
            if len(self._buckets) > MOST_ADDRESSES:
                # Whoever was seen longest ago has most likely a full bucket again.
                self._buckets.popitem(last=False)
            return True

    def _left(self, key: str, now: float) -> float:
        left, then = self._buckets.get(key, (float(self._tries), now))
        return min(float(self._tries), left + max(0.0, now - then) / self._seconds)


GUESSES = RateLimit(tries=30, seconds_for_one=2)
"""Links that opened nothing, of whatever kind and wherever they were tried: a person mistypes one once or twice.

What opens something is never refused: with 192 bits no number of guesses finds it, and others who come from the same
address, such as an office's, are not to pay for somebody's guesses.
"""


def _network(address: str) -> str:
    """Return what is counted as one address: in IPv6 the network, as each of its machines has many addresses."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return address
    if isinstance(found, ipaddress.IPv4Address):
        return address
    return str(found.ipv4_mapped or ipaddress.ip_network(f"{found}/{_NETWORK}", strict=False))
