"""The guide for those without data: its chapters, the sheet to print and the templates."""

from __future__ import annotations

from streamlit.testing.v1 import AppTest

from tests.pages.opening import ROOT
from vsm.guide import GUIDE


def test_the_guide_shows_its_chapters_in_order_with_downloads_and_the_way_on():
    page = AppTest.from_file(str(ROOT / "pages" / "frame.py"), default_timeout=20).run()
    page.switch_page("guide.py").run()
    assert not page.exception
    assert [heading.value for heading in page.subheader] == [
        f"{number}. {chapter.title}" for number, chapter in enumerate(GUIDE, start=1)
    ]
    labels = [button.label for button in page.download_button]
    assert labels == ["Interview sheet to print (A4)", "Template for Excel or LibreOffice (xlsx)", "Template as CSV"]
    assert "You have figures? Bring your data" in [link.label for link in page.get("page_link")]
