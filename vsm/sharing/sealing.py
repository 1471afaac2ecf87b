"""The token of a draft and whom it belongs to -> what is stored of it: hashes, and bytes that only the token opens."""

from __future__ import annotations

import os
import zlib

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from vsm.sharing.found import StoreError
from vsm.sharing.tokens import token_hash

_FAST = 1
"""Level of packing: a log of 200 MB must not hold its visitor up."""
_NONCE = 12
"""Bytes drawn for each sealed content, as AES-GCM needs them."""


class Seal:
    """What opens one draft: made from the token in the address and the person signed in, and never stored.

    The three hashes are of different texts, so that the one that is stored tells nothing of the one that opens.
    """

    def __init__(self, token: str, holder: str) -> None:
        self._whole = f"{holder}\n{token}"
        self._cipher = AESGCM(token_hash(f"seal\n{self._whole}"))
        self.hash = token_hash(f"draft\n{self._whole}")
        """What the draft is found by."""

    def name(self, content: str) -> bytes:
        """Name a part of the draft, so that nobody can tell from the name what it holds."""
        return token_hash(f"part\n{self._whole}\n{content}")

    def close(self, name: bytes, content: bytes) -> bytes:
        """Pack a part and seal it under its name."""
        nonce = os.urandom(_NONCE)
        return nonce + self._cipher.encrypt(nonce, zlib.compress(content, _FAST), name)

    def open(self, name: bytes, sealed: bytes) -> bytes:
        """Undo `close`. Raises `StoreError` where a byte is not as it was, or it was sealed under another name."""
        try:
            return zlib.decompress(self._cipher.decrypt(sealed[:_NONCE], sealed[_NONCE:], name))
        except (InvalidTag, ValueError) as error:
            raise StoreError("The draft is damaged and cannot be opened.") from error
