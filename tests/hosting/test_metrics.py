"""/metrics: nothing without a token of the host's; with it, counts and no names."""

from __future__ import annotations

import datetime as dt
import math
from pathlib import Path

import pytest
from prometheus_client.parser import text_string_to_metric_families
from starlette.applications import Starlette
from starlette.requests import Request

from pages.shared.doors import metrics
from tests.pages.opening import open_page
from vsm.hosting import measures
from vsm.hosting.switches import SettingError
from vsm.sharing.drafts import DraftContent
from vsm.sharing.sealing import Seal
from vsm.sharing.settings import SharingSettings


def answer(token: str | None) -> tuple[int, str]:
    headers = [] if token is None else [(b"authorization", token.encode())]
    scope = {"type": "http", "method": "GET", "path": "/metrics", "headers": headers, "app": Starlette()}
    response = metrics(Request(scope))
    return response.status_code, bytes(response.body).decode()


def figures(text: str) -> dict[str, float]:
    return {
        sample.name: sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
        if not sample.labels
    }


def test_there_are_no_figures_without_a_token_of_the_host(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.delenv("VSM_METRICS_TOKEN", raising=False)
    assert answer(None)[0] == 404
    assert answer("Bearer ")[0] == 404


@pytest.mark.parametrize(
    "given", [None, "Bearer", "Bearer wrong", "Basic right-for-the-host", "Bearer right-for-the-host "]
)
def test_another_token_opens_nothing(monkeypatch: pytest.MonkeyPatch, given: str | None):
    monkeypatch.setenv("VSM_METRICS_TOKEN", "right-for-the-host")
    status, body = answer(given)
    assert status == 401
    assert "vsm_" not in body


def test_the_scheme_may_be_written_in_any_letters(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("VSM_METRICS_TOKEN", "right-for-the-host")
    assert answer("bearer right-for-the-host")[0] == 200


def test_a_token_that_could_be_guessed_is_refused():
    with pytest.raises(SettingError, match="at least 16"):
        measures.token({"VSM_METRICS_TOKEN": "x" * 15})
    assert measures.token({"VSM_METRICS_TOKEN": "x" * 16}) == "x" * 16


def test_what_a_visitor_does_is_counted(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("VSM_METRICS_TOKEN", "right-for-the-host")
    before = figures(answer("Bearer right-for-the-host")[1])
    test = open_page("overview.py")
    after = figures(answer("Bearer right-for-the-host")[1])
    assert after["vsm_reruns_total"] == before["vsm_reruns_total"] + 2
    assert after["vsm_analysis_seconds_count"] > before["vsm_analysis_seconds_count"]
    assert after["vsm_uploads_total"] == before["vsm_uploads_total"]
    assert after["process_resident_memory_bytes"] > 1e6
    test.switch_page("data.py").run()
    test.text_area(key="pasted_block").set_value("").run()
    next(button for button in test.button if button.label == "Use the pasted table").click().run()
    last = figures(answer("Bearer right-for-the-host")[1])
    assert last["vsm_uploads_total"] == after["vsm_uploads_total"] + 1
    assert last["vsm_refusals_total"] == after["vsm_refusals_total"] + 1


def test_drafts_are_counted_and_a_store_that_does_not_answer_is_no_number(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
):
    monkeypatch.setenv("VSM_METRICS_TOKEN", "right-for-the-host")
    monkeypatch.setenv("VSM_STORE_URL", f"sqlite:///{tmp_path / 'store.sqlite'}")
    assert figures(answer("Bearer right-for-the-host")[1])["vsm_drafts"] == 0
    assert not list(tmp_path.iterdir())
    settings = SharingSettings.from_environment()
    drafts = settings.drafts_in(settings.open_store())
    for token in ("one", "two"):
        drafts.begin(Seal(token, ""), DraftContent(state=b"{}", files={}), dt.datetime.now(dt.UTC))
    assert figures(answer("Bearer right-for-the-host")[1])["vsm_drafts"] == 2
    monkeypatch.setenv("VSM_STORE_URL", f"sqlite:///{tmp_path}")
    assert math.isnan(figures(answer("Bearer right-for-the-host")[1])["vsm_drafts"])


def test_nothing_of_a_visitor_stands_in_the_figures():
    labels = {label for family in measures.REGISTRY.collect() for sample in family.samples for label in sample.labels}
    assert labels <= {"le"}
