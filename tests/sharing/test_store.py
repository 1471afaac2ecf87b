"""The store's promises, on SQLite and on PostgreSQL: what a token opens, for how long, and what is left of it."""

from __future__ import annotations

import datetime as dt
import os
import random
import stat
import string
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select, text

from vsm.sharing.engine import file_of, open_engine
from vsm.sharing.forms import Form, pack, unpack
from vsm.sharing.found import Expired, Publication, Revoked, StoreError, Unknown
from vsm.sharing.schema import CONTENTS, METADATA, PUBLICATIONS
from vsm.sharing.store import KEPT_VERSIONS, LARGEST, LONGEST_TITLE, Store
from vsm.sharing.tokens import new_token, token_hash
from vsm.sharing.upgrade import upgrade

NOW = dt.datetime(2026, 3, 1, 12, 0, tzinfo=dt.UTC)
DAY = dt.timedelta(days=1)
WEEK = NOW + 7 * DAY
BODIES = {Form.PAGE: b"page one", Form.DATA: b"data one"}
OTHER = {Form.PAGE: b"page two", Form.DATA: b"data two"}


def opened(found: object) -> Publication:
    assert isinstance(found, Publication), found
    return found


def test_what_is_published_opens_by_its_reading_token_alone(store: Store) -> None:
    links = store.publish("Order to cash", BODIES, WEEK, NOW)
    found = opened(store.find(links.read, NOW))
    assert (found.title, found.expires) == ("Order to cash", WEEK)
    assert [(v.number, v.created) for v in found.versions] == [(1, NOW)]
    assert store.body(found, Form.PAGE) == b"page one"
    assert store.body(found, "map.svg") is None
    for other in (links.owner, links.read[:-1], links.read + "a", "", new_token(), "é\udc80"):
        assert isinstance(store.find(other, NOW), Unknown)


def test_what_was_taken_down_lies_in_no_file_of_the_store(address: str) -> None:
    file = file_of(address)
    if file is None:
        pytest.skip("PostgreSQL keeps its files itself.")
    store = Store(address)
    for by_owner in (True, False):
        marks = [random.Random(place).randbytes(5000) for place in range(2)]
        links = store.publish("A", {Form.PAGE: marks[0]}, WEEK, NOW)
        store.replace(links.owner, "A", {Form.PAGE: marks[1]}, NOW)
        number = opened(store.find(links.read, NOW)).id
        assert any(mark[:500] in held.read_bytes() for mark in marks for held in file.parent.iterdir())
        if by_owner:
            store.revoke(links.owner, NOW)
        else:
            store.take_down(number, NOW)
        assert not [held.name for held in file.parent.iterdir() for mark in marks if mark[:500] in held.read_bytes()]


@pytest.mark.skipif(os.name != "posix", reason="Rights of files are another thing on Windows.")
def test_the_files_of_a_store_are_their_owners_alone(address: str) -> None:
    file = file_of(address)
    if file is None:
        pytest.skip("PostgreSQL keeps its files itself.")
    Store(address).publish("A", BODIES, WEEK, NOW)
    assert {stat.S_IMODE(held.stat().st_mode) for held in file.parent.iterdir()} == {0o600}


def test_a_reader_cannot_change_anything(store: Store) -> None:
    links = store.publish("A", BODIES, WEEK, NOW)
    assert isinstance(store.find_owned(links.read, NOW), Unknown)
    assert isinstance(store.revoke(links.read, NOW), Unknown)
    assert isinstance(store.extend(links.read, None, NOW), Unknown)
    assert isinstance(store.replace(links.read, "B", OTHER, NOW), Unknown)
    found = opened(store.find(links.read, NOW))
    assert (found.title, found.expires, store.body(found, Form.PAGE)) == ("A", WEEK, b"page one")


def test_replacing_keeps_the_link_and_the_earlier_versions(store: Store) -> None:
    links = store.publish("A", {**BODIES, "map.svg": b"old map"}, WEEK, NOW)
    store.replace(links.owner, "B", OTHER, NOW + DAY)
    found = opened(store.find(links.read, NOW + DAY))
    assert (found.title, found.expires) == ("B", WEEK)
    assert [(v.number, v.created) for v in found.versions] == [(1, NOW), (2, NOW + DAY)]
    assert store.body(found, Form.PAGE) == store.body(found, Form.PAGE, 2) == b"page two"
    assert store.body(found, Form.PAGE, 1) == b"page one"
    assert store.body(found, "map.svg", 1) == b"old map"
    assert store.body(found, "map.svg") is store.body(found, Form.PAGE, 3) is None


def test_the_newest_versions_are_kept_and_the_older_ones_go(store: Store) -> None:
    other = store.publish("Other", BODIES, WEEK, NOW)
    links = store.publish("0", BODIES, WEEK, NOW)
    for number in range(2, KEPT_VERSIONS + 4):
        store.replace(links.owner, str(number), {Form.PAGE: str(number).encode()}, NOW)
    found = opened(store.find(links.read, NOW))
    assert found.numbers == tuple(range(4, KEPT_VERSIONS + 4))
    assert [store.body(found, Form.PAGE, number) for number in (3, 4)] == [None, b"4"]
    assert set(store.bodies(found.id)) == set(found.numbers)
    assert store.body(opened(store.find(other.read, NOW)), Form.PAGE) == b"page one"


@pytest.mark.parametrize("ends", ["revoked", "expired"])
def test_all_versions_end_with_the_publication(store: Store, ends: str) -> None:
    links = store.publish("A", BODIES, WEEK, NOW)
    found = opened(store.replace(links.owner, "B", OTHER, NOW))
    if ends == "revoked":
        store.revoke(links.owner, NOW)
    else:
        store.erase_expired(WEEK)
    assert store.bodies(found.id) == {}
    assert store.body(found, Form.PAGE, 1) is None
    assert [entry.size for entry in store.entries()] == [0]


def test_a_store_of_the_first_schema_keeps_what_it_showed(address: str) -> None:
    engine = open_engine(address)
    upgrade(engine, "0001")
    with engine.begin() as connection:
        when = "'2026-03-01 12:00:00'"
        for number, revoked in ((1, "NULL"), (2, when)):
            token = "E'\\\\x0{}'" if connection.dialect.name == "postgresql" else "X'0{}'"
            hashes = f"{token.format(number)}, {token.format(number)}"
            connection.exec_driver_sql(
                f"INSERT INTO publications VALUES ({number}, {hashes}, 'A', {when}, NULL, {revoked})"
            )
            connection.exec_driver_sql(f"INSERT INTO versions VALUES ({number}, 1, {when}), ({number}, 2, {when})")
        for form in ("page", "map", "map picture"):
            body = "convert_to('held', 'UTF8')" if connection.dialect.name == "postgresql" else "CAST('held' AS BLOB)"
            connection.exec_driver_sql(f"INSERT INTO contents VALUES (1, '{form}', {body})")
    engine.dispose()
    store = Store(address)
    assert store.bodies(1) == {2: {"page": b"held", "map.svg": b"held", "map.png": b"held"}}
    assert [(e.versions, e.size) for e in store.entries()] == [(1, 12), (1, 0)]
    store.engine.dispose()


def test_a_publication_opens_until_its_last_moment(store: Store) -> None:
    links = store.publish("A", BODIES, WEEK, NOW)
    instant = dt.timedelta(microseconds=1)
    opened(store.find(links.read, WEEK - instant))
    found = store.find(links.read, WEEK)
    assert isinstance(found, Expired)
    assert found.since == WEEK
    assert isinstance(store.extend(links.owner, None, WEEK), Expired)
    assert isinstance(store.replace(links.owner, "B", OTHER, WEEK), Expired)


def test_it_can_be_extended_even_for_ever(store: Store) -> None:
    links = store.publish("A", BODIES, WEEK, NOW)
    assert opened(store.extend(links.owner, WEEK + 30 * DAY, NOW)).expires == WEEK + 30 * DAY
    opened(store.find(links.read, WEEK + DAY))
    assert opened(store.extend(links.owner, None, NOW)).expires is None
    opened(store.find(links.read, NOW + 10_000 * DAY))


@pytest.mark.parametrize("when", [NOW + DAY, WEEK + DAY], ids=["open", "expired"])
def test_revoking_leaves_nothing_but_the_date(store: Store, when: dt.datetime) -> None:
    links = store.publish("Secret title", BODIES, WEEK, NOW)
    found = opened(store.find(links.read, NOW))
    revoked = store.revoke(links.owner, when)
    assert isinstance(revoked, Revoked)
    for token_found in (store.find(links.read, when), store.find_owned(links.owner, when)):
        assert isinstance(token_found, Revoked)
        assert token_found.since == when
    assert store.body(found, Form.PAGE) is None
    (entry,) = store.entries()
    assert (entry.title, entry.size, entry.revoked) == ("", 0, when)
    assert isinstance(store.revoke(links.owner, when + DAY), Revoked)
    assert store.entries()[0].revoked == when
    assert isinstance(store.replace(links.owner, "B", OTHER, when), Revoked)


def test_content_whose_time_is_over_goes_with_the_next_publication_and_by_command(store: Store) -> None:
    over = store.publish("Over", BODIES, WEEK, NOW)
    store.publish("Stays", BODIES, None, NOW)
    assert store.erase_expired(NOW) == 0
    store.publish("New", BODIES, WEEK + 30 * DAY, WEEK)
    assert [(e.title, e.size) for e in store.entries()] == [("", 0), ("Stays", 16), ("New", 16)]
    assert isinstance(store.find(over.read, WEEK), Expired)
    assert store.erase_expired(WEEK) == 0
    assert store.erase_expired(WEEK + 30 * DAY) == 1


def test_the_host_takes_a_publication_down_by_its_number(store: Store) -> None:
    links = store.publish("A", BODIES, None, NOW)
    (entry,) = store.entries()
    assert store.take_down(entry.id, NOW + DAY)
    assert isinstance(store.find(links.read, NOW + DAY), Revoked)
    assert not store.take_down(entry.id, NOW + 2 * DAY)
    assert not store.take_down(entry.id + 1, NOW)


def test_the_store_knows_hashes_and_no_token(store: Store) -> None:
    links = store.publish("A", BODIES, None, NOW)
    with store.engine.connect() as connection:
        (row,) = connection.execute(select(PUBLICATIONS)).all()
        everything = repr(row) + repr(connection.execute(select(CONTENTS)).all())
    assert (bytes(row.read_hash), bytes(row.owner_hash)) == (token_hash(links.read), token_hash(links.owner))
    assert links.read not in everything
    assert links.owner not in everything


def test_tokens_are_long_and_never_the_same() -> None:
    drawn = {new_token() for _ in range(1000)}
    assert len(drawn) == 1000
    assert {len(token) for token in drawn} == {32}  # 24 bytes, six bits a character
    assert set("".join(drawn)) <= set(string.ascii_letters + string.digits + "-_")


def test_what_is_too_large_or_named_too_long_is_refused_and_leaves_no_trace(store: Store) -> None:
    with pytest.raises(StoreError, match="too large"):
        store.publish("A", {Form.PAGE: bytes(LARGEST + 1)}, None, NOW)
    with pytest.raises(StoreError, match="longer than 200 characters"):
        store.publish("A" * (LONGEST_TITLE + 1), BODIES, None, NOW)
    assert store.entries() == ()


def test_a_moment_without_a_time_zone_is_refused(store: Store) -> None:
    with pytest.raises(Exception, match="time zone"):
        store.publish("A", BODIES, dt.datetime(2026, 3, 8), NOW)
    assert store.entries() == ()


def test_the_migrations_make_the_tables_that_the_code_speaks_of(store: Store) -> None:
    with store.engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), METADATA) == []


def test_a_store_opens_again_with_all_that_was_in_it(address: str) -> None:
    first = Store(address)
    links = first.publish("A", BODIES, None, NOW)
    first.engine.dispose()
    second = Store(address)
    assert second.body(opened(second.find(links.read, NOW)), Form.PAGE) == b"page one"
    second.engine.dispose()


def test_a_store_of_a_newer_release_is_refused_and_left_as_it_is(store: Store, address: str) -> None:
    links = store.publish("A", BODIES, None, NOW)
    with store.engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(StoreError, match=r"newer release.*9999.*run the newer release"):
        Store(address)
    opened(store.find(links.read, NOW))


@pytest.mark.parametrize(
    "address", ["sqlite:///{}/s.sqlite", "nonsense", "mysql://x/y", "postgresql://h/x", "postgresql://u@127.0.0.1:1/x"]
)
def test_a_wrong_address_is_said_in_a_sentence(address: str, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    with pytest.raises(StoreError) as refused:
        Store(address.format(tmp_path / "file"))
    assert str(refused.value).endswith(".")
    assert str(tmp_path) not in str(refused.value)


@given(title=st.text(max_size=LONGEST_TITLE).filter(lambda t: "\0" not in t and t.isprintable()), body=st.binary())
@settings(max_examples=50)
def test_titles_and_bodies_come_back_as_they_went_in(title: str, body: bytes) -> None:
    store = Store("sqlite://")
    found = opened(store.find(store.publish(title, {Form.PAGE: pack(Form.PAGE, body)}, None, NOW).read, NOW))
    assert found.title == title
    assert unpack(Form.PAGE, store.body(found, Form.PAGE) or b"") == body
    store.engine.dispose()


ACTS = st.lists(st.sampled_from(["replace", "extend", "revoke", "wait", "erase"]), max_size=12)


@given(acts=ACTS)
@settings(max_examples=60)
def test_any_order_of_acts_gives_what_a_person_would_expect(acts: list[str]) -> None:
    """The state is told by hand: the moment of revoking, the moment of expiry, and how often it was replaced."""
    store, now = Store("sqlite://"), NOW
    links = store.publish("0", BODIES, WEEK, NOW)
    expires, revoked, versions = WEEK, None, 1
    for act in acts:
        lives = revoked is None and now < expires
        if act == "replace":
            store.replace(links.owner, str(versions), OTHER, now)
            versions += lives
        elif act == "extend":
            store.extend(links.owner, now + 7 * DAY, now)
            expires = now + 7 * DAY if lives else expires
        elif act == "revoke":
            store.revoke(links.owner, now)
            revoked = revoked or now
        elif act == "wait":
            now += 3 * DAY
        else:
            store.erase_expired(now)
        found = store.find(links.read, now)
        if revoked is not None:
            assert found == Revoked(revoked)
        elif now >= expires:
            assert found == Expired(expires)
        else:
            assert opened(found).newest.number == versions
            assert store.body(opened(found), Form.PAGE) == (b"page one" if versions == 1 else b"page two")
    store.engine.dispose()


def test_a_file_that_is_no_store_is_said_to_be_none(tmp_path: Path) -> None:
    (tmp_path / "s.sqlite").write_bytes(b"This is a letter to my aunt, and no store at all. " * 100)
    with pytest.raises(StoreError, match="no store"):
        Store(f"sqlite:///{tmp_path / 's.sqlite'}")
