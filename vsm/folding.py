"""Text as people type it -> the plain form in which words are compared: small letters, no accents, single spaces."""

from __future__ import annotations

import re
import unicodedata

_LETTERS_WITHOUT_ACCENT = str.maketrans({"ł": "l", "ß": "ss", "ø": "o", "đ": "d", "æ": "ae", "œ": "oe", "ı": "i"})
_SPACES = re.compile(r"\s+")


def fold(text: str) -> str:
    """Reduce `text` to small letters without accents and with single spaces; punctuation stays.

    >>> fold("  Durée  d'Attente ")
    "duree d'attente"
    >>> fold("Größe łącznie")
    'grosse lacznie'
    """
    if text.isascii():
        return _SPACES.sub(" ", text.casefold()).strip()
    decomposed = unicodedata.normalize("NFKD", text.casefold().translate(_LETTERS_WITHOUT_ACCENT))
    return _SPACES.sub(" ", "".join(c for c in decomposed if not unicodedata.combining(c))).strip()
