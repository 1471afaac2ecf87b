"""Tokens: what stands in a link and opens it; the store knows their hashes alone."""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets

BYTES = 24
"""192 bits of chance: 32 characters in the link."""
_VERSIONED = re.compile(r"([^.]*)\.([1-9][0-9]{0,5})")


def new_token() -> str:
    """Draw a token of 32 letters, digits, "-" and "_" from the system's own source of chance."""
    return secrets.token_urlsafe(BYTES)


def split_version(link: str) -> tuple[str, int | None]:
    """Take the last part of a link apart: its token, and which version of the publication is asked for.

    `None` is the newest.

    >>> split_version("TOKEN"), split_version("TOKEN.2"), split_version("TOKEN.zwei")
    (('TOKEN', None), ('TOKEN', 2), ('TOKEN.zwei', None))
    """
    found = _VERSIONED.fullmatch(link)
    return (link, None) if found is None else (found[1], int(found[2]))


def token_hash(token: str) -> bytes:
    """Return the SHA-256 of a token, 32 bytes; a token is too long to be guessed, so it needs no salt."""
    return hashlib.sha256(token.encode("utf-8", errors="replace")).digest()


def same_hash(found: bytes, asked: bytes) -> bool:
    """Compare in a time that does not tell how much of it is right."""
    return hmac.compare_digest(found, asked)
