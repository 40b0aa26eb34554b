"""The minutes as a Word file, in TH Sarabun New of 16 points throughout.

Thai is a complex script to Word: what is not said for it too (`cs`, `szCs`, `bCs`) falls back to another font at
another size. So every run says all of it, as do the defaults and the one style there is.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any

import docx
from docx.document import Document as WordFile
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Length, Pt
from docx.table import _Cell
from docx.text.paragraph import Paragraph

from meetings.minutes.layout import Block, Sheet
from nakhon_network.lib.thai_text import thai_digits

FONT, POINTS = "TH Sarabun New", 16
TEXT_WIDTH = Cm(16)
LEFT, CENTRE, RIGHT = WD_ALIGN_PARAGRAPH.LEFT, WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.RIGHT
THAI = WD_ALIGN_PARAGRAPH.THAI_JUSTIFY
_KEPT_STYLES = {"Normal", "DefaultParagraphFont", "TableNormal", "TableGrid"}


def word_of(sheet: Sheet, pictures: Mapping[str, bytes]) -> bytes:
    """The file's content."""
    file = docx.Document()
    _set_up(file, sheet)
    for block in sheet.blocks:
        _DRAWN[block.kind](file, block, pictures)
    written = io.BytesIO()
    file.save(written)
    return written.getvalue()


# ---- the file ----
def _set_up(file: WordFile, sheet: Sheet) -> None:
    _one_font(file)
    about, nobody = file.core_properties, ""
    about.title, about.language = sheet.name, "th-TH"
    about.author = about.comments = about.last_modified_by = nobody
    about.created = about.modified = datetime.now(UTC)
    section = file.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin, section.right_margin = Cm(3), Cm(2)
    section.top_margin, section.bottom_margin = Cm(2.5), Cm(2)
    section.header_distance = section.footer_distance = Cm(1.25)
    section.different_first_page_header_footer = True
    _header(section.first_page_header, sheet, numbered=False)
    _header(section.header, sheet, numbered=True)
    if sheet.digits == "thai":
        numbers = OxmlElement("w:pgNumType")
        numbers.set(qn("w:fmt"), "thaiNumbers")
        section._sectPr.find(qn("w:pgMar")).addnext(numbers)  # the schema asks for this order


def _one_font(file: WordFile) -> None:
    """The defaults and the style Normal say the font in full; the other styles of the blank file go."""
    styles = file.styles.element
    for style in list(styles.style_lst):
        if style.styleId not in _KEPT_STYLES:
            styles.remove(style)
    defaults = styles.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}")
    for properties in (defaults, file.styles["Normal"].element.get_or_add_rPr()):
        for known in list(properties):
            properties.remove(known)
        properties.extend(_type(bold=False))
    spacing = file.styles["Normal"].paragraph_format
    spacing.space_before = spacing.space_after = Pt(0)
    spacing.line_spacing = 1.0


def _type(*, bold: bool) -> list[Any]:
    """Font, weight, size and language of a run, for Latin and for Thai; in the order the schema asks for."""
    fonts = OxmlElement("w:rFonts")
    for script in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{script}"), FONT)
    found = [fonts]
    if bold:
        found += [OxmlElement("w:b"), OxmlElement("w:bCs")]
    for name in ("w:sz", "w:szCs"):
        size = OxmlElement(name)
        size.set(qn("w:val"), str(POINTS * 2))
        found.append(size)
    found.append(OxmlElement("w:cs"))
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "en-US")
    language.set(qn("w:bidi"), "th-TH")
    return [*found, language]


def _run(paragraph: Paragraph, text: str, *, bold: bool = False) -> Any:
    run = paragraph.add_run(text)
    run._r.get_or_add_rPr().extend(_type(bold=bold))
    return run


def _header(header: Any, sheet: Sheet, *, numbered: bool) -> None:
    """`- ๒ -` in the middle, and how far the minutes came at the right."""
    paragraph = header.paragraphs[0]
    paragraph.style = None
    stops = paragraph.paragraph_format.tab_stops
    stops.add_tab_stop(Length(TEXT_WIDTH // 2), 1)
    stops.add_tab_stop(TEXT_WIDTH, 2)
    _run(paragraph, "\t")
    if numbered:
        _run(paragraph, "- ")
        _page_number(paragraph, sheet)
        _run(paragraph, " -")
    _run(paragraph, f"\t{sheet.header}", bold=True)


def _page_number(paragraph: Paragraph, sheet: Sheet) -> None:
    for kind, text in (("begin", ""), ("", "PAGE"), ("separate", ""), ("shown", "2"), ("end", "")):
        run = _run(paragraph, "")
        if kind == "shown":
            run.text = thai_digits(text) if sheet.digits == "thai" else text
        elif kind:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
            run._r.append(mark)
        else:
            instruction = OxmlElement("w:instrText")
            instruction.text = f" {text} "
            run._r.append(instruction)


# ---- the blocks ----
def _paragraph(place: WordFile | _Cell, *, align: Any = LEFT, indent: float = 0, above: int = 0) -> Paragraph:
    paragraph = place.add_paragraph()
    paragraph.alignment = align
    form = paragraph.paragraph_format
    form.left_indent = Cm(indent) if indent else None
    form.space_before = Pt(above) if above else None
    return paragraph


def _title(file: WordFile, block: Block, _pictures: Mapping[str, bytes]) -> None:
    _run(_paragraph(file, align=CENTRE), block.text, bold=True)


def _centred(file: WordFile, block: Block, _pictures: Mapping[str, bytes]) -> None:
    _run(_paragraph(file, align=CENTRE), block.text)


def _rule(file: WordFile, _block: Block, _pictures: Mapping[str, bytes]) -> None:
    _run(_paragraph(file, align=CENTRE), "_" * 20)


def _heading(file: WordFile, block: Block, _pictures: Mapping[str, bytes]) -> None:
    paragraph = _paragraph(file, above=6)
    paragraph.paragraph_format.keep_with_next = True
    _run(paragraph, block.text, bold=True)


def _entry(file: WordFile, block: Block, _pictures: Mapping[str, bytes]) -> None:
    paragraph = _paragraph(file)
    form = paragraph.paragraph_format
    form.left_indent, form.first_line_indent = Cm(7.5), Cm(-7.5)
    for stop in (Cm(1), Cm(7.5)):
        form.tab_stops.add_tab_stop(stop)
    _run(paragraph, "\t".join(part for part in (block.number, block.text, block.aside) if part))


def _line(file: WordFile, block: Block, _pictures: Mapping[str, bytes]) -> None:
    paragraph = _paragraph(file, above=6 if block.lead else 0)
    if block.lead:
        _run(paragraph, f"{block.lead} ", bold=True)
    _run(paragraph, block.text)


def _text(file: WordFile, block: Block, _pictures: Mapping[str, bytes]) -> None:
    _run(_paragraph(file, align=THAI, indent=1.5), block.text)


def _matter(file: WordFile, block: Block, _pictures: Mapping[str, bytes]) -> None:
    paragraph = _paragraph(file, indent=1.5, above=3)
    form = paragraph.paragraph_format
    form.first_line_indent, form.keep_with_next = Cm(-0.75), True
    _run(paragraph, f"{block.number} {block.text}")


def _fact(file: WordFile, block: Block, _pictures: Mapping[str, bytes]) -> None:
    _run(_paragraph(file, indent=1.5), f"{block.lead}: {block.text}")


def _decision(file: WordFile, block: Block, _pictures: Mapping[str, bytes]) -> None:
    paragraph = _paragraph(file, align=THAI, indent=1.5)
    _run(paragraph, f"{block.lead} ", bold=True)
    _run(paragraph, block.text)


def _signature(file: WordFile, block: Block, _pictures: Mapping[str, bytes]) -> None:
    for at, row in enumerate(block.rows):
        paragraph = _paragraph(file, align=CENTRE, indent=6, above=0 if at else 36)
        paragraph.paragraph_format.keep_with_next = at < len(block.rows) - 1
        _run(paragraph, row[0])


def _note(file: WordFile, block: Block, _pictures: Mapping[str, bytes]) -> None:
    _run(_paragraph(file, above=18), block.text)


def _annex(file: WordFile, block: Block, _pictures: Mapping[str, bytes]) -> None:
    paragraph = _paragraph(file)
    paragraph.paragraph_format.page_break_before = True
    paragraph.paragraph_format.keep_with_next = True
    _run(paragraph, block.text, bold=True)


def _table(file: WordFile, block: Block, _pictures: Mapping[str, bytes]) -> None:
    table = file.add_table(rows=0, cols=len(block.columns), style="Table Grid")
    for at, line in enumerate((block.columns, *block.rows)):
        cells = table.add_row().cells
        for cell, text in zip(cells, line, strict=True):
            _run(cell.paragraphs[0], text, bold=at == 0)


def _photos(file: WordFile, block: Block, pictures: Mapping[str, bytes]) -> None:
    for key, caption in block.rows:
        if key in pictures:
            paragraph = _paragraph(file, align=CENTRE, above=6)
            paragraph.paragraph_format.keep_with_next = True
            _run(paragraph, "").add_picture(io.BytesIO(pictures[key]), height=Cm(5))
        _run(_paragraph(file, align=CENTRE), caption)


_DRAWN: dict[str, Callable[[WordFile, Block, Mapping[str, bytes]], None]] = {
    "title": _title,
    "centred": _centred,
    "rule": _rule,
    "heading": _heading,
    "entry": _entry,
    "line": _line,
    "text": _text,
    "item": _heading,
    "matter": _matter,
    "fact": _fact,
    "decision": _decision,
    "signature": _signature,
    "note": _note,
    "annex": _annex,
    "table": _table,
    "photos": _photos,
}
