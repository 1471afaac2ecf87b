"""Times what a person waits for, against what they would wait for elsewhere, and prints the ratios as Markdown tables.

    .venv/bin/python -m benchmarks.run

Nothing here passes or fails: clocks differ, ratios on one machine can be compared.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from statistics import median
from time import perf_counter

import openpyxl
import pandas as pd
from streamlit.testing.v1 import AppTest

from pages.shared.menu import ENTRIES
from vsm.analysis import Analysis, analyse
from vsm.charts.value_stream_map import value_stream_map
from vsm.reading.files import open_bytes
from vsm.reading.shapes import Choices, Reading
from vsm.reading.stages import read_workbook

ROOT = Path(__file__).resolve().parent.parent
SIZES = (10, 50)
ROUNDS = 9
HEADER = ("Stage", "Processing time (h)", "Wait time (h)", "%C&A", "Batch size", "People touching", "Team")

Row = tuple[str | float, ...]


def milliseconds(work: Callable[[], object]) -> float:
    """Take the median time of `work` over some rounds, after one that fills what is filled only once."""
    work()
    times = []
    for _ in range(ROUNDS):
        start = perf_counter()
        work()
        times.append(perf_counter() - start)
    return median(times) * 1000


def rows(stages: int) -> list[Row]:
    """Make up a stream of as many stages, every figure filled and no two rows alike."""
    return [
        (f"Stage {i}", 0.5 + i % 7, 4.0 + i * 3 % 40, 100 - i * 7 % 30, 1 + i % 10, 1 + i % 4, f"Team {i // 3}")
        for i in range(stages)
    ]


def as_csv(stages: int) -> bytes:
    """Write the made-up stream as CSV."""
    return pd.DataFrame(rows(stages), columns=list(HEADER)).to_csv(index=False).encode()


def as_xlsx(stages: int) -> bytes:
    """Write the made-up stream as a workbook of one sheet."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (HEADER, *rows(stages)):
        sheet.append(row)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def read(data: bytes, name: str) -> Reading:
    """Do what an upload does, up to what is shown as understood."""
    return read_workbook(open_bytes(data, name), Choices())


def analysed(data: bytes, name: str) -> Analysis:
    """Go on to every figure, the bottleneck and the suggestions."""
    stream = read(data, name).stream
    assert stream is not None
    return analyse(stream)


def drawn(data: bytes, name: str) -> str:
    """Go on to the map, as the overview shows it."""
    return value_stream_map(analysed(data, name))


def by_pandas(data: bytes, name: str) -> pd.DataFrame:
    """Read the same bytes into a frame, which knows no units, no roles and no problems."""
    buffer = io.BytesIO(data)
    return pd.read_csv(buffer) if name.endswith(".csv") else pd.read_excel(buffer, engine="openpyxl")


def uploads() -> list[Sequence[str]]:
    """Time each file from its bytes to what was understood, to the analysis and to the map."""
    table = []
    for stages in SIZES:
        for name, data in ((f"{stages} stages.csv", as_csv(stages)), (f"{stages} stages.xlsx", as_xlsx(stages))):
            pandas = milliseconds(partial(by_pandas, data, name))
            times = [milliseconds(partial(work, data, name)) for work in (read, analysed, drawn)]
            table.append((name, f"{pandas:.1f}", *(f"{time:.1f} ({time / pandas:.1f}×)" for time in times)))
    return table


def reruns() -> list[Sequence[str]]:
    """Time a rerun of each page with a sample loaded, against a page that holds one word."""
    nothing = AppTest.from_string("import streamlit as st\nst.write('nothing')", default_timeout=60).run()
    base = milliseconds(nothing.run)
    app = AppTest.from_file(str(ROOT / "pages" / "frame.py"), default_timeout=60).run()
    app.button(key="sample_software_delivery").click().run()
    table = []
    for entry in ENTRIES:
        app.switch_page(entry.file).run()
        assert not app.exception, app.exception
        time = milliseconds(app.run)
        table.append((entry.title, f"{time:.0f}", f"{time / base:.1f}×"))
    return table


def markdown(title: str, header: Sequence[str], table: Sequence[Sequence[str]]) -> str:
    """Write a heading and a table."""
    lines = [header, ["---"] * len(header), *table]
    return f"## {title}\n\n" + "\n".join(f"| {' | '.join(line)} |" for line in lines) + "\n"


def main() -> None:
    """Print the tables."""
    print(
        markdown(
            "From upload to map, in ms (and as a multiple of pandas on the same bytes)",
            ("file", "pandas: a frame", "read and understood", "and analysed", "and drawn"),
            uploads(),
        )
    )
    print(markdown("Rerun of a page", ("page", "ms", "against an empty page"), reruns()))


if __name__ == "__main__":
    main()
