"""What is computed once and kept: no click repeats it, another content never meets it, and no other visitor can."""

from __future__ import annotations

import gc
import re
from dataclasses import replace

import pytest

from pages.shared import analysed, map_view, session
from pages.shared.session import Loaded
from tests.pages.log_opening import event_log, open_log
from tests.pages.opening import ROOT, open_page, words
from vsm.items.log import Log

HEAD = "Stage,Processing time (h),Wait time (h)\n"


def counted(monkeypatch: pytest.MonkeyPatch, module: object, name: str) -> list[object]:
    """List the first argument of each call of a function from now on."""
    calls, real = [], getattr(module, name)

    def noted(first: object, *args: object, **kwargs: object) -> object:
        calls.append(first)
        return real(first, *args, **kwargs)

    monkeypatch.setattr(module, name, noted)
    return calls


def test_a_click_neither_analyses_nor_draws_again(monkeypatch: pytest.MonkeyPatch) -> None:
    analyses, maps = counted(monkeypatch, analysed, "analyse"), counted(monkeypatch, map_view, "value_stream_map")
    test = open_page("overview.py", HEAD + "Asked once,4,16\nBuild,8,24\n")
    assert (len(analyses), len(maps)) == (1, 2)  # the map on a light and on a dark ground
    test.run()
    assert (len(analyses), len(maps)) == (1, 2)


def test_another_content_under_the_same_name_is_read_anew() -> None:
    test = open_page("overview.py", HEAD + "Design,4,16\nBuild,8,20\n")
    assert "6 days" in words(test)  # 4 + 16 + 8 + 20 = 48 h, at 8 h a day
    test.session_state["loaded"] = Loaded(name="typed.csv", data=(HEAD + "Design,4,16\nBuild,8,28\n").encode())
    assert "7 days" in words(test.run())


def test_two_typed_tables_are_two() -> None:
    test = open_page("overview.py")
    typed = Loaded(name="Typed table", rows=(("Stage", "Processing time (h)", "Wait time (h)"), ("Design", "8", "32")))
    test.session_state["loaded"] = typed
    assert "5 days" in words(test.run())
    assert typed.rows is not None
    test.session_state["loaded"] = replace(typed, rows=(*typed.rows, ("Build", "8", "24")))
    assert "9 days" in words(test.run())


def test_what_another_choice_would_give_is_read_once_and_leaves_one_log_in_memory(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    reads = counted(monkeypatch, session, "read_log")
    test = open_log("data.py", event_log(name="Kept-{}"))
    read = len(reads)
    test.run()
    assert len(reads) == read > 1
    gc.collect()
    # No isinstance: it would wake objects that only stand for others.
    assert sum(type(kept) is Log and "Kept-0" in kept.items for kept in gc.get_objects()) == 1


def test_whatever_is_kept_belongs_to_one_visit_and_is_bounded() -> None:
    found = 0
    for path in (ROOT / "pages").rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        found += text.count("st.cache_")
        bounded = re.findall(r'@st\.cache_resource\(scope="session", max_entries=\d+,', text)
        assert len(bounded) == text.count("st.cache_"), path.name
    assert found > 0
