"""Rows -> stages: what is left out and kept, lead times, links, definitions; and two streams worked by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.reading.tables_by_hand import problems_of, read_rows, read_text
from vsm.metrics import flow_efficiency, lead_time, processing_time, wait_time
from vsm.model import Definitions, QualitySide, Severity, WaitSide
from vsm.reading import read, stages
from vsm.reading.files import open_bytes
from vsm.reading.shapes import Choices, Reading, Role
from vsm.reading.stages import name_from_file, read_workbook

ACME = Path(__file__).parents[3] / "shared" / "data" / "acme_stamping_current.csv"

METHOD = """stage,P,W,%C&A,batch,people touching
Customer request,0.5,16,100,1,1
Product discovery,6,80,90,1,3
Backlog refinement,2,60,85,8,4
Sprint planning,1,40,95,10,6
Development,24,12,90,1,2
Code review,1.5,20,80,1,2
Testing,8,30,70,10,3
Staging deployment,1,24,95,10,2
Production deployment,1,10,98,10,3
Customer validation,2,0,95,1,2
"""


def column(reading: Reading, name: str) -> list[object]:
    assert reading.stream is not None, reading.blocking
    return [getattr(stage, name) for stage in reading.stream.stages]


def test_the_worked_stream_of_the_method() -> None:
    reading = read_workbook(open_bytes(METHOD.encode(), "delivery.csv"))
    assert column(reading, "processing_time") == [0.5, 6, 2, 1, 24, 1.5, 8, 1, 1, 2]
    assert column(reading, "wait_time") == [16, 80, 60, 40, 12, 20, 30, 24, 10, 0]
    assert column(reading, "complete_accurate") == [1, 0.9, 0.85, 0.95, 0.9, 0.8, 0.7, 0.95, 0.98, 0.95]
    assert column(reading, "batch_size") == [1, 1, 8, 10, 1, 1, 10, 10, 10, 1]
    assert column(reading, "handoffs") == [1, 3, 4, 6, 2, 2, 3, 2, 3, 2]
    assert (reading.rows.used, reading.rows.total) == (10, 10)
    assert reading.questions == ()
    assert {p.repair for p in reading.problems} == {"Times without a unit read as hours"}
    assert reading.definitions == Definitions()
    assert reading.stream is not None
    assert reading.stream.name == "Delivery"
    assert reading.stream.source is not None
    assert reading.stream.source.problems == reading.problems


@pytest.mark.skipif(not ACME.exists(), reason="the file of Acme Stamping is not on this machine")
def test_acme_stamping_asks_for_its_cycle_time_and_knows_the_rest() -> None:
    reading = read(ACME)
    assert any('"C/T (sec)"' in question and "four meanings" in question for question in reading.questions)
    assert reading.definitions.wait is WaitSide.BEFORE
    assert ("wait", 'the header "Inventory before (days)"') in reading.definitions_said_by
    roles = {c.header: c.role for c in reading.columns}
    assert roles["Inventory before (pcs)"] is Role.WIP
    assert roles["Operators"] is Role.PEOPLE
    assert roles["Uptime"] is Role.AVAILABILITY
    chosen = read(ACME, Choices(columns=((Role.PROCESSING_TIME, "C/T (sec)"),)))
    processing, wait = column(chosen, "processing_time"), column(chosen, "wait_time")
    assert sum(p for p in processing if isinstance(p, float)) == pytest.approx(188 / 3600)
    assert sum(w for w in wait if isinstance(w, float)) == pytest.approx(188.8)
    assert processing[-1] is None
    assert (
        '"Shipping" (row 7) has no processing time' in problems_of(chosen, "Stages without processing time")[0].message
    )
    assert column(chosen, "wip")[0] is None


LEFT_OUT = [
    ("Total|4|6", "a total row"),
    ("TOTAL:|4|6", "a total row"),
    ("Summe|4|6", "a total row"),
    ("Razem|4|6", "a total row"),
    ("Grand total|9|9", "a total row"),
    ("Total lead time||10", "a total row"),
    ("Rolled %C&A|1|", "a total row"),
    ("Flow efficiency|40%|", "a total row"),
    ("|4|6", "a row without a name whose times are the sums of the rows above"),
    ("Average|2|3", "a row of averages"),
    ("Takt time|1|", "a figure of the whole stream"),
    ("Takt time (min)|60|", "a figure of the whole stream"),
    ("% value added|30%|", "a figure of the whole stream"),
    ("Throughput per week|5|", "a figure of the whole stream"),
    ("Total WIP||12", "a figure of the whole stream"),
    ("Taktzeit|1|", "a figure of the whole stream"),
    ("Wertschöpfungsanteil in %|40|", "a figure of the whole stream"),
    ("Efficacité du flux|40%|", "a figure of the whole stream"),
    ("Eficiencia del flujo|40%|", "a figure of the whole stream"),
    ("Eficiência do processo|40%|", "a figure of the whole stream"),
    ("Efektywność przepływu|40%|", "a figure of the whole stream"),
    ("Step|PT (h)|Wait (h)", "the header again"),
    ("Phase two||", "a name without any figure"),
    ("Source: Jane|12 May 2024|", "a line of text without a stage's figures"),
    ("* times are guesses||", "a line of text without a stage's figures"),
]


@pytest.mark.parametrize(("row", "reason"), LEFT_OUT)
def test_rows_left_out_are_named_with_their_reason(row: str, reason: str) -> None:
    reading = read_text(f"Step|PT (h)|Wait (h)\nA|1|2\nB|3|4\n{row}")
    assert column(reading, "name") == ["A", "B"]
    assert [(r.row, r.reason) for r in reading.left_out] == [(4, reason)]
    named = [p for p in reading.problems if p.row == 4 and p.repair.endswith("left out") and reason in p.message]
    assert len(named) == 1
    assert (reading.rows.used, reading.rows.left_out, reading.rows.blank) == (2, 1, 0)


def test_overall_figures_below_a_total_are_no_stages_though_a_stage_follows() -> None:
    reading = read_text("Step|PT (h)|Wait (h)\nA|1|2\nB|2|3\nTotal|3|5\nTakt time|1|\nShip|4|1")
    assert column(reading, "name") == ["A", "B", "Ship"]
    (doubt,) = problems_of(reading, "Stages below a total row")
    assert (doubt.row, doubt.severity) == (6, Severity.WARNING)
    assert doubt.message.startswith('Row 6 ("Ship") stands below the total row (row 4). It was kept as a stage')


def test_several_stages_below_a_total_are_doubted_in_one_sentence() -> None:
    reading = read_text("Step|PT (h)\nA|1\nB|2\nSum|3\nC|1\n\nD|1")
    (doubt,) = problems_of(reading, "Stages below a total row")
    assert doubt.message.startswith('Rows 5 and 7 ("C" and "D") stand below the total row (row 4). They were kept')


def test_stages_between_totals_are_not_doubted() -> None:
    reading = read_text("Step|PT (h)\nA|1\nB|3\nSubtotal|4\nC|2\nD|5\nSubtotal|7\nGrand total|11")
    assert problems_of(reading, "Stages below a total row") == []


def test_a_stage_named_like_an_overall_figure_above_other_stages_is_a_stage() -> None:
    reading = read_text("Step|PT (h)|Wait (h)\nTakt time|1|1\nThroughput|1|2\nB|3|4")
    assert column(reading, "name") == ["Takt time", "Throughput", "B"]
    assert column(read_text("Step|PT (h)\nTakt time|1"), "name") == ["Takt time"]
    waits_as_rows = read_text("Step|PT (h)|Wait (h)\nA|1|\nWaiting time||2\nB|3|\nWaiting time||4")
    assert column(waits_as_rows, "wait_time") == [None, 2, None, 4]


@pytest.mark.parametrize("row", ["Total|4|6", "|4|6", "Average|2|3", "Takt time|1|"])
def test_total_rows_can_be_kept(row: str) -> None:
    reading = read_text(f"Step|PT (h)|Wait (h)\nA|1|2\nB|3|4\n{row}", Choices(keep_total_rows=True))
    assert reading.rows.used == 3
    assert reading.left_out == ()


def test_a_stage_that_begins_like_a_total_is_a_stage() -> None:
    names = ["Total quality check", "Sum up findings", "Gesamtabnahme", "Average pricing", "Notes review"]
    reading = read_rows(("Step", "PT (h)"), *((name, 1) for name in names))
    assert column(reading, "name") == names


@pytest.mark.parametrize("name", ["NA", "None", "null", "#1", "TRUE", "007", "1", "n/a", "nan", "-"])
def test_names_are_kept_as_they_are(name: str) -> None:
    assert column(read_rows(("Step", "PT (h)"), (name, 1), ("B", 2)), "name") == [name, "B"]


def test_typed_names_are_kept_as_text() -> None:
    assert column(read_rows(("Stage", "PT (h)"), (7.0, 1), (True, 2), ("B", 2)), "name") == ["7", "TRUE", "B"]


def test_figures_without_a_name_are_not_lost() -> None:
    reading = read_text("Step|PT (h)|Wait (h)\nA|1|2\n|3|5\nB|1|1")
    assert column(reading, "name") == ["A", "Stage 2 (row 3)", "B"]
    assert column(reading, "processing_time") == [1, 3, 1]
    (problem,) = problems_of(reading, "Stages without a name")
    assert (problem.row, problem.severity) == (3, Severity.WARNING)


def test_repeated_names_are_numbered_without_taking_a_name_in_use() -> None:
    reading = read_text("Step|PT (h)\nReview|1\nReview (2)|1\nReview|1\nReview|1")
    assert column(reading, "name") == ["Review", "Review (2)", "Review (3)", "Review (4)"]
    assert [p.row for p in problems_of(reading, "Repeated stage names numbered")] == [4, 5]


def test_a_row_whose_figures_are_all_unreadable_is_kept() -> None:
    reading = read_text("Step|PT (h)|Wait (h)\nA|1|2\nB|soon|later\nC|n/a|")
    assert column(reading, "name") == ["A", "B", "C"]
    assert column(reading, "processing_time") == [1, None, None]


def test_wait_is_lead_time_less_processing_time() -> None:
    reading = read_text("Step|PT (h)|Lead time (h)\nA|2|5\nB|4|3\nC||3\nD|1|")
    assert column(reading, "wait_time") == [3, None, None, None]
    (problem,) = problems_of(reading, "Lead times shorter than their parts")
    assert (problem.row, problem.severity) == (3, Severity.ERROR)
    assert [p.row for p in problems_of(reading, "Lead times that could not be divided")] == [4]


def test_lead_time_is_the_wait_where_it_does_not_contain_processing_time() -> None:
    choices = Choices(definitions=Definitions(lead_time_contains_processing=False))
    reading = read_text("Step|PT (h)|Lead time (h)\nA|2|5\nB|4|3", choices)
    assert column(reading, "wait_time") == [5, 3]
    assert ("lead_time_contains_processing", "you") in reading.definitions_said_by


def test_wait_wins_over_a_lead_time_that_disagrees() -> None:
    reading = read_text("Step|PT (h)|Wait (h)|Lead time (h)\nA|2|3|5\nB|2|3|9")
    assert column(reading, "wait_time") == [3, 3]
    assert [p.row for p in problems_of(reading, "Lead times that do not add up")] == [3]


def test_processing_time_is_lead_time_less_wait_where_no_column_has_it() -> None:
    reading = read_text("Step|Wait (h)|Lead time (h)\nA|3|5\nB|3|3")
    assert column(reading, "processing_time") == [2, 0]


def test_lead_times_alone_are_taken_whole() -> None:
    reading = read_text("Step|Lead time\nIntake|2 days\nReview|5 days\nWait for IT|n/a\nApproval|10 days")
    assert column(reading, "undivided_time") == [16, 40, None, 80]
    assert column(reading, "processing_time") == column(reading, "wait_time") == [None] * 4
    assert reading.stream is not None
    assert lead_time(reading.stream) == 136  # 17 days of 8 h
    assert (processing_time(reading.stream), wait_time(reading.stream), flow_efficiency(reading.stream)) == (None,) * 3
    (note,) = problems_of(reading, "Lead times taken whole")
    assert note.severity is Severity.NOTE
    assert "flow efficiency count as not measured" in note.message
    (missing,) = problems_of(reading, "Stages without lead time")
    assert (missing.row, missing.message[:27]) == (4, '"Wait for IT" (row 4) has n')
    assert len(reading.problems) == 3  # and the n/a


def test_lead_times_alone_that_contain_no_work_are_waits() -> None:
    choices = Choices(definitions=Definitions(lead_time_contains_processing=False))
    reading = read_text("Step|Lead time (h)\nA|2\nB|5", choices)
    assert (column(reading, "wait_time"), column(reading, "undivided_time")) == ([2, 5], [None, None])


@pytest.mark.parametrize(
    ("header", "waits", "named"),
    [
        ("Wait (h)", ("1", "", "2", ""), '"B" (row 3) has no wait time.'),
        ("Wait (h)", ("", "n/a", "2", "3"), '"A", "B" (rows 2 and 3) have no wait time.'),
        ("Wait before (h)", ("", "1", "", "2"), '"C" (row 4) has no wait time.'),
        ("Wait before (h)", ("1", "1", "1", ""), '"D" (row 5) has no wait time.'),
    ],
)
def test_a_blank_wait_is_noted_but_where_nothing_follows(header: str, waits: tuple[str, ...], named: str) -> None:
    rows = [(name, 1, wait) for name, wait in zip("ABCD", waits, strict=True)]
    (note,) = problems_of(read_rows(("Step", "PT (h)", header), *rows), "Stages without wait time")
    assert note.message.startswith(named)
    assert note.severity is Severity.NOTE


def test_nothing_follows_the_last_stages_side_by_side() -> None:
    reading = read_text("Step|PT (h)|Wait (h)|Parallel\nA|1|1|\nB|1||x\nC|1||x")
    assert problems_of(reading, "Stages without wait time") == []


def test_a_table_without_any_wait_says_so() -> None:
    (warning,) = problems_of(read_text("Step|PT (h)\nA|1\nB|2"), "Stages without wait time")
    assert "No stage has a wait time, so flow efficiency is not measured." in warning.message


def test_definitions_choice_over_header_over_default() -> None:
    text = "Step|PT (h)|Queue time (h)|%C&A outgoing\nA|1|2|90"
    reading = read_text(text)
    assert reading.definitions.wait is WaitSide.BEFORE
    assert reading.definitions.complete_accurate is QualitySide.OUTGOING
    assert ("complete_accurate", 'the header "%C&A outgoing"') in reading.definitions_said_by
    chosen = read_text(text, Choices(wait=WaitSide.AFTER, complete_accurate=QualitySide.INCOMING))
    assert chosen.definitions.wait is WaitSide.AFTER
    assert chosen.definitions.complete_accurate is QualitySide.INCOMING
    assert ("wait", "you") in chosen.definitions_said_by
    assert chosen.stream is not None
    assert chosen.stream.definitions == chosen.definitions
    plain = read_text("Step|PT (h)|Wait (h)\nA|1|2")
    assert dict(plain.definitions_said_by)["wait"] == "the default"
    assert dict(plain.definitions_said_by)["unit"] == 'the headers "PT (h)" and "Wait (h)"'


def test_hours_per_day_reach_the_cells() -> None:
    choices = Choices(definitions=Definitions(hours_per_day=24, days_per_week=7))
    assert column(read_text("Step|Wait (days)\nA|2\nB|1 wk", choices), "wait_time") == [48, 168]


def test_rework_goes_to_a_stage_at_or_before() -> None:
    reading = read_text("Step|PT (h)|Rework to\nDraft|1|draft\nCheck|1|DRAFT \nSign|1|Chek\nSend|1|Ship\nShip|1|-")
    assert column(reading, "rework_to") == ["Draft", "Draft", None, None, None]
    unknown, later = problems_of(reading, "Rework targets not found")
    assert 'did you mean "Check"' in unknown.message
    assert "is a later stage" in later.message


def test_a_long_name_is_cut_and_still_found() -> None:
    long, limit = "Review of " + "x" * 195, "y" * 200  # 205 and 200 characters
    reading = read_text(f"Step|PT (h)|Rework to|Parallel\n{long}|1||{long}\n{limit}|1|{long.upper()}|{long}")
    cut = "Review of " + "x" * 189 + "…"
    assert column(reading, "name") == [cut, limit]
    assert column(reading, "rework_to") == [None, cut]
    assert reading.stream is not None
    assert reading.stream.steps == ((0, 1),)
    (note,) = problems_of(reading, "Long stage names cut")
    assert (note.row, note.severity) == (2, Severity.NOTE)
    assert "has 205 characters and was cut after 199" in note.message


def test_names_that_are_the_same_once_cut_are_told_apart() -> None:
    reading = read_text("Step|PT (h)|Rework to\n{0}a|1|\n{0}b|1|\nC|1|{0}b".format("x" * 250))
    first, second, _ = column(reading, "name")
    assert (first, second) == ("x" * 199 + "…", "x" * 199 + "… (2)")
    assert column(reading, "rework_to")[2] == second


def test_parallel_groups_alone_or_apart_are_noted() -> None:
    reading = read_text("Step|PT (h)|Parallel\nA|1|x\nB|1|x\nC|1|y\nD|1|z\nE|1|\nF|1|z")
    assert column(reading, "parallel_group") == ["x", "x", "y", "z", None, "z"]
    assert [p.found for p in problems_of(reading, "Parallel groups without neighbours")] == ["y", "z"]


def test_texts_are_carried_along() -> None:
    reading = read_text("Step|PT (h)|Team|Type|Notes\nA|1|Sales|approval|slow")
    assert (column(reading, "team"), column(reading, "kind"), column(reading, "note")) == (
        ["Sales"],
        ["approval"],
        ["slow"],
    )


def test_names_of_streams() -> None:
    assert name_from_file("order_to_cash-2024.xlsx") == "Order to cash 2024"
    assert name_from_file(".csv") == ".csv"
    choices = Choices(name="Idea to production", start="request", end="in use")
    stream = read_text("Step|PT\nA|1", choices).stream
    assert stream is not None
    assert (stream.name, stream.start, stream.end) == ("Idea to production", "request", "in use")


OFFICE = """Prozessschritt;Bearbeitungszeit (Std.);Wartezeit (Tage);Qualität;Mitarbeiter
Antrag prüfen;1,5;2;85 %;2
Genehmigen;0,25;5,5;90 %;1
Gesamt;1,75;7,5;;
"""


def test_another_locale_of_semicolons_and_decimal_commas() -> None:
    reading = read_workbook(open_bytes(OFFICE.encode("cp1252"), "antrag.csv"))
    assert column(reading, "processing_time") == [1.5, 0.25]
    assert column(reading, "wait_time") == [16, 44]
    assert column(reading, "complete_accurate") == [0.85, 0.9]
    assert column(reading, "people") == [2, 1]
    assert reading.rows.left_out == 1


def test_a_total_that_does_not_add_up_is_said() -> None:
    reading = read_text("Step|PT (h)|Wait (h)\nA|1|2\nB|3|4\nTotal|4|7")
    (problem,) = problems_of(reading, "Total rows that do not add up")
    assert (problem.row, problem.column, problem.severity) == (4, "Wait (h)", Severity.WARNING)
    assert "states 7 h" in problem.message
    assert "add up to 6 h" in problem.message


def test_totals_of_parts_and_of_all_add_up() -> None:
    text = "Step|PT (h)\nA|1\nB|3\nSubtotal|4\nC|2\nD|5\nSubtotal|7\nGrand total|11"
    reading = read_text(text)
    assert problems_of(reading, "Total rows that do not add up") == []
    assert column(reading, "name") == ["A", "B", "C", "D"]


def test_a_table_of_stages_holds_300_rows() -> None:
    rows = [("Step", "PT (h)"), *((f"s{i}", 1) for i in range(300))]
    assert read_rows(*rows).rows.used == 300
    too_long = read_rows(*rows, ("s300", 1))
    assert too_long.stream is None
    assert "has 301 rows" in too_long.blocking[0].message


def test_a_list_of_items_is_refused_before_its_figures_are_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    def looked(cells: object) -> None:
        raise AssertionError("a figure was looked at")

    monkeypatch.setattr(stages, "marks", looked)
    assert "300 rows at most" in read_rows(("Step", "PT (h)"), *[("s", "1,5")] * 9_000).blocking[0].message
