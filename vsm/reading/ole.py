"""The bytes of an OLE file (xls, doc, a locked xlsx ...) -> the streams in its root folder ([MS-CFB])."""

from __future__ import annotations

import struct
from collections.abc import Iterator

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
NO_SECTOR = 0xFFFFFFFA
"""This and all higher numbers are marks (free, end of chain), not sectors."""
ENTRY = 128
IN_HEADER = 109
"""Sectors of the allocation table that the header lists; more are listed in a chain of their own."""
SMALL_STREAM = 4096
"""Shorter streams lie in pieces of 64 bytes inside the stream of the root entry."""
PIECE = 64


def root_names(data: bytes) -> frozenset[str]:
    """List the names directly below the root; what is embedded deeper does not count.

    A torn file gives as many names as can be read, maybe none.
    """
    return frozenset(_streams(data))


def root_stream(data: bytes, *names: str) -> bytes:
    """Read the first of the named streams below the root; empty where there is none, cut short where it is torn."""
    streams = _streams(data)
    start, size = next((streams[name] for name in names if name in streams), (NO_SECTOR, 0))
    chain = _chain(data, start) if size >= SMALL_STREAM else _pieces(data, start)
    return b"".join(chain)[:size]


def _pieces(data: bytes, piece: int) -> Iterator[bytes]:
    """Follow a chain of pieces through the small allocation table."""
    container = b"".join(_chain(data, struct.unpack_from("<I", _directory(data), 116)[0]))
    table = b"".join(_chain(data, struct.unpack_from("<I", data, 60)[0]))
    left = len(table) // 4
    while piece < len(table) // 4 and left > 0:
        left -= 1
        yield container[piece * PIECE : (piece + 1) * PIECE]
        (piece,) = struct.unpack_from("<I", table, piece * 4)


def _directory(data: bytes) -> bytes:
    return b"".join(_chain(data, struct.unpack_from("<I", data, 48)[0]))


def _streams(data: bytes) -> dict[str, tuple[int, int]]:
    """Map the names below the root to first sector and size."""
    try:
        directory = _directory(data)
        entries = [directory[at : at + ENTRY] for at in range(0, len(directory) - ENTRY + 1, ENTRY)]
        return dict(_children(entries)) if entries else {}
    except struct.error:
        return {}


def _chain(data: bytes, sector: int) -> Iterator[bytes]:
    """Follow a chain of sectors through the allocation table, to its end or to where it is torn."""
    size = 1 << min(struct.unpack_from("<H", data, 30)[0], 12)
    tables = _tables(data, size)
    left = len(data) // size  # a chain longer than the file runs in a circle
    while sector < NO_SECTOR and left > 0:
        left -= 1
        yield data[(sector + 1) * size : (sector + 2) * size]
        table, place = divmod(sector, size // 4)
        at = (tables[table] + 1) * size + place * 4 if table < len(tables) else len(data)
        if at + 4 > len(data):
            return
        (sector,) = struct.unpack_from("<I", data, at)


def _tables(data: bytes, size: int) -> list[int]:
    """List the sectors that hold the allocation table."""
    tables = list(struct.unpack_from(f"<{IN_HEADER}I", data, 76))
    (more,) = struct.unpack_from("<I", data, 68)
    left = len(data) // size
    while more < NO_SECTOR and left > 0 and (more + 2) * size <= len(data):
        left -= 1
        *listed, more = struct.unpack_from(f"<{size // 4}I", data, (more + 1) * size)
        tables += listed
    return [table for table in tables if table < NO_SECTOR]


def _children(entries: list[bytes]) -> Iterator[tuple[str, tuple[int, int]]]:
    """Walk the root's tree of entries: left and right neighbours, never down into a folder."""
    waiting = [struct.unpack_from("<I", entries[0], 76)[0]]
    seen: set[int] = set()
    while waiting:
        at = waiting.pop()
        if at >= len(entries) or at in seen:
            continue
        seen.add(at)
        length = struct.unpack_from("<H", entries[at], 64)[0]
        name = entries[at][: max(0, min(length, 64) - 2)].decode("utf-16-le", errors="replace")
        yield name, struct.unpack_from("<II", entries[at], 116)
        waiting += struct.unpack_from("<II", entries[at], 68)
