"""The value stream map: what is on it, where it stands, and that no name can break it."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from dataclasses import replace
from itertools import combinations, pairwise

import pytest

from tests.streams import WORKED, stream_of
from vsm.analysis import Analysis, analyse
from vsm.bottlenecks import Kind
from vsm.charts.map_layout import MapLayout, Rect, lay_out
from vsm.charts.value_stream_map import Theme, map_description, value_stream_map
from vsm.model import Definitions, Stage, ValueStream, WaitSide

SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = (
    '<script>alert("x")</script>',
    "=1+1",
    "x" * 10_000,
    "👩‍👩‍👧 emoji",
    "عملية طويلة",
    "\u202eturned",
    "nul\x00bell\x07\ud800\ufffe",
    "</svg>&amp;]]>",
    "",
    "   ",
)
PARALLEL = stream_of(
    Stage(name="Receive", processing_time=1.0, wait_time=4.0),
    Stage(name="Credit check", processing_time=1.0, wait_time=6.0, parallel_group="checks"),
    Stage(name="Legal check", processing_time=3.0, wait_time=40.0, parallel_group="checks"),
    Stage(name="Pay out", processing_time=2.0, wait_time=0.0),
)


def numbered(count: int) -> ValueStream:
    return stream_of(*(Stage(name=f"Stage {i}", processing_time=1.0, wait_time=float(i % 5)) for i in range(count)))


def drawn(analysis: Analysis, **choices: object) -> ET.Element:
    return ET.fromstring(value_stream_map(analysis, **choices))  # type: ignore[arg-type]


def words(element: ET.Element) -> list[str]:
    return [text.text or "" for text in element.iter(f"{SVG}text")]


def groups(root: ET.Element, kind: str) -> list[ET.Element]:
    return [g for g in root.iter(f"{SVG}g") if g.get("class") == kind]


def places(stream: ValueStream, *, teams: bool = False) -> MapLayout:
    return lay_out(analyse(stream), teams=teams, foot=40)


def overlap(one: Rect, other: Rect) -> bool:
    return one.x < other.right and other.x < one.right and one.y < other.bottom and other.y < one.bottom


def test_every_stage_is_on_the_map_with_its_figures() -> None:
    stages = groups(drawn(analyse(WORKED)), "stage")
    assert [g.get("data-stage") for g in stages] == [str(i) for i in range(10)]
    testing = words(stages[6])
    # Processing 8 h, %C&A 70 %, batch 10, 3 people touching, (8 + 30) / 339 of the lead time.
    assert testing[:7] == ["Testing", "Processing", "8 h", "%C&A", "70%", "Batch", "10"]
    assert testing[7:] == ["Handoffs", "3", "Of lead time", "11.2%"]


def test_every_wait_is_on_the_map_in_words() -> None:
    queues = groups(drawn(analyse(WORKED)), "queue")
    said = [" ".join(words(g)) for g in queues]
    # 16, 80, 60, 40, 12, 20, 30, 24, 10 and 0 hours in days of eight hours, hours below two days.
    assert said == [
        "2 days", "10 days", "7.5 days", "5 days", "12 h", "2.5 days", "3.8 days", "3 days", "10 h", "0 h",
    ]  # fmt: skip


def test_the_totals_are_those_of_the_analysis_in_words() -> None:
    found = words(drawn(analyse(WORKED)))
    for label, value in (  # 339 h, 292 h and 47 h in days of eight hours; 47 / 339
        ("Lead time", "42.4 days"),
        ("Waiting", "36.5 days"),
        ("Processing", "5.9 days"),
        ("Flow efficiency", "13.9%"),
    ):
        assert (label, value) in pairwise(found)


def test_the_timeline_shows_each_time_once_more_under_its_box() -> None:
    found = words(drawn(analyse(stream_of(Stage(name="a", processing_time=3.0, wait_time=5.0)))))
    assert found.count("3 h") == 3  # data box, timeline, total
    assert found.count("5 h") == 3  # triangle, timeline, total


@pytest.mark.parametrize("teams", [False, True])
@pytest.mark.parametrize("side", list(WaitSide))
@pytest.mark.parametrize("stream", [WORKED, PARALLEL, numbered(1), numbered(4), numbered(25), numbered(60)])
def test_nothing_stands_on_anything_else(stream: ValueStream, side: WaitSide, teams: bool) -> None:
    layout = places(replace(stream, definitions=Definitions(wait=side)), teams=teams)
    solid = [rect for box in layout.boxes for rect in (box.box, box.band, box.burst, box.zone) if rect is not None]
    solid += [layout.supplier, layout.customer, layout.totals]
    assert not [pair for pair in combinations(solid, 2) if overlap(*pair)]
    assert all(r.x >= 0 and r.y >= 0 and r.right <= layout.width and r.bottom <= layout.height for r in solid)
    for row, following in pairwise(layout.rows):
        assert row.bottom < min(box.box.y for step in following.steps for box in step.boxes)


def test_the_burst_is_well_clear_of_its_box() -> None:
    box = next(box for box in places(WORKED).boxes if box.burst is not None)
    assert box.index == 2
    assert box.burst is not None
    assert box.box.y - box.burst.bottom >= 6


@pytest.mark.parametrize(
    ("stages", "rows"), [(1, [1]), (5, [5]), (6, [3, 3]), (9, [5, 4]), (10, [5, 5]), (12, [4] * 3), (40, [5] * 8)]
)
def test_long_streams_wrap_onto_rows_of_nearly_one_length(stages: int, rows: list[int]) -> None:
    assert [len(row.steps) for row in places(numbered(stages)).rows] == rows


SIDE_BY_SIDE = stream_of(
    *(Stage(name=f"{i}{branch}", parallel_group=str(i)) for i in range(5) for branch in ("a", "b")),
)


@pytest.mark.parametrize("stream", [WORKED, numbered(40), SIDE_BY_SIDE])
def test_a_map_of_any_length_stays_readable_beside_the_menu_on_a_screen_of_1280_pixels(stream: ValueStream) -> None:
    root = drawn(analyse(stream))
    smallest = min(float(text.get("font-size", "0")) for text in root.iter(f"{SVG}text"))
    assert smallest * min(1, 954 / float(root.get("width", "0"))) >= 11


def test_a_wait_after_the_last_stage_stands_before_the_customer() -> None:
    stream = stream_of(Stage(name="a", wait_time=2.0), Stage(name="b", wait_time=9.0))
    layout = places(stream)
    first, last = layout.boxes
    assert first.box.right <= first.zone.x < first.zone.right <= last.box.x
    assert last.box.right <= last.zone.x
    assert last.zone.right <= layout.right_lane
    hints = [g.findtext(f"{SVG}title") for g in groups(drawn(analyse(stream)), "queue")]
    assert hints == ["Wait in front of b: 2 h", "Wait before the customer: 9 h"]


def test_a_wait_before_its_stage_stands_in_front_of_it() -> None:
    stream = stream_of(
        Stage(name="a", wait_time=2.0), Stage(name="b", wait_time=9.0), definitions=Definitions(wait=WaitSide.BEFORE)
    )
    layout = places(stream)
    for box in layout.boxes:
        assert box.zone.right <= box.box.x
    assert layout.left_lane <= layout.boxes[0].zone.x
    hints = [g.findtext(f"{SVG}title") for g in groups(drawn(analyse(stream)), "queue")]
    assert hints == ["Wait in front of a: 2 h", "Wait in front of b: 9 h"]


def test_the_longest_wait_is_marked_on_the_stage_that_it_accuses() -> None:
    (burst,) = groups(drawn(analyse(WORKED)), "burst")
    assert words(burst) == ["Longest", "wait"]
    (accused,) = [g for g in groups(drawn(analyse(WORKED)), "stage") if groups(g, "burst")]
    assert accused.get("data-stage") == "2"  # 80 h after Product discovery wait for Backlog refinement


def test_a_stage_without_capacity_is_marked_as_the_bottleneck() -> None:
    stream = stream_of(
        Stage(name="a", processing_time=1.0, people=1.0),
        Stage(name="b", processing_time=5.0, people=1.0),
        definitions=Definitions(demand=10),  # 50 hours of work a week for one person with 40
    )
    (burst,) = groups(drawn(analyse(stream)), "burst")
    assert words(burst) == ["Bottleneck"]


def test_a_queue_for_the_customer_accuses_no_stage() -> None:
    analysis = analyse(stream_of(Stage(name="a", wait_time=2.0), Stage(name="b", wait_time=50.0)))
    assert analysis.bottleneck.stages == ()
    box = lay_out(analysis, teams=False, foot=0).boxes[1]
    assert box.burst is not None
    assert box.burst.x < box.zone.middle < box.burst.right
    assert "longest wait" not in map_description(analysis).split("\n")[2].lower()
    assert map_description(analysis).endswith("The longest wait is before the customer.")


def test_without_a_clear_bottleneck_nothing_is_marked() -> None:
    analysis = analyse(stream_of(Stage(name="a", wait_time=5.0), Stage(name="b", wait_time=5.0), Stage(name="c")))
    assert analysis.bottleneck.kind is Kind.NONE
    svg = value_stream_map(analysis, theme=Theme.LIGHT)
    assert 'class="burst"' not in svg
    assert 'stroke="#B3261E"' not in svg


def test_parallel_stages_stand_under_each_other_and_the_timeline_follows_the_longest() -> None:
    layout = places(PARALLEL)
    (row,) = layout.rows
    credit, legal = row.steps[1].boxes
    assert credit.box.x == legal.box.x
    assert credit.box.bottom < legal.box.y
    fork, join = row.steps[1].fork, row.steps[1].join
    assert fork is not None
    assert join is not None
    assert fork < credit.box.x
    assert credit.zone.right < join
    found = words(drawn(analyse(PARALLEL)))
    assert "longest: Legal check" in found
    assert any("longest branch" in line for line in found)
    assert found.count("5 days") == 2  # 40 h: the triangle and the timeline
    assert found.count("6 h") == 1  # the shorter branch's wait: its triangle, not the timeline
    assert ("Lead time", "6.3 days") in pairwise(found)  # (1 + 4) + (3 + 40) + (2 + 0) = 50 h
    assert ("Processing", "7 h") in pairwise(found)  # 1 + 1 + 3 + 2: the work of all branches


def test_what_is_not_measured_is_a_dash_and_never_zero() -> None:
    root = drawn(analyse(stream_of(Stage(name="a", processing_time=2.0), Stage(name="b", wait_time=3.0))))
    first, second = groups(root, "stage")
    assert words(second)[:3] == ["b", "Processing", "–"]
    assert words(groups(root, "queue")[0]) == ["–"]
    assert not [word for word in words(root) if word.startswith("0")]
    assert "%C&A" not in words(first)
    assert "– means not measured." in words(root)


def test_a_zero_wait_has_no_triangle() -> None:
    none, some = groups(
        drawn(analyse(stream_of(Stage(name="a", wait_time=0.0), Stage(name="b", wait_time=1.0)))), "queue"
    )
    assert words(none) == ["0 h"]
    # The push arrow is one polygon, the triangle another.
    assert len(list(none.iter(f"{SVG}polygon"))) == 1
    assert len(list(some.iter(f"{SVG}polygon"))) == 2


def test_stages_can_be_chosen_by_key_and_say_what_they_are() -> None:
    testing = groups(drawn(analyse(WORKED)), "stage")[6]
    assert (testing.get("tabindex"), testing.get("role")) == ("0", "button")
    label = testing.get("aria-label") or ""
    assert label.startswith("Testing: processing 8 h, wait after it 3.8 days, %C&A 70%")
    root = drawn(analyse(WORKED))
    assert root.get("role") == "group"
    ids = {element.get("id") for element in root.iter() if element.get("id")}
    assert {root.get("aria-labelledby"), root.get("aria-describedby")} <= ids


def test_a_file_of_its_own_is_one_picture() -> None:
    svg = value_stream_map(analyse(WORKED), standalone=True)
    assert svg.startswith("<?xml")
    assert 'role="img"' in svg
    assert "tabindex=" not in svg


def test_two_maps_in_one_page_share_no_id() -> None:
    analysis = analyse(WORKED)
    maps = [
        value_stream_map(analysis, theme=Theme.LIGHT),
        value_stream_map(analysis, theme=Theme.DARK),
        value_stream_map(analysis, theme=Theme.DARK, key="after"),
        value_stream_map(analyse(PARALLEL), theme=Theme.LIGHT),
    ]
    ids = [found for svg in maps for found in re.findall(r' id="([^"]+)"', svg)]
    assert len(ids) == len(set(ids)) == 12  # the map, its title, its description


@pytest.mark.parametrize("theme", [Theme.LIGHT, Theme.DARK])
def test_a_fixed_theme_needs_no_variables(theme: Theme) -> None:
    svg = value_stream_map(analyse(WORKED), theme=theme)
    assert "var(" not in svg
    assert "@media" not in svg


def test_the_readers_theme_is_followed_by_css() -> None:
    svg = value_stream_map(analyse(WORKED))
    assert "prefers-color-scheme:dark" in svg
    assert not re.findall(r'(?:fill|stroke)="#', svg)


def test_the_same_analysis_gives_the_same_map() -> None:
    assert value_stream_map(analyse(WORKED)) == value_stream_map(analyse(WORKED))


@pytest.mark.parametrize("name", HOSTILE)
def test_no_name_breaks_the_map(name: str) -> None:
    stages = (Stage(name=name, processing_time=1.0, wait_time=3.0, team=name), Stage(name="b", team="Other"))
    analysis = analyse(ValueStream(stages=stages, name=name, start=name, end=name))
    svg = value_stream_map(analysis, colour_by_team=True, theme=Theme.LIGHT)
    root = ET.fromstring(svg)
    assert len(groups(root, "stage")) == 2
    assert not list(root.iter(f"{SVG}script"))
    assert "href" not in svg
    assert not re.search("[\x00-\x08\u202a-\u202e\ud800-\udfff\ufffe]", svg)
    assert len(map_description(analysis).split("\n")) >= 3


def test_a_long_name_is_cut_on_the_box_and_whole_in_its_hint() -> None:
    name = "Quality assurance and regression testing of the whole product"
    (stage,) = groups(drawn(analyse(stream_of(Stage(name=name, processing_time=1.0)))), "stage")
    title = words(stage)[:3]
    assert title[2].endswith("…")
    assert " ".join(title).removesuffix("…") == name[: len(" ".join(title)) - 1]
    assert name in (stage.findtext(f"{SVG}title") or "")


def test_huge_numbers_are_written_shorter() -> None:
    stage = Stage(name="a", processing_time=8e12, wait_time=8e12, batch_size=1e9, handoffs=1e15)
    found = words(drawn(analyse(stream_of(stage))))
    assert found.count("1.0e12 d") >= 2
    assert "1.0e9" in found


TEAMS = stream_of(
    Stage(name="a", team="Blue & Co", processing_time=1.0, wait_time=8.0),
    Stage(name="b", team="Blue & Co", processing_time=1.0, wait_time=4.0),
    Stage(name="c", team="Other", processing_time=1.0, wait_time=2.0),
)


def test_teams_are_named_on_coloured_bands_and_queues_between_them_marked() -> None:
    root = drawn(analyse(TEAMS), colour_by_team=True)
    assert [words(g)[0] for g in groups(root, "stage")] == ["a", "b", "c"]
    assert words(root).count("Blue & Co") == 2
    dashed = [len([x for x in g.iter(f"{SVG}polyline") if x.get("stroke-dasharray")]) for g in groups(root, "queue")]
    assert [bool(n) for n in dashed] == [False, True, False]
    assert "Waiting between teams (dashed line): 4 h; inside a team: 8 h; elsewhere: 2 h." in words(root)


def bands(root: ET.Element) -> list[tuple[str | None, int]]:
    """The ground of each stage's band, and how many upright bars stand on it."""
    rects = [[r for r in g.iter(f"{SVG}rect") if r.get("height") == "19"] for g in groups(root, "stage")]
    return [(first.get("fill"), len(bars)) for first, *bars in rects]


def test_two_teams_never_look_alike() -> None:
    stream = stream_of(*(Stage(name=str(i), processing_time=1.0, team=f"Team {i}") for i in range(15)))
    found = bands(drawn(analyse(stream), colour_by_team=True, theme=Theme.LIGHT))
    assert len(set(found)) == 15
    # Seven colours: the eighth team starts them again with a bar at each end, the fifteenth with two.
    assert [bars for _, bars in found] == [0] * 7 + [2] * 7 + [4]
    assert found[0][0] == found[7][0] == found[14][0]


def test_without_teams_colouring_by_team_changes_nothing() -> None:
    found = words(drawn(analyse(PARALLEL), colour_by_team=True))
    assert found == words(drawn(analyse(PARALLEL)))


def test_the_information_flow_says_the_demand_where_it_is_known() -> None:
    assert "Requests" in words(drawn(analyse(WORKED)))
    known = replace(WORKED, definitions=Definitions(demand=3))
    assert "Requests: 3 a week" in words(drawn(analyse(known)))


def test_the_description_tells_the_flow_in_words() -> None:
    lines = map_description(analyse(WORKED)).split("\n")
    assert lines[0] == (
        "Feature delivery, from Customer request to Validated in production: 10 stages, lead time 42.4 days, "
        "waiting 36.5 days, processing 5.9 days, flow efficiency 13.9%."
    )
    assert lines[1] == "1. Customer request: 30 min of work, then 2 days of waiting."
    assert lines[10] == "10. Customer validation: 2 h of work, then no waiting."
    assert lines[11] == "The longest wait is in front of Backlog refinement."


def test_the_description_puts_waiting_first_where_it_is_before_the_stage() -> None:
    stream = stream_of(Stage(name="a", wait_time=2.0), definitions=Definitions(wait=WaitSide.BEFORE))
    assert map_description(analyse(stream)).split("\n")[1] == "1. a: 2 h of waiting, then work not measured."


def test_the_description_counts_parallel_stages_as_one_step() -> None:
    lines = map_description(analyse(PARALLEL)).split("\n")
    assert [line.split(" ")[0] for line in lines[1:5]] == ["1.", "2a.", "2b.", "3."]
