"""The store of drafts: begin, keep, open, forget; each act whole or not at all, nothing readable without its token."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, Engine, delete, func, insert, select, update

from vsm.sharing.engine import transaction
from vsm.sharing.found import StoreError
from vsm.sharing.schema import DRAFT_FILES, DRAFTS
from vsm.sharing.sealing import Seal

LARGEST = 100_000_000
"""Bytes of a draft, packed: a log of 200 MB has some 40."""
_STATE = "state"


@dataclass(frozen=True, kw_only=True)
class DraftContent:
    """A draft as JSON, and the files that it names, by their hashes."""

    state: bytes
    files: Mapping[str, bytes]


@dataclass(frozen=True, kw_only=True)
class DraftTotal:
    """What all drafts are together; nothing is told of a single one."""

    count: int
    size: int
    """Bytes."""


@dataclass(frozen=True, kw_only=True)
class _Sealed:
    """What is about to be stored: the state, and by their names the files that are not there yet."""

    state: bytes
    names: frozenset[bytes]
    """Of all files of the draft."""
    new: Mapping[bytes, bytes]


class Drafts:
    """Drafts in one store. Every method may raise `StoreError` with a sentence; then nothing changed.

    Times are given: `now` is the moment of asking.
    """

    def __init__(self, engine: Engine, kept_for: dt.timedelta, most_bytes: int) -> None:
        """Keep each draft for so long after it was kept last, and all of them within so many bytes."""
        self._engine, self._kept_for, self._most_bytes = engine, kept_for, most_bytes

    def begin(self, seal: Seal, content: DraftContent, now: dt.datetime) -> dt.datetime:
        """Keep a new draft and return until when; drafts whose time is over go."""
        sealed = _sealed(seal, content, frozenset())
        row = {"hash": seal.hash, "expires": now, "size": 0, "state": b""}
        with transaction(self._engine, writes=True) as connection:
            _erase(connection, now)
            made = connection.execute(insert(DRAFTS).values(row).returning(DRAFTS.c.id)).scalar_one()
            until = self._write(connection, made, sealed, now)
            self._refuse_if_full(connection)
            return until

    def keep(self, seal: Seal, content: DraftContent, now: dt.datetime) -> dt.datetime | None:
        """Put other content in the place of what a draft held, and return until when it is kept now.

        `None` where the draft is not there any more: it was deleted elsewhere, or its time was over.
        """
        with transaction(self._engine, writes=False) as connection:
            held = _names(connection, _number(connection, seal))
        sealed = _sealed(seal, content, held)
        with transaction(self._engine, writes=True) as connection:
            number = _number(connection, seal, lock=True)
            return None if number is None else self._write(connection, number, sealed, now)

    def _write(self, connection: Connection, number: int, sealed: _Sealed, now: dt.datetime) -> dt.datetime:
        held = _names(connection, number)
        if not sealed.names <= held | sealed.new.keys():
            raise StoreError("Another tab changed the same draft at the same moment.")
        gone = (DRAFT_FILES.c.draft == number) & DRAFT_FILES.c.name.in_(held - sealed.names)
        connection.execute(delete(DRAFT_FILES).where(gone))
        rows = [
            {"draft": number, "name": name, "size": len(body), "body": body}
            for name, body in sealed.new.items()
            if name not in held
        ]
        if rows:
            connection.execute(insert(DRAFT_FILES), rows)
        mine = select(func.coalesce(func.sum(DRAFT_FILES.c.size), 0)).where(DRAFT_FILES.c.draft == number)
        size = len(sealed.state) + connection.execute(mine).scalar_one()
        values = {"state": sealed.state, "size": size, "expires": now + self._kept_for}
        connection.execute(update(DRAFTS).where(DRAFTS.c.id == number).values(values))
        if size > LARGEST:
            raise StoreError(
                f"It has {size / 1e6:.0f} MB when packed, and a draft holds {LARGEST / 1e6:.0f} MB at most."
            )
        if rows:
            self._refuse_if_full(connection)
        return now + self._kept_for

    def _refuse_if_full(self, connection: Connection) -> None:
        """Refuse a new draft or another file; what is decided about those that are there is small, and kept."""
        if _total(connection).size > self._most_bytes:
            raise StoreError("The space that the host has for drafts is full.")

    def open(self, seal: Seal, now: dt.datetime) -> DraftContent | None:
        """Return what a draft holds; `None` where there is none, or its time is over."""
        asked = select(DRAFTS.c.id, DRAFTS.c.state).where(DRAFTS.c.hash == seal.hash, DRAFTS.c.expires > now)
        with transaction(self._engine, writes=False) as connection:
            row = connection.execute(asked).one_or_none()
            if row is None:
                return None
            columns = DRAFT_FILES.c.name, DRAFT_FILES.c.body
            bodies = connection.execute(select(*columns).where(DRAFT_FILES.c.draft == row.id)).all()
        files = [seal.open(bytes(name), bytes(body)) for name, body in bodies]
        return DraftContent(state=seal.open(seal.name(_STATE), bytes(row.state)), files={_sha256(f): f for f in files})

    def until(self, seal: Seal, now: dt.datetime) -> dt.datetime | None:
        """Return until when a draft is kept; `None` where there is none, or its time is over."""
        asked = select(DRAFTS.c.expires).where(DRAFTS.c.hash == seal.hash, DRAFTS.c.expires > now)
        with transaction(self._engine, writes=False) as connection:
            found: dt.datetime | None = connection.execute(asked).scalar_one_or_none()
        return found

    def forget(self, seal: Seal) -> None:
        """Delete a draft with all that it holds; nothing where there is none."""
        with transaction(self._engine, writes=True, erases=True) as connection:
            number = _number(connection, seal, lock=True)
            if number is not None:
                _delete(connection, [number])

    def erase_expired(self, now: dt.datetime) -> int:
        """Delete the drafts whose time is over and return how many there were."""
        with transaction(self._engine, writes=True, erases=True) as connection:
            return _erase(connection, now)

    def erase_all(self) -> int:
        """Delete every draft and return how many there were."""
        with transaction(self._engine, writes=True, erases=True) as connection:
            return _delete(connection, connection.execute(select(DRAFTS.c.id)).scalars().all())

    def total(self) -> DraftTotal:
        """Count the drafts and their bytes."""
        with transaction(self._engine, writes=False) as connection:
            return _total(connection)


def _sealed(seal: Seal, content: DraftContent, held: frozenset[bytes]) -> _Sealed:
    """Pack and seal what is not held yet: before the store is locked, as it may take a while."""
    files = {seal.name(sha256): data for sha256, data in content.files.items()}
    return _Sealed(
        state=seal.close(seal.name(_STATE), content.state),
        names=frozenset(files),
        new={name: seal.close(name, data) for name, data in files.items() if name not in held},
    )


def _number(connection: Connection, seal: Seal, *, lock: bool = False) -> int | None:
    """Look a draft up; `lock` keeps others from changing it until the transaction ends."""
    asked = select(DRAFTS.c.id).where(DRAFTS.c.hash == seal.hash)
    found: int | None = connection.execute(asked.with_for_update() if lock else asked).scalar_one_or_none()
    return found


def _names(connection: Connection, number: int | None) -> frozenset[bytes]:
    """Return the names of the files that a draft holds."""
    asked = select(DRAFT_FILES.c.name).where(DRAFT_FILES.c.draft == number)
    return frozenset(map(bytes, connection.execute(asked).scalars()))


def _erase(connection: Connection, now: dt.datetime) -> int:
    over = select(DRAFTS.c.id).where(DRAFTS.c.expires <= now)
    return _delete(connection, connection.execute(over).scalars().all())


def _delete(connection: Connection, numbers: Sequence[int]) -> int:
    connection.execute(delete(DRAFT_FILES).where(DRAFT_FILES.c.draft.in_(numbers)))
    return connection.execute(delete(DRAFTS).where(DRAFTS.c.id.in_(numbers))).rowcount if numbers else 0


def _total(connection: Connection) -> DraftTotal:
    asked = select(func.count().label("count"), func.coalesce(func.sum(DRAFTS.c.size), 0).label("size"))
    row = connection.execute(asked.select_from(DRAFTS)).one()
    return DraftTotal(count=int(row._mapping["count"]), size=int(row.size))


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
