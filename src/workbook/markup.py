"""The one place where text becomes HTML.

Everything a person typed is plain text. It is escaped here and nowhere else, by markupsafe: a `Markup`
is finished HTML, a `str` is text that is still to be escaped, and joining the two escapes the text.
Nothing sanitises, because nothing a person typed is ever HTML.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from markupsafe import Markup
from markupsafe import escape as _escape

_LINE = re.compile(r"\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]")
"""Every separator that a paste can bring and that means a new line."""
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f\ufffe\uffff\ud800-\udfff]")
_DIRECTION = re.compile(r"[\u0590-\u08ff\u200e\u200f\u202a-\u202e\u2066-\u2069\ufb1d-\ufdff\ufe70-\ufeff]")
_ONE_LINE = frozenset({"desc", "option", "text", "textarea", "title", "tspan"})  # hold text alone, so no line break
_VOID = frozenset({"br", "col", "hr", "img", "meta"})
_CLOSED = frozenset(
    {"path", "rect", "line", "circle"}
)  # drawn elements that never hold anything: both HTML and XML read `<path/>`

Child = str | Markup | None


def clean_text(text: str) -> str:
    """Return `text` with every kind of new line as one, and what no page may hold (control codes) as U+FFFD."""
    return _CONTROL.sub("\ufffd", _LINE.sub("\n", text))


def split_lines(text: str) -> list[str]:
    """Return the lines of what a person typed or pasted."""
    return _LINE.split(text)


def escape(text: Child) -> Markup:
    """Turn text into HTML; finished HTML passes through unchanged, None gives nothing. A new line stays one.

    Text that holds right-to-left letters or direction marks is wrapped in `<bdi>`, so that it cannot
    turn round the words beside it.
    """
    if text is None:
        return Markup("")
    if isinstance(text, Markup):
        return text
    # Between tags a quotation mark is only a quotation mark.
    safe = Markup(str(_escape(clean_text(text).strip("\n"))).replace("&#39;", "'").replace("&#34;", '"'))
    safe = Markup(str(safe).replace("\n", "<br>"))
    return Markup("<bdi>{}</bdi>").format(safe) if _DIRECTION.search(text) else safe


def escape_attribute(text: str) -> Markup:
    """Turn text into an attribute's value: like `escape`, without the element that isolates direction."""
    return _escape(clean_text(str(text)))


def element(name: str, *children: Child | Iterable[Child], **attributes: str | int | bool | None) -> Markup:
    """Return one HTML element; text among the children and every attribute is escaped.

    Attribute names drop a trailing underscore (`class_`) and turn other underscores to hyphens
    (`aria_label`). An attribute of None or False is left out, True stands alone.
    """
    # Plain strings of what is escaped already: `Markup.format` escapes it all again, ten times slower.
    given = "".join(
        f" {_escape(key)}" if value is True else f' {_escape(key)}="{escape_attribute(str(value))}"'
        for key, value in ((key.rstrip("_").replace("_", "-"), value) for key, value in attributes.items())
        if value is not None and value is not False
    )
    if name in _CLOSED:
        return Markup(f"<{name}{given}/>")
    if name in _VOID:
        return Markup(f"<{name}{given}>")
    if name in _ONE_LINE:
        children = tuple(_LINE.sub(" ", child) if type(child) is str else child for child in children)
    return Markup(f"<{name}{given}>{join(children)}</{name}>")


def join(children: Iterable[Child | Iterable[Child]], separator: str = "") -> Markup:
    """Escape and join children; a list among them is joined in turn."""
    parts = [escape(child) if child is None or isinstance(child, str) else join(child) for child in children]
    return Markup(str(escape(separator)).join(parts))
