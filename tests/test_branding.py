"""The settings file of an organisation: what it may hold, what is refused in a sentence, and which reports show it."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import docx
import pptx
import pytest
from PIL import Image

from tests.streams import WORKED
from vsm.analysis import analyse
from vsm.branding import VARIABLE, Branding, BrandingError, LogoKind, read_branding
from vsm.charts.export import svg_to_png
from vsm.command_line import WRONG_COMMAND, main
from vsm.palette import DARK
from vsm.reports import html_report, pdf_report, slides_report, word_report
from vsm.reports.html import _style
from vsm.subject import Subject

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 10"><rect width="40" height="10" fill="#0B3D91"/></svg>'
SETTINGS = 'organisation = "Example & Sons"\nlogo = "{logo}"\ncolour = "#0B3D91"\naccent = "#E4572E"\n'


def png(width: int = 40, height: int = 20) -> bytes:
    out = BytesIO()
    Image.new("RGB", (width, height), "navy").save(out, "PNG")
    return out.getvalue()


def saved(folder: Path, text: str, **logos: bytes) -> Path:
    for name, content in logos.items():
        (folder / f"logo.{name}").write_bytes(content)
    path = folder / "branding.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_what_it_holds(tmp_path: Path):
    found = read_branding(saved(tmp_path, SETTINGS.format(logo="logo.svg"), svg=SVG.encode()))
    assert (found.organisation, found.colour, found.accent) == ("Example & Sons", "#0B3D91", "#E4572E")
    assert found.logo is not None
    assert (found.logo.kind, found.logo.height_to_width) == (LogoKind.SVG, 0.25)
    drawn = read_branding(saved(tmp_path, 'logo = "logo.png"', png=png()))
    assert drawn.logo is not None
    assert (drawn.logo.kind, drawn.logo.height_to_width, drawn.organisation) == (LogoKind.PNG, 0.5, "")


def drawn(svg: bytes) -> int:
    """Count the dark pixels of a picture."""
    picture = Image.open(BytesIO(svg_to_png(svg.decode()))).convert("L")
    return sum(picture.histogram()[:128])


@pytest.mark.parametrize(
    "text",
    [
        "<text {}>Acme</text>",
        '<text {} font-family="Montserrat">Acme</text>',
        "<text {} style=\"fill: black; font-family: 'Helvetica Neue'\">Acme</text>",
        '<text {} style="font: bold 8px Montserrat">Acme</text>',
        "<style>.a {{font-family: Montserrat !important}} .b {{fill: red}}</style><text {} class='a'>Acme</text>",
        "<style>.a{{font:8px Montserrat;fill:black}}</style><g class='a'><text {}>Acme</text></g>",
    ],
)
def test_the_text_of_a_logo_is_drawn_whatever_its_font(tmp_path: Path, text: str):
    written = text.format('x="2" y="8" font-size="8"')
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 10">{written}</svg>'
    logo = read_branding(saved(tmp_path, 'logo = "logo.svg"', svg=svg.encode())).logo
    assert logo is not None
    assert logo.content.count(b"Acme") == 1
    assert drawn(svg.encode()) == 0, "the font is there, so nothing is tested"
    assert drawn(logo.content) > 50


@pytest.mark.parametrize(("width", "height"), [("40", "10"), ("40px", "10px"), ("4cm", "10mm"), ("1in", "18pt")])
def test_a_logo_without_a_view_box_has_the_size_that_it_states(tmp_path: Path, width: str, height: str):
    svg = SVG.replace('viewBox="0 0 40 10"', f'width="{width}" height="{height}"')
    logo = read_branding(saved(tmp_path, 'logo = "logo.svg"', svg=svg.encode())).logo
    assert logo is not None
    assert logo.height_to_width == pytest.approx(0.25)
    assert b"viewBox" in logo.content  # or browsers cut it off, where they should make it smaller


@pytest.mark.parametrize("size", ["", 'width="100%" height="100%"', 'width="40"'])
def test_a_logo_without_a_size_is_refused(tmp_path: Path, size: str):
    with pytest.raises(BrandingError, match="SVG with a size"):
        read_branding(saved(tmp_path, 'logo = "logo.svg"', svg=SVG.replace('viewBox="0 0 40 10"', size).encode()))


def test_a_logo_keeps_what_is_drawn_with_another_part_of_it(tmp_path: Path):
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 40 10">'
        '<defs><rect id="a" width="20" height="10"/></defs><use xlink:href="#a"/></svg>'
    )
    logo = read_branding(saved(tmp_path, 'logo = "logo.svg"', svg=svg.encode())).logo
    assert logo is not None
    assert drawn(logo.content) == drawn(svg.encode()) == 800


def test_without_the_variable_reports_are_plain():
    assert Branding.from_environment({}) == Branding() == Branding.from_environment({VARIABLE: " "})


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("organisation = ", "is no TOML file"),
        ('organization = "x"', "only organisation, logo, colour, accent are understood"),
        ("organisation = 3", "must be a text"),
        ('colour = "red"', "must be a colour such as #0B3D91"),
        ('colour = "#FFEE00"', "cannot be read on white"),
        ('logo = "nowhere.png"', "cannot be read"),
        ('logo = "logo.txt"', "is no picture that can be drawn"),
        ('logo = "logo.png"', "is no picture that can be drawn"),
        ('logo = "logo.entity"', "is no picture that can be drawn"),
        ('logo = "logo.flat"', "too narrow"),
        ('logo = "logo.wide"', "larger than 4000 pixels"),
        ('logo = "logo.large"', "more than 1,000,000 bytes"),
    ],
)
def test_what_is_wrong_gets_a_sentence(tmp_path: Path, text: str, words: str):
    entity = SVG.replace("<svg", '<!DOCTYPE svg [<!ENTITY a "b">]><svg', 1).encode()
    path = saved(
        tmp_path,
        text,
        txt=b"a logo",
        png=png()[:60],
        entity=entity,
        flat=SVG.replace("40 10", "400 10", 1).encode(),
        wide=png(4001, 1000),
        large=b"x" * 1_000_001,
    )
    with pytest.raises(BrandingError) as error:
        read_branding(path)
    assert words in str(error.value)
    assert str(error.value).endswith(".")


@pytest.mark.parametrize("kind", ["svg", "png"])
def test_every_report_shows_whose_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str):
    path = saved(tmp_path, SETTINGS.format(logo=f"logo.{kind}"), svg=SVG.encode(), png=png())
    subject = Subject(analyse(WORKED))
    plain = pdf_report(subject)
    monkeypatch.setenv(VARIABLE, str(path))
    page = html_report(subject)
    assert "Example &amp; Sons" in page
    assert '<img src="data:image/' in page
    assert "img-src data:;" in page
    document = docx.Document(BytesIO(word_report(subject)))
    assert "Example & Sons" in [paragraph.text for paragraph in document.paragraphs]
    assert str(document.styles["Heading 1"].font.color.rgb) == "0B3D91"
    slides = pptx.Presentation(BytesIO(slides_report(subject))).slides
    for slide in slides:
        assert any("Example & Sons" in shape.text_frame.text for shape in slide.shapes if shape.has_text_frame)
        assert any(
            shape._element.nvPicPr.cNvPr.get("descr") == "Example & Sons"
            for shape in slide.shapes
            if shape.shape_type == 13
        )
    assert b"Example & Sons" in pdf_report(subject)
    assert b"Example & Sons" not in plain


def test_the_command_line_says_what_is_wrong(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    monkeypatch.setenv(VARIABLE, str(tmp_path / "none.toml"))
    source = tmp_path / "stages.csv"
    source.write_text("Stage,Wait time\na,2h\nb,3h\n", encoding="utf-8")
    assert main(["analyse", str(source), "--docx", str(tmp_path / "out.docx")]) == WRONG_COMMAND
    assert "cannot be read" in capsys.readouterr().err
    assert not (tmp_path / "out.docx").exists()


def test_headings_of_pages_have_the_colour_where_it_can_be_read():
    style = str(_style("#0B3D91"))
    assert style.count("--heading: #0B3D91;") == 2  # on screen and in print; on a dark ground it is too dark
    assert f"--paper: var(--vsm-surface); --heading: {DARK.ink};" in style
    assert "color: var(--heading)" in style
