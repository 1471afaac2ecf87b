"""Open an analysis page as a visitor would who has brought a file, for the tests of the pages."""

from __future__ import annotations

from pathlib import Path

from streamlit.testing.v1 import AppTest

from pages.shared.session import Loaded

ROOT = Path(__file__).resolve().parents[2]
PAGES = (
    "overview.py",
    "stream_map.py",
    "stages.py",
    "bottlenecks.py",
    "what_if.py",
    "summary.py",
    "take_away.py",
    "share.py",
    "method.py",
)
WORKED = "software_delivery.csv"


def open_page(
    page: str, data: str | None = None, *, sample: str = WORKED, query: dict[str, str] | None = None
) -> AppTest:
    """Run a page with a CSV text loaded, or with a sample where none is given; it must not fail."""
    content = data.encode() if data is not None else (ROOT / "sample_data" / sample).read_bytes()
    test = AppTest.from_file(str(ROOT / "pages" / "frame.py"), default_timeout=20)
    test.session_state["loaded"] = Loaded(name="typed.csv" if data is not None else sample, data=content)
    test.run()
    test.query_params.update(query or {})
    test.switch_page(page).run()
    assert not test.exception, test.exception[0].stack_trace
    return test


def open_empty(page: str) -> AppTest:
    """Run a page before anything is loaded."""
    test = AppTest.from_file(str(ROOT / "pages" / "frame.py"), default_timeout=20).run()
    test.switch_page(page).run()
    assert not test.exception, test.exception[0].stack_trace
    return test


def words(test: AppTest) -> str:
    """Join everything that a page says in text, with the marks of escaping taken out."""
    elements = [*test.markdown, *test.caption, *test.header, *test.subheader, *test.metric]
    texts = [str(e.value) for e in elements] + [str(e.label) for e in (*test.metric, *test.expander)]
    return "\n".join(texts).replace("\\", "")
