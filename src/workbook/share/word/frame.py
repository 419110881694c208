"""What stands round the text: the document to begin with, its header and footer, its properties."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import docx
from docx.document import Document
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from workbook.content import name_language
from workbook.errors import InputError, Problem
from workbook.markup import clean_text
from workbook.model.wordings import load_wording
from workbook.share.word.runs import add_field
from workbook.share.word.styles import FOOTER, HEADER, Styles, dress, set_language

LONG_AGO = datetime(1980, 1, 1)  # noqa: DTZ001 the format knows no time zone
LONGEST_PROPERTY = 255


def open_document(template: Path | None) -> Document:
    """Return a document without text: a house's own with its styles, header and footer, or ours."""
    if template is None:
        document = docx.Document()
        dress(document)
        for section in document.sections:
            section.page_width, section.page_height = Cm(21), Cm(29.7)
            section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Cm(2.3)
    else:
        if not template.is_file():
            remedy = "look at the name and the folder"
            raise InputError([Problem(template.name or str(template), "", "a file that exists", remedy)])
        try:
            document = docx.Document(str(template))
        except Exception as error:  # noqa: BLE001 whatever the library cannot make of a file is the same to its owner
            remedy = f"save it from Word as a .docx document, not as a template or with macros ({error})"
            raise InputError([Problem(template.name, "", "a Word document to take styles from", remedy)]) from None
        body = document.element.body
        for child in list(body):
            if child.tag != qn("w:sectPr"):
                body.remove(child)
    set_language(document)
    return document


def frame(document: Document, styles: Styles, *, title: str, warning: str) -> None:
    """Set title and language, put the edition's warning into the header and the page's number into the footer."""
    properties = document.core_properties
    properties.title = clean_text(title)[:LONGEST_PROPERTY]
    properties.author, properties.last_modified_by, properties.comments = "", "", ""
    properties.language, properties.revision = name_language(), 1
    properties.created, properties.modified = LONG_AGO, LONG_AGO
    section = document.sections[0]
    if warning:
        paragraphs = section.header.paragraphs
        line = paragraphs[0] if len(paragraphs) == 1 and not paragraphs[0].text else section.header.add_paragraph()
        line.text = clean_text(warning)
        _set_style(line, styles.find_paragraph(HEADER))
        line.paragraph_format.space_after = Pt(12)
    if "PAGE" not in section.footer._element.xml:
        line = section.footer.paragraphs[0]
        line = line if not line.text else section.footer.add_paragraph()
        _set_style(line, styles.find_paragraph(FOOTER))
        add_field(line.add_run(f"{load_wording('word').get_word('page')} "), "PAGE")


def _set_style(paragraph: object, style: str | None) -> None:
    if style:
        paragraph.style = style  # type: ignore[attr-defined]
