"""Three hundred hostile strings through all charts and reports: none fails, and none makes a name more than text."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterator
from xml.etree import ElementTree as ET

import openpyxl
import pytest
from markdown_it import MarkdownIt

from tests.hostile import EVIL, STRINGS, item_log, stage_table
from tests.reports.test_html import Page
from vsm.analysis import analyse
from vsm.charts import pictures
from vsm.charts.export import chart_to_svg
from vsm.charts.flow import flow_pictures
from vsm.charts.picture import Picture
from vsm.flow import measured_log
from vsm.opening import MeasuredReading, read_data
from vsm.reading.log_shapes import LogChoices
from vsm.reports import REPORTS
from vsm.subject import Subject

HALVES = {"one half": STRINGS[::2], "the other half": STRINGS[1::2]}
PLAIN = [f"Stage {number}" for number in range(len(STRINGS[::2]))]
ALIVE = {"script", "iframe", "object", "embed", "link", "base", "meta", "form", "input", "foreignobject", "template"}
LOADS = {"href", "src", "xlink:href", "action", "data", "srcset", "background", "poster"}


def of_stages(names: list[str] | tuple[str, ...]) -> Subject:
    """Read and analyse a table; many stages as in no true stream, so that few runs show all strings."""
    stream = read_data(stage_table(names).encode(), f"{names[-1][:80]}.csv").stream
    assert stream is not None
    assert len(stream.stages) == len(names)
    return Subject(analyse(stream))


def of_items(names: tuple[str, ...]) -> Subject:
    reading = read_data(item_log(names).encode(), f"{names[-1][:80]}.csv", LogChoices())
    assert isinstance(reading, MeasuredReading)
    assert reading.stream is not None
    assert reading.log is not None
    assert len(reading.log.items) > len(names) * 0.9
    return Subject(analyse(reading.stream), measured_log(reading.log))


@pytest.fixture(scope="module", params=[*HALVES, "items"])
def subject(request: pytest.FixtureRequest) -> Subject:
    return of_items(STRINGS) if request.param == "items" else of_stages(HALVES[request.param])


def test_there_are_three_hundred_and_no_two_are_the_same() -> None:
    assert len(set(STRINGS)) == len(STRINGS) >= 300


def all_pictures(subject: Subject) -> Iterator[Picture]:
    yield from pictures(subject.analysis)
    if subject.measured is not None:
        yield from flow_pictures(subject.measured)


def expressions(value: object) -> Iterator[str]:
    """Find whatever Vega would compute or load."""
    if isinstance(value, dict):
        for key, found in value.items():
            if key in ("expr", "signal", "calculate", "filter", "test", "labelExpr", "url", "href"):
                yield str(found)
            yield from expressions(found)
    if isinstance(value, list):
        for found in value:
            yield from expressions(found)


def test_no_chart_computes_or_loads_a_name(subject: Subject) -> None:
    drawn = 0
    for picture in all_pictures(subject):
        spec = picture.chart.to_dict()
        spec.pop("datasets", None)
        assert not [text for text in expressions(spec) if EVIL in text or "alert" in text], picture.key
        fields = re.findall(r'"field": "([^"]*)"', str(spec).replace("'", '"'))
        assert all(re.fullmatch(r"\w*", field) for field in fields), picture.key
        drawn += 1
    assert drawn >= 5


def test_charts_are_drawn_for_paper_as_text(subject: Subject) -> None:
    for picture in list(all_pictures(subject))[:4]:
        assert_dead_svg(chart_to_svg(picture.chart, 400, picture.title))


def assert_dead_svg(svg: str) -> None:
    for element in ET.fromstring(svg).iter():
        tag = element.tag.rpartition("}")[2].lower()
        assert tag not in ALIVE | {"a", "image"}, tag
        assert_dead({name.rpartition("}")[2].lower(): value for name, value in element.attrib.items()})


def assert_dead(attributes: dict[str, str]) -> None:
    for name, value in attributes.items():
        assert not name.startswith("on"), name
        if name in LOADS:
            assert value.startswith(("#", "data:image/")), value
        if name == "style":
            assert "url(" not in value.replace("url(#", ""), value
        assert not (name == "id" and value.startswith("escaped"))


def outside(content: bytes) -> list[str]:
    """List the parts of an office file that refer to something outside of it; other files have no parts."""
    if not zipfile.is_zipfile(io.BytesIO(content)):
        return []
    files = zipfile.ZipFile(io.BytesIO(content))
    return [name for name in files.namelist() if name.endswith(".rels") and b'"External"' in files.read(name)]


def made(subject: Subject, kind: str) -> bytes:
    return REPORTS[kind].make(subject)


def test_the_page_runs_and_loads_nothing(subject: Subject) -> None:
    html = made(subject, "html").decode()
    page = Page(html)
    for tag, attributes in page.elements:
        assert tag not in ALIVE - {"meta"}, tag
        assert attributes.get("http-equiv", "Content-Security-Policy") == "Content-Security-Policy"
        assert_dead({name: value or "" for name, value in attributes.items() if not (tag == "a" and name == "href")})
        assert not (tag == "a" and not (attributes["href"] or "").startswith("#")), attributes
    styles = " ".join(text for tag, text in page.texts if tag == "style")
    assert "@import" not in styles
    assert EVIL in page.text


def test_the_map_is_a_drawing_without_a_link(subject: Subject) -> None:
    assert_dead_svg(made(subject, "svg").decode())


def test_no_cell_of_the_workbook_is_a_formula_or_link_of_a_name(subject: Subject) -> None:
    content = made(subject, "xlsx")
    book = openpyxl.load_workbook(io.BytesIO(content))
    for sheet in book:
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.hyperlink is None or cell.hyperlink.target is None, cell
                if cell.data_type == "f":
                    text = str(getattr(cell.value, "text", cell.value))
                    assert not re.search(r"evil|HYPERLINK\(\"http|WEBSERVICE|IMPORTXML|cmd\|", text), text[:200]
    assert not outside(content)


def test_no_cell_of_the_csv_is_a_formula(subject: Subject) -> None:
    rows = list(csv.reader(io.StringIO(made(subject, "csv").decode("utf-8-sig"), newline="")))
    cells = [cell for row in rows for cell in row]
    assert len(rows) > 3
    assert not [c for c in cells if c.startswith(("=", "+", "@", "\t", "\r")) or re.match(r"-(?![\d.]+$)", c)]


def test_markdown_has_no_link_picture_or_element_of_a_name(subject: Subject) -> None:
    html = MarkdownIt("commonmark").enable(["table", "strikethrough"]).render(made(subject, "md").decode())
    page = Page(html)
    assert {tag for tag, _ in page.elements} <= {
        *("h1", "h2", "h3", "p", "ul", "ol", "li", "table", "thead", "tbody", "tr", "th", "td", "strong", "em", "hr"),
        "br",
    }
    assert EVIL in page.text.replace("\u2060", "")


@pytest.mark.parametrize("kind", sorted(set(REPORTS) - {"html", "svg", "xlsx", "csv", "md"}))
def test_every_other_report_is_written_and_refers_to_nothing_outside(kind: str) -> None:
    content = made(of_stages(STRINGS[::9]), kind)
    assert len(content) > 10_000
    assert not outside(content)


def test_so_many_loops_are_drawn_as_altair_draws_no_more_rows_than_five_thousand() -> None:
    loops = next(picture for picture in pictures(of_stages(PLAIN).analysis) if picture.key == "loops")
    rows = [len(rows) for rows in loops.chart.to_dict()["datasets"].values()]
    assert 1000 < max(rows) <= 5000
