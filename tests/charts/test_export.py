"""Maps and charts as PNG, PDF and SVG: words are really drawn, and nothing is fetched."""

from __future__ import annotations

import io
import re

import altair as alt
import pandas as pd
import pytest
import vl_convert
from PIL import Image, ImageChops

from tests.streams import WORKED, stream_of
from vsm.analysis import analyse
from vsm.charts import pictures
from vsm.charts.export import chart_to_png, chart_to_svg, plain_svg, svg_to_pdf, svg_to_png
from vsm.charts.value_stream_map import Theme, value_stream_map
from vsm.model import Stage


def picture_of(png: bytes) -> Image.Image:
    return Image.open(io.BytesIO(png)).convert("L")


def dark_pixels(image: Image.Image, box: tuple[int, int, int, int]) -> int:
    return sum(image.crop(box).histogram()[:128])


@pytest.mark.parametrize("theme", [Theme.LIGHT, Theme.AUTO])
def test_the_maps_title_is_ink_on_the_picture(theme: Theme) -> None:
    svg = value_stream_map(analyse(WORKED), theme=theme)
    image = picture_of(svg_to_png(svg, scale=1))
    middle = image.width // 2
    # The title's line has nothing but letters on it; a font that is not found would leave it white.
    assert dark_pixels(image, (middle - 150, 18, middle + 150, 44)) > 300
    untitled = picture_of(svg_to_png(re.sub(r"<text.*?</text>", "", svg), scale=1))
    assert dark_pixels(untitled, (middle - 150, 18, middle + 150, 44)) == 0


def test_a_dark_map_is_dark() -> None:
    image = picture_of(svg_to_png(value_stream_map(analyse(WORKED), theme=Theme.DARK), scale=1))
    assert image.getpixel((2, 2)) < 40


def test_scale_is_pixels_to_a_unit() -> None:
    svg = value_stream_map(analyse(stream_of(Stage(name="a", processing_time=1.0))), theme=Theme.LIGHT)
    one, two = (picture_of(svg_to_png(svg, scale=scale)) for scale in (1, 2))
    assert (two.width, two.height) == (2 * one.width, 2 * one.height)


def test_a_picture_with_few_colours_looks_as_it_was_drawn() -> None:
    svg = plain_svg(value_stream_map(analyse(WORKED), theme=Theme.LIGHT, standalone=True))
    full, small = vl_convert.svg_to_png(svg, scale=1), svg_to_png(svg, scale=1)
    assert len(small) < len(full) / 5
    drawn = Image.open(io.BytesIO(small))
    assert drawn.mode == "P"
    differences = ImageChops.difference(drawn.convert("RGB"), Image.open(io.BytesIO(full)).convert("RGB"))
    assert max(highest for _, highest in differences.getextrema()) <= 2


def test_the_pdf_holds_its_fonts() -> None:
    pdf = svg_to_pdf(value_stream_map(analyse(WORKED)))
    assert pdf.startswith(b"%PDF")
    assert b"/FontFile" in pdf


def test_a_chart_is_drawn_with_its_words() -> None:
    picture = pictures(analyse(WORKED))[0]
    svg = chart_to_svg(picture.chart, title=picture.title)
    for word in (picture.title, "2. Product discovery: 10.8 days", "Waiting"):
        assert f">{word}</text>" in svg
    image = picture_of(chart_to_png(picture.chart, width=600, scale=1))
    assert image.width >= 600
    assert dark_pixels(image, (0, 0, 100, image.height)) > 200  # the stages' names


def test_a_chart_may_not_fetch_its_data() -> None:
    chart = alt.Chart(alt.UrlData("http://127.0.0.1:9/data.json")).mark_bar().encode(x="c0:Q")
    with pytest.raises(ValueError, match="not allowed"):
        chart_to_svg(chart)


def test_a_file_has_no_words_for_a_pointer_and_no_unseen_marks() -> None:
    frame = pd.DataFrame({"c0": [1, 2], "c1": ["secret one", "secret two"]})
    base = alt.Chart(frame).encode(x="c0:Q", tooltip="c1:N")
    svg = chart_to_svg(alt.layer(base.mark_circle(color="#123456"), base.mark_rect(opacity=0, color="#654321")))
    assert "#123456" in svg
    assert "secret" not in svg
    assert "#654321" not in svg


def test_places_are_told_to_a_hundredth_of_a_pixel() -> None:
    chart = alt.Chart(pd.DataFrame({"c0": [1, 3]})).mark_circle().encode(x=alt.X("c0:Q").scale(domain=[0, 7]))
    assert not re.search(r'(?:transform|d)="[^"]*\.\d{3}', chart_to_svg(chart, width=300))


def test_a_fixed_width_is_for_paper_only() -> None:
    chart = alt.Chart(pd.DataFrame({"c0": [1]})).mark_bar().encode(x="c0:Q").properties(width="container")
    chart_to_svg(chart, width=300)
    assert chart.to_dict()["width"] == "container"
