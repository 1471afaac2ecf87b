"""Analysis -> the sheet "Rework": how often an item passes each step, as a chain of live formulas.

Between a step and the next, what passes forward less what is sent back past this point is one item. As items are
sent back to earlier steps only, the visits of each row follow from the rows below it, from the last up to the first:
v = (1 + what later checks send back to this step or before) / share passed. No matrix has to be inverted, and the
result is the solution of v = e₁ + Tᵀ v.
"""

from __future__ import annotations

from collections.abc import Iterator
from math import prod
from string import ascii_uppercase
from typing import Any

from vsm import rework
from vsm.model import QualitySide
from vsm.reports.workbook.book import FIRST_ROW, HEADER_HEIGHT, HEADER_ROW, Book, Look, height_for
from vsm.reports.workbook.layout import Layout
from vsm.reports.workbook.side import Sheet

_LABELS = (
    ("Stage", Look.TEXT, 26),
    ("Step", Look.COUNT, 9),
    ("Checked on arrival at step", Look.COUNT, 14),
    ("Sent back to step", Look.COUNT, 12),
    ("%C&A (not measured counts as 100%)", Look.SHARE, 18),
    ("Passed forward", Look.SHARE, 12),
    ("Sent back by this check", Look.SHARE, 14),
    ("Expected visits", Look.PRECISE, 12),
    ("Sent back per item delivered", Look.PRECISE, 16),
)


class _Chain:
    """The stages as states of the chain: the step each is in, the step that checks it, and where defects go.

    Steps are numbered from 1; with outgoing %C&A the customer is one more: the one who finds the last one's defects.
    """

    def __init__(self, layout: Layout) -> None:
        self.layout = layout
        self.stream = layout.analysis.stream
        self.steps = self.stream.steps
        self.outgoing = self.stream.definitions.complete_accurate is QualitySide.OUTGOING
        self.step_of = [position + 1 for position in self.stream.step_of]
        self.targets = rework.defect_targets(self.stream)
        self.shares = [1.0 if s.complete_accurate is None else s.complete_accurate for s in self.stream.stages]
        self.can_be_known = layout.named("rework_known")
        self.known = rework.expected_visits(self.stream) is not None

    def checked_at(self, index: int) -> int:
        """Return the number of the step that finds the defects which row `index` states."""
        return self.step_of[index] + 1 if self.outgoing else self.step_of[index]

    @property
    def most_targets(self) -> int:
        """To how many stages the defects that one row states go back at most."""
        return max(len(targets) for targets in self.targets)

    def back_to(self, index: int) -> list[tuple[int, float]]:
        """List the numbers of the steps that redo them, each with its share of them."""
        return [(self.step_of[target], share) for target, share in self.targets[index]]

    def row(self, number: int) -> int:
        """Return the row of a step's first stage; past the last step it is the customer's."""
        return FIRST_ROW + (self.steps[number - 1][0] if number <= len(self.steps) else len(self.shares))

    def checks_at(self, number: int) -> tuple[int, ...]:
        """Return the stages whose %C&A is found on arrival at a step."""
        judged = number - 1 if self.outgoing else number
        return self.steps[judged - 1] if 1 <= judged <= len(self.steps) else ()

    def first_check_past(self, number: int) -> int:
        """Return the first stage whose check lies past a step, so that it may send back past it; else their count."""
        later = number if self.outgoing else number + 1
        return self.steps[later - 1][0] if later <= len(self.steps) else len(self.shares)

    def passed(self, number: int) -> float:
        """Return the share of visits to a step that pass its checks."""
        return prod(self.shares[i] for i in self.checks_at(number))

    def sent_back(self, index: int) -> float:
        """Return the share of visits that the check of row `index` sends back."""
        rejects = sum(1 - self.shares[i] for i in self.step_at(index))
        return (1 - self.passed(self.checked_at(index))) * (1 - self.shares[index]) / rejects if rejects else 0.0

    def step_at(self, index: int) -> tuple[int, ...]:
        """Return the stages of the step that row `index` belongs to."""
        return self.steps[self.step_of[index] - 1]

    def stated(self, key: str, index: int) -> str:
        """Return a cell of a stage on the sheet "Stages"."""
        return self.layout.side.at(Sheet.STAGES, self.layout.cell(key, index))

    def visits(self, number: int) -> float | None:
        """Return the expected visits of a step, or of the customer."""
        if not self.known:
            return None
        if number > len(self.steps):
            return 1 / self.passed(number)
        return self.layout.analysis.stages[self.steps[number - 1][0]].expected_visits


def write_rework(book: Book, layout: Layout) -> None:
    """Write the sheet: one row per stage, in the rows that the sheet "Stages" has them in."""
    name, chain = layout.side.sheet(Sheet.REWORK), _Chain(layout)
    sheet = book.sheet(name)
    book.write_text(sheet, "A1", f"{layout.title}: expected visits with rework", book.title)
    says = "An item passes each step once, and again whenever a later check sends it back to there or before."
    book.write_text(sheet, "A2", says, book.hint)
    book.write_text(sheet, "A3", "Can be computed")
    shares = layout.elsewhere("complete_accurate")
    book.write_formula(sheet, "B3", f"AND(COUNT({shares})>0,COUNTIF({shares},0)=0)", chain.known, Look.TEXT)
    book.name_cell(layout.named("rework_known"), name, "B3")
    how = "It needs a %C&A of at least one stage; where one is 0%, no item ever finishes."
    book.write_text(sheet, "A4", how, book.hint)
    for letter, (label, look, width) in zip("ABCDEFGHI", _LABELS, strict=True):
        sheet.set_column(f"{letter}:{letter}", width)
        book.write_header(sheet, f"{letter}{HEADER_ROW}", label, look)
    sheet.set_row(HEADER_ROW - 1, HEADER_HEIGHT)
    for letter, label, look in _further_labels(chain):
        sheet.set_column(f"{letter}:{letter}", 16)
        book.write_header(sheet, f"{letter}{HEADER_ROW}", label, look)
    for index in range(len(chain.shares)):
        _write_stage(book, sheet, chain, index)
    if chain.outgoing:
        _write_customer(book, sheet, chain)
    sheet.freeze_panes(HEADER_ROW, 1)
    sheet.repeat_rows(HEADER_ROW - 1)


def _write_stage(book: Book, sheet: Any, chain: _Chain, index: int) -> None:
    row, number, checked_at = FIRST_ROW + index, chain.step_of[index], chain.checked_at(index)
    name, stated = (chain.stated(key, index) for key in ("name", "complete_accurate"))
    said = chain.stream.stages[index].name
    sheet.set_row(row - 1, height_for(said, _LABELS[0][2] - 3))
    book.write_formula(sheet, f"A{row}", name, said, Look.TEXT)
    book.write_computed(sheet, f"B{row}", number, Look.COUNT)
    book.write_computed(sheet, f"C{row}", checked_at, Look.COUNT)
    book.write_formula(sheet, f"E{row}", f'IF({stated}="",1,{stated})', chain.shares[index], Look.SHARE)
    book.write_formula(sheet, f"F{row}", _passed(chain, number), chain.passed(number), Look.SHARE)
    book.write_formula(sheet, f"G{row}", _sent_back(chain, index), chain.sent_back(index), Look.SHARE)
    first = index == chain.step_at(index)[0]
    visits = _visits(chain, number) if first else f"H{chain.row(number)}"
    book.write_formula(sheet, f"H{row}", visits, chain.visits(number), Look.PRECISE)
    back, times = f"G{row}*H{chain.row(checked_at)}", chain.sent_back(index) * (chain.visits(checked_at) or 0)
    for (step, sent), (target, share) in zip(_columns(chain), chain.back_to(index), strict=False):
        part = f"IF({chain.can_be_known},{back}{'' if share == 1 else f'*{share!r}'},0)"
        book.write_computed(sheet, f"{step}{row}", target, Look.COUNT)
        book.write_formula(sheet, f"{sent}{row}", part, times * share, Look.PRECISE)


def _columns(chain: _Chain) -> list[tuple[str, str]]:
    """Name the columns of the steps that redo defects, each with the one of how often they are sent there."""
    free = ascii_uppercase[len(_LABELS) :]
    return [("D", "I"), *zip(free[::2], free[1::2], strict=False)][: chain.most_targets]


def _further_labels(chain: _Chain) -> Iterator[tuple[str, str, Look]]:
    for step, sent in _columns(chain)[1:]:
        yield step, "Also sent back to step", Look.COUNT
        yield sent, "Sent back there per item delivered", Look.PRECISE


def _write_customer(book: Book, sheet: Any, chain: _Chain) -> None:
    number = len(chain.steps) + 1
    row = chain.row(number)
    book.write_computed(sheet, f"A{row}", "The customer", Look.TEXT)
    book.write_computed(sheet, f"B{row}", number, Look.COUNT)
    book.write_formula(sheet, f"F{row}", _passed(chain, number), chain.passed(number), Look.SHARE)
    book.write_formula(sheet, f"H{row}", f'IF({chain.can_be_known},1/F{row},"")', chain.visits(number), Look.PRECISE)


def _passed(chain: _Chain, number: int) -> str:
    checks = chain.checks_at(number)
    return f"PRODUCT(E{FIRST_ROW + checks[0]}:E{FIRST_ROW + checks[-1]})" if checks else "1"


def _sent_back(chain: _Chain, index: int) -> str:
    """Divide what the step sends back among its checks, in proportion to how often each finds a defect."""
    row, step = FIRST_ROW + index, chain.step_at(index)
    if len(step) == 1:
        return f"1-E{row}"
    cells = f"E{FIRST_ROW + step[0]}:E{FIRST_ROW + step[-1]}"
    rejects = f"({len(step)}-SUM({cells}))"
    return f"IF(E{row}=1,0,(1-PRODUCT({cells}))*(1-E{row})/{rejects})"


def _visits(chain: _Chain, number: int) -> str:
    row, last = chain.row(number), FIRST_ROW + len(chain.shares) - 1
    later = FIRST_ROW + chain.first_check_past(number)
    back = "".join(
        f'+SUMIF({step}{later}:{step}{last},"<="&B{row},{sent}{later}:{sent}{last})'
        for step, sent in (_columns(chain) if later <= last else ())
    )
    return f'IF({chain.can_be_known},(1{back})/F{row},"")'
