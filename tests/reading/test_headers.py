"""What a header means: role, unit, side; and what has to be asked."""

from __future__ import annotations

import pytest

from tests.reading.tables_by_hand import read_text
from vsm.model import QualitySide, WaitSide
from vsm.reading.headers import header_meaning, unit_in_words
from vsm.reading.shapes import Choices, Role

HEADERS = {
    Role.STAGE: "Stage|Process step|Prozessschritt|Étape|Etapa|ETAP|Krok|Activity|Schritt|step_name",
    Role.PROCESSING_TIME: "PT|P/T|touch time|Process Time|Bearbeitungszeit|Durée de traitement|Tiempo de proceso|"
    "Tempo de processamento|Czas przetwarzania|processing_time_hours|PT (min)|hands-on time|Avg. processing time|P",
    Role.WAIT_TIME: "Wait|WT|delay|idle|Queue|Wait [days]|Wartezeit|Liegezeit (Tage)|Temps d'attente|Tiempo de espera|"
    "Tempo de espera|Czas oczekiwania|Inventory before (days)|Wait time after step|W",
    Role.LEAD_TIME: "LT|Lead time|Durchlaufzeit|DLZ|Total time|Lead Time (days)",
    Role.COMPLETE_ACCURATE: "%C/A|C&A|%C&A|% C & A|%CA incoming|First pass yield|% Complete & Accurate|FPY|Jakość",
    Role.BATCH_SIZE: "batch|Batch size|Lot size|Losgröße|Taille de lot|Wielkość partii",
    Role.HANDOFFS: "handoffs|Hand-offs|people touching|Übergaben|# handoffs",
    Role.PEOPLE: "FTE|staff|operators|# people|Mitarbeiter|Number of people|Liczba osób|Anzahl Mitarbeiter",
    Role.AVAILABILITY: "uptime|Availability|Verfügbarkeit|Uptime %|Disponibilité",
    Role.DEMAND: "Demand per week|Customer demand|Demand (per day)|Bedarf",
    Role.WIP: "WIP|Inventory before (pcs)|Work in progress|Inventory|Bestand (Stk.)",
    Role.REWORK_TO: "rework to|Rework goes to|Back to",
    Role.PARALLEL_GROUP: "parallel|Parallel group",
    Role.TEAM: "team|Process owner|swimlane|Department|Abteilung|Owner",
    Role.KIND: "type|Kind of step",
    Role.NOTE: "notes|Comment|Bemerkung|Uwagi",
}


@pytest.mark.parametrize(("role", "header"), [(role, h) for role, text in HEADERS.items() for h in text.split("|")])
def test_names_of_columns(role: Role, header: str) -> None:
    assert header_meaning(header).role is role


@pytest.mark.parametrize(
    "header", ["C/T", "Cycle time", "C/T (sec)", "Zykluszeit", "Temps de cycle", "Time", "Duration"]
)
def test_ambiguous_names_are_asked_and_not_used(header: str) -> None:
    meaning = header_meaning(header)
    assert meaning.role is Role.IGNORE
    assert meaning.question is not None
    assert header in meaning.question


@pytest.mark.parametrize("header", ["Processing / wait", "Lead time / wait time"])
def test_a_header_with_two_roles_is_asked(header: str) -> None:
    assert header_meaning(header).question is not None


@pytest.mark.parametrize("header", ["C/O", "Changeover", "Takt time", "#", "No.", "Cost"])
def test_names_known_but_not_used(header: str) -> None:
    meaning = header_meaning(header)
    assert meaning.role is Role.IGNORE
    assert meaning.question is None


@pytest.mark.parametrize("header", ["Foo", "min", "Supplier", "Process FMEA ref", "Item colour"])
def test_unknown_names_get_no_role(header: str) -> None:
    assert header_meaning(header).role is None


@pytest.mark.parametrize(
    ("header", "unit"),
    [
        ("PT (min)", "min"),
        ("Wait [days]", "d"),
        ("Wait, days", "d"),
        ("Wait in days", "d"),
        ("PT min", "min"),
        ("wait_time_h", "h"),
        ("Wartezeit (Std.)", "h"),
        ("Czas oczekiwania (dni)", "d"),
        ("C/T (sec)", "s"),
        ("Wait (hh:mm)", "h"),
        ("Processing time\n(hours)", "h"),
        ("Demand [pcs/day]", "per day"),
        ("Demand per month", "per month"),
        ("Uptime (%)", "%"),
        ("Wait", None),
        ("Wait (after step)", None),
    ],
)
def test_units_in_headers(header: str, unit: str | None) -> None:
    assert header_meaning(header).unit == unit


@pytest.mark.parametrize(
    ("header", "side"),
    [
        ("Queue time", WaitSide.BEFORE),
        ("Wait before", WaitSide.BEFORE),
        ("Wartezeit davor", WaitSide.BEFORE),
        ("Inventory before (days)", WaitSide.BEFORE),
        ("Wait after", WaitSide.AFTER),
        ("Wait until next step", WaitSide.AFTER),
        ("Wait before next step", WaitSide.AFTER),
        ("Wait", None),
    ],
)
def test_the_side_of_a_wait(header: str, side: WaitSide | None) -> None:
    assert header_meaning(header).wait_side is side


def test_the_side_of_complete_accurate() -> None:
    assert header_meaning("%C&A incoming").quality_side is QualitySide.INCOMING
    assert header_meaning("%C&A (outgoing)").quality_side is QualitySide.OUTGOING
    assert header_meaning("%C&A").quality_side is None


def test_units_by_themselves() -> None:
    assert [unit_in_words(t) for t in ("(h)", "[min]", "%", "pcs", "per week", "colour")] == [
        "h", "min", "%", "pcs", "per week", None,
    ]  # fmt: skip


TWO_WAITS = """
Step|Wait|Wait|PT
A|1|2|3
B|4|5|6
"""


def test_duplicate_headers_are_asked_and_the_first_is_used() -> None:
    reading = read_text(TWO_WAITS)
    assert [c.role for c in reading.columns] == [Role.STAGE, Role.WAIT_TIME, Role.IGNORE, Role.PROCESSING_TIME]
    assert len(reading.questions) == 1
    assert 'B "Wait" and C "Wait"' in reading.questions[0]
    assert reading.stream is not None
    assert [s.wait_time for s in reading.stream.stages] == [1.0, 4.0]


def test_a_letter_chooses_between_duplicate_headers() -> None:
    reading = read_text(TWO_WAITS, Choices(columns=((Role.WAIT_TIME, "C"),)))
    assert reading.stream is not None
    assert [s.wait_time for s in reading.stream.stages] == [2.0, 5.0]
    assert reading.columns[1].role is Role.IGNORE
    assert reading.questions == ()


def test_a_choice_overrules_the_header_and_needs_a_known_column() -> None:
    reading = read_text(TWO_WAITS, Choices(columns=((Role.PROCESSING_TIME, "Weit"),)))
    assert reading.stream is None
    assert 'no column "Weit" (did you mean "Wait"?)' in reading.blocking[0].message


@pytest.mark.parametrize(
    "columns",
    [
        ((Role.WAIT_TIME, "B"), (Role.PROCESSING_TIME, "B")),
        ((Role.WAIT_TIME, "B"), (Role.WAIT_TIME, "C")),
    ],
)
def test_contradicting_choices_block(columns: tuple[tuple[Role, str], ...]) -> None:
    reading = read_text(TWO_WAITS, Choices(columns=columns))
    assert reading.stream is None
    assert "chosen as the" in reading.blocking[0].message


def test_a_chosen_unit_overrules_the_header_and_must_be_known() -> None:
    text = "Step|PT (min)\nA|120"
    reading = read_text(text, Choices(units=(("PT (min)", "days"),)))
    assert reading.stream is not None
    assert reading.stream.stages[0].processing_time == 960.0
    assert read_text(text, Choices(units=(("PT (min)", "furlongs"),))).blocking


@pytest.mark.parametrize(
    "header",
    [
        "% correct", "Error-free (%)", "Share without defects", "Fehlerfrei in %", "Anteil fehlerfrei", "% korrekt",
        "% sans erreur", "Taux sans défaut", "% conformes", "% correcto", "Sin errores (%)", "% correto",
        "Sem defeitos em %", "% poprawnych", "Odsetek poprawnych", "Bez błędów (%)",
    ],
)  # fmt: skip
def test_names_of_complete_and_accurate_in_six_languages(header: str) -> None:
    meaning = header_meaning(header)
    assert meaning.role is Role.COMPLETE_ACCURATE
    assert meaning.quality_side is None  # the "in" of "in %" is no "incoming"


@pytest.mark.parametrize("header", ["Time to correct errors", "Correct address", "Part number", "Taux de service"])
def test_words_of_correctness_in_passing_are_no_complete_and_accurate(header: str) -> None:
    assert header_meaning(header).role is not Role.COMPLETE_ACCURATE


@pytest.mark.parametrize("header", ["P/T", "Wartezeit (Std.)", "%C&A", "Process step"])
def test_a_header_is_quoted_as_it_is_written(header: str) -> None:
    assert header_meaning(header).why == f'the header says "{header}"'


def test_a_header_with_a_name_inside_is_quoted_whole() -> None:
    assert header_meaning("Mean Wait Time by case").why == 'the header "Mean Wait Time by case" contains a name of it'


def test_samples_come_from_rows_that_are_used() -> None:
    reading = read_text("Step|PT (h)\nA|1\nB|2\nTotal|3\n* times are guesses|")
    assert [column.samples for column in reading.columns] == [("A", "B"), ("1", "2")]


def test_columns_not_used_are_named() -> None:
    reading = read_text("Step|PT|Colour|C/O\nA|1|red|2")
    said = " ".join(p.message for p in reading.problems if p.repair == "Columns not used")
    assert 'C "Colour"' in said
    assert 'D "C/O"' in said
