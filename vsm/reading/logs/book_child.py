"""The script that a child process runs: a large workbook on standard input -> its log as Arrow on standard output."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

SAMPLE_ROWS = 60
MOST_SHEETS_TRIED = 100
MOST_ERRORS_NAMED = 5


@dataclass(frozen=True)
class Loaded:
    """One sheet: its name, whether it is shown, its first column, its texts as Arrow, and where errors stand."""

    name: str
    visible: bool
    first_column: int
    batch: Any
    errors: list[tuple[int, int]]


def main() -> None:
    """Read the sheet that the first argument (JSON: sheet, limits) names, else those most like a log.

    Each is written as a stream of its own, one behind the other.
    """
    sys.path.insert(0, str(Path(__file__).parents[3]))
    import fastexcel
    import pyarrow as pa

    from vsm.folding import fold
    from vsm.reading.child import restrain
    from vsm.reading.limits import Limits

    order = json.loads(sys.argv[1])
    data = sys.stdin.buffer.read()
    restrain(Limits(**order["limits"]))
    book = fastexcel.read_excel(data)
    names = book.sheet_names

    # Whatever is asked of a sheet parses all of it, so each is loaded once and what is not needed let go.
    def load(name: str) -> Loaded:
        # Leading blank rows are kept, so that rows have the numbers that a person sees.
        sheet = book.load_sheet(name, header_row=None, skip_rows=0, dtypes="string")
        columns = sheet.available_columns()
        batch, errors = sheet.to_arrow_with_errors()
        positions = [] if errors is None else [error.position for error in errors.errors]
        first_column = columns[0].absolute_index if columns else 0
        return Loaded(name, sheet.visible == "visible", first_column, batch, positions)

    wanted = "" if order["sheet"] is None else order["sheet"]
    asked = [name for name in names if name == wanted] or [name for name in names if fold(name) == fold(wanted)]
    chosen = [load(asked[0])] if asked else _most_like_a_log(map(load, names[:MOST_SHEETS_TRIED]))
    while chosen:
        sheet = chosen.pop(0)  # its memory is free when it is written
        about = {
            "sheet": sheet.name,
            "sheets": names,
            # Empty columns at the left are not loaded.
            "first_column": sheet.first_column,
            "errors": sheet.errors[:MOST_ERRORS_NAMED],
            "error_count": len(sheet.errors),
        }
        table = pa.Table.from_batches([sheet.batch]).replace_schema_metadata({"about": json.dumps(about)})
        with pa.ipc.new_stream(sys.stdout.buffer, table.schema) as stream:
            stream.write_table(table)


def _most_like_a_log(sheets: Iterable[Loaded]) -> list[Loaded]:
    """Return the sheet whose header names most columns of a log, a shown one if there is one, with its likes."""
    from vsm.reading.logs.log_headers import header_score, header_words, of_one_log

    best, kept = (False, -1, False), list[tuple[frozenset[str], Loaded]]()
    for sheet in sheets:
        rows = _head(sheet.batch)
        words = header_words(rows)
        score = (sheet.visible, header_score(rows), bool(words))
        if score > best:
            best, kept = score, []
        if score == best:  # of one log are only headers that name as many of its columns
            kept.append((words, sheet))
    if not kept:
        raise ValueError("A workbook without a sheet.")
    first = kept[0]
    return [sheet for words, sheet in kept if sheet is first[1] or of_one_log(first[0], words)]


def _head(batch: Any) -> list[list[str]]:
    columns = [[text or "" for text in column.slice(0, SAMPLE_ROWS).to_pylist()] for column in batch.columns]
    return [list(row) for row in zip(*columns, strict=True)]


if __name__ == "__main__":
    main()
