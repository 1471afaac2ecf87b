"""The store of publications: publish, find, replace, extend, revoke; each act whole or not at all."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import Column, Connection, Row, delete, false, func, insert, select, update

from vsm.sharing.engine import open_engine, transaction
from vsm.sharing.forms import Bodies
from vsm.sharing.found import Entry, Expired, Found, Links, Publication, Revoked, StoreError, Unknown, Version
from vsm.sharing.schema import CONTENTS, PUBLICATIONS, VERSIONS
from vsm.sharing.tokens import new_token, same_hash, token_hash
from vsm.sharing.upgrade import upgrade

LARGEST = 20_000_000
"""Bytes of a version, packed: a stream of 300 stages with all charts has some 2,000,000."""
KEPT_VERSIONS = 10
"""Versions of a publication that are kept; the oldest goes when there is one more."""
LONGEST_TITLE = 200


class Store:
    """Publications behind one address. Every method may raise `StoreError` with a sentence; then nothing changed.

    Times are given: `now` is the moment of asking.
    """

    def __init__(self, address: str) -> None:
        """Open the store at an SQLAlchemy address, with its tables made or brought up to date."""
        self.engine = open_engine(address)
        try:
            upgrade(self.engine)
        except StoreError:
            self.engine.dispose()
            raise

    def try_to_write(self) -> None:
        """Do what every act that writes begins with, and change nothing."""
        with transaction(self.engine, writes=True) as connection:
            connection.execute(delete(CONTENTS).where(false()))

    def publish(self, title: str, bodies: Bodies, expires: dt.datetime | None, now: dt.datetime) -> Links:
        """Keep a new publication and return its two tokens; `expires` None is never."""
        _refuse_too_large(title, bodies)
        links = Links(read=new_token(), owner=new_token())
        values = {
            "read_hash": token_hash(links.read),
            "owner_hash": token_hash(links.owner),
            "title": title,
            "created": now,
            "expires": expires,
        }
        with transaction(self.engine, writes=True) as connection:
            _erase_expired(connection, now)
            made = connection.execute(insert(PUBLICATIONS).values(values).returning(PUBLICATIONS.c.id)).scalar_one()
            _add_version(connection, made, 1, bodies, now)
        return links

    def find(self, read_token: str, now: dt.datetime) -> Found:
        """Say what a reader's token opens."""
        with transaction(self.engine, writes=False) as connection:
            return _find(connection, PUBLICATIONS.c.read_hash, read_token, now)

    def find_owned(self, owner_token: str, now: dt.datetime) -> Found:
        """Say what an owner's token rules over."""
        with transaction(self.engine, writes=False) as connection:
            return _find(connection, PUBLICATIONS.c.owner_hash, owner_token, now)

    def body(self, publication: Publication, name: str, version: int | None = None) -> bytes | None:
        """Return a form or picture of a version, packed; `None` as version is the newest.

        `None` comes back where there is no such picture or version, or where the publication was revoked meanwhile.
        """
        number = publication.newest.number if version is None else version
        asked = select(CONTENTS.c.body).where(
            CONTENTS.c.publication == publication.id, CONTENTS.c.version == number, CONTENTS.c.form == str(name)
        )
        with transaction(self.engine, writes=False) as connection:
            body = connection.execute(asked).scalar_one_or_none()
        return None if body is None else bytes(body)

    def bodies(self, number: int) -> dict[int, dict[str, bytes]]:
        """Return all that each version of a publication holds, by its number, packed, for the host to check."""
        asked = select(CONTENTS.c.version, CONTENTS.c.form, CONTENTS.c.body).where(CONTENTS.c.publication == number)
        held: dict[int, dict[str, bytes]] = {}
        with transaction(self.engine, writes=False) as connection:
            for row in connection.execute(asked):
                held.setdefault(row.version, {})[row.form] = bytes(row.body)
        return held

    def replace(
        self, owner_token: str, title: str, bodies: Bodies, now: dt.datetime, *, keep_earlier: bool = True
    ) -> Found:
        """Put other content under the same link, as its next version; of the earlier ones the newest stay, or none."""
        _refuse_too_large(title, bodies)
        with transaction(self.engine, writes=True, erases=True) as connection:
            found = _find(connection, PUBLICATIONS.c.owner_hash, owner_token, now, lock=True)
            if not isinstance(found, Publication):
                return found
            connection.execute(update(PUBLICATIONS).where(PUBLICATIONS.c.id == found.id).values(title=title))
            _add_version(connection, found.id, found.newest.number + 1, bodies, now)
            _let_go(connection, found.id, found.newest.number + 1 - (KEPT_VERSIONS if keep_earlier else 1))
            return _find(connection, PUBLICATIONS.c.owner_hash, owner_token, now)

    def delete_earlier(self, owner_token: str, now: dt.datetime) -> Found:
        """Delete all versions but the one that the link shows."""
        with transaction(self.engine, writes=True, erases=True) as connection:
            found = _find(connection, PUBLICATIONS.c.owner_hash, owner_token, now, lock=True)
            if not isinstance(found, Publication):
                return found
            _let_go(connection, found.id, found.newest.number - 1)
            return _find(connection, PUBLICATIONS.c.owner_hash, owner_token, now)

    def extend(self, owner_token: str, expires: dt.datetime | None, now: dt.datetime) -> Found:
        """Let a publication that still opens expire at another time; `None` is never."""
        with transaction(self.engine, writes=True) as connection:
            found = _find(connection, PUBLICATIONS.c.owner_hash, owner_token, now, lock=True)
            if not isinstance(found, Publication):
                return found
            connection.execute(update(PUBLICATIONS).where(PUBLICATIONS.c.id == found.id).values(expires=expires))
            return _find(connection, PUBLICATIONS.c.owner_hash, owner_token, now)

    def revoke(self, owner_token: str, now: dt.datetime) -> Found:
        """Take a publication down and delete its content; whoever holds the link is told, nobody else can know."""
        with transaction(self.engine, writes=True, erases=True) as connection:
            found = _find(connection, PUBLICATIONS.c.owner_hash, owner_token, now, lock=True)
            if isinstance(found, Publication | Expired):
                asked = select(PUBLICATIONS.c.id).where(PUBLICATIONS.c.owner_hash == token_hash(owner_token))
                _take_down(connection, connection.execute(asked).scalar_one(), now)
            return _find(connection, PUBLICATIONS.c.owner_hash, owner_token, now)

    def take_down(self, number: int, now: dt.datetime) -> bool:
        """Revoke by the number that `entries` gives, for the host; False where nothing is left to revoke."""
        with transaction(self.engine, writes=True, erases=True) as connection:
            return _take_down(connection, number, now)

    def erase_expired(self, now: dt.datetime) -> int:
        """Delete the content of publications whose time is over and return how many had any left."""
        with transaction(self.engine, writes=True, erases=True) as connection:
            return _erase_expired(connection, now)

    def entries(self) -> tuple[Entry, ...]:
        """List all publications, the oldest first, for the host; what they hold is not told."""
        versions = select(func.count()).where(VERSIONS.c.publication == PUBLICATIONS.c.id).scalar_subquery()
        size = (
            select(func.coalesce(func.sum(func.length(CONTENTS.c.body)), 0))
            .where(CONTENTS.c.publication == PUBLICATIONS.c.id)
            .scalar_subquery()
        )
        columns = [PUBLICATIONS.c[name] for name in ("id", "title", "created", "expires", "revoked")]
        asked = select(*columns, versions.label("versions"), size.label("size")).order_by(PUBLICATIONS.c.id)
        with transaction(self.engine, writes=False) as connection:
            return tuple(Entry(**row._mapping) for row in connection.execute(asked))


def _find(connection: Connection, column: Column[bytes], token: str, now: dt.datetime, *, lock: bool = False) -> Found:
    """Look a token up by its hash; `lock` keeps others from changing it until the transaction ends."""
    asked = token_hash(token)
    query = select(PUBLICATIONS).where(column == asked)
    row = connection.execute(query.with_for_update() if lock else query).one_or_none()
    if row is None or not same_hash(bytes(row._mapping[column]), asked):
        return Unknown()
    if row.revoked is not None:
        return Revoked(row.revoked)
    if row.expires is not None and row.expires <= now:
        return Expired(row.expires)
    return _publication(connection, row)


def _publication(connection: Connection, row: Row[tuple[object, ...]]) -> Publication:
    versions = select(VERSIONS.c.number, VERSIONS.c.created).where(VERSIONS.c.publication == row.id)
    return Publication(
        id=row.id,
        title=row.title,
        expires=row.expires,
        versions=tuple(Version(**v._mapping) for v in connection.execute(versions.order_by(VERSIONS.c.number))),
    )


def _add_version(connection: Connection, publication: int, number: int, bodies: Bodies, now: dt.datetime) -> None:
    connection.execute(insert(VERSIONS).values(publication=publication, number=number, created=now))
    rows = [
        {"publication": publication, "version": number, "form": str(name), "body": body}
        for name, body in bodies.items()
    ]
    connection.execute(insert(CONTENTS), rows)


def _let_go(connection: Connection, publication: int, last: int) -> None:
    """Forget the versions up to a number."""
    connection.execute(delete(CONTENTS).where(CONTENTS.c.publication == publication, CONTENTS.c.version <= last))
    connection.execute(delete(VERSIONS).where(VERSIONS.c.publication == publication, VERSIONS.c.number <= last))


def _take_down(connection: Connection, publication: int, now: dt.datetime) -> bool:
    mine = (PUBLICATIONS.c.id == publication) & PUBLICATIONS.c.revoked.is_(None)
    done = connection.execute(update(PUBLICATIONS).where(mine).values(revoked=now, title="")).rowcount
    connection.execute(delete(CONTENTS).where(CONTENTS.c.publication == publication))
    return bool(done)


def _erase_expired(connection: Connection, now: dt.datetime) -> int:
    over = select(PUBLICATIONS.c.id).where(PUBLICATIONS.c.expires <= now)
    held = select(CONTENTS.c.publication).where(CONTENTS.c.publication.in_(over)).distinct()
    emptied = connection.execute(held).scalars().all()
    if emptied:
        connection.execute(update(PUBLICATIONS).where(PUBLICATIONS.c.id.in_(emptied)).values(title=""))
        connection.execute(delete(CONTENTS).where(CONTENTS.c.publication.in_(emptied)))
    return len(emptied)


def _refuse_too_large(title: str, bodies: Bodies) -> None:
    if len(title) > LONGEST_TITLE:
        raise StoreError(f"The title is longer than {LONGEST_TITLE} characters. Choose a shorter one.")
    size = sum(map(len, bodies.values()))
    if size > LARGEST:
        raise StoreError(
            f"This analysis is too large to be published: {size / 1e6:.0f} MB, and {LARGEST / 1e6:.0f} MB are the "
            "most. Leave the names of items out, or choose fewer items."
        )
