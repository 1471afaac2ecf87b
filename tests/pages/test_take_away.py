from __future__ import annotations

import io
import zipfile
from dataclasses import replace

import pytest

from pages.shared.chart_files import charts_zip
from pages.shared.downloads import file_name
from tests.charts.test_flow_pictures import small
from tests.pages.log_opening import event_log, open_log
from tests.pages.opening import open_page, words
from tests.planned import PLAN
from tests.streams import WORKED
from vsm.analysis import analyse
from vsm.model import ValueStream


def test_every_kind_of_file_is_offered_and_made_only_on_the_click() -> None:
    buttons = [button.proto for button in open_page("take_away.py").get("download_button")]
    kinds = [button.id.rsplit("_", 1)[1] for button in buttons]
    assert kinds == ["html", "docx", "pptx", "pdf", "xlsx", "csv", "md", "svg", "png", "pdf", "zip"]
    assert all(button.deferred_file_id and not button.url for button in buttons)


def test_says_where_files_are_made_and_for_whom() -> None:
    assert "made on this server when you click, and comes to you alone" in words(open_page("take_away.py"))


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Feature delivery", "feature-delivery"),
        ("Zamówienie / zakup", "zamówienie-zakup"),
        ("../../etc/passwd", "etc-passwd"),
        ("<>", "value-stream"),
        ("a" * 300, "a" * 60),
    ],
)
def test_files_are_named_after_the_stream(name: str, expected: str) -> None:
    named = file_name(replace(WORKED, name=name), "map", "svg")
    assert named.startswith(f"{expected}-map-")
    assert named.endswith(".svg")


def test_another_content_has_another_name() -> None:
    other = ValueStream(name=WORKED.name, stages=WORKED.stages[:-1])
    assert file_name(other, "report", "html") != file_name(WORKED, "report", "html")
    assert file_name(WORKED, "report", "html") == file_name(replace(WORKED), "report", "html")


def test_another_plan_has_another_name() -> None:
    names = [file_name(WORKED, "report", "html", plan) for plan in (None, PLAN, replace(PLAN, name="Other"))]
    assert len(set(names)) == 3


def test_all_charts_in_one_file_as_png_and_svg() -> None:
    archive = zipfile.ZipFile(io.BytesIO(charts_zip(analyse(WORKED), None)))
    assert archive.testzip() is None
    names = archive.namelist()
    assert "01-time_per_stage.png" in names
    assert len(names) == 2 * len({name.rsplit(".", 1)[0] for name in names})
    assert archive.read("01-time_per_stage.png").startswith(b"\x89PNG")
    assert b"<svg" in archive.read("01-time_per_stage.svg")


def test_the_charts_of_a_log_are_in_the_file_too() -> None:
    measured = small()
    archive = zipfile.ZipFile(io.BytesIO(charts_zip(analyse(WORKED), measured)))
    keys = [name[3:-4] for name in archive.namelist() if name.endswith(".svg")]
    assert {"time_per_stage", "lead_times", "throughput", "open_items", "load", "cumulative_flow", "paths"} <= set(keys)
    assert len(keys) == len(set(keys))
    said = words(open_log("take_away.py", event_log(12)))
    assert "the pages Stages, Flow over time, and Rework and paths" in said
    assert "the page Stages in one ZIP file" in words(open_page("take_away.py"))


def test_files_leave_out_the_names_of_items_when_asked_and_pages_keep_them() -> None:
    test = open_log("take_away.py", event_log(name="KEY-{}"))
    assert test.toggle(key="names_in_files").value
    test.toggle(key="names_in_files").set_value(False).run()
    assert not test.exception
    assert "“Item 1”" in words(test)
    for page in ("flow.py", "summary.py", "take_away.py"):
        test.switch_page(page).run()
        assert not test.exception
    assert not test.toggle(key="names_in_files").value


def test_a_table_of_stages_has_no_names_of_items_to_leave_out() -> None:
    assert not open_page("take_away.py").toggle
