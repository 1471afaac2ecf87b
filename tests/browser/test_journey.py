"""A person brings a file, walks all pages and takes the files away; nothing may go wrong or leave the machine."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import expect

from tests.browser.visit import PAGES, ROOT, Visit
from tests.hostile import STRINGS, item_log

Open = Callable[..., Visit]
WORKED = ROOT / "sample_data" / "software_delivery.csv"
HOSTILE = (
    "Stage,Processing time (h),Wait time (h),%C&A,Team\n"
    '"![x](http://evil.example/a.png)",1,20,90,"<img src=http://evil.example/b.png onerror=alert(1)>"\n'
    '"<img src=http://evil.example/c.png onerror=alert(1)>",2,5,80,"[t](javascript:alert(1))"\n'
    '"$x$ <script>alert(1)</script>",3,1,70,"http://evil.example"\n'
)


def test_upload_a_walk_through_all_pages_and_the_way_to_an_explanation(visit: Open) -> None:
    person = visit()
    person.upload_file(WORKED)
    for title in PAGES:
        person.go_to(title)
    person.go_to("Stages")
    expect(person.page.locator('[data-testid="stVegaLiteChart"] :is(canvas, svg)')).to_have_count(8)
    person.go_to("Overview")
    figures = person.page.locator('[data-testid="stMetricValue"]')
    expect(figures).to_have_text(["42.4 days", "13.9%", "32.4%", "56.3 days", "28"])
    expect(person.map.locator(".stage")).to_have_count(10)
    person.page.get_by_role("link", name="How it is computed").nth(2).click()
    asked = person.page.locator(".st-key-asked_entry")
    expect(asked.get_by_role("heading")).to_have_text("Flow efficiency")
    expect(asked).to_contain_text("47 / (47 + 292) = 13.8643%")


def test_names_from_a_file_stay_text_on_every_page(visit: Open) -> None:
    person = visit()
    person.upload("hostile.csv", HOSTILE.encode())
    for title in PAGES:
        person.go_to(title)
        expect(person.page.locator('.stMain img[src*="evil"], .stMain a[href*="evil"]')).to_have_count(0)
        expect(person.page.locator(".stMain .katex")).to_have_count(0)
    person.go_to("Bottleneck")
    expect(person.page.get_by_role("heading", level=2)).to_contain_text("<img src=http")


def test_no_name_of_an_item_runs_or_loads_anything(visit: Open) -> None:
    # At the end of a visit, `visit` asserts that no dialog was opened and no other machine asked.
    person = visit()
    person.upload("hostile_log.csv", item_log(STRINGS[6::5]).encode())
    for title in (*PAGES, "Flow over time", "Why it waits"):
        person.go_to(title)
        main = person.page.locator(".stMain")
        expect(
            main.locator(":is(img, a, use, image)").and_(main.locator('[src*="evil"], [href*="evil"]'))
        ).to_have_count(0)
        expect(main.locator('.katex, [id^="escaped"], iframe[src], script')).to_have_count(0)


@pytest.mark.parametrize("phone", [True, False], ids=["phone", "desk"])
def test_the_menu_makes_room_for_the_page_only_where_it_lies_over_it(visit: Open, phone: bool) -> None:
    person = visit(phone=phone)
    person.open()
    menu = person.page.locator('[data-testid="stSidebar"]')
    for title in ("Overview", "Stages"):
        person.go_to(title)
        expect(menu).to_have_attribute("data-collapsed", "true" if phone else "false")


@pytest.fixture
def files(visit: Open, tmp_path: Path) -> Callable[[str], bytes]:
    person = visit()
    person.upload_file(WORKED)
    person.go_to("Take it away")

    def take(label: str) -> bytes:
        with person.page.expect_download() as download:
            person.page.get_by_role("button", name=label, exact=True).click()
        target = tmp_path / download.value.suggested_filename
        download.value.save_as(target)
        return target.read_bytes()

    return take


def test_every_file_can_be_taken_away_and_opened(files: Callable[[str], bytes]) -> None:
    html = files("Download HTML report").decode()
    assert "42.4 days" in html
    assert "<svg" in html
    assert not re.search(r'(src|href)="(https?:)?//', html)
    book = openpyxl.load_workbook(io.BytesIO(files("Download Excel workbook")))
    assert len(book.sheetnames) > 1
    rows = list(csv.DictReader(io.StringIO(files("Download CSV").decode("utf-8-sig"))))
    assert sum(float(row["Wait time (h)"]) for row in rows) == 292
    assert files("Download Markdown").decode().startswith("# ")
    assert b"<svg" in files("Download SVG")
    assert files("Download PNG").startswith(b"\x89PNG")
    assert files("Download PDF").startswith(b"%PDF")
    charts = zipfile.ZipFile(io.BytesIO(files("Download all charts")))
    assert charts.testzip() is None
    assert {name.rsplit(".", 1)[1] for name in charts.namelist()} == {"png", "svg"}
