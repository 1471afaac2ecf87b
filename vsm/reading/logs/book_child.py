"""The script that a child process runs: a large workbook on standard input -> one sheet as Arrow on standard output."""

from __future__ import annotations

import json
import sys
from pathlib import Path

SAMPLE_ROWS = 60
MOST_SHEETS_TRIED = 10
MOST_ERRORS_NAMED = 5


def main() -> None:
    """Read the sheet that the first argument (JSON: sheet, limits) names, else the one most like a log."""
    sys.path.insert(0, str(Path(__file__).parents[3]))
    import fastexcel
    import pyarrow as pa

    from vsm.reading.child import restrain
    from vsm.reading.limits import Limits
    from vsm.reading.logs.log_headers import header_score, header_words

    order = json.loads(sys.argv[1])
    data = sys.stdin.buffer.read()
    restrain(Limits(**order["limits"]))
    book = fastexcel.read_excel(data)
    names = book.sheet_names

    def sheet_of(name: str, rows: int | None) -> fastexcel.ExcelSheet:
        # Leading blank rows are kept, so that rows have the numbers that a person sees.
        return book.load_sheet(name, header_row=None, skip_rows=0, n_rows=rows, dtypes="string")

    chosen, unread = order["sheet"], []
    if chosen is None:
        samples = {name: sheet_of(name, SAMPLE_ROWS).to_arrow() for name in names[:MOST_SHEETS_TRIED]}
        shown = [name for name in samples if sheet_of(name, 1).visible == "visible"] or list(samples)
        chosen = max(shown, key=lambda name: header_score(_texts(samples[name])))
        header = header_words(_texts(samples[chosen]))
        unread = [n for n in shown if n != chosen and header and header_words(_texts(samples[n])) == header]
    columns = sheet_of(chosen, 1).available_columns()
    # Empty columns at the left are not loaded.
    batch, errors = sheet_of(chosen, None).to_arrow_with_errors()
    about = {
        "sheet": chosen,
        "sheets": names,
        "unread": unread,
        "first_column": columns[0].absolute_index if columns else 0,
        "errors": [] if errors is None else [error.position for error in errors.errors[:MOST_ERRORS_NAMED]],
        "error_count": 0 if errors is None else len(errors.errors),
    }
    table = pa.Table.from_batches([batch]).replace_schema_metadata({"about": json.dumps(about)})
    with pa.ipc.new_stream(sys.stdout.buffer, table.schema) as stream:
        stream.write_table(table)


def _texts(table: object) -> list[list[str]]:
    columns = [[text or "" for text in column.to_pylist()] for column in table.columns]  # type: ignore[attr-defined]
    return [list(row) for row in zip(*columns, strict=True)]


if __name__ == "__main__":
    main()
