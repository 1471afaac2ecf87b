"""A reader of a page without a browser: asks for it again and again over one connection, as fast as it is answered."""

from __future__ import annotations

import asyncio
import time

PATIENCE = 30.0
"""Seconds after which a request that is not answered fails the run."""


async def read_again(port: int, path: str, until: float) -> list[float]:
    """Ask for `path` until the moment `until` of the steady clock; return the seconds that each answer took.

    Raises `RuntimeError` for an answer that is no page.
    """
    asked = f"GET {path} HTTP/1.1\r\nHost: localhost:{port}\r\nAccept-Encoding: gzip\r\n\r\n".encode()
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    times: list[float] = []
    while (start := time.monotonic()) < until:
        writer.write(asked)
        head = await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), PATIENCE)
        if not head.startswith(b"HTTP/1.1 200"):
            raise RuntimeError(f"the page was not shown: {head[:50]!r}")
        await reader.readexactly(_length(head))
        times.append(time.monotonic() - start)
    writer.close()
    return times


def _length(head: bytes) -> int:
    _, _, rest = head.lower().partition(b"content-length: ")
    return int(rest.partition(b"\r\n")[0])
