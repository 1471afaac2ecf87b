"""The bytes of an OLE file (xls, doc, a locked xlsx ...) -> the names of the streams in its root folder."""

from __future__ import annotations

import struct
from collections.abc import Iterator

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
NO_SECTOR = 0xFFFFFFFA
"""This and all higher numbers are marks (free, end of chain), not sectors."""
ENTRY = 128
MOST_ENTRIES = 10_000


def root_names(data: bytes) -> frozenset[str]:
    """List the names directly below the root ([MS-CFB] 2.6); what is embedded deeper does not count.

    A torn file gives as many names as can be read, maybe none.
    """
    try:
        directory = b"".join(_chain(data))
        entries = [directory[at : at + ENTRY] for at in range(0, len(directory) - ENTRY + 1, ENTRY)]
        return frozenset(_children(entries)) if entries else frozenset()
    except struct.error:
        return frozenset()


def _chain(data: bytes) -> Iterator[bytes]:
    """Follow the directory's sectors through the allocation table."""
    size = 1 << min(struct.unpack_from("<H", data, 30)[0], 12)
    tables = struct.unpack_from("<109I", data, 76)
    (sector,) = struct.unpack_from("<I", data, 48)
    seen: set[int] = set()
    while sector < NO_SECTOR and sector not in seen and len(seen) * size < MOST_ENTRIES * ENTRY:
        seen.add(sector)
        yield data[(sector + 1) * size : (sector + 2) * size]
        table, place = divmod(sector, size // 4)
        if table >= len(tables) or tables[table] >= NO_SECTOR:
            return
        (sector,) = struct.unpack_from("<I", data, (tables[table] + 1) * size + place * 4)


def _children(entries: list[bytes]) -> Iterator[str]:
    """Walk the root's tree of entries: left and right neighbours, never down into a folder."""
    waiting = [struct.unpack_from("<I", entries[0], 76)[0]]
    seen: set[int] = set()
    while waiting:
        at = waiting.pop()
        if at >= len(entries) or at in seen:
            continue
        seen.add(at)
        length = struct.unpack_from("<H", entries[at], 64)[0]
        yield entries[at][: max(0, min(length, 64) - 2)].decode("utf-16-le", errors="replace")
        waiting += struct.unpack_from("<II", entries[at], 68)
