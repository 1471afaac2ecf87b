"""Subject -> the whole report as a Word document that can be edited: real headings, lists, tables and captions."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import Any

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Length, Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph as WordParagraph

from vsm.branding import Branding
from vsm.charts.export import svg_to_png
from vsm.charts.map_text import clean
from vsm.palette import LINE, MUTED
from vsm.reports.content import Content, content_of, height_to_width
from vsm.reports.office import LANGUAGE, LONGEST_PROPERTY, NO_DATE, logo_png, without_times
from vsm.reports.parts import Block, Bullets, Drawing, Heading, Paragraph, Part, Table, parts_of
from vsm.subject import Subject

_CELL = "Table text"
_LETTERS_UPRIGHT, _LETTERS_ACROSS = 95, 140
"""Characters of a table's text from one side of the page to the other."""
_SHORT, _LONG, _MARGIN = Mm(210), Mm(297), Mm(18)
_UPRIGHT, _ACROSS = (Mm(170), Mm(215)), (Mm(257), Mm(125))
"""Width and height that a picture may take, upright and across the page, its heading and sentence taken off."""


def word_report(subject: Subject) -> bytes:
    """Write the report as a Word document of A4 pages: styles, tables with header rows, alternatives, page numbers."""
    content = content_of(subject)
    document = Document()
    _set_properties(document, content)
    _set_styles(document, content.branding)
    _page_numbers(document, content)
    _opening(document, content)
    for part in parts_of(content):
        _turn(document, across=part.across)
        _write_part(document, part)
    out = BytesIO()
    document.save(out)
    return without_times(out)


def _set_properties(document: WordDocument, content: Content) -> None:
    properties = document.core_properties
    properties.title = clean(content.title)[:LONGEST_PROPERTY]
    properties.subject = clean(content.lead)[:LONGEST_PROPERTY]
    properties.author = clean(content.branding.organisation)
    properties.last_modified_by = ""
    properties.comments = ""
    properties.keywords = "value stream"
    properties.language = LANGUAGE
    properties.created = properties.modified = NO_DATE


def _set_styles(document: WordDocument, branding: Branding) -> None:
    """Give the document its colours, sizes and language by styles, which whoever edits it can change in one place."""
    colour = RGBColor.from_string(branding.colour.removeprefix("#"))
    styles = document.styles
    for name, size in (("Normal", 10), ("Title", 22), ("Heading 1", 15), ("Heading 2", 11.5), ("Subtitle", 11)):
        font = styles[name].font
        font.name, font.size = "Calibri", Pt(size)
        for script in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
            font.element.rPr.rFonts.set(qn(script), "Calibri")
        if name != "Normal":
            font.color.rgb, font.italic = colour, False
            for theme in ("w:asciiTheme", "w:hAnsiTheme", "w:cstheme", "w:eastAsiaTheme"):
                font.element.rPr.rFonts.attrib.pop(qn(theme), None)
    styles["Subtitle"].font.color.rgb = RGBColor.from_string(MUTED.removeprefix("#"))
    styles["Normal"].paragraph_format.space_after = Pt(5)
    cells = styles.add_style(_CELL, WD_STYLE_TYPE.PARAGRAPH)
    cells.base_style, cells.font.size = styles["Normal"], Pt(8.5)
    cells.paragraph_format.space_before = cells.paragraph_format.space_after = Pt(1.5)
    _colour_borders(styles["Table Grid"], LINE)
    _colour_borders(styles["Title"], branding.accent)
    for language in styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), LANGUAGE)


def _colour_borders(style: Any, colour: str) -> None:
    for border in style.element.xpath(".//w:tblBorders/* | .//w:pBdr/*"):
        border.set(qn("w:color"), colour.removeprefix("#"))


def _page_numbers(document: WordDocument, content: Content) -> None:
    section = document.sections[0]
    _set_page(document, across=False)
    foot = section.footer.paragraphs[0]
    whose = " · ".join(t for t in (clean(content.branding.organisation), clean(content.title)[:80]) if t)
    foot.add_run(f"{whose} · Page ")
    _field(foot, "PAGE")
    foot.add_run(" of ")
    _field(foot, "NUMPAGES")
    foot.style.font.size = Pt(8)


def _field(paragraph: WordParagraph, name: str) -> None:
    """Add what Word computes itself, such as the number of the page."""
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), name)
    paragraph._p.append(field)


def _opening(document: WordDocument, content: Content) -> None:
    branding = content.branding
    if branding.logo is not None:
        run = document.add_paragraph().add_run()
        height = min(Mm(14), int(Mm(50) * branding.logo.height_to_width))
        _describe(run.add_picture(logo_png(branding.logo), height=Length(height)), "Logo")
    if branding.organisation:
        document.add_paragraph().add_run(clean(branding.organisation)).bold = True
    document.add_paragraph(clean(content.title), style="Title")
    document.add_paragraph(clean(content.lead), style="Subtitle")


def _turn(document: WordDocument, *, across: bool) -> None:
    """Begin a new section where the page has to be turned."""
    if (document.sections[-1].orientation == WD_ORIENT.LANDSCAPE) is not across:
        document.add_section(WD_SECTION.NEW_PAGE)
        _set_page(document, across=across)


def _set_page(document: WordDocument, *, across: bool) -> None:
    section = document.sections[-1]
    section.orientation = WD_ORIENT.LANDSCAPE if across else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = (_LONG, _SHORT) if across else (_SHORT, _LONG)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = _MARGIN


def _write_part(document: WordDocument, part: Part) -> None:
    blocks = part.blocks
    heading = document.add_heading(part.title, level=1)
    heading.paragraph_format.page_break_before = not part.across and any(map(_fills_a_page, blocks))
    for before, block, after in zip((None, *blocks), blocks, (*blocks[1:], None), strict=False):
        match block:
            case Heading(text, level):
                document.add_heading(text, level=level)
            case Paragraph(text):
                kept = document.add_paragraph(text).paragraph_format
                kept.keep_with_next = not isinstance(after, Drawing) and (before is None or isinstance(after, Table))
            case Bullets(items):
                for item in items:
                    document.add_paragraph(item, style="List Bullet")
            case Table():
                _write_table(document, block, across=part.across)
            case Drawing():
                below = isinstance(before, Paragraph)
                _write_drawing(document.paragraphs[-1] if below else document.add_paragraph(), block, part)


def _fills_a_page(block: Block) -> bool:
    """Tell whether a block is a picture that leaves no room for much beside it: its heading goes to its page."""
    return isinstance(block, Drawing) and height_to_width(block.svg) > 1


def _write_drawing(paragraph: WordParagraph, drawing: Drawing, part: Part) -> None:
    """Put a picture below the sentence of a paragraph: LibreOffice parts two paragraphs that are to stay together."""
    run = paragraph.add_run()
    if paragraph.text:
        run.add_break()
    paragraph.paragraph_format.keep_together = True
    wide, high = _ACROSS if part.across else _UPRIGHT
    width = Length(min(wide, int(high / height_to_width(drawing.svg))))
    _describe(run.add_picture(BytesIO(svg_to_png(drawing.svg)), width=width), drawing.alternative)


def _describe(picture: Any, alternative: str) -> None:
    """Give a picture the words that stand for it where it is not seen."""
    picture._inline.docPr.set("descr", alternative)


def _write_table(document: WordDocument, table: Table, *, across: bool) -> None:
    available, letters = (_ACROSS[0], _LETTERS_ACROSS) if across else (_UPRIGHT[0], _LETTERS_UPRIGHT)
    written: Any = document.add_table(rows=0, cols=len(table.labels), style="Table Grid")
    written.autofit = False
    widths = [Length(int(available * share)) for share in table.shares(letters)]
    for column, width in zip(written.columns, widths, strict=True):
        column.width = width
    style = document.styles[_CELL].style_id
    for row in (table.labels, *table.rows):
        _write_row(written.add_row(), row, table.numeric, widths, style)
    for row in list(written.rows)[:-1] if table.is_small else []:
        for cell in row.cells:
            cell.paragraphs[0].paragraph_format.keep_with_next = True
    _mark_row(written.rows[0], "w:tblHeader")
    for cell in written.rows[0].cells:
        cell.paragraphs[0].runs[0].bold = True
    document.add_paragraph()


def _write_row(written: Any, row: Sequence[str], numeric: Sequence[bool], widths: Sequence[Length], style: str) -> None:
    for cell, text, is_number, width in zip(written.cells, row, numeric, widths, strict=True):
        cell.width = width
        paragraph = cell.paragraphs[0]
        # By its id: to find it by its name takes longer than all the rest of a row.
        paragraph._p.style = style
        paragraph.add_run(text)
        if is_number:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    _mark_row(written, "w:cantSplit")


def _mark_row(row: Any, mark: str) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement(mark))
