"""Disks that fail the store: full, busy, read-only or closed, each is said in a sentence, and the old content stays."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from tests.sharing.crashing import check_old_store, make_old_store
from vsm.command_line import main
from vsm.sharing.engine import _failed, open_engine, transaction
from vsm.sharing.forms import Form
from vsm.sharing.found import Publication, StoreError
from vsm.sharing.settings import SharingSettings, check_store
from vsm.sharing.store import Store

NOW = dt.datetime(2026, 3, 1, 12, 0, tzinfo=dt.UTC)
BODIES, OTHER, LARGE = {Form.PAGE: b"page one"}, {Form.PAGE: b"page two"}, {Form.PAGE: bytes(900_000)}


def shown(store: Store, token: str) -> tuple[str, bytes | None]:
    found = store.find(token, NOW)
    assert isinstance(found, Publication), found
    return found.title, store.body(found, Form.PAGE)


@contextmanager
def no_file_above(size: int) -> Iterator[None]:
    """Let no file of this process grow further, as where a quota is used up."""
    resource = pytest.importorskip("resource")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_where_the_disk_takes_no_more_the_old_content_stays(tmp_path: Path) -> None:
    store = Store(f"sqlite:///{tmp_path / 's.sqlite'}")
    links = store.publish("A", BODIES, None, NOW)
    with no_file_above(300_000):
        for act in (lambda: store.replace(links.owner, "B", LARGE, NOW), lambda: store.publish("B", LARGE, None, NOW)):
            with pytest.raises(StoreError, match=r"takes no more\. Nothing was changed"):
                act()
        assert shown(store, links.read) == ("A", b"page one")
    store.replace(links.owner, "B", LARGE, NOW)
    assert [entry.title for entry in store.entries()] == ["B"]
    store.engine.dispose()


def test_what_keeps_a_store_from_being_made_is_known_without_making_one(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    asked = SharingSettings(store=f"sqlite:///{tmp_path / 'file' / 'folder' / 's.sqlite'}")
    assert str(asked.trouble()) == (
        "The folder of the store cannot be made, as a file is in its place. The host has to mend it."
    )
    good = SharingSettings(store=f"sqlite:///{tmp_path / 'new' / 's.sqlite'}")
    assert good.trouble() is None
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


def test_a_store_that_cannot_be_written_to_is_known_before_the_first_act(tmp_path: Path) -> None:
    asked = SharingSettings(store=f"sqlite:///{tmp_path / 's.sqlite'}")
    store = asked.open_store()
    assert asked.trouble() is None
    with store.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA query_only=ON")
    said = asked.trouble()
    assert said is not None
    assert str(said).startswith("The store cannot be written to.")
    store.engine.dispose()
    broken = SharingSettings(store=f"sqlite:///{tmp_path / 'text.sqlite'}")
    (tmp_path / "text.sqlite").write_text("no database " * 100)
    assert str(broken.trouble()) == "The store's file is no store. The host has to look at VSM_STORE_URL."


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("mysql://u@host/name", "a kind of store that is not there"),
        ("/srv/store.sqlite", "no address of a store"),
        ("sqlite://", "names no file"),
        ("sqlite:///:memory:", "names no file"),
        ("postgresql://host/name", "names no user"),
        ("sqlite:////nowhere/at/all/store.sqlite", "folder of the file in VSM_STORE_URL is not there"),
    ],
)
def test_what_can_be_no_store_is_said_at_the_start(address: str, said: str) -> None:
    with pytest.raises(StoreError, match=said):
        check_store({"VSM_STORE_URL": address})


def test_what_can_be_a_store_is_not_asked_for_at_the_start(tmp_path: Path) -> None:
    for address in ("", f"sqlite:///{tmp_path / 's.sqlite'}", "sqlite:///relative.sqlite"):
        check_store({"VSM_STORE_URL": address})
    assert list(tmp_path.iterdir()) == []


def test_the_host_alone_is_told_what_kind_of_trouble_a_database_is_in(
    postgresql: str, caplog: pytest.LogCaptureFixture
) -> None:
    troubles = {
        f"{postgresql}/no_such_name": "no database of that name",
        "postgresql://secret@127.0.0.1:1/name": "Nothing answers at the host and port",
        "postgresql://secret@no-such-host.invalid/name": "name of the host in VSM_STORE_URL is not known",
        postgresql.replace("postgres@", "nobody_of_this_name@") + "/postgres": "does not let this user in",
    }
    for address, said in troubles.items():
        with pytest.raises(StoreError, match="does not answer") as failed:
            Store(address)
        assert said in failed.value.for_host
        assert said in caplog.messages[-1]
    assert "secret" not in caplog.text


def test_a_wrong_password_is_told_by_postgresqls_code() -> None:
    reason = "(pg8000.exceptions.DatabaseError) {'S': 'FATAL', 'C': '28P01', 'M': 'password ... for user \"ann\"'}"
    assert _failed(reason).for_host == "The database of VSM_STORE_URL refuses the password."


def test_a_database_that_goes_and_comes_back_is_a_line_in_the_log(
    postgresql: str, caplog: pytest.LogCaptureFixture
) -> None:
    ours, another = open_engine(f"{postgresql}/postgres"), open_engine(f"{postgresql}/postgres")
    with transaction(ours, writes=False) as connection:
        us = connection.execute(text("SELECT pg_backend_pid()")).scalar_one()
    with transaction(another, writes=False) as connection:
        connection.execute(text(f"SELECT pg_terminate_backend({us}, 20000)"))  # and wait until it has ended
    with transaction(ours, writes=False) as connection:
        assert connection.execute(text("SELECT 1")).scalar_one() == 1
    assert [(said.getMessage(), said.exc_info) for said in caplog.records] == [
        ("A connection to the store was lost.", None)
    ]
    ours.dispose()
    another.dispose()


def test_a_connection_that_was_reset_is_made_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    def reset(*_: object) -> bool:
        raise ConnectionResetError

    monkeypatch.setattr("sqlalchemy.dialects.postgresql.pg8000.PGDialect_pg8000.do_ping", reset, raising=False)
    engine = open_engine("postgresql://ann@127.0.0.1/vsm")
    assert engine.dialect.do_ping(object()) is False


def test_a_store_that_cannot_grow_into_the_new_schema_stays_as_it_was(tmp_path: Path) -> None:
    address = f"sqlite:///{tmp_path / 's.sqlite'}"
    make_old_store(address)
    with no_file_above(tmp_path.joinpath("s.sqlite").stat().st_size), pytest.raises(StoreError, match="takes no more"):
        Store(address)
    check_old_store(address)


def test_what_cannot_be_opened_as_a_file_is_said(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="file cannot be opened"):
        Store(f"sqlite:///{tmp_path}")


def test_a_backup_that_does_not_fit_leaves_nothing_half(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    address, copy = f"sqlite:///{tmp_path / 's.sqlite'}", tmp_path / "copy.sqlite"
    store = Store(address)
    store.publish("A", LARGE, None, NOW)
    store.engine.dispose()
    monkeypatch.setenv("VSM_STORE_URL", address)
    with no_file_above(300_000):
        assert main(["store", "backup", str(copy)]) == 2
    assert "copy.sqlite cannot be written" in capsys.readouterr().err
    assert not list(tmp_path.glob("copy*"))
    assert main(["store", "backup", str(copy)]) == 0
    assert copy.stat().st_mode & 0o077 == 0  # it holds what was published: nobody else may read it


def test_a_busy_store_a_full_disk_and_a_read_only_one_are_said_and_change_nothing(tmp_path: Path) -> None:
    place = tmp_path / "s.sqlite"
    store = Store(f"sqlite:///{place}")
    links = store.publish("A", BODIES, None, NOW)

    def refuses(words: str) -> None:
        with pytest.raises(StoreError, match=words):
            store.replace(links.owner, "B", {Form.PAGE: bytes(200_000)}, NOW)
        assert shown(store, links.read) == ("A", b"page one")

    def tell(pragma: str) -> None:
        with store.engine.connect() as connection:
            connection.exec_driver_sql(f"PRAGMA {pragma}")

    tell("max_page_count=10")  # as a disk that holds no more
    refuses("disk of the store is full")
    tell("max_page_count=100000")
    tell("query_only=ON")  # as a disk that is mounted read-only
    refuses("cannot be written")
    tell("query_only=OFF")
    tell("busy_timeout=1")
    other = create_engine(f"sqlite:///{place}")
    with other.connect() as connection:
        connection.exec_driver_sql("BEGIN IMMEDIATE")
        refuses("busy")
    other.dispose()
    store.replace(links.owner, "B", OTHER, NOW)
    assert shown(store, links.read) == ("B", b"page two")
    store.engine.dispose()
