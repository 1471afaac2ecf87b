"""Drafts in the store, on SQLite and on PostgreSQL: who opens them, how long, and what a reader of the disk sees."""

from __future__ import annotations

import datetime as dt
import hashlib

import pytest
from sqlalchemy import Column, insert, inspect, select, update

from vsm.sharing import drafts as module
from vsm.sharing.drafts import DraftContent, Drafts, DraftTotal
from vsm.sharing.engine import open_engine
from vsm.sharing.forms import Form
from vsm.sharing.found import Publication, StoreError
from vsm.sharing.schema import CONTENTS, DRAFT_FILES, DRAFTS, PUBLICATIONS, VERSIONS
from vsm.sharing.sealing import Seal
from vsm.sharing.store import Store
from vsm.sharing.tokens import new_token, token_hash
from vsm.sharing.upgrade import upgrade

NOW = dt.datetime(2026, 3, 1, 12, 0, tzinfo=dt.UTC)
DAY = dt.timedelta(days=1)
TABLE, LOG = b"Stage,Wait time (h)\nSecret stage,3\n", b"Item,Status,Time\n" * 1000
NOISE = hashlib.shake_256(b"noise").digest(600)
"""Bytes that cannot be packed."""


def content(state: bytes, *files: bytes) -> DraftContent:
    return DraftContent(state=state, files={hashlib.sha256(file).hexdigest(): file for file in files})


@pytest.fixture
def drafts(store: Store) -> Drafts:
    return Drafts(store.engine, 30 * DAY, 1_000_000)


@pytest.fixture
def seal() -> Seal:
    return Seal(new_token(), "")


def test_a_draft_comes_back_as_it_was_kept_last(drafts: Drafts, seal: Seal) -> None:
    drafts.begin(seal, content(b"one", TABLE), NOW)
    assert drafts.open(seal, NOW) == content(b"one", TABLE)
    drafts.keep(seal, content(b"two", TABLE, LOG), NOW)
    assert drafts.open(seal, NOW) == content(b"two", TABLE, LOG)
    drafts.keep(seal, content(b"three", LOG), NOW)
    assert drafts.open(seal, NOW) == content(b"three", LOG)
    drafts.keep(seal, content(b"four"), NOW)
    assert drafts.open(seal, NOW) == content(b"four")


def test_the_same_file_is_stored_once_for_each_draft(drafts: Drafts, seal: Seal, store: Store) -> None:
    other = Seal(new_token(), "")
    drafts.begin(seal, content(b"one", TABLE), NOW)
    (first,) = names(store)
    drafts.keep(seal, content(b"two", TABLE), NOW)
    assert names(store) == {first}
    drafts.begin(other, content(b"one", TABLE), NOW)
    assert len(names(store)) == 2  # nobody can tell that both hold the same
    drafts.forget(other)
    assert drafts.open(seal, NOW) == content(b"two", TABLE)


def names(store: Store) -> set[bytes]:
    with store.engine.connect() as connection:
        return set(map(bytes, connection.execute(select(DRAFT_FILES.c.name)).scalars()))


def test_another_token_or_another_person_never_sees_it(drafts: Drafts) -> None:
    token = new_token()
    drafts.begin(Seal(token, "https://id.example 1"), content(b"one", TABLE), NOW)
    for other in (
        Seal(new_token(), "https://id.example 1"),
        Seal(token[:-1], "https://id.example 1"),
        Seal(token, "https://id.example 2"),
        Seal(token, ""),
        Seal("", ""),
        Seal("é\udc80", ""),
    ):
        assert drafts.open(other, NOW) is None
        assert drafts.keep(other, content(b"mine now"), NOW) is None
        drafts.forget(other)
    assert drafts.open(Seal(token, "https://id.example 1"), NOW) == content(b"one", TABLE)


def test_it_is_kept_so_many_days_after_it_was_kept_last(drafts: Drafts, seal: Seal) -> None:
    instant = dt.timedelta(microseconds=1)
    assert drafts.begin(seal, content(b"one", TABLE), NOW) == NOW + 30 * DAY
    assert drafts.keep(seal, content(b"one", TABLE), NOW + 10 * DAY) == NOW + 40 * DAY
    assert drafts.open(seal, NOW + 40 * DAY - instant) is not None
    assert drafts.open(seal, NOW + 40 * DAY) is None


def test_the_store_says_until_when_a_draft_is_kept(drafts: Drafts, seal: Seal) -> None:
    assert drafts.until(seal, NOW) is None
    end = drafts.begin(seal, content(b"one", TABLE), NOW)
    assert drafts.until(seal, NOW) == end
    assert drafts.until(seal, end) is None
    drafts.forget(seal)
    assert drafts.until(seal, NOW) is None


def test_what_is_over_goes_with_the_next_draft_and_by_command(drafts: Drafts, seal: Seal, store: Store) -> None:
    drafts.begin(seal, content(b"one", TABLE), NOW)
    assert drafts.erase_expired(NOW + 29 * DAY) == 0
    drafts.begin(Seal(new_token(), ""), content(b"two"), NOW + 30 * DAY)
    assert drafts.total().count == 1
    assert names(store) == set()
    assert drafts.erase_expired(NOW + 60 * DAY) == 1
    assert drafts.total() == DraftTotal(count=0, size=0)


def test_a_deleted_draft_leaves_nothing_and_no_other_tab_brings_it_back(
    drafts: Drafts, seal: Seal, store: Store
) -> None:
    drafts.begin(seal, content(b"one", TABLE), NOW)
    drafts.forget(seal)
    drafts.forget(seal)
    assert drafts.keep(seal, content(b"two", TABLE), NOW) is None
    assert drafts.open(seal, NOW) is None
    assert drafts.total() == DraftTotal(count=0, size=0)
    assert names(store) == set()


def test_the_host_can_delete_all_of_them(drafts: Drafts, seal: Seal) -> None:
    drafts.begin(seal, content(b"one", TABLE), NOW)
    drafts.begin(Seal(new_token(), ""), content(b"two", LOG), NOW)
    assert drafts.erase_all() == 2
    assert drafts.erase_all() == 0
    assert drafts.open(seal, NOW) is None


def test_who_reads_the_disk_sees_neither_content_nor_token(drafts: Drafts, store: Store) -> None:
    token = new_token()
    drafts.begin(Seal(token, "ann"), content(b"Secret choice", TABLE), NOW)
    with store.engine.connect() as connection:
        rows = [*connection.execute(select(DRAFTS)).all(), *connection.execute(select(DRAFT_FILES)).all()]
    stored = b"".join(bytes(value) for row in rows for value in row if isinstance(value, bytes | memoryview))
    secrets = (b"Secret", token.encode(), b"ann", hashlib.sha256(TABLE).digest())
    assert [secret for secret in secrets if secret in stored] == []


@pytest.mark.parametrize("column", [DRAFTS.c.state, DRAFT_FILES.c.body], ids=["state", "file"])
def test_a_changed_byte_is_noticed(drafts: Drafts, seal: Seal, store: Store, column: Column[bytes]) -> None:
    drafts.begin(seal, content(b"one", TABLE), NOW)
    with store.engine.begin() as connection:
        body = bytes(connection.execute(select(column)).scalar_one())
        connection.execute(update(column.table).values({column: body[:-1] + bytes([body[-1] ^ 1])}))
    with pytest.raises(StoreError, match="damaged"):
        drafts.open(seal, NOW)


def test_what_is_too_large_is_refused_and_the_draft_before_stays(
    drafts: Drafts, seal: Seal, monkeypatch: pytest.MonkeyPatch
) -> None:
    drafts.begin(seal, content(b"one", TABLE), NOW)
    monkeypatch.setattr(module, "LARGEST", 500)
    with pytest.raises(StoreError, match="a draft holds"):
        drafts.keep(seal, content(b"two", TABLE, NOISE), NOW)
    assert drafts.open(seal, NOW) == content(b"one", TABLE)


def test_where_the_space_is_full_no_draft_begins_and_none_goes(store: Store, seal: Seal) -> None:
    drafts = Drafts(store.engine, 30 * DAY, 1000)
    drafts.begin(seal, content(b"one", NOISE), NOW)
    with pytest.raises(StoreError, match="space that the host has for drafts is full"):
        drafts.begin(Seal(new_token(), ""), content(b"two", NOISE), NOW)
    assert drafts.total().count == 1
    smaller = Drafts(store.engine, 30 * DAY, 10)
    assert smaller.keep(seal, content(b"three", NOISE), NOW) is not None
    with pytest.raises(StoreError, match="is full"):
        smaller.keep(seal, content(b"four", NOISE, TABLE), NOW)
    assert smaller.open(seal, NOW) == content(b"three", NOISE)
    drafts.begin(Seal(new_token(), ""), content(b"two", NOISE), NOW + 30 * DAY)


def test_two_tabs_the_last_one_counts_and_its_files_are_there(drafts: Drafts, seal: Seal) -> None:
    drafts.begin(seal, content(b"first tab", TABLE), NOW)
    drafts.keep(seal, content(b"second tab", LOG), NOW)
    drafts.keep(seal, content(b"first tab again", TABLE), NOW)
    assert drafts.open(seal, NOW) == content(b"first tab again", TABLE)


def test_a_store_without_drafts_is_brought_up_to_date_with_all_that_is_in_it(address: str) -> None:
    engine, read = open_engine(address), new_token()
    upgrade(engine, "0002")
    hashes = {"read_hash": token_hash(read), "owner_hash": token_hash(new_token())}
    with engine.begin() as connection:
        assert "drafts" not in inspect(connection).get_table_names()
        connection.execute(insert(PUBLICATIONS).values(id=1, title="A", created=NOW, **hashes))
        connection.execute(insert(VERSIONS).values(publication=1, number=1, created=NOW))
        connection.execute(insert(CONTENTS).values(publication=1, version=1, form=Form.PAGE, body=b"page"))
    engine.dispose()
    store = Store(address)
    found = store.find(read, NOW)
    assert isinstance(found, Publication)
    assert store.body(found, Form.PAGE) == b"page"
    drafts, seal = Drafts(store.engine, DAY, 1_000_000), Seal(new_token(), "")
    drafts.begin(seal, content(b"one", TABLE), NOW)
    assert drafts.open(seal, NOW) == content(b"one", TABLE)
    store.engine.dispose()
