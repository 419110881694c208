"""The whole document: a house's template or our own look, the edition's warning first, properties without a date."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass
from pathlib import Path

from workbook.optional import need
from workbook.share.page import Page
from workbook.share.tree import Node, read_tree

WARNINGS = frozenset({"edition", "band"})
LONG_AGO = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True)
class WordFile:
    """A document's bytes, and the styles that the template lacks, in whose place text is plain."""

    content: bytes
    missing: tuple[str, ...]


def write_word(page: Page, template: Path | None = None) -> WordFile:
    """Return a page as a Word document; raises InputError where the template is none."""
    need("docx", extra="office")
    from workbook.share.word.blocks import Blocks
    from workbook.share.word.frame import frame, open_document
    from workbook.share.word.styles import Styles

    document = open_document(template)
    styles = Styles(document)
    cover = read_tree(*(part for part in (getattr(page, "band", None), page.cover) if part))
    warnings = [node for node in cover.walk() if node.classes & WARNINGS]
    title = next((node.text for node in cover.find("h1")), page.title)
    first = next((line for one in warnings for line in (*one.find("p"), one)), None)
    frame(document, styles, title=title, warning=first.text if first else "")
    blocks = Blocks(document, styles)
    blocks.write(Node("", {}, [*warnings]))
    blocks.write(_without(cover, warnings))
    blocks.write(read_tree(*page.sections))
    blocks.write(read_tree(page.provenance))
    stream = io.BytesIO()
    document.save(stream)
    return WordFile(repack(stream.getvalue()), tuple(styles.missing))


def _without(node: Node, left_out: list[Node]) -> Node:
    kept = [_without(one, left_out) if isinstance(one, Node) else one for one in node.children if one not in left_out]
    return Node(node.tag, node.attributes, kept)


def repack(raw: bytes) -> bytes:
    """Return an archive with no day and no machine in it, so that the same input gives the same bytes."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as before, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as after:
        for one in before.infolist():
            entry = zipfile.ZipInfo(one.filename, LONG_AGO)
            entry.compress_type = zipfile.ZIP_DEFLATED
            after.writestr(entry, before.read(one))
    return stream.getvalue()
