"""Three hundred hostile strings on every page: none fails, and no name becomes a link, picture, colour or formula."""

from __future__ import annotations

import re

import pytest
from markdown_it import MarkdownIt
from streamlit.testing.v1 import AppTest

from pages.shared.menu import DATA_PAGE, ENTRIES
from tests.hostile import EVIL, STRINGS, item_log, stage_table
from tests.pages.log_opening import open_log
from tests.pages.opening import open_page
from tests.pages.test_every_page import texts
from tests.reports.test_html import Page

_LIVE = re.compile(r"(?<!\\)(\$|:(red|material|streamlit)\b)")
_MARKDOWN = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
_ADDRESS = re.compile(rf"(?i)(https?://|www\.|\w@){re.escape(EVIL)}")


def opened(data: str) -> AppTest:
    return (
        open_page(DATA_PAGE, stage_table(STRINGS[::2])) if data == "stages" else open_log(DATA_PAGE, item_log(STRINGS))
    )


@pytest.mark.parametrize("data", ["stages", "items"])
def test_names_stay_names_on_every_page(data: str) -> None:
    test, seen = opened(data), 0
    for entry in ENTRIES:
        test.switch_page(entry.file).run()
        assert not test.exception, f"{entry.file}: {test.exception[0].stack_trace}"
        for text in texts(test):
            assert_dead(text, entry.file)
            seen += EVIL in text.replace("\\", "").replace("\u2060", "")
    assert seen > 5


def assert_dead(text: str, page: str) -> None:
    shown = Page(_MARKDOWN.render(text))
    for tag, attributes in shown.elements:
        assert tag not in ("img", "script", "iframe", "svg"), f"{page}: {text[:300]}"
        target = attributes.get("href") or ""
        assert EVIL not in target, f"{page}: {text[:300]}"
        assert not target.startswith("javascript"), f"{page}: {text[:300]}"
    # What Streamlit brings to life beyond Markdown: addresses as they stand, formulas, colours and icons.
    assert not _ADDRESS.search(shown.text), f"{page}: {text[:300]}"
    assert not _LIVE.search(text), f"{page}: {text[:300]}"
