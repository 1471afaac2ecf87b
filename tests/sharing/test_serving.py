"""What stands under a publication's link: every form, the right status where there is none, and its headers."""

from __future__ import annotations

import datetime as dt
import gzip
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.types import Receive, Scope, Send
from streamlit import config

import app
from pages.shared.doors import Doors, _sign_in_first
from tests.sharing.server import Server
from vsm import analyse, read
from vsm.changes import SetWaitTime
from vsm.hosting.access import Access, LinksOpenTo
from vsm.plan import PlannedChange, Scenario
from vsm.sharing.forms import Form, unpack
from vsm.sharing.found import Links
from vsm.sharing.frozen import read_frozen
from vsm.sharing.rendering import render
from vsm.sharing.settings import SharingSettings
from vsm.sharing.store import KEPT_VERSIONS, Store
from vsm.subject import Subject

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = ROOT / "sample_data" / "software_delivery.csv"
DAY = dt.timedelta(days=1)


@pytest.fixture
def server() -> Server:
    return Server()


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Store:
    monkeypatch.setenv("VSM_STORE_URL", f"sqlite:///{tmp_path / 'store.sqlite'}")
    return SharingSettings.from_environment().open_store()


Publish = Callable[..., Links]


def bodies(title: str = "Software delivery", stage: str | None = None) -> dict[str, bytes]:
    reading = read(SAMPLE)
    stream = reading.stream
    if stage is not None:
        stream = replace(stream, stages=(replace(stream.stages[0], name=stage), *stream.stages[1:]))
    return dict(render(Subject(analyse(stream)), reading, title))


@pytest.fixture(scope="module")
def rendered() -> dict[str, bytes]:
    return bodies()


@pytest.fixture
def published(store: Store, rendered: dict[str, bytes]) -> Links:
    now = dt.datetime.now(dt.UTC)
    return store.publish("Software delivery", rendered, now + 7 * DAY, now)


def test_the_page_shows_figures_map_and_when_it_was_frozen(server: Server, published: Links) -> None:
    answer = server.get(f"/p/{published.read}")
    assert (answer.status, answer.headers["content-type"]) == (200, "text/html; charset=utf-8")
    assert "42.4 days" in answer.text  # 339 h at 8 h a day
    assert "<svg" in answer.text
    assert f"As of {dt.datetime.now(dt.UTC):%-d %B %Y}" in answer.text
    assert "opens until" in answer.text
    assert f'href="../overview?publication={published.read}"' in answer.text
    assert answer.text.count("<body>") == 1


def test_every_other_form_of_the_same_content(server: Server, published: Links) -> None:
    figures = server.get(f"/p/{published.read}.json")
    assert figures.headers["content-type"] == "application/json"
    assert json.loads(figures.body)["stream"]["lead_time_hours"] == 339
    table = server.get(f"/p/{published.read}.csv")
    assert table.headers["content-disposition"] == 'attachment; filename="stages.csv"'
    assert len(table.body.decode("utf-8-sig").splitlines()) == 11  # ten stages under their header


def test_the_map_and_every_chart_of_the_page_are_pictures_that_the_page_lists(server: Server, published: Links) -> None:
    page = server.get(f"/p/{published.read}").text
    names = {"map", *re.findall(r'data-chart="(\w+)"', page)}
    assert {"time_per_stage", "longest_waits", "handoffs"} < names
    for name in names:
        for ending, kind, begins in ((".svg", "image/svg+xml", b"<svg"), (".png", "image/png", b"\x89PNG")):
            assert f'href="{published.read}/{name}{ending}"' in page
            answer = server.get(f"/p/{published.read}/{name}{ending}")
            assert (answer.status, answer.headers["content-type"]) == (200, kind)
            assert begins in answer.body[:200]
            assert answer.headers["cross-origin-resource-policy"] == "cross-origin"


def test_the_future_state_has_its_map_and_its_steps_as_pictures(server: Server, store: Store) -> None:
    now, reading = dt.datetime.now(dt.UTC), read(SAMPLE)
    scenario = Scenario(name="Less", planned=(PlannedChange(change=SetWaitTime(stage="Testing", hours=5)),))
    links = store.publish("A", render(Subject(analyse(reading.stream), None, scenario), reading, "A"), None, now)
    for name in ("future_map", "waterfall"):
        assert server.get(f"/p/{links.read}/{name}.png").status == 200
    assert "waterfall" in json.loads(server.get(f"/p/{links.read}/charts.json").body)


def test_charts_come_with_their_data_and_the_script_that_draws_them(server: Server, published: Links) -> None:
    page = server.get(f"/p/{published.read}").text
    charts = json.loads(server.get(f"/p/{published.read}/charts.json").body)
    assert list(charts) == re.findall(r'data-chart="(\w+)"', page)
    (rows, *_) = charts["time_per_stage"]["datasets"].values()
    assert rows[0]["c6"] == "Processing: 30 min"  # the first stage, as the sample states it
    ((place, asks),) = re.findall(r'<script defer src="([^"]+)" data-charts="([^"]+)"></script>', page)
    assert asks == f"{published.read}/charts.json"
    script = server.get(f"/p/{place}", gzipped=True)
    assert script.headers["content-type"] == "text/javascript; charset=utf-8"
    assert script.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert gzip.decompress(script.body).decode().endswith("drawWhatIsSeen();")
    assert len(script.body) < 400_000
    assert server.get("/p/scripts/charts-0.js").status == 404


@pytest.mark.parametrize("form", ["", ".json", ".csv", "/map.svg"])
def test_it_comes_packed_to_whoever_can_unpack_it(server: Server, published: Links, form: str) -> None:
    packed, plain = server.get(f"/p/{published.read}{form}", gzipped=True), server.get(f"/p/{published.read}{form}")
    assert packed.headers["content-encoding"] == "gzip"
    assert gzip.decompress(packed.body) == plain.body


def test_the_head_of_a_page_is_answered_and_nothing_can_be_sent_to_it(server: Server, published: Links) -> None:
    whole, head = server.get(f"/p/{published.read}"), server.get(f"/p/{published.read}", method="HEAD")
    assert head.status == 200
    assert head.headers["content-length"] == str(len(whole.body))
    assert server.get(f"/p/{published.read}", method="POST").status == 405


@pytest.mark.parametrize("form", ["", ".json", ".csv", "/map.svg", "/map.png"])
def test_a_link_that_never_was_is_not_found(server: Server, published: Links, form: str) -> None:
    for token in (published.owner, "x" * 32, "x", "%", "é", "a" * 5000):
        answer = server.get(f"/p/{token}{form}")
        assert answer.status == 404
        assert "There is no publication under this link" in answer.text
    assert server.get(f"/p/{published.read}/other").status == 404
    assert "has no such picture" in server.get(f"/p/{published.read}/other.png").text


def test_nothing_is_made_where_nothing_was_ever_published(
    server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VSM_STORE_URL", f"sqlite:///{tmp_path / 'folder' / 'store.sqlite'}")
    assert server.get("/p/anything").status == 404
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("form", ["", ".json", ".csv", "/map.svg", "/map.png"])
def test_a_revoked_link_is_gone_within_half_a_second(server: Server, store: Store, published: Links, form: str) -> None:
    assert server.get(f"/p/{published.read}{form}").status == 200
    store.revoke(published.owner, dt.datetime.now(dt.UTC))
    server.seconds += 0.5
    answer = server.get(f"/p/{published.read}{form}")
    assert answer.status == 410
    assert "took it down" in answer.text


def test_a_link_that_is_revoked_while_it_is_opened_is_gone(
    server: Server, published: Links, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Store, "body", lambda *_: None)
    answer = server.get(f"/p/{published.read}")
    assert (answer.status, "took it down" in answer.text) == (410, True)


def test_an_expired_link_is_gone_and_says_since_when(server: Server, store: Store, rendered: dict[str, bytes]) -> None:
    over = dt.datetime(2026, 3, 1, 9, 5, tzinfo=dt.UTC)
    links = store.publish("A", rendered, over, over - DAY)
    answer = server.get(f"/p/{links.read}")
    assert answer.status == 410
    assert "until 1 March 2026, 09:05 UTC" in answer.text


def test_a_replaced_publication_shows_the_new_content_and_the_dates_of_both(
    server: Server, store: Store, published: Links
) -> None:
    assert "Version" not in server.get(f"/p/{published.read}").text.split("<main>")[0].split("</style>")[-1]
    store.replace(published.owner, "Second title", bodies("Second title"), dt.datetime.now(dt.UTC))
    server.seconds += 0.5
    page = server.get(f"/p/{published.read}").text
    assert "<h1>Second title</h1>" in page
    assert re.search(r"Version 2: .* UTC, shown here", page)
    assert f'<a href="{published.read}.1">Version 1</a>: ' in page


def test_an_earlier_version_opens_in_every_form_and_says_which_is_the_newest(
    server: Server, store: Store, published: Links
) -> None:
    other = bodies("Second title", stage="Another stage")
    store.replace(published.owner, "Second title", other, dt.datetime.now(dt.UTC))
    first, second = (server.get(f"/p/{published.read}.{number}").text for number in (1, 2))
    assert "<h1>Software delivery</h1>" in first
    assert "Version 1, an earlier one" in first
    assert f'<a href="{published.read}">Open version 2, the newest</a>' in first
    assert f'href="../overview?publication={published.read}.1"' in first
    assert f'href="{published.read}.1/map.svg"' in first
    assert "<h1>Second title</h1>" in second
    for form in (".json", ".csv", "/map.svg"):
        assert "Another stage" not in server.get(f"/p/{published.read}.1{form}").text
        assert "Another stage" in server.get(f"/p/{published.read}{form}").text


def test_a_version_that_is_not_there_is_said_to_who_holds_the_link(
    server: Server, store: Store, published: Links, rendered: dict[str, bytes]
) -> None:
    for _ in range(KEPT_VERSIONS):
        store.replace(published.owner, "A", rendered, dt.datetime.now(dt.UTC))
    gone, never = server.get(f"/p/{published.read}.1"), server.get(f"/p/{published.read}.99.json")
    assert (gone.status, never.status) == (410, 404)
    assert "Version 1 of this publication is no longer kept" in gone.text
    assert "There is no version 99" in never.text
    assert "There is no publication under this link" in server.get(f"/p/{published.owner}.1").text


def test_revoking_takes_all_versions(server: Server, store: Store, published: Links) -> None:
    store.replace(published.owner, "Second title", bodies("Second title"), dt.datetime.now(dt.UTC))
    store.revoke(published.owner, dt.datetime.now(dt.UTC))
    for version in ("", ".1", ".2", ".3"):
        answer = server.get(f"/p/{published.read}{version}")
        assert (answer.status, "took it down" in answer.text) == (410, True)


@pytest.mark.parametrize("path", ["/p/{}", "/p/{}.json", "/p/{}/map.svg", "/p/unknown", "/p/"])
def test_nothing_under_a_link_but_our_script_runs_and_nothing_is_kept_or_indexed(
    server: Server, published: Links, path: str
) -> None:
    headers = server.get(path.format(published.read)).headers
    policy = dict(part.split(" ", 1) for part in headers["content-security-policy"].split("; "))
    assert policy["default-src"] == "'none'"
    # A page may run a script of ours, from a file, and ask for its own charts.
    ours = None if path.endswith((".json", ".svg")) else "'self'"
    assert (policy.get("script-src"), policy.get("connect-src")) == (ours, ours)
    assert policy["frame-ancestors"] == "'none'"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["cache-control"] == "no-store"
    assert "noindex" in headers["x-robots-tag"]
    assert headers["x-content-type-options"] == "nosniff"
    assert "set-cookie" not in headers
    cross = "cross-origin" if path.endswith(".svg") else "same-origin"
    assert headers["cross-origin-resource-policy"] == cross


HOSTILE = "</title></head><body>\n<script>alert(1)</script><img src=http://evil.example/a.png>{{ 7*7 }}"


def test_a_hostile_title_and_stage_stay_text(server: Server, store: Store) -> None:
    now = dt.datetime.now(dt.UTC)
    links = store.publish(HOSTILE, bodies(HOSTILE, stage=HOSTILE), None, now)
    for form in ("", "/map.svg"):
        text = server.get(f"/p/{links.read}{form}").text
        assert re.findall("<script.{0,6}", text) == (["<script defer"] if form == "" else [])
        assert "<img" not in text
        assert "alert(1)" in text
        assert "49" not in re.findall(r"a\.png&gt;(.{0,12})", text)
    assert server.get(f"/p/{links.read}").text.count("<body>") == 1


def test_whoever_guesses_has_to_wait_and_no_link_that_opens(server: Server, published: Links) -> None:
    codes = [server.get(f"/p/{i}", client="192.0.2.7").status for i in range(31)]
    assert codes == [404] * 30 + [429]
    refused = server.get("/p/another", client="192.0.2.7")
    assert (refused.status, refused.headers["retry-after"]) == (429, "60")
    assert server.get("/p/another", client="192.0.2.8").status == 404
    # Somebody else in the same office, whom the same address stands for.
    assert server.get(f"/p/{published.read}", client="192.0.2.7").status == 200
    server.seconds = 2
    assert server.get("/p/another", client="192.0.2.7").status == 404


@pytest.fixture
def below_vsm() -> Iterator[None]:
    """The path that STREAMLIT_SERVER_BASE_URL_PATH sets."""
    config.set_option("server.baseUrlPath", "vsm")
    yield
    config.set_option("server.baseUrlPath", "")


@pytest.mark.usefixtures("below_vsm")
def test_below_a_path_all_answers_there_and_without_it(published: Links) -> None:
    whole = Server(Starlette(routes=app.app._user_routes, middleware=app.app._user_middleware))
    for base in ("", "/vsm"):
        assert whole.get(f"{base}/healthz").text == "ok"
        assert whole.get(f"{base}/robots.txt").text.startswith("User-agent")
        page = whole.get(f"{base}/p/{published.read}")
        assert "42.4 days" in page.text
        assert page.headers["cache-control"] == "no-store"
        assert whole.get(f"{base}/p/unknown").status == 404
    assert whole.get(f"/vsmp/p/{published.read}").status == 404


@pytest.mark.usefixtures("below_vsm")
def test_below_a_path_the_sign_in_is_there_too() -> None:
    assert _sign_in_first("/p/some").headers["location"] == "/vsm/"


def test_a_program_that_may_not_open_a_link_is_told_so_and_a_person_led_to_the_sign_in(published: Links) -> None:
    async def inside(scope: Scope, receive: Receive, send: Send) -> None:
        raise AssertionError("nobody may pass")

    door = Doors(inside)
    door._access = Access(sign_in=True, links=LinksOpenTo.SIGNED_IN)
    server = Server(Starlette(middleware=[Middleware(lambda _: door)]))
    assert server.get(f"/p/{published.read}").status == 303
    for file in (".json", ".csv", ".2.json", "/map.svg", "/charts.json"):
        assert server.get(f"/p/{published.read}{file}").status == 401


def test_a_store_that_does_not_answer_is_said(
    server: Server, published: Links, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VSM_STORE_URL", "postgresql://u@127.0.0.1:1/x")
    pytest.importorskip("pg8000")
    answer = server.get(f"/p/{published.read}")
    assert answer.status == 503
    assert "does not answer" in answer.text


def test_the_health_check_asks_the_store_only_where_there_is_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = Server(Starlette(routes=app.app._user_routes))
    monkeypatch.setenv("VSM_STORE_URL", f"sqlite:///{tmp_path / 'store.sqlite'}")
    assert whole.get("/healthz").text == "ok"
    assert list(tmp_path.iterdir()) == []
    (tmp_path / "store.sqlite").write_bytes(b"no store at all, but a letter to my aunt" * 50)
    assert whole.get("/healthz").status == 503


def test_a_publication_opens_in_full_as_it_was_frozen(store: Store) -> None:
    reading = read(SAMPLE)
    scenario = Scenario(name="Less", planned=(PlannedChange(change=SetWaitTime(stage="Testing", hours=5)),))
    made = render(Subject(analyse(reading.stream), None, scenario), reading, "A title")
    frozen = read_frozen(unpack(Form.DATA, made[Form.DATA]))
    assert frozen.stream == replace(reading.stream, name="A title")
    assert frozen.scenario == scenario
    # 339 h, of which Testing's wait of 30 h becomes 5 h
    assert json.loads(unpack(Form.FIGURES, made[Form.FIGURES]))["future"]["stream"]["lead_time_hours"] == 314


def test_the_store_is_asked_of_one_link_twice_a_second(
    server: Server, published: Links, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked, find = [], Store.find

    def noted(self: Store, token: str, now: dt.datetime) -> object:
        asked.append(server.seconds)
        return find(self, token, now)

    monkeypatch.setattr(Store, "find", noted)
    for tenth in range(16):
        server.seconds = tenth / 10
        assert server.get(f"/p/{published.read}").status == 200
    assert asked == [0, 0.5, 1, 1.5]
    for _ in range(2):  # what opens nothing is asked each time: guesses are counted
        server.get("/p/unknown")
    assert len(asked) == 6
