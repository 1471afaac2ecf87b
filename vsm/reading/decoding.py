"""Bytes -> text in the encoding they were most likely written in, and what had to be guessed or taken out."""

from __future__ import annotations

import codecs
import re

from vsm.model import Problem, Severity
from vsm.reading.code_pages import guess_code_page

BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
DAMAGED_LETTERS = "Damaged letters replaced"
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
SAMPLE = 4096
MANY_NULS = 0.3
"""Of the even or the odd bytes: so many zeros are the empty halves of UTF-16 letters."""


def decode(data: bytes) -> tuple[str, tuple[Problem, ...]]:
    """Decode by byte order mark, pattern of zero bytes, strict UTF-8, else one of two Windows code pages.

    Line ends become a plain newline, control characters are dropped; both guesses and drops are noted.
    """
    text, problems = _decoded(data)
    text, dropped = CONTROL.subn("", text.replace("\r\n", "\n").replace("\r", "\n"))
    if dropped:
        problems = (*problems, _note("Control characters dropped", _dropped(dropped)))
    return text, problems


def without_control(text: str) -> str:
    """Drop control characters from a cell's text and write its line breaks as plain newlines.

    >>> without_control("Re\\x00view\\r\\n2")
    'Review\\n2'
    """
    return CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def whole_letters(text: str) -> str:
    """Join the halves of letters beyond the first 65,536; a half without its other becomes the replacement character.

    >>> whole_letters("a\\ud83d\\ude00b\\ud83d") == "a😀b\\ufffd"
    True
    """
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _decoded(data: bytes) -> tuple[str, tuple[Problem, ...]]:
    for mark, encoding in BOMS:
        if data.startswith(mark):
            return _forgiving(data[len(mark) :], encoding)
    guess = _utf16_without_mark(data[:SAMPLE])
    if guess:
        return _forgiving(data, guess)
    try:
        return data.decode("utf-8"), ()
    except UnicodeDecodeError:
        guessed = guess_code_page(data)
    message = (
        f"The file is not UTF-8; it was read as Windows {guessed.words}. If letters such as é, ü or ł look wrong, save "
        "it as “CSV UTF-8” and bring it again."
    )
    return data.decode(guessed.encoding, errors="replace"), (_note("Encoding guessed", message),)


def _forgiving(data: bytes, encoding: str) -> tuple[str, tuple[Problem, ...]]:
    try:
        return data.decode(encoding), ()
    except UnicodeDecodeError:
        message = (
            f"Some bytes are no valid {encoding.upper()} text, the encoding that the file says it is in; they were "
            "replaced by “\N{REPLACEMENT CHARACTER}”, so look for that sign in the names."
        )
    problem = Problem(severity=Severity.WARNING, repair=DAMAGED_LETTERS, message=message)
    return data.decode(encoding, errors="replace"), (problem,)


def _utf16_without_mark(sample: bytes) -> str | None:
    even, odd = sample[0::2], sample[1::2]
    if not odd:
        return None
    if odd.count(0) > MANY_NULS * len(odd) > even.count(0):
        return "utf-16-le"
    if even.count(0) > MANY_NULS * len(even) > odd.count(0):
        return "utf-16-be"
    return None


def _dropped(count: int) -> str:
    subject = "1 control character was" if count == 1 else f"{count:,} control characters were"
    return f"{subject} dropped from the text, as no spreadsheet shows any; look whether the names still read right."


def _note(repair: str, message: str) -> Problem:
    return Problem(severity=Severity.NOTE, repair=repair, message=message)
