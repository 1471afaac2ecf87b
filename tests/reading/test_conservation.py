"""The laws of reading on tables generated in random dialects: no row is lost, and no hour is."""

from __future__ import annotations

from dataclasses import dataclass, field

from hypothesis import given
from hypothesis import strategies as st

from tests.reading.tables_by_hand import read_rows
from vsm.reading.shapes import Cell, CellValue, Choices, Reading

UNITS = {
    "min": (1 / 60, "min Min. minutes Minuten minuty"),
    "h": (1.0, "h hours Std. heures"),
    "d": (8.0, "d days Tage dni"),
}
HEADERS = [
    ("Step", "PT", "Wait"),
    ("Process step", "Touch time", "Delay"),
    ("Prozessschritt", "Bearbeitungszeit", "Wartezeit"),
    ("Étape", "Durée de traitement", "Temps d'attente"),
    ("Etapa", "Tiempo de proceso", "Tiempo de espera"),
    ("Etap", "Czas przetwarzania", "Czas oczekiwania"),
]
NAMES = ["Intake", "Review", "NA", "None", "Prüfung", "Total quality check", "Build (new)", "007", "Review"]
MESSY = ["#DIV/0!", "TRUE", "inf", "-3", "2-3 days", "soon", "12.05.2024", "n/a", "?", "1.2.3"]
WORDS = ["Note: estimates only", "* rough", "Section one", "see the handbook", "Total", "Summe", "Average", "Razem"]


@dataclass
class Dialect:
    """How one generated table writes its numbers, and what it writes around them."""

    comma: bool
    thousands: bool
    unit: str
    unit_in_cell: bool
    typed: bool


@dataclass
class Written:
    """A generated sheet and what went into it."""

    rows: list[list[CellValue | Cell]] = field(default_factory=list)
    header: int = 0
    processing: float = 0.0
    wait: float = 0.0
    stages: int = 0
    blanks: int = 0


dialects = st.builds(
    Dialect, comma=st.booleans(), thousands=st.booleans(), unit=st.sampled_from(sorted(UNITS)),
    unit_in_cell=st.booleans(), typed=st.booleans(),
)  # fmt: skip
times = st.integers(0, 400_000).map(lambda n: n / 100)


def in_text(value: float, dialect: Dialect) -> str:
    """Write a number with two decimals, so that its decimal mark is never in doubt."""
    text = f"{value:,.2f}" if dialect.thousands else f"{value:.2f}"
    return text.translate(str.maketrans(",.", ".,")) if dialect.comma else text


def time_cell(value: float, dialect: Dialect, draw: st.DrawFn) -> CellValue:
    if dialect.unit_in_cell:
        return f"{in_text(value, dialect)} {draw(st.sampled_from(UNITS[dialect.unit][1].split()))}"
    return value if dialect.typed else in_text(value, dialect)


@st.composite
def sheets(draw: st.DrawFn, messy: bool) -> Written:
    dialect, names = draw(dialects), draw(st.sampled_from(HEADERS))
    margin = [None] * draw(st.integers(0, 2))
    written = Written(rows=[[*margin, "A title line"]] if draw(st.booleans()) else [])
    written.rows += [[] for _ in range(draw(st.integers(0, 2)))]
    unit = "" if dialect.unit_in_cell else f" ({dialect.unit})"
    written.header = len(written.rows) + 1
    written.rows.append([*margin, names[0], names[1] + unit, names[2] + unit])
    kinds = ["stage", "stage", "stage", "blank"] + (["words", "unnamed", "messy", "header"] if messy else [])
    for kind in [*draw(st.lists(st.sampled_from(kinds), min_size=1, max_size=12)), "stage"]:
        written.rows.append([*margin, *_row(kind, written, dialect, names, unit, draw)])
    written.rows += [[] for _ in range(draw(st.integers(0, 2)))]
    return written


def _row(
    kind: str, written: Written, dialect: Dialect, names: tuple[str, ...], unit: str, draw: st.DrawFn
) -> list[CellValue]:
    if kind == "blank":
        written.blanks += 1
        return [draw(st.sampled_from([None, "", "  "]))]
    if kind == "words":
        return [draw(st.sampled_from(WORDS))]
    if kind == "header":
        return [names[0], names[1] + unit, names[2] + unit]
    name = None if kind == "unnamed" else draw(st.sampled_from(NAMES))
    if kind == "messy":
        return [name, draw(st.sampled_from(MESSY)), draw(st.sampled_from([*MESSY, None]))]
    processing, wait = draw(times), draw(times)
    factor = UNITS[dialect.unit][0]
    written.stages += 1
    written.processing += processing * factor
    written.wait += wait * factor
    return [name, time_cell(processing, dialect, draw), time_cell(wait, dialect, draw)]


def sums(reading: Reading) -> tuple[float, float]:
    assert reading.stream is not None, reading.blocking
    stages = reading.stream.stages
    return sum(s.processing_time or 0.0 for s in stages), sum(s.wait_time or 0.0 for s in stages)


def last_filled(rows: list[list[CellValue | Cell]]) -> int:
    """Row number of the last row with anything in it, counted here by hand."""
    return max(i for i, row in enumerate(rows, start=1) if any(v is not None and str(v).strip() for v in row))


@given(sheets(messy=True), st.booleans())
def test_rows_in_are_rows_used_left_out_and_blank(written: Written, keep: bool) -> None:
    reading = read_rows(*written.rows, choices=Choices(keep_total_rows=keep))
    assert reading.stream is not None
    assert reading.header_rows == (written.header,)
    assert reading.rows.total == last_filled(written.rows) - written.header
    assert reading.rows.blank == written.blanks
    assert reading.rows.used == len(reading.stream.stages)
    assert reading.rows.left_out == len(reading.left_out)
    named = {problem.row for problem in reading.problems if problem.repair.endswith("left out")}
    assert {row.row for row in reading.left_out} == named


@given(sheets(messy=True))
def test_every_messy_cell_is_named_and_every_name_is_there_once(written: Written) -> None:
    reading = read_rows(*written.rows)
    assert reading.stream is not None
    names = [stage.name for stage in reading.stream.stages]
    assert len(names) == len(set(names))
    said = {(p.row, p.found) for p in reading.problems}
    left_out = {row.row for row in reading.left_out}
    for number, row in enumerate(written.rows, start=1):
        under = number > written.header and number not in left_out
        messy = [value for value in row if value in MESSY] if under else []
        assert all((number, value) in said for value in messy)


@given(sheets(messy=False))
def test_the_sums_read_are_the_sums_written(written: Written) -> None:
    reading = read_rows(*written.rows)
    processing, wait = sums(reading)
    assert abs(processing - written.processing) <= 1e-9 * max(written.processing, 1)
    assert abs(wait - written.wait) <= 1e-9 * max(written.wait, 1)
    assert reading.rows.used == written.stages
    assert reading.left_out == ()


@given(sheets(messy=True))
def test_reading_twice_gives_the_same(written: Written) -> None:
    assert read_rows(*written.rows) == read_rows(*written.rows)


anything = st.one_of(
    st.none(), st.booleans(), st.integers(-10, 10**7), st.floats(), st.datetimes(), st.timedeltas(), st.times(),
    st.dates(), st.text(max_size=8), st.sampled_from([*MESSY, *WORDS, *NAMES, "Step", "PT (h)", "Wait", "C&A"]),
)  # fmt: skip


@given(st.lists(st.lists(anything, max_size=5), min_size=1, max_size=8), st.sampled_from([None, 0, 1, 3]))
def test_no_table_breaks_the_reading_or_the_law(rows: list[list[CellValue]], header_row: int | None) -> None:
    reading = read_rows(("x",), *rows, choices=Choices(header_row=header_row))
    below = reading.header_rows[-1] if reading.header_rows else None
    assert (reading.stream is None) == bool(reading.blocking)
    if below is not None:
        last = max([below, *(i for i, row in enumerate([["x"], *rows], start=1) if _filled(row))])
        assert reading.rows.total == last - below
    if reading.stream is not None:
        assert len(reading.left_out) == reading.rows.left_out


def _filled(row: list[CellValue]) -> bool:
    return any(value is not None and not (isinstance(value, str) and not value.strip()) for value in row)
