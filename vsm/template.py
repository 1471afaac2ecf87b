"""The table to fill in: which columns it has and what goes into each -> a workbook and a CSV file."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from vsm.palette import INK, PROCESSING

ROWS_TO_FILL = 40
OPTIONAL = "#E5E9EE"
"""Behind the headers of columns that may stay empty."""
SHEET = "Value stream"
EXPLANATION_SHEET = "How to fill it in"
_NOT_A_SHARE = "Please write a share from 0 to 100, such as 85, or leave the cell empty where nobody knows."
_NOT_A_COUNT = "Please write a number that is not negative, such as 4, or leave the cell empty where nobody knows."


@dataclass(frozen=True, kw_only=True)
class TemplateColumn:
    """One column of the template: its header, what to write there, and what a filled example says."""

    header: str
    note: str
    needed: bool = False
    width: int = 16
    share: bool = False
    count: bool = False
    example: tuple[str | float | None, ...]


TEMPLATE: tuple[TemplateColumn, ...] = (
    TemplateColumn(
        header="Stage",
        note="The name of the step, in the order in which work flows. One row for each step.",
        needed=True,
        width=28,
        example=("Describe the need", "Approve the budget", "Build", "Test", "Release"),
    ),
    TemplateColumn(
        header="Processing time",
        note="How long someone works on one item here, without waiting. A number alone is hours; units may be "
        "written: 45 min, 6 h, 2d 4h.",
        needed=True,
        example=("2 h", "30 min", "3 days", "6 h", "1 h"),
    ),
    TemplateColumn(
        header="Wait time",
        note="How long an item then lies idle before the next step starts. Leave it empty where nobody knows; 0 means "
        "that it does not wait.",
        needed=True,
        example=("2 days", "8 days", "1 day", "3 days", "0 h"),
    ),
    TemplateColumn(
        header="%C&A",
        note="Percent complete and accurate: of 100 items that arrive here, how many can be worked on as they are, "
        "without asking back or correcting.",
        width=10,
        share=True,
        example=(None, 80, 90, 75, 95),
    ),
    TemplateColumn(
        header="Batch size",
        note="How many items are handed on together. 1 where each goes on by itself.",
        width=12,
        count=True,
        example=(1, 5, 1, 1, 8),
    ),
    TemplateColumn(
        header="Handoffs",
        note="How many people touch an item in this step.",
        width=12,
        count=True,
        example=(1, 2, 2, 1, 2),
    ),
    TemplateColumn(
        header="People",
        note="How many people do this step. With the demand, it tells whether a step lacks capacity.",
        width=10,
        count=True,
        example=(2, 1, 4, 2, 1),
    ),
    TemplateColumn(
        header="Demand per week",
        note="How many items a week are asked for.",
        width=18,
        count=True,
        example=(6, 6, 6, 6, 6),
    ),
    TemplateColumn(
        header="Team",
        note="Who owns the step. It shows how much of the time is waiting between teams.",
        width=16,
        example=("Product", "Finance", "Development", "Quality", "Operations"),
    ),
    TemplateColumn(
        header="Rework goes to",
        note="The step that items found faulty here go back to. Empty: the step before.",
        width=22,
        example=(None, None, None, "Build", None),
    ),
    TemplateColumn(
        header="Note",
        note="Anything worth remembering. It changes no figure.",
        width=34,
        example=(None, "Meets every second Tuesday", None, None, None),
    ),
)

TYPED_COLUMNS: dict[str, str] = {column.header: column.note for column in TEMPLATE[:8]}
"""The columns of the grid to type into, with what goes into each."""


def example_rows() -> list[list[str | float | None]]:
    """Return the filled example, one list for each stage, in the template's columns."""
    return [list(row) for row in zip(*(column.example for column in TEMPLATE), strict=True)]


def template_csv() -> bytes:
    """Write header and example as CSV: commas, CRLF, and UTF-8 with the mark by which spreadsheets know it."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(column.header for column in TEMPLATE)
    writer.writerows(example_rows())
    return text.getvalue().encode("utf-8-sig")


def template_xlsx() -> bytes:
    """Write the workbook: the example to write over, a note and a check on each column, and a sheet that explains."""
    book = Workbook()
    _fill_table(book.worksheets[0])
    _fill_explanation(book.create_sheet(EXPLANATION_SHEET))
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _fill_table(sheet: Worksheet) -> None:
    sheet.title = SHEET
    sheet.append([column.header for column in TEMPLATE])
    for row in example_rows():
        sheet.append(row)
    for position, column in enumerate(TEMPLATE, start=1):
        cell = sheet.cell(1, position)
        cell.font = Font(bold=True, color=_argb("#FFFFFF" if column.needed else INK))
        cell.fill = PatternFill("solid", fgColor=_argb(PROCESSING if column.needed else OPTIONAL))
        cell.alignment = Alignment(wrap_text=True)
        cell.comment = Comment(column.note, "", width=260)
        sheet.column_dimensions[cell.column_letter].width = column.width
        check = _check(column)
        if check is not None:
            check.add(f"{cell.column_letter}2:{cell.column_letter}{ROWS_TO_FILL + 1}")
            sheet.add_data_validation(check)
    sheet.freeze_panes = "B2"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)


def _argb(colour: str) -> str:
    return "FF" + colour.removeprefix("#")


def _check(column: TemplateColumn) -> DataValidation | None:
    """Let the spreadsheet refuse what cannot be a share or a count; times are free text, as they carry units."""
    if not column.share and not column.count:
        return None
    return DataValidation(
        type="decimal",
        operator="between" if column.share else "greaterThanOrEqual",
        formula1="0",
        formula2="100" if column.share else None,
        errorTitle=column.header,
        error=_NOT_A_SHARE if column.share else _NOT_A_COUNT,
        showErrorMessage=True,
    )


def _fill_explanation(sheet: Worksheet) -> None:
    sheet.column_dimensions["A"].width = 24
    sheet.column_dimensions["B"].width = 90
    for line in (
        ("How to use it", "Write your own steps over the five rows of the example. Keep the header row."),
        ("What is needed", "The blue columns. Every other column may stay empty, or be deleted."),
        ("Not known", "Leave the cell empty. An empty cell is not measured; a 0 is a true zero."),
        *((column.header, column.note) for column in TEMPLATE),
    ):
        sheet.append(line)
        name, words = sheet[sheet.max_row]
        name.font = Font(bold=True)
        name.alignment = Alignment(vertical="top")
        words.alignment = Alignment(wrap_text=True, vertical="top")
