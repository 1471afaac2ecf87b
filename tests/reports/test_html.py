from __future__ import annotations

import re
from collections import Counter
from html.parser import HTMLParser
from itertools import pairwise

import pytest

from tests.streams import WORKED, stream_of
from vsm.analysis import analyse
from vsm.headlines import headline_figures
from vsm.model import Problem, RowCount, Severity, Source, Stage, ValueStream
from vsm.reports import html_report
from vsm.reports.content import content_of
from vsm.reports.html import served_report
from vsm.reports.sections import ALL_SECTIONS, Section
from vsm.subject import Subject

HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(1)>\"'&{{7*7}}{% raw %}"
VOID = {"meta", "br", "hr", "img", "input", "link", "rect", "path", "line", "circle", "polyline", "polygon", "ellipse"}


class Page(HTMLParser):
    """A page taken apart: its elements in order, each with its attributes and the text directly in it."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.source = html
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.texts: list[tuple[str, str]] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        if tag in self.open:
            while self.open.pop() != tag:
                pass

    def handle_data(self, data: str) -> None:
        if data.strip():
            self.texts.append((self.open[-1] if self.open else "", data.strip()))

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.elements if name == tag]

    @property
    def text(self) -> str:
        return " ".join(text for tag, text in self.texts if tag != "style")


@pytest.fixture(scope="module")
def worked() -> str:
    return html_report(Subject(analyse(WORKED)))


@pytest.fixture(scope="module")
def hostile() -> str:
    stages = (
        Stage(name=HOSTILE, processing_time=1.0, wait_time=9.0, team=HOSTILE, note=HOSTILE, batch_size=5.0),
        Stage(name="b", processing_time=1.0, wait_time=2.0, complete_accurate=0.5, rework_to=HOSTILE, team=HOSTILE),
    )
    problem = Problem(severity=Severity.NOTE, repair="x", message=HOSTILE, row=2, column=HOSTILE, found=HOSTILE)
    source = Source(file=HOSTILE, sheet=HOSTILE, rows=RowCount(used=2, left_out=0, blank=0), problems=(problem,))
    stream = ValueStream(stages=stages, name=HOSTILE, start=HOSTILE, end=HOSTILE, source=source)
    return html_report(Subject(analyse(stream)))


def test_it_is_one_well_formed_page(worked: str):
    page = Page(worked)
    assert worked.startswith("<!DOCTYPE html>")
    assert page.open == []
    assert page.all("html") == [{"lang": "en"}]


def test_it_refers_to_nothing_outside_and_runs_nothing(worked: str, hostile: str):
    for html in (worked, hostile):
        page = Page(html)
        names = Counter(tag for tag, _ in page.elements)
        assert not {"script", "link", "iframe", "img", "object", "embed", "form", "image", "use"} & set(names)
        attributes = [(name, value or "") for _, found in page.elements for name, value in found.items()]
        assert not [name for name, _ in attributes if name.startswith("on")]
        assert [
            v for n, v in attributes if n in ("href", "src", "xlink:href", "action") and not v.startswith("#")
        ] == []
        assert "url(" not in html
        assert "@import" not in html


def test_its_own_policy_forbids_all_but_inline_style(worked: str):
    policies = [m["content"] for m in Page(worked).all("meta") if m.get("http-equiv") == "Content-Security-Policy"]
    assert policies == ["default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"]
    first_content = worked.index("<style>")
    assert worked.index("Content-Security-Policy") < first_content


def test_names_from_the_file_are_text(hostile: str):
    assert "<script" not in hostile
    assert "onerror=alert(1)>" not in hostile
    assert "{{7*7}}{% raw %}" in hostile
    assert Page(hostile).text.count("<script>alert(1)</script>") > 5


def test_a_name_does_not_turn_the_words_around_it():
    stages = (Stage(name="a\u202etxt.exe", wait_time=9.0), Stage(name="b\u2067c", wait_time=1.0))
    page = html_report(Subject(analyse(ValueStream(stages=stages))))
    assert not {"\u202e", "\u2067"} & set(page)
    assert "atxt.exe" in page


def test_the_figures_are_those_of_the_pages(worked: str):
    text = Page(worked).text
    for figure in headline_figures(analyse(WORKED)):
        assert figure.value in text
        assert figure.exact in text
    for exact in ("339 h", "13.8643%", "32.3958%", "450.706 h"):
        assert exact in text


def test_every_anchor_leads_somewhere_and_ids_are_unique(worked: str):
    page = Page(worked)
    ids = [attributes["id"] for _, attributes in page.elements if "id" in attributes]
    assert Counter(ids).most_common(1)[0][1] == 1
    targets = [a["href"] or "" for a in page.all("a")]
    assert len(targets) == len(headline_figures(analyse(WORKED)))
    assert [t for t in targets if t.removeprefix("#") not in ids] == []
    labels = [a["aria-labelledby"] for _, a in page.elements if a.get("aria-labelledby")]
    assert [label for group in labels for label in (group or "").split() if label not in ids] == []


@pytest.mark.parametrize(
    ("section", "anchor"),
    [
        (Section.MAP, "map"),
        (Section.BOTTLENECK, "bottleneck"),
        (Section.SUGGESTIONS, "suggestions"),
        (Section.STAGES, "stages"),
        (Section.DATA, "data"),
        (Section.METHOD, "method"),
    ],
)
def test_of_a_publication_a_section_can_be_left_out(section: Section, anchor: str):
    content = content_of(Subject(analyse(WORKED)))
    whole, without = Page(served_report(content)), Page(served_report(content, ALL_SECTIONS - {section}))
    headings = [{a["id"] for tag, a in page.elements if tag == "h2"} for page in (whole, without)]
    assert headings[0] - headings[1] == {anchor} | ({"glossary"} if section is Section.METHOD else set())
    assert len(without.all("a")) == (0 if section is Section.METHOD else len(whole.all("a")))


def test_headings_go_down_one_step_at_a_time(worked: str):
    levels = [int(tag[1]) for tag, _ in Page(worked).elements if re.fullmatch(r"h[1-6]", tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_tables_have_captions_and_their_headers_say_of_what(hostile: str):
    page = Page(hostile)
    tables = page.all("table")
    assert len(tables) == 2
    assert len(page.all("caption")) == 2
    assert {th.get("scope") for th in page.all("th")} == {"col", "row"}


def test_pictures_have_text_alternatives(worked: str):
    page = Page(worked)
    charts = [a for tag, a in page.elements if tag == "div" and a.get("role") == "img"]
    assert len(charts) >= 4
    assert all(len(chart["aria-label"] or "") > 20 for chart in charts)
    maps = [a for a in page.all("svg") if "value-stream-map" in (a.get("class") or "")]
    assert [m["role"] for m in maps] == ["img"]
    assert maps[0]["aria-describedby"]


def test_it_follows_the_theme_and_prints_on_pages_of_one_format(worked: str):
    style = worked[worked.index("<style>") : worked.index("</style>")]
    assert "@media (prefers-color-scheme: dark)" in style
    assert len(re.findall("@page", style)) == 1
    assert "break-before: page" not in style
    assert "table-header-group" in style


def test_a_tall_map_leaves_the_first_page_to_the_words(worked: str):
    assert worked.index('id="map"') < worked.index('id="bottleneck"')
    long = html_report(Subject(analyse(stream_of(*(Stage(name=str(i), processing_time=1.0) for i in range(40))))))
    assert long.index('id="suggestions"') < long.index('id="map"') < long.index('id="stages"')
    assert long.count('id="map"') == 1


def test_a_bare_stream_makes_a_page_too():
    text = Page(html_report(Subject(analyse(stream_of(Stage(name="only")))))).text
    assert "not measured" in text
    assert "No clear bottleneck" in text
