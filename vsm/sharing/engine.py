"""The address of a store -> an engine on it: SQLite in a file, or PostgreSQL; each act is one transaction."""

from __future__ import annotations

import logging
import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, SQLAlchemyError

from vsm.sharing.found import StoreError

_BUSY_SECONDS = 5
_WRITES = "vsm_writes"
_PRIVATE, _PRIVATE_FILE = 0o700, 0o600
_SENTENCES = (
    ("locked", "The store is busy with something else for too long. Nothing was changed; try again in a moment."),
    ("full", "The disk of the store is full. Nothing was changed; the host has to make room."),
    ("readonly", "The store cannot be written to. Nothing was changed; the host has to let the app write there."),
    ("read-only", "The store cannot be written to. Nothing was changed; the host has to let the app write there."),
    ("i/o error", "The disk of the store failed or takes no more. Nothing was changed; the host has to look at it."),
    (
        "unable to open",
        "The store's file cannot be opened. Nothing was changed; the host has to let the app write it.",
    ),
    ("malformed", "The store's file is damaged. The host has to put a backup in its place."),
    ("not a database", "The store's file is no store. The host has to look at VSM_STORE_URL."),
)
_NO_ANSWER = "The store does not answer. Nothing was changed; try again in a moment, or ask the host."
_FOR_HOST = (
    ("malformed", "The store's file is damaged: stop the app, put a backup in the file's place, and start it again."),
    # PostgreSQL's own codes: https://www.postgresql.org/docs/current/errcodes-appendix.html
    ("28p01", "The database of VSM_STORE_URL refuses the password."),
    ("28000", "The database of VSM_STORE_URL does not let this user in."),
    ("3d000", "The server of VSM_STORE_URL has no database of that name."),
    ("53300", "The database of VSM_STORE_URL has no connection left."),
    ("57p", "The database of VSM_STORE_URL is just being started or stopped."),
    ("refused", "Nothing answers at the host and port of VSM_STORE_URL: the database server is stopped, or elsewhere."),
    ("gaierror", "The name of the host in VSM_STORE_URL is not known."),
    ("timed out", "The host of VSM_STORE_URL does not answer in time."),
    ("network error", "The connection to the database of VSM_STORE_URL broke off."),
)
"""Words of an error, and what it is; a person who is not the host is told no more than that there is no answer."""
_NO_SUCH_KIND = (
    "VSM_STORE_URL names a kind of store that is not there: sqlite:///PATH, or postgresql://USER@HOST/NAME "
    "after `pip install -r requirements-postgresql.txt`."
)
_LOG = logging.getLogger("vsm.store")


def open_engine(address: str) -> Engine:
    """Return an engine on `address` ("sqlite:///path" or "postgresql://..."), a file's folder made where it lacks.

    Raises `StoreError` for an address that names neither.
    """
    url = _url(address)
    try:
        engine = create_engine(url, pool_pre_ping=url.get_backend_name() != "sqlite")
    except (SQLAlchemyError, ImportError) as error:
        raise StoreError(_NO_SUCH_KIND) from error
    pool = type(engine.pool)
    logging.getLogger(f"{pool.__module__}.{pool.__name__}").addFilter(_in_one_line)
    if url.get_backend_name() == "sqlite":
        _make_private(url)
        event.listen(engine, "connect", _set_up_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    else:
        _ask_again_where_reset(engine)
    return engine


def _ask_again_where_reset(engine: Engine) -> None:
    """Let a pooled connection that the server reset count as lost: pg8000 says that as an error of the system's own."""
    answers = engine.dialect.do_ping

    def still_answers(connection: Any) -> bool:
        try:
            return answers(connection)
        except ConnectionError:
            return False

    engine.dialect.do_ping = still_answers  # type: ignore[method-assign, assignment]


def check_address(address: str) -> None:
    """Raise `StoreError` for what is no address of a store that is kept. Nobody is asked for an answer."""
    url = _url(address)
    if url.get_backend_name() == "sqlite" and url.database in (None, "", ":memory:"):
        raise StoreError("VSM_STORE_URL names no file: write sqlite:///PATH, and sqlite:////PATH from the root on.")
    try:
        url.get_dialect().import_dbapi()
    except (SQLAlchemyError, ImportError) as error:
        raise StoreError(_NO_SUCH_KIND) from error


def refuse_where_none_can_be_made(file: Path) -> None:
    """Raise `StoreError` with a sentence where a store's file could not be made; nothing is made by asking."""
    folder = next(place for place in file.absolute().parents if place.exists())
    if not folder.is_dir():
        raise StoreError("The folder of the store cannot be made, as a file is in its place. The host has to mend it.")
    if not os.access(folder, os.W_OK | os.X_OK):
        raise StoreError("The store cannot be made: the host has to let the app write in its folder.")


def file_of(address: str) -> Path | None:
    """Return the file of a store in SQLite; `None` for any other."""
    url = _url(address)
    return Path(url.database) if url.get_backend_name() == "sqlite" and url.database else None


def _url(address: str) -> URL:
    try:
        url = make_url(address)
    except (ArgumentError, ValueError) as error:
        raise StoreError("VSM_STORE_URL is no address of a store, such as sqlite:///PATH.") from error
    if url.get_backend_name() not in ("sqlite", "postgresql", "postgres"):
        raise StoreError(_NO_SUCH_KIND)
    if url.drivername not in ("postgresql", "postgres"):
        return url
    if url.username is None:
        raise StoreError("VSM_STORE_URL names no user of the database, as in postgresql://USER@HOST/NAME.")
    return url.set(drivername="postgresql+pg8000")


def _make_private(url: URL) -> None:
    """Make the folder of a file, and the file, for the owner of this process alone; what is there stays as it is."""
    file = Path(url.database or ".")
    try:
        file.parent.mkdir(mode=_PRIVATE, parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(
            f"The folder of the store cannot be made: {error.strerror}. The host has to mend it."
        ) from error
    # SQLite gives the files beside it the same rights. What keeps it from being made, SQLite says itself.
    with suppress(OSError):
        file.touch(mode=_PRIVATE_FILE, exist_ok=False)


def _set_up_sqlite(connection: Any, _record: object) -> None:
    """Let us begin transactions ourselves; what is committed survives a power cut, and readers wait for nobody."""
    connection.isolation_level = None
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "secure_delete=ON"):
        connection.execute(f"PRAGMA {pragma}")
    connection.execute(f"PRAGMA busy_timeout={_BUSY_SECONDS * 1000}")


def _begin_sqlite(connection: Connection) -> None:
    """Begin: who will write says so at once, so that no two of them wait for each other."""
    writes = connection.get_execution_options().get(_WRITES, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


@contextmanager
def transaction(engine: Engine, *, writes: bool, erases: bool = False) -> Iterator[Connection]:
    """Run one act, whole or not at all; what it `erases` leaves the disk with it.

    Raises `StoreError` with a sentence where the store fails.
    """
    try:
        with engine.execution_options(**{_WRITES: writes}).begin() as connection:
            yield connection
    except (DBAPIError, OSError) as error:
        failed = _failed(_reasons(error))
        _LOG.warning(failed.for_host)
        raise failed from error
    if erases and engine.dialect.name == "sqlite":
        _empty_log(engine)


def _empty_log(engine: Engine) -> None:
    """Empty SQLite's log of changes, in which what was deleted would lie until it is written over.

    Where others read all the while it stays for the next act that erases: the act itself is done.
    """
    connection = engine.raw_connection()
    try:
        with suppress(sqlite3.Error):
            connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
    finally:
        connection.close()


def _reasons(error: BaseException) -> str:
    """Return what an error says, and the errors behind it, of which pg8000 names the kind alone."""
    behind = getattr(error, "orig", None) or error.__cause__
    return f"{error!r} {error}" if behind is None else f"{error!r} {error} {_reasons(behind)}"


def _failed(reason: str) -> StoreError:
    said = reason.lower()
    sentence = next((sentence for word, sentence in _SENTENCES if word in said), _NO_ANSWER)
    return StoreError(sentence, next((kind for word, kind in _FOR_HOST if word in said), sentence))


def _in_one_line(record: logging.LogRecord) -> bool:
    """Say in a line that a connection was lost, where SQLAlchemy logs all its calls: the next act makes another."""
    if record.exc_info:
        record.msg, record.args, record.exc_info = "A connection to the store was lost.", (), None
    return True


__all__ = ["check_address", "file_of", "open_engine", "refuse_where_none_can_be_made", "transaction"]
