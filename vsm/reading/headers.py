"""The text of a header -> what its column means: role, unit, side, or a question where it can mean several."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from vsm.durations import unit_of
from vsm.folding import fold
from vsm.model import QualitySide, WaitSide
from vsm.reading.shapes import Role
from vsm.reading.vocabulary import (
    ASKED,
    COUNT_UNITS,
    DEMAND_UNITS,
    FILLERS,
    KNOWN_UNUSED,
    NAMES,
    NEXT_WORDS,
    QUALITY_SIDE_WORDS,
    RUNNING_WORDS,
    STAGE_COMPANIONS,
    UNIT_WORDS,
    WAIT_SIDE_WORDS,
    WEAK_NAMES,
    YIELD_NAMES,
)

DURATION_ROLES = frozenset({Role.PROCESSING_TIME, Role.WAIT_TIME, Role.LEAD_TIME})
SHARE_ROLES = frozenset({Role.COMPLETE_ACCURATE, Role.AVAILABILITY})
COUNT_ROLES = frozenset({Role.BATCH_SIZE, Role.HANDOFFS, Role.PEOPLE, Role.DEMAND, Role.WIP})
FIGURE_ROLES = DURATION_ROLES | SHARE_ROLES | COUNT_ROLES

_STRONG = {name: role for role, names in NAMES.items() for name in names}
_ALL = {name: role for role, names in WEAK_NAMES.items() for name in names} | _STRONG
_LONGEST_NAME = max(len(name.split()) for name in _STRONG)
_BRACKETS = re.compile(r"[(\[{]([^)\]}]*)[)\]}]")
_PERCENT_NAMES = re.compile(r"%\s*c\s*(?:[/&+]|and|und|et|y|e|i)?\s*a\b|\bc\s*[&+]\s*a\b|\bc/a\b")
_ALL_TIMES = re.compile(
    r"\b(?:times?|durations?|zeiten|zeitangaben|temps|durees|tiempos|tempos|czasy)\b[^.;]{0,20}?\b(?:in|en|em|w)\s+(\w+)"
)
_WORDS = re.compile(r"[^\W_]+|#|%|∑")
HOLDS_UNITS = "it holds the units of another column"
_CLOCK_UNITS = frozenset({"hh:mm", "h:mm", "hh:mm:ss", "h:mm:ss"})
_SIDE_WORDS = frozenset[str]().union(*WAIT_SIDE_WORDS.values(), *QUALITY_SIDE_WORDS.values(), NEXT_WORDS)


@dataclass(frozen=True, kw_only=True)
class HeaderMeaning:
    """What a header says of its column; `role` is `None` where no role is known for the name."""

    role: Role | None = None
    weak: bool = False
    """Found by a name that other columns use in passing ("name", "status"): gives way to a stronger one."""
    why: str = "no role is known for this name"
    unit: str | None = None
    wait_side: WaitSide | None = None
    quality_side: QualitySide | None = None
    question: str | None = None


@lru_cache(maxsize=4096)
def header_meaning(header: str) -> HeaderMeaning:
    """Read a header: its role by a table of names, its unit, and the side it speaks of.

    >>> header_meaning("Wait [days]").role, header_meaning("Wait [days]").unit
    (<Role.WAIT_TIME: 'wait_time'>, 'd')
    >>> header_meaning("C/T (sec)").role, header_meaning("C/T (sec)").question is None
    (<Role.IGNORE: 'ignore'>, False)
    """
    plain, unit = _split_unit(_PERCENT_NAMES.sub(" pca ", fold(header)))
    words = _words(plain)
    meaning = _meaning_of(words, header)
    if meaning.role is Role.WIP and unit is not None and unit_of(unit):
        meaning = replace(meaning, role=Role.WAIT_TIME, why=f'the header "{header}" gives an inventory as a time')
    unit = unit if unit is not None or meaning.role not in FIGURE_ROLES | {Role.IGNORE} else _unit_at_end(words)
    return _with_sides(replace(meaning, unit=unit), words)


def _meaning_of(words: tuple[str, ...], header: str) -> HeaderMeaning:
    if RUNNING_WORDS & set(words):
        return HeaderMeaning(role=Role.IGNORE, why="it is a running total, which follows from the other columns")
    if words and words[-1] in UNIT_WORDS:
        return HeaderMeaning(role=Role.IGNORE, why=HOLDS_UNITS)
    for tried in _shortenings(words):
        meaning = _whole_name(" ".join(tried), header)
        if meaning is not None:
            return meaning
    if all(word in WEAK_NAMES[Role.STAGE] | STAGE_COMPANIONS for word in words) and words:
        return HeaderMeaning(role=Role.STAGE, weak=True, why=_says(header))
    return _name_inside(words, header)


def unit_in_words(text: str) -> str | None:
    """Find the unit that a whole text names: of time, "%", "pcs", or of demand ("per week").

    >>> unit_in_words("(hours)"), unit_in_words("%"), unit_in_words("/ week"), unit_in_words("Stk.")
    ('h', '%', 'per week', 'pcs')
    """
    plain = fold(text).strip(" ()[]{}").rstrip(".").removeprefix("in ")
    if plain in {"%", "percent", "pct", "prozent"}:
        return "%"
    if plain in _CLOCK_UNITS:
        return "h"
    demand = DEMAND_UNITS.get(re.sub(r"\s*/\s*", "/", plain))
    for lead in ("", *COUNT_UNITS):
        demand = demand or (
            DEMAND_UNITS.get(re.sub(r"\s*/\s*", "/", plain.removeprefix(lead)).strip()) if lead else None
        )
    return demand or unit_of(plain) or ("pcs" if plain in COUNT_UNITS else None)


def unit_of_all_times(text: str) -> str | None:
    """Find the unit that a line beside the table gives to all times of it.

    >>> unit_of_all_times("Note: all times are in minutes."), unit_of_all_times("Alle Zeiten in Stunden")
    ('min', 'h')
    """
    found = _ALL_TIMES.search(fold(text))
    return unit_of(found[1]) if found else None


def _split_unit(plain: str) -> tuple[str, str | None]:
    """Take the unit out of brackets, or from behind a comma, a slash or "in"; other brackets stay as words."""
    unit: str | None = None
    for found in _BRACKETS.finditer(plain):
        named = unit_in_words(found[1])
        if named:
            unit = unit or named
            plain = plain.replace(found[0], " ", 1)
    tail = re.search(r"(?:,|\bin\b|\ben\b|\bem\b|\bw\b|[-–:])\s*([^\W\d]+\.?|%)$", plain)
    if unit is None and tail and unit_in_words(tail[1]):
        return plain[: tail.start()], unit_in_words(tail[1])
    per = next((word for word in sorted(DEMAND_UNITS, key=len, reverse=True) if plain.endswith(f" {word}")), None)
    if unit is None and per is not None:
        return plain.removesuffix(per), DEMAND_UNITS[per]
    return plain, unit


def _words(plain: str) -> tuple[str, ...]:
    words = tuple(_WORDS.findall(plain))
    return tuple(w for w in words if w not in {"%", "#"}) or words


def _shortenings(words: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """The words as they are, then without a unit at their end, without words of side, without fillers."""
    yield words
    if len(words) > 1 and unit_of(words[-1]):
        words = words[:-1]
        yield words
    without_sides = tuple(w for w in words if w not in _SIDE_WORDS or w in {"queue", "cola", "fila", "kolejka"})
    yield without_sides
    yield tuple(w for w in without_sides if w not in FILLERS)


def _unit_at_end(words: tuple[str, ...]) -> str | None:
    return unit_of(words[-1]) if (len(words) > 1 and len(words[-1]) > 1) or words[-1:] in {("h",), ("d",)} else None


def _whole_name(name: str, header: str) -> HeaderMeaning | None:
    if name in ASKED:
        return HeaderMeaning(
            role=Role.IGNORE,
            why="it can mean several things",
            question=f'Column "{header}" is not used yet: {ASKED[name]}',
        )
    if name in KNOWN_UNUSED:
        return HeaderMeaning(role=Role.IGNORE, why=KNOWN_UNUSED[name])
    role = _ALL.get(name)
    if role is None:
        return None
    return HeaderMeaning(role=role, weak=name not in _STRONG, why=_says(header))


def _says(header: str) -> str:
    return f'the header says "{header}"'


def _name_inside(words: tuple[str, ...], header: str) -> HeaderMeaning:
    """The longest strong name among the words; where names of equal length disagree, a question."""
    for length in range(min(_LONGEST_NAME, len(words)), 0, -1):
        found = {" ".join(words[i : i + length]) for i in range(len(words) - length + 1)}
        asked = sorted(found & ASKED.keys()) if length > 1 else []
        names = sorted(found & _STRONG.keys())
        roles = sorted({_STRONG[name] for name in names})
        if len(roles) == 1 and not asked:
            return HeaderMeaning(role=roles[0], weak=True, why=f'the header "{header}" contains a name of it')
        if len(roles) > 1:
            meanings = " or ".join(role.replace("_", " ") for role in roles)
            return HeaderMeaning(
                role=Role.IGNORE,
                why="it can mean several things",
                question=f'Column "{header}" is not used yet: is it the {meanings}?',
            )
        if asked:
            return _whole_name(asked[0], header) or HeaderMeaning()
    return HeaderMeaning()


def _with_sides(meaning: HeaderMeaning, words: tuple[str, ...]) -> HeaderMeaning:
    here = set(words)
    if meaning.role is Role.WAIT_TIME:
        sides = [side for side, names in WAIT_SIDE_WORDS.items() if here & names]
        side = WaitSide.AFTER if here & NEXT_WORDS else sides[0] if len(sides) == 1 else None
        if here & {"after"} and here & {"queue"}:
            side = WaitSide.AFTER
        return replace(meaning, wait_side=side)
    if meaning.role is Role.COMPLETE_ACCURATE:
        found = [side for side, names in QUALITY_SIDE_WORDS.items() if here & names]
        return replace(meaning, quality_side=found[0] if len(found) == 1 else None)
    return meaning


def speaks_of_yield(header: str) -> bool:
    """Tell whether a header names a yield, which usually speaks of what leaves a stage, not of what arrives."""
    name = " ".join(_words(fold(header)))
    return any(name == known or name.startswith(f"{known} ") or name.endswith(f" {known}") for known in YIELD_NAMES)
