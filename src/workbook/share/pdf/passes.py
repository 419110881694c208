"""What a printed PDF still lacks: title, language, links that say where they lead, no day and nothing untagged.

What a machine can check of a tagged PDF is right after this. It is not a claim of PDF/UA, most of whose rules only
a person can check.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

import pikepdf
from markupsafe import Markup

from workbook.content import name_language
from workbook.share.tree import Node, read_tree

_BEGINS = frozenset({"m", "re"})
_ENDS = frozenset({"S", "s", "f", "F", "f*", "B", "B*", "b", "b*", "n"})
_PAINTS = frozenset({"sh", "Do", "Tj", "TJ", "'", '"', "INLINE IMAGE"})
_OPENS, _CLOSES = frozenset({"BDC", "BMC"}), "EMC"


def set_right(raw: bytes, *, html: str, title: str) -> bytes:
    """Return a PDF whose machine-checkable part is right; the same page gives the same bytes."""
    with pikepdf.open(io.BytesIO(raw)) as pdf:
        _name(pdf, title)
        _settle_tags(pdf)
        _number_anew(pdf)
        _shorten_links(pdf)
        _tell_links(pdf, read_tree(Markup(html)))
        for page in pdf.pages:
            _mark_artifacts(pdf, page)
            page.obj.Tabs = pikepdf.Name.S
        stream = io.BytesIO()
        pdf.save(
            stream, deterministic_id=True, compress_streams=True, object_stream_mode=pikepdf.ObjectStreamMode.generate
        )
    return stream.getvalue()


def _name(pdf: pikepdf.Pdf, title: str) -> None:
    for key in list(pdf.docinfo.keys()):
        del pdf.docinfo[key]
    pdf.docinfo["/Title"] = title
    pdf.Root.Lang = pikepdf.String(name_language())
    pdf.Root.ViewerPreferences = pikepdf.Dictionary(DisplayDocTitle=True)
    if "/Metadata" in pdf.Root:
        del pdf.Root.Metadata
    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as meta:
        meta["dc:title"] = title
        meta["dc:language"] = {name_language()}


def _settle_tags(pdf: pikepdf.Pdf) -> None:
    """Call a figure with a drawing or table of its own in it a section, and say of heads what they are the heads of."""
    root = pdf.Root.get("/StructTreeRoot")
    for element in list(_walk(root)) if root is not None else ():
        kids = [kid for kid in _list_kids(element) if "/S" in kid]
        if pikepdf.Name.Figure == element.S and "/Alt" not in element and kids:
            element.S = pikepdf.Name.Sect
        elif element.S == pikepdf.Name.TR:
            heads = [kid for kid in kids if kid.S == pikepdf.Name.TH]
            scope = pikepdf.Name.Column if len(heads) == len(kids) else pikepdf.Name.Row
            for head in heads:
                if "/A" not in head:
                    head.A = pikepdf.Dictionary(O=pikepdf.Name.Table, Scope=scope)


def _number_anew(pdf: pikepdf.Pdf) -> None:
    """Number what tables' cells call each other by from one on: a browser counts on from page to page."""
    root = pdf.Root.get("/StructTreeRoot")
    tree = root.get("/IDTree") if root is not None else None
    if tree is None:
        return
    listed = pikepdf.NameTree(tree)
    elements = dict(listed.items())
    names = {old: f"cell{number:08d}" for number, old in enumerate(sorted(elements), 1)}
    for old, element in elements.items():
        del listed[old]
        element.ID = pikepdf.String(names[old])
        listed[names[old]] = element
    for element in _walk(root):
        for told in _list_attributes(element):
            if "/Headers" in told:
                told.Headers = pikepdf.Array([pikepdf.String(names[str(one)]) for one in told.Headers])


def _list_attributes(element: Any) -> list[Any]:
    told = element.get("/A", pikepdf.Array())
    return list(told) if isinstance(told, pikepdf.Array) else [told]


def _shorten_links(pdf: pikepdf.Pdf) -> None:
    """Let a link to a file beside the page lead beside the PDF, and not into the folder it was printed from."""
    for page in pdf.pages:
        for annotation in page.get("/Annots", []):
            target = _read_target(annotation)
            if target.startswith("file:"):
                annotation.A.URI = pikepdf.String(target.rsplit("/", 1)[-1])


def _tell_links(pdf: pikepdf.Pdf, page: Node) -> None:
    """Give each link's annotation the link's own words, in the order of the page."""
    words = [(node.attributes["href"], node.text) for node in page.find("a") if node.attributes.get("href")]
    left: dict[str, list[str]] = {}
    for href, text in words:
        left.setdefault(href, []).append(text)
    for parts in _list_links(pdf):
        texts = left.get(_read_target(parts[0]), [])
        text = texts.pop(0) if len(texts) > 1 else texts[0] if texts else ""
        for annotation in parts:
            annotation.Contents = pikepdf.String(text or _read_target(annotation))


def _list_links(pdf: pikepdf.Pdf) -> Iterator[list[Any]]:
    """Yield the annotations of each link: one that runs over two lines has two."""
    root = pdf.Root.get("/StructTreeRoot")
    for element in _walk(root) if root is not None else ():
        if element.get("/S") == pikepdf.Name.Link:
            parts = [kid.Obj for kid in _list_kids(element) if kid.get("/Type") == pikepdf.Name.OBJR]
            if parts:
                yield parts


def _walk(element: Any) -> Iterator[Any]:
    for kid in _list_kids(element):
        if "/S" in kid:
            yield kid
            yield from _walk(kid)


def _list_kids(element: Any) -> list[Any]:
    kids = element.get("/K")
    listed = list(kids) if isinstance(kids, pikepdf.Array) else [kids]
    return [kid for kid in listed if isinstance(kid, pikepdf.Dictionary)]


def _read_target(annotation: Any) -> str:
    action = annotation.get("/A")
    if action is not None and "/URI" in action:
        return str(action.URI)
    target = annotation.get("/Dest", action.get("/D") if action is not None else None)
    return f"#{str(target).removeprefix('/')}"


def _mark_artifacts(pdf: pikepdf.Pdf, page: pikepdf.Page) -> None:
    """Say of what is painted outside every tag, such as lines and backgrounds, that it is no content."""
    marked: list[Any] = []
    begun: list[Any] = []  # a path outside every tag, which a mark may not cut in two
    depth = 0
    for step in pikepdf.parse_content_stream(page):
        name = str(step.operator)
        depth += (name in _OPENS) - (name == _CLOSES)
        if begun or (depth == 0 and name in _BEGINS):
            begun.append(step)
            if name in _ENDS:
                marked += _wrap(begun) if name != "n" else begun
                begun = []
        else:
            marked += _wrap([step]) if depth == 0 and name in _PAINTS else [step]
    page.Contents = pdf.make_stream(pikepdf.unparse_content_stream(marked + begun))


def _wrap(steps: list[Any]) -> list[Any]:
    opens = pikepdf.ContentStreamInstruction([pikepdf.Name.Artifact], pikepdf.Operator("BMC"))
    return [opens, *steps, pikepdf.ContentStreamInstruction([], pikepdf.Operator(_CLOSES))]
