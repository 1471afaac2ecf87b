"""The table to fill in: which columns it has and what goes into each -> a workbook and a CSV file."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass

import xlsxwriter

from vsm.palette import INK, PROCESSING

ROWS_TO_FILL = 40
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
    buffer = io.BytesIO()
    # The text of a cell stays text: no formula, address or number is made of it.
    as_text = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}
    with xlsxwriter.Workbook(buffer, as_text) as book:
        _table_sheet(book)
        _explanation_sheet(book)
    return buffer.getvalue()


def _table_sheet(book: xlsxwriter.Workbook) -> None:
    sheet = book.add_worksheet(SHEET)
    needed = book.add_format({"bold": True, "font_color": "#FFFFFF", "bg_color": PROCESSING, "text_wrap": True})
    wanted = book.add_format({"bold": True, "font_color": INK, "bg_color": "#E5E9EE", "text_wrap": True})
    for position, column in enumerate(TEMPLATE):
        sheet.set_column(position, position, column.width)
        sheet.write_string(0, position, column.header, needed if column.needed else wanted)
        sheet.write_comment(0, position, column.note, {"x_scale": 2})
        _check(sheet, position, column)
    for number, row in enumerate(example_rows(), start=1):
        for position, value in enumerate(row):
            if value is not None:
                sheet.write(number, position, value)
    sheet.freeze_panes(1, 1)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)


def _check(sheet: xlsxwriter.worksheet.Worksheet, position: int, column: TemplateColumn) -> None:
    """Let the spreadsheet refuse what cannot be a share or a count; times are free text, as they carry units."""
    if column.share:
        rule = {"validate": "decimal", "criteria": "between", "minimum": 0, "maximum": 100}
    elif column.count:
        rule = {"validate": "decimal", "criteria": ">=", "value": 0}
    else:
        return
    message = _NOT_A_SHARE if column.share else _NOT_A_COUNT
    rule |= {"error_title": column.header, "error_message": message}
    sheet.data_validation(1, position, ROWS_TO_FILL, position, rule)


def _explanation_sheet(book: xlsxwriter.Workbook) -> None:
    sheet = book.add_worksheet(EXPLANATION_SHEET)
    bold = book.add_format({"bold": True, "valign": "top"})
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    sheet.set_column(0, 0, 24)
    sheet.set_column(1, 1, 90)
    lines = [
        ("How to use it", "Write your own steps over the five rows of the example. Keep the header row."),
        ("What is needed", "The blue columns. Every other column may stay empty, or be deleted."),
        ("Not known", "Leave the cell empty. An empty cell is not measured; a 0 is a true zero."),
        *((column.header, column.note) for column in TEMPLATE),
    ]
    for number, (name, words) in enumerate(lines):
        sheet.write_string(number, 0, name, bold)
        sheet.write_string(number, 1, words, wrapped)
