"""A found table and a person's choices -> each column with its role, and what has to be asked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from difflib import get_close_matches

from vsm.folding import fold
from vsm.model import QualitySide, Severity, WaitSide
from vsm.reading.findings import Findings
from vsm.reading.glance import is_figure, looks_like_date
from vsm.reading.header_rows import LOOK_INTO_ROWS
from vsm.reading.headers import (
    DURATION_ROLES,
    FIGURE_ROLES,
    HOLDS_UNITS,
    HeaderMeaning,
    header_meaning,
    speaks_of_yield,
    unit_in_words,
    unit_of_all_times,
)
from vsm.reading.period_columns import tells_periods
from vsm.reading.shapes import Choices, Column, Role
from vsm.reading.tables import Table
from vsm.reading.texts import cell_text, column_letter, listed

SAMPLES = 4
CHOSEN = "chosen by you"


@dataclass(frozen=True, kw_only=True)
class Columns:
    """The columns of a table, each with its role, and what keeps them from being read."""

    all: tuple[Column, ...]
    wait_side: WaitSide | None = None
    """The side that the header of the used wait column says; `None` where there are two, one for each side."""
    both_waits: Mapping[WaitSide, Column] = field(default_factory=dict)
    """The two wait columns where both sides have one, else empty."""
    quality_side: QualitySide | None = None
    blocking: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()

    @property
    def figures(self) -> tuple[Column, ...]:
        """The columns used for figures."""
        return tuple(column for column in self.all if column.role in FIGURE_ROLES)

    @property
    def unit_columns(self) -> dict[int, int]:
        """For time columns, the column that holds the unit of each row: the one beside it, or the only one."""
        holders = [column.index for column in self.all if column.why == HOLDS_UNITS]
        beside = {c.index: c.index + 1 for c in time_columns(self) if c.index + 1 in holders}
        if len(holders) != 1:
            return beside
        return {column.index: holders[0] for column in time_columns(self) if column.unit is None}

    def of(self, role: Role) -> Column | None:
        """The first column used for a role; but for `IGNORE` and the waits of both sides, no role has two."""
        return next((column for column in self.all if column.role is role), None)


@dataclass(frozen=True)
class _Proposal:
    """One column on its way to a role."""

    column: Column
    label: str
    meaning: HeaderMeaning
    chosen: bool = False


def name_of(column: Column) -> str:
    """Name a column for a person: letter and header."""
    return f'{column.letter} "{column.header}"' if column.header else f"{column.letter} (no header)"


def propose_columns(table: Table, choices: Choices, findings: Findings) -> Columns:
    """Give every column of `table` its role: a person's choice, else what its header says, else `Role.IGNORE`."""
    proposals = [_proposal(table, i) for i in range(len(table.columns))]
    questions: list[str] = []
    if not table.header_rows:
        proposals = _by_position(table, proposals)
        questions.append(_no_header_question(proposals))
        findings.add(Severity.WARNING, "Table without a header", questions[-1])
    proposals = _stage_without_name(table, proposals)
    proposals, blocking = _apply_choices(proposals, choices)
    proposals = _one_column_a_role(table, _only_true_periods(table, proposals))
    columns, unit_errors = _with_units(_with_unit_line(table, [p.column for p in proposals]), choices)
    blocking += unit_errors
    used = {p.column.role: p.meaning for p in proposals}
    sides = {p.meaning.wait_side: c for p, c in zip(proposals, columns, strict=True) if c.role is Role.WAIT_TIME}
    both = {side: column for side, column in sides.items() if side is not None and len(sides) == 2}
    questions += [c.question for c in columns if c.question is not None]
    _say_ignored(columns, findings)
    return Columns(
        all=tuple(columns),
        wait_side=used[Role.WAIT_TIME].wait_side if Role.WAIT_TIME in used and not both else None,
        both_waits=both,
        quality_side=used[Role.COMPLETE_ACCURATE].quality_side if Role.COMPLETE_ACCURATE in used else None,
        blocking=tuple(blocking),
        questions=tuple(questions),
    )


def _proposal(table: Table, position: int) -> _Proposal:
    index, header, label = table.columns[position], table.headers[position], table.labels[position]
    meaning = header_meaning(label) if label else HeaderMeaning(why="it has no header")
    whole = header_meaning(header)
    if meaning.role is None:
        meaning = whole if header else meaning
    meaning = replace(
        meaning,
        unit=whole.unit or meaning.unit,
        wait_side=whole.wait_side or meaning.wait_side,
        quality_side=whole.quality_side or meaning.quality_side,
    )
    question = meaning.question
    if meaning.role is Role.COMPLETE_ACCURATE and meaning.quality_side is None and speaks_of_yield(label):
        question = (
            f'Column "{header}" is taken as the share that arrives complete and accurate. A yield usually speaks of '
            "what leaves a stage: if yours does, choose outgoing."
        )
    column = Column(
        index=index,
        letter=column_letter(index),
        header=header,
        role=meaning.role or Role.IGNORE,
        why=meaning.why,
        unit=meaning.unit,
        samples=_samples(table, index, range(table.first_row, table.last_row + 1)),
        question=question,
    )
    return _Proposal(column, label, meaning)


def with_samples(table: Table, columns: Columns, rows: Sequence[int]) -> Columns:
    """Take each column's samples from `rows` alone: those that are used, once that is known."""
    return replace(columns, all=tuple(replace(c, samples=_samples(table, c.index, rows)) for c in columns.all))


def _samples(table: Table, index: int, rows: Sequence[int]) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for row in rows[:LOOK_INTO_ROWS]:
        text = cell_text(table.cell(row, index))
        if text:
            found[text] = None
        if len(found) == SAMPLES:
            break
    return tuple(found)


def _figure_share(table: Table, index: int) -> float:
    cells = [table.cell(r, index) for r in range(table.first_row, min(table.last_row + 1, table.first_row + 100))]
    filled = [cell for cell in cells if not cell.blank]
    return sum(is_figure(cell) for cell in filled) / len(filled) if filled else 0.0


def _with_role(proposal: _Proposal, role: Role, why: str, question: str | None = None) -> _Proposal:
    return replace(proposal, column=replace(proposal.column, role=role, why=why, question=question))


def _by_position(table: Table, proposals: list[_Proposal]) -> list[_Proposal]:
    """Roles for a table without a header: the first column of texts, then processing time and wait time."""
    shares = [_figure_share(table, p.column.index) for p in proposals]
    stage = next((i for i, share in enumerate(shares) if share < 0.5), None)
    figures = [i for i, share in enumerate(shares) if share >= 0.5 and not _no_times(proposals[i].column.samples)]
    roles = dict(zip(figures, (Role.PROCESSING_TIME, Role.WAIT_TIME), strict=False))
    if stage is not None:
        roles[stage] = Role.STAGE
    percent = next((i for i, p in enumerate(proposals) if _all_percent(p.column.samples)), None)
    if percent is not None:
        roles[percent] = Role.COMPLETE_ACCURATE
    return [_with_role(p, roles[i], "by its position and values") if i in roles else p for i, p in enumerate(proposals)]


def _no_times(samples: Sequence[str]) -> bool:
    return _all_percent(samples) or all(looks_like_date(text) for text in samples)


def _all_percent(samples: Sequence[str]) -> bool:
    return bool(samples) and all(text.endswith("%") for text in samples)


def _no_header_question(proposals: Sequence[_Proposal]) -> str:
    taken = [f"{p.column.letter} as the {spoken(p.column.role)}" for p in proposals if p.column.role is not Role.IGNORE]
    return (
        "The table has no header: no row names known columns. "
        + (
            f"By position and values, column {listed(taken)} {'was' if len(taken) == 1 else 'were'} taken. "
            if taken
            else ""
        )
        + "Check this, or choose the header row and the columns."
    )


def spoken(role: Role) -> str:
    """Say a role as people do."""
    special = {Role.COMPLETE_ACCURATE: "%C&A", Role.STAGE: "stage name", Role.WIP: "work in progress"}
    return special.get(role, role.replace("_", " "))


def _stage_without_name(table: Table, proposals: list[_Proposal]) -> list[_Proposal]:
    """Take the first column of texts without a header as the stage names, where no header says which they are."""
    if any(p.column.role is Role.STAGE for p in proposals) or not table.header_rows:
        return proposals
    first = proposals[0] if proposals else None
    if first is None or first.column.header or _figure_share(table, first.column.index) >= 0.5:
        return proposals
    why = "the first column, which has no header and holds texts"
    question = f"Column {first.column.letter} has no header and was taken as the stage names."
    return [_with_role(first, Role.STAGE, why, question), *proposals[1:]]


def find_column(columns: Sequence[Column], labels: Sequence[str], wanted: str) -> Column | None:
    """Find a column by its whole header, the lowest part of it, or its letter, in this order."""
    for texts in ([c.header for c in columns], labels):
        exact = next((c for c, text in zip(columns, texts, strict=True) if text and text == wanted), None)
        close = next((c for c, text in zip(columns, texts, strict=True) if text and fold(text) == fold(wanted)), None)
        if exact or close:
            return exact or close
    return next((c for c in columns if c.letter == wanted.strip().upper()), None)


def _apply_choices(proposals: list[_Proposal], choices: Choices) -> tuple[list[_Proposal], list[str]]:
    columns, labels = [p.column for p in proposals], [p.label for p in proposals]
    errors: list[str] = []
    chosen: dict[int, Role] = {}
    sides = {p.column.index: p.meaning.wait_side for p in proposals}
    for role, wanted in choices.columns:
        column = find_column(columns, labels, wanted)
        if column is None:
            errors.append(_unknown_column(wanted, columns))
        elif chosen.get(column.index, role) is not role:
            errors.append(
                f"Column {name_of(column)} was chosen as the {spoken(chosen[column.index])} and as the {spoken(role)}. "
                "Choose one role for it."
            )
        elif _is_second(role, column.index, chosen, sides):
            errors.append(f"{name_of(column)} is the second column chosen as the {spoken(role)}. Choose one.")
        else:
            chosen[column.index] = role
    return [_with_choice(p, chosen) for p in proposals], errors


def _is_second(role: Role, index: int, chosen: Mapping[int, Role], sides: Mapping[int, WaitSide | None]) -> bool:
    """Whether a role was already chosen for another column; a wait before and a wait after do not rival."""
    rivals = [other for other, taken in chosen.items() if taken is role and other != index]
    if role is Role.WAIT_TIME and sides[index] is not None:
        rivals = [other for other in rivals if sides[other] in {None, sides[index]}]
    return role is not Role.IGNORE and bool(rivals)


def _with_choice(proposal: _Proposal, chosen: dict[int, Role]) -> _Proposal:
    role = chosen.get(proposal.column.index)
    if role is not None:
        return replace(_with_role(proposal, role, CHOSEN), chosen=True)
    if proposal.column.role is not Role.IGNORE and proposal.column.role in chosen.values():
        return _with_role(proposal, Role.IGNORE, f"you chose another column as the {spoken(proposal.column.role)}")
    return proposal


def _unknown_column(wanted: str, columns: Sequence[Column]) -> str:
    close = get_close_matches(fold(wanted), [fold(c.header) for c in columns if c.header], n=1)
    meant = next((c.header for c in columns if close and fold(c.header) == close[0]), None)
    return (
        f'There is no column "{wanted}"'
        + (f' (did you mean "{meant}"?)' if meant else "")
        + f". The columns are {listed([name_of(c) for c in columns])}. Choose one by its header or its letter."
    )


def _only_true_periods(table: Table, proposals: list[_Proposal]) -> list[_Proposal]:
    """Set aside what is named as a period and tells no snapshots of the stages apart, unless a person chose it."""
    stage = next((p.column.index for p in proposals if p.column.role is Role.STAGE), None)
    return [
        p
        if p.chosen
        or p.column.role is not Role.PERIOD
        or (stage is not None and tells_periods(table, p.column.index, stage))
        else _with_role(p, Role.IGNORE, "most stages do not stand in several of its periods")
        for p in proposals
    ]


def _one_column_a_role(table: Table, proposals: list[_Proposal]) -> list[_Proposal]:
    """Keep one column for each role: the clearer name, else the first; the others are set aside with a question."""
    result = list(proposals)
    for role in Role:
        rivals = [i for i, p in enumerate(result) if p.column.role is role]
        if role is Role.IGNORE or len(rivals) < 2:
            continue
        rivals.sort(key=lambda i: (*_rank(table, role, result[i]), i))
        kept = _kept([result[i].meaning.wait_side for i in rivals]) if role is Role.WAIT_TIME else {0}
        for place, i in enumerate(rivals):
            if place not in kept:
                result[i] = _set_aside(result[i], result[rivals[0]], role)
    return result


def _kept(sides: Sequence[WaitSide | None]) -> Set[int]:
    """Of wait columns, the best first: the best of each side where both sides have one, else the best."""
    return {sides.index(side) for side in WaitSide} if set(WaitSide) <= set(sides) else {0}


def _rank(table: Table, role: Role, proposal: _Proposal) -> tuple[float, ...]:
    if role is not Role.STAGE:
        return (not proposal.chosen, proposal.meaning.weak)
    index = proposal.column.index
    names = {cell_text(table.cell(r, index)) for r in range(table.first_row, min(table.last_row + 1, LOOK_INTO_ROWS))}
    return (not proposal.chosen, _figure_share(table, index) >= 0.5, -len(names - {""}), proposal.meaning.weak)


def _set_aside(proposal: _Proposal, used: _Proposal, role: Role) -> _Proposal:
    question = (
        f"Columns {name_of(used.column)} and {name_of(proposal.column)} can both be the {spoken(role)}: "
        f"{used.column.letter} is used and {proposal.column.letter} is not. Choose the other one if that is wrong."
    )
    return _with_role(proposal, Role.IGNORE, f"column {used.column.letter} is used as the {spoken(role)}", question)


def _with_unit_line(table: Table, columns: list[Column]) -> list[Column]:
    """Give the unit that a line beside the table states to the time columns whose header names none."""
    unit = unit_of_all_times(table.unit_line) if table.unit_line is not None else None
    return [replace(c, unit=unit) if c.role in DURATION_ROLES and c.unit is None else c for c in columns]


def _with_units(columns: list[Column], choices: Choices) -> tuple[list[Column], list[str]]:
    errors: list[str] = []
    units: dict[int, str] = {}
    for wanted, unit in choices.units:
        column = find_column(columns, [c.header for c in columns], wanted)
        known = unit_in_words(unit)
        if column is None:
            errors.append(_unknown_column(wanted, columns))
        elif known is None:
            errors.append(
                f'"{unit}" is not a unit that is known for column {name_of(column)}. Use ms, s, min, h, d, wk, month, '
                '%, pcs, or "per day", "per week", "per month".'
            )
        else:
            units[column.index] = known
    return [replace(c, unit=units.get(c.index, c.unit)) for c in columns], errors


def _say_ignored(columns: Sequence[Column], findings: Findings) -> None:
    for column in columns:
        only_a_note_beside = not column.header and len(column.samples) < 2
        if column.role is not Role.IGNORE or column.why == CHOSEN or only_a_note_beside:
            continue
        message = f"Column {name_of(column)} is not used: {column.why}."
        if column.question is not None:
            findings.add(
                Severity.WARNING, "Columns to decide on", column.question, column=column.header or column.letter
            )
        else:
            message += " Choose a role for it if it belongs to the analysis."
            findings.add(Severity.NOTE, "Columns not used", message, column=column.header or column.letter)


def time_columns(columns: Columns) -> tuple[Column, ...]:
    """The columns that hold times."""
    return tuple(column for column in columns.all if column.role in DURATION_ROLES)
