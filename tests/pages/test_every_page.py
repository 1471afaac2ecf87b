"""What holds on every analysis page: it says what is missing, survives gaps, and shows names letter by letter."""

from __future__ import annotations

import re

import pytest
from streamlit.testing.v1 import AppTest

from tests.pages.opening import PAGES, open_empty, open_page, words

HOSTILE = (
    "Stage,Processing time (h),Wait time (h),%C&A,Team,Note\n"
    '"![x](http://evil.example/a.png)",1,20,90,"<img src=x onerror=alert(1)>",":red[note] $x$"\n'
    '"<img src=x onerror=alert(1)>",2,5,80,"[team](javascript:alert(1))","<script>alert(1)</script>"\n'
    '"$x$ # *b*",3,1,70,"`t`","http://evil.example"\n'
)
# Markdown or HTML that is alive: not preceded by the backslash that makes it plain text.
LIVE = re.compile(r"(?<!\\)(!\[|<img|<script|\$x|:red\[|\]\(|`t`|\*b\*)")
GAPS = {
    "only names": "Stage\nIdea\nBuild\nShip\n",
    "only processing": "Stage,Processing time (h)\nIdea,1\nBuild,2\n",
    "only waits": "Stage,Wait time (h)\nIdea,10\nBuild,10\n",
    "one stage": "Stage,Processing time (h),Wait time (h),%C&A\nBuild,2,6,80\n",
    "nothing but zeros": "Stage,Processing time (h),Wait time (h),%C&A\nIdea,0,0,100\nBuild,0,0,100\n",
    "never finishes": "Stage,Processing time (h),Wait time (h),%C&A\nIdea,1,2,90\nBuild,1,2,0\n",
    "overloaded": "Stage,Processing time (h),Wait time (h),%C&A,People,Demand per week\nA,1,2,90,2,9\nB,8,3,95,1,9\n",
    "parallel": "Stage,Processing time (h),Wait time (h),Runs in parallel\nA,1,2,\nB,3,4,x\nC,5,6,x\nD,1,0,\n",
}


def texts(test: AppTest) -> list[str]:
    """Collect the raw Markdown of a page: escaping marks included."""
    elements = [*test.markdown, *test.caption, *test.header, *test.subheader, *test.title, *test.metric]
    labels = [*test.metric, *test.expander, *test.button, *test.checkbox, *test.toggle]
    return [str(e.value) for e in elements] + [str(e.label) for e in labels]


@pytest.mark.parametrize("page", PAGES)
def test_says_what_would_be_here_and_offers_a_way_to_it(page: str) -> None:
    test = open_empty(page)
    assert "Here you will see" in words(test)
    test.button(key="sample_software_delivery").click().run()
    assert not test.exception
    assert "Here you will see" not in words(test)


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("gap", GAPS)
def test_survives_what_is_missing(page: str, gap: str) -> None:
    test = open_page(page, GAPS[gap])
    assert not [text for text in texts(test) if "None" in text or "nan" in text.split()]


@pytest.mark.parametrize("page", PAGES)
def test_shows_names_from_the_file_letter_by_letter(page: str) -> None:
    test = open_page(page, HOSTILE)
    assert "Here you will see" not in words(test)
    for text in texts(test):
        assert not LIVE.search(text), text
