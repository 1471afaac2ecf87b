"""`python -m vsm store`: list, revoke, expire, check and back up, each in a sentence, also where there is nothing."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import update

from vsm import analyse, read
from vsm.command_line import main
from vsm.sharing.drafts import DraftContent
from vsm.sharing.found import Publication, Revoked
from vsm.sharing.rendering import render
from vsm.sharing.schema import CONTENTS
from vsm.sharing.sealing import Seal
from vsm.sharing.settings import SharingSettings
from vsm.sharing.store import Store
from vsm.subject import Subject

SAMPLE = Path(__file__).resolve().parents[2] / "sample_data" / "software_delivery.csv"
NOW = dt.datetime.now(dt.UTC)
DAY = dt.timedelta(days=1)
Run = Callable[..., tuple[int, str]]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    monkeypatch.setenv("VSM_STORE_URL", f"sqlite:///{tmp_path / 'store.sqlite'}")
    monkeypatch.delenv("VSM_DRAFTS")

    def ran(*arguments: str) -> tuple[int, str]:
        status = main(["store", *arguments])
        said = capsys.readouterr()
        return status, said.out + said.err

    return ran


@pytest.fixture
def store(run: Run) -> Store:
    return SharingSettings.from_environment().open_store()


def published(store: Store, title: str, expires: dt.datetime | None, now: dt.datetime = NOW) -> tuple[str, str]:
    reading = read(SAMPLE)
    links = store.publish(title, render(Subject(analyse(reading.stream)), reading, title), expires, now)
    return links.read, links.owner


@pytest.mark.parametrize("act", [("list",), ("revoke", "1"), ("expire",), ("check",), ("backup", "copy.sqlite")])
def test_where_no_store_is_its_place_is_named_and_nothing_is_made(
    run: Run, tmp_path: Path, act: tuple[str, ...]
) -> None:
    status, said = run(*act)
    assert status == 2
    assert f"There is no store at {tmp_path / 'store.sqlite'}: nothing was ever published" in said
    assert list(tmp_path.iterdir()) == []


def test_the_list_says_what_is_published_and_until_when(run: Run, store: Store) -> None:
    published(store, "Stays\n\x1b[31m", None)
    published(store, "Over", NOW - DAY, NOW - 8 * DAY)
    status, said = run("list")
    first, second, drafts = said.splitlines()[1:]
    assert status == 0
    assert first.split()[0] == "1"
    assert "opens for ever" in first
    assert "\x1b" not in said
    assert f"expired {NOW - DAY:%Y-%m-%d}" in second
    assert drafts == "Drafts: 0, 0 kB"
    assert run("expire") == (0, "Deleted the content of 1 expired publication.\nDeleted no expired drafts.\n")


def test_drafts_are_counted_without_names_and_expire(run: Run, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    drafts = SharingSettings.from_environment().drafts_in(store)
    noise = hashlib.shake_256(b"noise").digest(2000)  # cannot be packed
    draft = DraftContent(state=b"{}", files={hashlib.sha256(noise).hexdigest(): noise})
    drafts.begin(Seal("one", ""), draft, NOW)
    drafts.begin(Seal("two", ""), draft, NOW - 31 * DAY)
    assert run("list")[1].splitlines()[1:] == ["Drafts: 2, 4 kB"]
    assert run("expire")[1].splitlines()[1:] == ["Deleted 1 expired draft."]
    monkeypatch.setenv("VSM_DRAFTS", "off")
    assert run("expire")[1].splitlines()[1:] == ["Deleted 1 draft, as VSM_DRAFTS is off."]
    assert drafts.total().count == 0


def test_a_publication_is_taken_down_by_its_number(run: Run, store: Store) -> None:
    link, _ = published(store, "A", None)
    assert run("revoke", "1") == (0, "Publication 1 is revoked, and its content deleted.\n")
    assert isinstance(store.find(link, NOW), Revoked)
    assert run("revoke", "1") == (0, "Publication 1 is revoked already.\n")
    status, said = run("revoke", "2")
    assert status == 2
    assert "no publication 2 to revoke" in said


def test_the_check_reads_everything_and_names_what_is_damaged(run: Run, store: Store) -> None:
    published(store, "A", None)
    published(store, "B", None)
    assert run("check") == (0, "All is whole: 2 publications with content.\n")
    with store.engine.begin() as connection:
        connection.execute(update(CONTENTS).where(CONTENTS.c.publication == 2).values(body=b"damaged"))
    assert run("check") == (3, "vsm: Damaged: publication 2. Revoke it, or restore a backup.\n")


def test_the_check_says_what_is_damaged_of_a_file_and_what_to_do(run: Run, store: Store, tmp_path: Path) -> None:
    for number in range(20):
        published(store, f"Title {number}", None)
    store.engine.dispose()
    file = tmp_path / "store.sqlite"
    content = bytearray(file.read_bytes())
    content[-40_000:] = b"damage! " * 5_000
    file.write_bytes(content)
    status, said = run("check")
    assert status == 3
    assert "SQLite says: " in said
    assert "put a backup in the file's place" in said
    assert "store check" not in said


def test_a_backup_is_a_store_of_its_own(run: Run, store: Store, tmp_path: Path) -> None:
    link, owner = published(store, "A", None)
    copy = tmp_path / "copy.sqlite"
    assert run("backup", str(copy)) == (0, f"Copied the store to {copy}.\n")
    store.revoke(owner, NOW)
    kept = Store(f"sqlite:///{copy}")
    assert isinstance(kept.find(link, NOW), Publication)
    kept.engine.dispose()
    status, said = run("backup", str(copy))
    assert status == 2
    assert "is there already" in said
    assert not list(tmp_path.glob("*.unfinished"))


def test_the_file_of_settings_names_the_store_here_too(
    run: Run, store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    published(store, "A", None)
    file = tmp_path / "settings.toml"
    file.write_text(f'VSM_STORE_URL = "sqlite:///{tmp_path / "store.sqlite"}"\n', encoding="utf-8")
    monkeypatch.setenv("VSM_SETTINGS", str(file))
    monkeypatch.delenv("VSM_STORE_URL")
    assert run("check") == (0, "All is whole: 1 publication with content.\n")
    monkeypatch.setenv("VSM_STORE_URL", f"sqlite:///{tmp_path / 'other.sqlite'}")
    assert "other.sqlite" in run("list")[1]
    monkeypatch.setenv("VSM_SETTINGS", "nowhere.toml")
    assert run("list") == (2, "vsm: The file of settings nowhere.toml cannot be read: No such file or directory.\n")


def test_a_wrong_act_is_refused(run: Run) -> None:
    assert run("burn")[0] == 2
    assert run("revoke", "one")[0] == 2
