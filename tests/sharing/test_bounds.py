"""What the server remembers to be quick and to be safe is bounded: tries of an address, pages, links found lately."""

from __future__ import annotations

from vsm.serving.found_lately import MOST_LINKS, FoundLately
from vsm.serving.kept_pages import KeptPages
from vsm.serving.rate_limit import MOST_ADDRESSES, RateLimit
from vsm.sharing.found import Publication


def test_tries_come_back_one_by_one() -> None:
    limit = RateLimit(tries=2, seconds_for_one=10)
    assert [limit.spend("a", 0), limit.spend("a", 0), limit.spend("a", 0)] == [True, True, False]
    assert limit.spend("b", 0)
    assert not limit.spend("a", 9.9)
    assert limit.spend("a", 10)
    assert not limit.spend("a", 10)
    assert [limit.spend("a", 1000) for _ in range(3)] == [True, True, False]


def test_the_addresses_of_one_network_count_as_one() -> None:
    limit = RateLimit(tries=1, seconds_for_one=10)
    assert limit.spend("2001:db8::1", 0)
    assert not limit.spend("2001:db8::2", 0)  # the same /64
    assert limit.spend("2001:db8:0:1::1", 0)
    assert limit.spend("192.0.2.1", 0)
    assert not limit.spend("::ffff:192.0.2.1", 0)
    assert limit.spend("no address", 0)


def test_tries_are_remembered_of_a_bounded_number_of_addresses() -> None:
    limit = RateLimit(tries=1, seconds_for_one=1000)
    for number in range(MOST_ADDRESSES + 1):
        limit.spend(str(number), 0)
    assert not limit.spend(str(MOST_ADDRESSES), 0)
    assert limit.spend("0", 0)


def test_pages_are_kept_within_their_bound() -> None:
    pages = KeptPages(most_bytes=10)
    pages.keep("a", b"aaaa")
    pages.keep("b", b"bbbb")
    assert pages.get("a") == b"aaaa"
    pages.keep("c", b"cccc")  # lets b go, which was asked for longest ago
    assert [pages.get(key) for key in "abc"] == [b"aaaa", None, b"cccc"]
    pages.keep("a", b"aaaaaa")
    assert [pages.get(key) for key in "ac"] == [b"aaaaaa", b"cccc"]


def test_what_was_found_lately_is_remembered_of_a_bounded_number_of_links() -> None:
    lately, found = FoundLately(), Publication(id=1, title="A", expires=None, versions=())
    for number in range(MOST_LINKS + 1):
        lately.keep(str(number), found, 0)
    assert [lately.get(token, 0) for token in ("0", "1", str(MOST_LINKS))] == [None, found, found]
