"""The styles of a document by what they are for; what a house's template lacks is noted, not made up."""

from __future__ import annotations

from typing import Any

from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor
from docx.text.paragraph import Paragraph

from workbook.content import name_language
from workbook.theme import COLOURS

HEADINGS = {
    "h1": "Title",
    "h2": "Heading 1",
    "h3": "Heading 2",
    "h4": "Heading 3",
    "h5": "Heading 4",
    "h6": "Heading 5",
}
PARAGRAPHS = {"lead": "Subtitle", "edition": "Intense Quote", "band": "Intense Quote", "follows": "Quote"}
LISTS = {"ul": "List Bullet", "ol": "List Number"}
CAPTION, TABLE, HEADER, FOOTER = "Caption", "Table Grid", "Header", "Footer"


class Styles:
    """Finds styles by name; `missing` names those that were wanted and are not there."""

    def __init__(self, document: Document) -> None:
        self._document = document
        # Latent styles, which a document names and does not hold, are not among them.
        self._held = {(style.name, style.type) for style in document.styles}
        self._ids: dict[str, str | None] = {}
        self.missing: dict[str, None] = {}

    def find_paragraph(self, name: str) -> str | None:
        """Return the style's name, or nothing where the document has none of it: text is plain then."""
        return self._find(name, WD_STYLE_TYPE.PARAGRAPH)

    def find_table(self, name: str = TABLE) -> str | None:
        """Return the name of a style for tables, or nothing."""
        return self._find(name, WD_STYLE_TYPE.TABLE)

    def find_list(self, tag: str, level: int) -> str | None:
        """Return the style of a list at a level from 1; a deeper list takes the first level's where it must."""
        if level > 1:
            deeper = f"{LISTS[tag]} {min(level, 3)}"
            if (deeper, WD_STYLE_TYPE.PARAGRAPH) in self._held:
                return deeper
        return self.find_paragraph(LISTS[tag])

    def add_paragraph(self, into: Any, name: str | None = None) -> Paragraph:
        """Add a paragraph in a style; python-docx itself would look through every style for each paragraph."""
        paragraph: Paragraph = into.add_paragraph()
        if name:
            if name not in self._ids:
                part: Any = self._document.part
                self._ids[name] = part.get_style_id(name, WD_STYLE_TYPE.PARAGRAPH)
            paragraph._p.style = self._ids[name]
        return paragraph

    def _find(self, name: str, kind: WD_STYLE_TYPE) -> str | None:
        if (name, kind) in self._held:
            return name
        self.missing[name] = None
        return None


def dress(document: Document) -> None:
    """Give a document without a house's template the look of the pages: 12 points, their colours."""
    _set_fonts(document.styles["Normal"], "Arial", 12)
    for name, size in (("Title", 22), ("Heading 1", 16), ("Heading 2", 14), ("Heading 3", 12), ("Subtitle", 14)):
        style: Any = document.styles[name]
        _set_fonts(style, "Arial", size)
        style.font.color.rgb = RGBColor.from_string(COLOURS["ink"].removeprefix("#"))
        style.font.italic = False
    for name in (CAPTION, "Quote", "Intense Quote"):
        style = document.styles[name]
        style.font.size = Pt(12)
        style.font.bold, style.font.italic = name != "Quote", False
        colour = COLOURS["soil" if name == "Intense Quote" else "quiet"]
        style.font.color.rgb = RGBColor.from_string(colour.removeprefix("#"))


def _set_fonts(style: Any, font: str, size: int) -> None:
    style.font.name, style.font.size = font, Pt(size)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for name in [key for key in fonts.attrib if key.endswith("Theme")]:
        del fonts.attrib[name]  # a theme's font would win
    for kind in ("w:cs", "w:eastAsia", "w:hAnsi"):
        fonts.set(qn(kind), font)


def set_language(document: Document) -> None:
    """Say in which language the text is, wherever no part says otherwise."""
    defaults = document.styles.element.find(qn("w:docDefaults"))
    for properties in [] if defaults is None else defaults.iter(qn("w:rPr")):
        language = properties.find(qn("w:lang"))
        if language is None:
            language = OxmlElement("w:lang")
            properties.append(language)
        language.set(qn("w:val"), name_language())
