"""Bytes that are not UTF-8 -> the Windows code page they were written in, by the languages of their letters.

The same byte is "³" in one and "ł" in the other. A language uses few letters beyond a to z, so the code page under
which more of them belong to one language is the one that was meant; where both do as well, it is the Western one.
"""

from __future__ import annotations

import re
from typing import NamedTuple

WESTERN = {
    "German": "äöüß",
    "French": "àâçéèêëîïôœùûüÿ",
    "Spanish": "áéíñóúüçïªº",
    "Portuguese": "áàâãçéêíóôõúüªº",
    "Italian": "àèéìíîòóùúªº",
    "Dutch": "áéèëïíóöüú",
    "Danish": "æøåéöä",
    "Swedish": "åäöéü",
}
CENTRAL = {
    "Polish": "ąćęłńóśźż",
    "Czech": "áčďéěíňóřšťúůýž",
    "Slovak": "áäčďéíĺľňóôŕšťúýž",
    "Hungarian": "áéíóöőúüű",
    "Croatian or Slovene": "čćđšž",
}
SAMPLE = 256 * 1024
_HIGH = re.compile(rb"[\x80-\xff]")
_SIGNS_AT_THE_EDGE_OF_A_WORD = "¹³¿¯£¥¾¼"
"""Signs that Western texts have beside a word (Wait¹, m³, ¿Qué?), but not inside of one."""


class Guess(NamedTuple):
    """A code page that was chosen."""

    encoding: str
    words: str
    """How a sentence calls it, with what speaks for it."""


def guess_code_page(data: bytes) -> Guess:
    """Decide between cp1252 and cp1250 by the letters of the beginning of the file.

    >>> guess_code_page("Zgłoszenie;Żądanie".encode("cp1250")).words
    'Central European text (cp1250), as its letters are those of Polish'
    >>> guess_code_page("Vérification;Prêt à envoyer".encode("cp1252")).encoding
    'cp1252'
    """
    sample = data[:SAMPLE]
    western, central = (sample.decode(encoding, errors="replace") for encoding in ("cp1252", "cp1250"))
    places = [found.start() for found in _HIGH.finditer(sample)]
    telling = [i for i in places if _tells(western, central, i)]
    _, western_share = _best_language([western[i] for i in telling], WESTERN)
    language, central_share = _best_language([central[i] for i in telling], CENTRAL)
    if central_share > western_share:
        return Guess("cp1250", f"Central European text (cp1250), as its letters are those of {language}")
    return Guess("cp1252", "Western European text (cp1252)")


def _tells(western: str, central: str, place: int) -> bool:
    """Whether a character tells the two apart: a letter, and inside of a word where the other reading is a sign."""
    if not central[place].isalpha() and not western[place].isalpha():
        return False
    if western[place] not in _SIGNS_AT_THE_EDGE_OF_A_WORD:
        return True
    before, after = central[max(place - 1, 0) : place], central[place + 1 : place + 2]
    return before.isalpha() and after.isalpha()


def _best_language(letters: list[str], alphabets: dict[str, str]) -> tuple[str, float]:
    """The language that most of these letters belong to, and which share of them does."""
    shares = {
        language: sum(letter.lower() in alphabet for letter in letters) / max(len(letters), 1)
        for language, alphabet in alphabets.items()
    }
    best = max(shares, key=lambda language: shares[language])
    return best, shares[best]
