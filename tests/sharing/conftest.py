"""Stores for the tests: SQLite in a file, and a PostgreSQL that is started for them where it is installed."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import uuid
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from vsm.sharing.store import Store


def _program(name: str) -> str | None:
    found = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))
    return shutil.which(name) or (str(found[-1]) if found else None)


def _as_somebody(*command: str) -> list[str]:
    """PostgreSQL refuses to run as root."""
    return ["runuser", "-u", "postgres", "--", *command] if os.geteuid() == 0 else list(command)


@pytest.fixture(scope="session")
def postgresql(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a database server of its own."""
    initdb, pg_ctl = _program("initdb"), _program("pg_ctl")
    if initdb is None or pg_ctl is None:
        if os.environ.get("CI") == "true":
            pytest.fail("No PostgreSQL was found, and CI=true asks for its tests.")
        pytest.skip("No PostgreSQL (initdb, pg_ctl) was found on this machine.")
    if find_spec("pg8000") is None:
        pytest.skip("pg8000 is an extra, and is not installed.")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    # A short path that the database's own user may enter, as pytest's folders are the tester's alone.
    folder = Path("/tmp") / f"vsm-postgresql-{uuid.uuid4().hex[:8]}"
    folder.mkdir()
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres")
    data, log = folder / "data", folder / "log"
    subprocess.run(
        _as_somebody(initdb, "-D", str(data), "-U", "postgres", "-A", "trust", "-N"),
        cwd=folder,
        check=True,
        capture_output=True,
        timeout=60,
    )
    options = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={folder}"
    subprocess.run(
        _as_somebody(pg_ctl, "-D", str(data), "-w", "-l", str(log), "-o", options, "start"),
        cwd=folder,
        check=True,
        capture_output=True,
        timeout=60,
    )
    try:
        yield f"postgresql://postgres@127.0.0.1:{port}"
    finally:
        stop = _as_somebody(pg_ctl, "-D", str(data), "-m", "immediate", "stop")
        subprocess.run(stop, cwd=folder, check=True, capture_output=True, timeout=60)
        shutil.rmtree(folder)


@pytest.fixture(params=["sqlite", "postgresql"])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty store."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'folder' / 'store.sqlite'}"
    server = request.getfixturevalue("postgresql")
    name = f"store_{uuid.uuid4().hex}"
    engine = create_engine(
        f"{server.replace('postgresql', 'postgresql+pg8000')}/postgres", isolation_level="AUTOCOMMIT"
    )
    with engine.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    engine.dispose()
    return f"{server}/{name}"


@pytest.fixture
def store(address: str) -> Iterator[Store]:
    opened = Store(address)
    yield opened
    opened.engine.dispose()
