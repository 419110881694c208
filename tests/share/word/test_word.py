"""A page as a Word document: headings, lists, tables and figures are what they are, in ours and in a house's styles."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

import docx
import pytest
from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml.ns import qn
from markupsafe import Markup

from canaries import EDITIONS, EVERYTHING, MAY, MUST, find_words, write_canaries
from opened import open_bytes
from shared_pages import make_page
from test_hostile_text import HOSTILE, write_engagement
from workbook.errors import InputError
from workbook.share.page import arrange_page
from workbook.share.tree import Node, read_tree
from workbook.share.word import write_word

EXAMPLE = Path(__file__).parents[3] / "parameters" / "example"
REPORTS = pytest.mark.parametrize("report", ["summary", "brief"])


def _open(content: bytes) -> Document:
    return docx.Document(io.BytesIO(content))


def _see(*parts: Markup) -> Node:
    """Return the tree of what a reader of the document is meant to read: nothing hidden, no key to silent drawings."""
    return _keep_seen(read_tree(*parts))


def _keep_seen(node: Node) -> Node:
    inside = [one if isinstance(one, str) else _keep_seen(one) for one in node.children if not _is_unseen(one)]
    return Node(node.tag, node.attributes, inside)


def _is_unseen(node: Node | str) -> bool:
    return isinstance(node, Node) and ("hidden" in node.attributes or node.attributes.get("class") == "keys")


def _list_headings(document: Document) -> list[tuple[str, str]]:
    named = [(p.style.name or "", p.text) for p in document.paragraphs if p.style is not None]
    return [one for one in named if one[0] == "Title" or one[0].startswith("Heading")]


@REPORTS
def test_headings_tables_and_lists_are_those_of_the_page(report: str) -> None:
    """Each heading of the page is one of the document, in its level; each table has its caption, heads and rows."""
    page = make_page(report, EXAMPLE, "private")
    tree = _see(page.cover, *page.sections)
    document = _open(write_word(page).content)
    level = {"h1": "Title", "h2": "Heading 1", "h3": "Heading 2", "h4": "Heading 3"}
    assert _list_headings(document) == [(level[one.tag], one.text) for one in tree.find("h1", "h2", "h3", "h4")]
    tables = [one for one in document.tables if one.cell(0, 0).text != "What"]  # the lists of facts
    captions = [one._tbl.tblPr.find(qn("w:tblCaption")).get(qn("w:val")) for one in tables]
    assert captions == [one.text for one in tree.find("caption")]
    for table, of_page in zip(tables, tree.find("table"), strict=True):
        assert len(table.rows) == len(of_page.find("tr"))
        assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
        assert all(cell.text.strip() for row in table.rows for cell in row.cells)
    assert any(paragraph.style.name == "List Bullet" for paragraph in document.paragraphs)


@REPORTS
def test_every_word_of_the_page_is_in_the_document(report: str) -> None:
    """Nothing is lost on the way: each sentence of the page stands in the document, in order."""
    page = make_page(report, EXAMPLE, "private")
    document = _open(write_word(page).content)
    words = "".join(
        re.sub(r"\s", "", text) for element in document.element.body.iter(qn("w:t")) for text in [element.text or ""]
    )
    tree = _see(page.cover, *page.sections, page.provenance)
    said = [
        one.text
        for one in tree.find("p", "li", "h1", "h2", "h3", "h4", "caption", "figcaption", "dd")
        if not one.find("ul", "ol", "p")
    ]
    assert len(said) > 40
    assert [text for text in said if re.sub(r"\s", "", text) not in words and text != "–"] == []


def test_a_figure_has_its_words_and_its_drawing() -> None:
    """Each drawing of the page is a picture whose alternative text is the drawing's title and description."""
    page = make_page("summary", EXAMPLE, "private")
    drawings = [one for one in read_tree(*page.sections).find("svg") if one.find("title") and not one.is_silent]
    assert drawings
    with zipfile.ZipFile(io.BytesIO(write_word(page).content)) as packed:
        pictures = [name for name in packed.namelist() if name.startswith("word/media/")]
        body = packed.read("word/document.xml").decode()
        colours = {len(packed.read(name)) for name in pictures}
    described = re.findall(r'<wp:docPr [^>]*descr="([^"]+)"', body)
    assert len(described) == len(drawings)
    assert all(
        one.find("title")[0].text.split(".")[0] in text
        for one, text in zip(drawings, described, strict=True)
        if "&" not in text
    )
    assert min(colours) > 2000  # an empty sheet of paper is smaller


@pytest.mark.parametrize("edition", EDITIONS)
def test_the_warning_of_the_edition_comes_first_and_stands_on_every_page(edition: str) -> None:
    """Before the title, and in the header; the footer counts pages; language and title are set, and no day."""
    document = _open(write_word(make_page("summary", EXAMPLE, edition)).content)
    assert document.paragraphs[0].text.lower().startswith(f"{edition} edition")
    assert document.sections[0].header.paragraphs[-1].text == document.paragraphs[0].text
    assert "PAGE" in document.sections[0].footer._element.xml
    assert document.core_properties.title.startswith("Learning with")
    assert document.core_properties.language == "en-GB"
    assert 'w:lang w:val="en-GB"' in document.styles.element.xml
    assert document.core_properties.modified is not None
    assert document.core_properties.modified.year == 1980


@REPORTS
def test_the_same_page_gives_the_same_bytes(report: str) -> None:
    """Made twice."""
    page = make_page(report, EXAMPLE, "private")
    assert write_word(page).content == write_word(page).content


def test_drawings_that_are_silent_beside_words_are_left_out() -> None:
    """A column of drawings goes, with its head; a cell over it narrows; what is hidden and keys to drawings go too."""
    drawing = '<svg aria-hidden="true"><path d="M0 0h1"/></svg>'
    row = f'<tr><th scope="row">A</th><td>{drawing}</td><td>low</td></tr>'
    over = '<tr><th scope="row">B</th><td colspan="2">both</td></tr>'
    head = '<tr><th scope="col">What</th><th scope="col">Marks</th><th scope="col">Side</th></tr>'
    table = f"<table><caption>C</caption><thead>{head}</thead><tbody>{row}{over}</tbody></table>"
    page = arrange_page(
        Markup(html)
        for html in (
            "<section><h1>Title</h1></section>",
            f'<section><h2 id="a">A</h2><p class="keys">Dot: one</p>{table}<p hidden="hidden">Unseen</p></section>',
            '<section class="provenance"><p>End</p></section>',
        )
    )
    document = _open(write_word(page).content)
    found = [[cell.text for cell in line.cells] for line in document.tables[0].rows]
    assert found == [["What", "Side"], ["A", "low"], ["B", "both"]]
    assert not any(word in paragraph.text for paragraph in document.paragraphs for word in ("Unseen", "Dot"))


def test_each_numbered_list_begins_with_one() -> None:
    """Two lists have two numberings, each started anew."""
    page = make_page("report", EXAMPLE, "private")
    document = _open(write_word(page).content)
    numbers = [
        p._p.pPr.numPr.numId.val for p in document.paragraphs if p._p.pPr is not None and p._p.pPr.numPr is not None
    ]
    lists = [one for one in read_tree(*page.sections).find("ol") if one.elements]
    assert len(set(numbers)) == len(lists) > 1


def _make_template(path: Path, *, without: str = "") -> None:
    """Write a house's template: its own look of headings and lists, a letterhead, and words to be replaced."""
    document = docx.Document()
    document.add_paragraph("Words of the house that go")
    document.styles["Heading 1"].font.name = "House Serif"
    document.sections[0].header.paragraphs[0].text = "Our house"
    if without:
        element = document.styles[without].element
        element.getparent().remove(element)
    document.save(str(path))


def test_the_styles_of_a_house_are_used(tmp_path: Path) -> None:
    """Its styles and letterhead stay, its words go, the warning is added."""
    _make_template(tmp_path / "house.docx")
    word = write_word(make_page("brief", EXAMPLE, "partners"), tmp_path / "house.docx")
    document = _open(word.content)
    assert word.missing == ()
    assert document.styles["Heading 1"].font.name == "House Serif"
    assert [one.text[:9] for one in document.sections[0].header.paragraphs] == ["Our house", "Partners "]
    assert not any("Words of the house" in paragraph.text for paragraph in document.paragraphs)
    assert any(paragraph.style.name == "Heading 1" for paragraph in document.paragraphs)


def test_what_a_template_lacks_is_named(tmp_path: Path) -> None:
    """The text is there all the same, plain."""
    _make_template(tmp_path / "house.docx", without="List Bullet")
    word = write_word(make_page("brief", EXAMPLE, "private"), tmp_path / "house.docx")
    assert word.missing == ("List Bullet",)
    assert any("Three yearly reports" in paragraph.text for paragraph in _open(word.content).paragraphs)


def test_what_is_no_word_document_is_refused(tmp_path: Path) -> None:
    """With what to do instead."""
    (tmp_path / "house.docx").write_bytes(b"words")
    with pytest.raises(InputError, match="Word document to take styles from"):
        write_word(make_page("brief", EXAMPLE, "private"), tmp_path / "house.docx")


@pytest.mark.parametrize("edition", [pytest.param("private", marks=pytest.mark.slow), "partners", "public"])
def test_a_document_shows_what_its_edition_may_show(tmp_path: Path, edition: str) -> None:
    """Unpacked, properties and names included, no forbidden word is there; every word the page must show is."""
    write_canaries(tmp_path)
    texts = list(open_bytes(write_word(make_page("report", tmp_path / "canaries", edition)).content))
    assert find_words(EVERYTHING - MAY[edition], texts) == []
    assert [word for word in sorted(MUST[edition]) if not any(word in text for text in texts)] == []


@pytest.mark.parametrize("kind", sorted(HOSTILE))
def test_hostile_text_changes_no_structure(tmp_path: Path, kind: str) -> None:
    """Whatever is typed is words of the document: no field, link or picture comes of it, and it opens again."""
    write_engagement(tmp_path / "hostile", HOSTILE[kind])
    page = make_page("summary", tmp_path / "hostile", "public")
    content = write_word(page).content
    document = _open(content)
    tree = _see(page.cover, *page.sections)
    assert len(_list_headings(document)) == len(tree.find("h1", "h2", "h3", "h4"))
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        links = packed.read("word/_rels/document.xml.rels").decode()
        body = packed.read("word/document.xml").decode()
    assert "javascript:" not in links
    assert body.count("instrText") == 0
    assert {style.type for style in document.styles} <= set(WD_STYLE_TYPE)
