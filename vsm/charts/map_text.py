"""Text from a file -> text that can stand in a drawing: cleaned, measured without a browser, wrapped and shortened."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

ELLIPSIS = "…"
# Widths of the printable ASCII characters in thousandths of the font size, from DejaVu Sans: the widest of the fonts
# that a browser may take for sans-serif, so that what fits here fits with any of them.
_PLAIN = (
    "318 401 460 838 636 950 780 275 390 390 500 838 318 361 318 337 636 636 636 636 636 636 636 636 636 636 337 337 "
    "838 838 838 531 1000 684 686 698 770 632 575 775 752 295 295 656 557 863 748 787 603 787 695 635 611 732 684 989 "
    "685 611 685 390 337 390 838 500 500 613 635 550 635 615 352 635 634 278 278 579 278 974 634 612 635 635 411 521 "
    "392 634 592 818 592 592 525 636 337 636 838"
)
_WIDTHS = {chr(32 + i): int(width) / 1000 for i, width in enumerate(_PLAIN.split())}
_BOLD = 1.11
_JOINER = "\u200d"
_LETTER = 0.64
_WIDE = 1.05
_TURNING = dict.fromkeys((*range(0x202A, 0x202F), 0x2066, 0x2067))


def clean(text: str) -> str:
    """Take out what XML forbids or what would turn the text around it, and make all white space single blanks."""
    kept = (c if unicodedata.category(c) not in ("Cc", "Cs", "Zl", "Zp") else " " for c in text if not _turns(c))
    return " ".join("".join(kept).split())


def unturned(text: str) -> str:
    """Take out the marks that would turn what stands behind a name; the fence of `isolated` stays.

    >>> unturned("a\u202etxt.exe")
    'atxt.exe'
    """
    return text.translate(_TURNING)


def _turns(character: str) -> bool:
    """Whether a character is a direction mark (it could leak out of its name) or not a character at all."""
    code = ord(character)
    return (
        code in (0x200E, 0x200F, 0x061C)
        or 0x202A <= code <= 0x202E
        or 0x2066 <= code <= 0x2069
        or code & 0xFFFE == 0xFFFE
    )


def fenced(name: str) -> str:
    """Fence a clean name off where it is written from right to left, so that what stands beside it stays there."""
    turns = any(unicodedata.bidirectional(character) in ("R", "AL") for character in name)
    return f"\u2068{name}\u2069" if turns else name


def isolated(text: str) -> str:
    """Fence a name off within a sentence, so that one written from right to left does not reorder the rest."""
    cleaned = clean(text)
    return cleaned if cleaned.isascii() else f"\u2068{cleaned}\u2069"


def text_width(text: str, size: float, *, bold: bool = False) -> float:
    """Estimate the width of a text in the units of its font size, rather too wide than too narrow."""
    return sum(_width(c) for c in text) * size * (_BOLD if bold else 1)


def _width(character: str) -> float:
    known = _WIDTHS.get(character)
    if known is not None:
        return known
    if _continues(character):
        return 0
    return _WIDE if unicodedata.east_asian_width(character) in "WF" else _LETTER


def _continues(character: str) -> bool:
    return character == _JOINER or 0xFE00 <= ord(character) <= 0xFE0F or unicodedata.combining(character) > 0


def _clusters(text: str) -> Iterator[str]:
    """Split into what is seen as one character: a letter with its accents, a joined emoji."""
    cluster = ""
    for character in text:
        if cluster and not _continues(character) and not cluster.endswith(_JOINER):
            yield cluster
            cluster = ""
        cluster += character
    if cluster:
        yield cluster


def shortened(text: str, width: float, size: float, *, bold: bool = False) -> str:
    """Cut a text with an ellipsis so that it fits `width`."""
    # No glyph is narrower than a fifth of its size: cutting first keeps ten thousand characters cheap.
    text = text[: int(5 * width / size) + 2]
    if text_width(text, size, bold=bold) <= width:
        return text
    kept, room = "", width - text_width(ELLIPSIS, size, bold=bold)
    for cluster in _clusters(text):
        room -= text_width(cluster, size, bold=bold)
        if room < 0:
            break
        kept += cluster
    return kept.rstrip() + ELLIPSIS


def wrapped(text: str, width: float, size: float, *, lines: int, bold: bool = False) -> tuple[str, ...]:
    """Break a text into at most `lines` lines of `width`, at blanks where there are any; the last one is shortened."""
    words = text[: int(5 * width / size) * lines + 2].split(" ")
    done: list[str] = []
    while words and len(done) < lines - 1:
        line = words.pop(0)
        if text_width(line, size, bold=bold) > width:
            line, rest = _broken(line, width, size, bold=bold)
            words.insert(0, rest)
        else:
            while words and text_width(f"{line} {words[0]}", size, bold=bold) <= width:
                line = f"{line} {words.pop(0)}"
        done.append(line)
    if words:
        done.append(shortened(" ".join(words), width, size, bold=bold))
    return tuple(done)


def _broken(word: str, width: float, size: float, *, bold: bool) -> tuple[str, str]:
    """Break a word that is too long for a line: after a hyphen or the like where it has one, else with a hyphen."""
    room, kept = width - text_width("-", size, bold=bold), ""
    for cluster in _clusters(word):
        room -= text_width(cluster, size, bold=bold)
        if room < 0 and kept:
            break
        kept += cluster
    mark = max(kept.rfind(c) for c in "-/_.,&+") + 1
    if mark > len(kept) // 3:
        return kept[:mark], word[mark:]
    rest = word[len(kept) :]
    hyphen = "-" if kept[-1:].isalpha() and rest[:1].isalpha() else ""
    return kept + hyphen, rest
