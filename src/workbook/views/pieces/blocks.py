"""The pieces every view is put together from. Each is shown by a notebook as it stands on the page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from markupsafe import Markup

from workbook.markup import Child, element, escape, join
from workbook.model.wordings import load_wording
from workbook.views.pieces.notebook import write_for_notebook

MOST_LISTED, FEW = 20, 5
"""How many items of a list stand on the page, and how few more are not worth a fold."""
Item = TypeVar("Item")
_SAID, _SILENT = Markup('role="img"'), Markup('role="none"')


@dataclass(frozen=True)
class Block:
    """A finished piece of a page: HTML where it can be shown, its text where it cannot."""

    html: Markup

    def _repr_html_(self) -> str:
        return write_for_notebook(self.html)

    def __repr__(self) -> str:
        # A space after each tag keeps words of neighbouring cells apart.
        return " ".join(Markup(str(self.html).replace(">", "> ")).striptags().split())

    def __html__(self) -> str:
        return str(self.html)


Piece = Block | Child | Iterable[Child]


def make_block(*pieces: Piece) -> Block:
    """Put pieces one below the other."""
    return Block(join([_unwrap(piece) for piece in pieces]))


def make_section(name: str, headline: str, *pieces: Piece, subtitle: str = "") -> Block:
    """A section of a page: a headline that says the finding, what is measured under it, then its pieces."""
    return Block(
        element(
            "section",
            element("h2", headline, id=name),
            element("p", subtitle, class_="subtitle") if subtitle else None,
            [_unwrap(piece) for piece in pieces],
        )
    )


def make_paragraph(text: str, class_: str | None = None) -> Markup:
    """A paragraph of text."""
    return element("p", text, class_=class_)


def make_figure(drawing: Markup, caption: str, *pieces: Piece) -> Markup:
    """A figure with its caption, and under it what belongs to it (its data as a table, as a rule).

    A drawing whose table stands there is silent: a screen reader says the caption and the table.
    """
    below = join([_unwrap(piece) for piece in pieces])
    silent = drawing.replace(_SAID, _SILENT) if "<table" in below else drawing
    return element("figure", element("figcaption", caption), silent, below)


def with_table(description: str) -> str:
    """Say behind what a figure shows that a table after it holds the same."""
    return load_wording("page").get_word("with_table").format(description=description)


def make_list(items: Iterable[Child], *, ordered: bool = False, class_: str | None = None) -> Markup:
    """A list of items; of a long one the first are shown, and the rest is folded behind them."""
    shown, rest = split_long(list(items))
    tag = "ol" if ordered else "ul"
    first = element(tag, [element("li", item) for item in shown], class_=class_)
    if not rest:
        return first
    start = str(len(shown) + 1) if ordered else None
    return first + fold(len(rest), element(tag, [element("li", item) for item in rest], class_=class_, start=start))


def split_long(items: Sequence[Item], most: int = MOST_LISTED) -> tuple[Sequence[Item], Sequence[Item]]:
    """Return what stands on the page of a list, and what is folded: nothing, or more than a handful."""
    return (items, ()) if len(items) <= most + FEW else (items[:most], items[most:])


def fold(count: int, *rest: Child) -> Markup:
    """The rest of a long list, behind a line that says how many it holds; on paper all of it stands."""
    more = load_wording("page").get_word("more").format(count=count)
    return element("details", element("summary", more), rest, class_="more")


def make_facts(pairs: Iterable[tuple[str, Child]]) -> Markup:
    """Facts by name."""
    rows = [join([element("dt", name), element("dd", fact)]) for name, fact in pairs]
    return element("dl", rows, class_="facts")


@dataclass(frozen=True)
class TableColumn:
    """A table's column: its heading, and whether it holds numbers."""

    heading: str
    number: bool = False


def make_table(
    caption: str,
    columns: Sequence[TableColumn],
    rows: Iterable[Sequence[Child]],
    *,
    total: Sequence[Child] | None = None,
) -> Markup:
    """A table whose first column names the row. It scrolls inside a labelled group where it is too wide."""
    head = element(
        "tr", [element("th", c.heading, scope="col", class_="number" if c.number else None) for c in columns]
    )
    body = [_make_row(columns, row) for row in rows]
    table = element(
        "table",
        element("caption", caption),
        element("thead", head),
        element("tbody", body),
        element("tfoot", _make_row(columns, total)) if total else None,
    )
    return let_scroll(table, caption)


def let_scroll(wide: Markup, label: str) -> Markup:
    """What keeps its width on a phone, in a labelled group that scrolls; a keyboard reaches it."""
    return element("div", wide, class_="scroll", role="group", aria_label=label, tabindex="0")


def _make_row(columns: Sequence[TableColumn], row: Sequence[Child]) -> Markup:
    cells = [
        element("td", _voice_dash(cell), class_="number" if column.number else None)
        for column, cell in zip(columns[1:], row[1:], strict=True)
    ]
    return element("tr", element("th", row[0], scope="row"), cells)


def _voice_dash(cell: Child) -> Child:
    """Say in a word what a dash alone shows: a screen reader passes over it."""
    if cell != "–":
        return cell
    word = load_wording("page").get_word("nothing")
    return join([element("span", "–", aria_hidden="true"), element("span", word, class_="vh")])


def make_readings(evaluation: Sequence[str], learning: Sequence[str], follows: str = "") -> Markup:
    """The two readings side by side, and under them what follows."""
    words = load_wording("page")
    sides = (
        ("evaluation", words.get_word("read_as_evaluation"), evaluation),
        ("learning", words.get_word("read_as_learning"), learning),
    )
    return element(
        "div",
        [
            element("div", element("h3", title), make_paragraph(" ".join(text)), class_=f"reading {side}")
            for side, title, text in sides
        ],
        class_="readings",
    ) + (make_paragraph(follows, "follows") if follows else Markup(""))


def make_held_back(text: str) -> Markup:
    """A note that says what is held back, and why."""
    return make_paragraph(text, "held-back")


def _unwrap(piece: Piece) -> Markup:
    if isinstance(piece, Block):
        return piece.html
    return escape(piece) if piece is None or isinstance(piece, str) else join(piece)


def fill(template: str, /, *given: object, **words: object) -> str:
    """Fill a template of `content/` with words; a sentence that began with a filled word begins with a capital.

    A word that ends in a full stop of its own gets no second one.
    """
    stopped = {key: one[:-1] for key, one in words.items() if isinstance(one, str) and _ends_twice(template, key, one)}
    text = template.format(*given, **{**words, **stopped})
    first = text.partition(" ")[0]
    is_brand = first[1:] != first[1:].lower()  # "iHelp" is written as its owner writes it
    return text if is_brand else text[:1].upper() + text[1:]


def _ends_twice(template: str, key: str, word: str) -> bool:
    return word.endswith(".") and not word.endswith("..") and f"{{{key}}}." in template
