"""Words, tables, charts and drawings -> the shapes of a slide, each within its place and with an alternative."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from pptx.chart.data import ChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE, XL_LEGEND_POSITION
from pptx.enum.shapes import MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.presentation import Presentation
from pptx.slide import Slide as PptxSlide
from pptx.util import Inches, Length, Pt

from vsm.branding import Branding
from vsm.charts.export import svg_to_png
from vsm.palette import INK, LINE, MUTED, PROCESSING, REST, WAITING, text_on
from vsm.reports.content import size_of
from vsm.reports.office import LANGUAGE, logo_png
from vsm.reports.slide_room import CELL_MARGIN, CELL_SIZE, Grid, cut, cut_to_lines, fitting, row_height

_WIDTH, _HEIGHT = 13.333, 7.5
"""Inches: 16 to 9."""
_TITLE_ONLY = 5
"""Which of the layouts of the empty presentation has a title and nothing else."""
_GAP = 0.2
"""Inches between words and what stands below them."""
_SHORT_TITLE = 40
"""Characters of a title that fit one line of large letters."""
_SERIES = {"Processing time": PROCESSING, "Wait time": WAITING}


def _rgb(colour: str) -> RGBColor:
    return RGBColor(*bytes.fromhex(colour.removeprefix("#")))  # type: ignore[no-untyped-call]


@dataclass(frozen=True)
class Place:
    """Where something stands on a slide, in inches."""

    left: float
    top: float
    width: float
    height: float

    @property
    def box(self) -> tuple[Length, Length, Length, Length]:
        """The same as PowerPoint counts it."""
        return Inches(self.left), Inches(self.top), Inches(self.width), Inches(self.height)

    def below(self, height: float) -> Place:
        """Return what is left of it below so many inches."""
        return Place(self.left, self.top + height, self.width, self.height - height)

    def scale(self, width: float, height: float) -> float:
        """Return by how much something of this size is made larger or smaller to fill the place."""
        return min(self.width / width, self.height / height)


class Deck:
    """A presentation that slides are added to."""

    def __init__(self, file: Presentation, branding: Branding, title: str) -> None:
        self.file, self.branding, self.title = file, branding, title
        _widen(file)

    def slide(self, title: str) -> Slide:
        """Add a slide with a title, whose it is, and its number."""
        made = self.file.slides.add_slide(self.file.slide_layouts[_TITLE_ONLY])
        slide = Slide(made, self.branding)
        slide.head(title)
        slide.foot(" · ".join(t for t in (cut(self.branding.organisation, 80), self.title) if t))
        return slide


def _widen(file: Presentation) -> None:
    """Turn the empty presentation, which is 4 to 3, into 16 to 9, its layouts too."""
    ratio = Inches(_WIDTH) / file.slide_width
    file.slide_width, file.slide_height = Inches(_WIDTH), Inches(_HEIGHT)
    for sheet in (file.slide_master, *file.slide_layouts):
        for shape in sheet.shapes:
            if shape._element.find(f".//{qn('a:xfrm')}") is not None:
                shape.left, shape.width = int(shape.left * ratio), int(shape.width * ratio)


class Slide:
    """One slide."""

    def __init__(self, made: PptxSlide, branding: Branding) -> None:
        self.made, self.branding = made, branding

    def head(self, title: str) -> None:
        """Write the title, with a rule below it and the logo beside it."""
        shape: Any = self.made.shapes.title
        place, size = Place(0.6, 0.3, 10.6, 0.7), 26 if len(title) <= _SHORT_TITLE else 20
        shape.left, shape.top, shape.width, shape.height = place.box
        shape.text_frame.text = cut_to_lines(title, place.width, size, 1 if size > 20 else 2, bold=True)
        shape.text_frame.word_wrap = True
        shape.text_frame.vertical_anchor = MSO_ANCHOR.MIDDLE
        paragraph = shape.text_frame.paragraphs[0]
        paragraph.alignment = PP_ALIGN.LEFT
        _dress(paragraph, size, self.branding.colour, bold=True)
        rule = self.made.shapes.add_shape(MSO_SHAPE.RECTANGLE, *Place(0.6, 1.02, 12.1, 0.03).box)
        rule.fill.solid()
        rule.fill.fore_color.rgb = _rgb(self.branding.accent)
        rule.line.fill.background()
        rule.shadow.inherit = False
        _describe(rule, "")
        self._logo()

    def _logo(self) -> None:
        logo = self.branding.logo
        if logo is None:
            return
        height = min(0.6, 1.4 * logo.height_to_width)
        width = height / logo.height_to_width
        place = Place(12.7 - width, 0.3 + (0.6 - height) / 2, width, height)
        _describe(self.made.shapes.add_picture(logo_png(logo), *place.box), self.branding.organisation or "Logo")

    def foot(self, whose: str) -> None:
        """Write whose presentation it is, and a number that PowerPoint keeps right."""
        self.words([cut_to_lines(whose, 10.0, 10, 1)], Place(0.6, 7.0, 10.0, 0.35), size=10, muted=True)
        box = self.made.shapes.add_textbox(*Place(11.7, 7.0, 1.0, 0.35).box)
        paragraph = box.text_frame.paragraphs[0]
        paragraph.alignment = PP_ALIGN.RIGHT
        field = f'<a:fld {nsdecls("a")} id="{{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}}" type="slidenum">'
        field += f'<a:rPr lang="{LANGUAGE}" sz="1000"/><a:t>‹#›</a:t></a:fld>'
        paragraph._p.insert(1, parse_xml(field))

    def words(
        self,
        texts: Iterable[str],
        place: Place,
        *,
        size: int,
        muted: bool = False,
        most: int = 300,
        lines: int | None = None,
    ) -> Place:
        """Write paragraphs, each cut where it is longer than `most` characters, as many as `lines` and the place allow.

        Returns what is left of the place below them.
        """
        wanted = [cut(text, most) for text in list(texts)[:lines]]
        shown, height = fitting(wanted, place.width, place.height, size)
        box = self.made.shapes.add_textbox(*Place(place.left, place.top, place.width, height).box)
        box.text_frame.word_wrap = True
        for number, text in enumerate(shown):
            paragraph = box.text_frame.paragraphs[0] if number == 0 else box.text_frame.add_paragraph()
            paragraph.text = text
            paragraph.space_after = Pt(size * 0.5)
            _dress(paragraph, size, MUTED if muted else INK)
        return place.below(height + _GAP)

    def table(self, grid: Grid, place: Place) -> None:
        """Write a table that can be edited, its header row marked as one."""
        rows = (grid.labels, *grid.rows)
        heights = [row_height(row, grid.widths) for row in rows]
        frame = self.made.shapes.add_table(
            len(rows), len(grid.labels), *Place(place.left, place.top, sum(grid.widths), sum(heights)).box
        )
        table = frame.table
        table.horz_banding = False
        for place_of_column, width in enumerate(grid.widths):
            table.columns[place_of_column].width = Inches(width)
        for number, (row, height) in enumerate(zip(rows, heights, strict=True)):
            table.rows[number].height = Inches(height)
            for cell, text in zip(table.rows[number].cells, row, strict=True):
                self._cell(cell, text, head=number == 0)

    def _cell(self, cell: Any, text: str, *, head: bool) -> None:
        cell.text = text
        cell.margin_top = cell.margin_bottom = Inches(CELL_MARGIN)
        cell.fill.solid()
        cell.fill.fore_color.rgb = _rgb(self.branding.colour if head else "#F4F6F8")
        ink = text_on(self.branding.colour) if head else INK
        _dress(cell.text_frame.paragraphs[0], CELL_SIZE, ink, bold=head)

    def chart(self, data: ChartData, title: str, alternative: str, place: Place) -> None:
        """Draw stacked level bars, the first on top, as a chart whose figures can be edited."""
        frame: Any = self.made.shapes.add_chart(XL_CHART_TYPE.BAR_STACKED, *place.box, data)
        _describe(frame, alternative)
        chart = frame.chart
        chart.has_title = True
        chart.chart_title.text_frame.text = title
        _dress(chart.chart_title.text_frame.paragraphs[0], 13, INK, bold=True)
        chart.has_legend = True
        chart.legend.position, chart.legend.include_in_layout = XL_LEGEND_POSITION.BOTTOM, False
        chart.font.size = Pt(11)
        chart.category_axis.reverse_order = True
        chart.category_axis.format.line.color.rgb = _rgb(LINE)
        chart.value_axis.major_gridlines.format.line.color.rgb = _rgb("#E4E8EC")
        chart.value_axis.format.line.fill.background()
        chart.plots[0].gap_width, chart.plots[0].overlap = 40, 100
        for series in chart.plots[0].series:
            series.format.fill.solid()
            series.format.fill.fore_color.rgb = _rgb(_SERIES.get(series.name, REST))

    def drawing(self, svg: str, alternative: str, place: Place) -> None:
        """Draw a picture as large as its place allows, in its middle."""
        scale = place.scale(*size_of(svg))
        width, height = (length * scale for length in size_of(svg))
        left, top = place.left + (place.width - width) / 2, place.top + (place.height - height) / 2
        picture = self.made.shapes.add_picture(BytesIO(svg_to_png(svg)), *Place(left, top, width, height).box)
        _describe(picture, alternative)


def _dress(paragraph: Any, size: int, colour: str, *, bold: bool = False) -> None:
    paragraph.font.size, paragraph.font.bold, paragraph.font.name = Pt(size), bold, "Calibri"
    paragraph.font.color.rgb = _rgb(colour)
    for run in paragraph.runs:
        run._r.get_or_add_rPr().set("lang", LANGUAGE)


def _describe(shape: Any, alternative: str) -> None:
    """Give a shape the words that stand for it where it is not seen."""
    shape._element.find(f".//{qn('p:cNvPr')}").set("descr", alternative)
