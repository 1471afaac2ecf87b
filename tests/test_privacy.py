"""What README.md promises of a visitor's data: an upload never touches the disk, however large."""

from __future__ import annotations

import asyncio

from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.types import Message

import app

MEGABYTE = 1024 * 1024


def uploaded(size: int) -> UploadFile:
    """Send a form with a file of `size` bytes, and take it as the server does."""
    body = (
        b'--b\r\nContent-Disposition: form-data; name="file"; filename="big.csv"\r\n\r\n'
        + b"x" * size
        + b"\r\n--b--\r\n"
    )

    async def receive() -> Message:
        return {"type": "http.request", "body": body, "more_body": False}

    headers = [(b"content-type", b"multipart/form-data; boundary=b")]
    request = Request({"type": "http", "method": "PUT", "headers": headers}, receive)

    async def taken() -> object:
        return (await request.form())["file"]

    file = asyncio.run(taken())
    assert isinstance(file, UploadFile)
    return file


def test_a_large_upload_stays_in_memory():
    assert app.app is not None
    file = uploaded(20 * MEGABYTE)
    assert file.size == 20 * MEGABYTE
    assert not file.file._rolled  # not yet turned from memory into a file
    file.file.close()
