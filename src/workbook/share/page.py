"""Puts shared outputs in their places: the cover, the main part, the footer, the list of contents."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from markupsafe import Markup

from workbook.errors import WorkbookError
from workbook.share.fragment import Fragment, Heading, read_fragment

PROVENANCE_CLASS = "provenance"
BAND_CLASS = "band"


@dataclass(frozen=True)
class Page:
    """What the template needs, in the order of the page; `band` and `edition` are empty where no output is a band."""

    title: str
    edition: str
    band: Markup
    cover: Markup
    contents: tuple[Heading, ...]
    sections: tuple[Markup, ...]
    provenance: Markup


def arrange_page(outputs: Iterable[Markup]) -> Page:
    """Put outputs in their places; raises WorkbookError when a part is missing, doubled or cannot be linked to.

    The output with the h1 is the cover; the last, of class `provenance`, is the footer, and its presence shows
    that the notebook ran to its end; the h2s of the rest are the contents.
    """
    fragments = [read_fragment(html) for html in outputs]
    if not fragments or PROVENANCE_CLASS not in fragments[-1].classes:
        raise WorkbookError(
            f"The last output tagged `share` is not the one of class `{PROVENANCE_CLASS}`, which says how the page was "
            "made, so the notebook is not whole. Run it to its end, or put that cell last."
        )
    title, cover = _find_cover(fragments)
    _check_ids(fragments)
    band = next((fragment for fragment in fragments if BAND_CLASS in fragment.classes), None)
    sections = tuple(fragment for fragment in fragments[:-1] if fragment not in (cover, band))
    return Page(
        title=": ".join(part for part in (band.title, title, band.document) if part) if band else title,
        edition=band.edition if band else "",
        band=band.html if band else Markup(""),
        cover=cover.html,
        contents=_list_contents(sections),
        sections=tuple(section.html for section in sections),
        provenance=fragments[-1].html,
    )


def _find_cover(fragments: list[Fragment]) -> tuple[str, Fragment]:
    titles = [(heading.text, part) for part in fragments for heading in part.headings if heading.level == 1]
    if len(titles) != 1 or not titles[0][0] or titles[0][1] is fragments[-1]:
        raise WorkbookError(
            f"A page has one h1 with its title in it, and the outputs tagged `share` hold {len(titles)}. "
            "Keep one, in the first of them."
        )
    return titles[0]


def _check_ids(fragments: list[Fragment]) -> None:
    counts = Counter(identity for fragment in fragments for identity in fragment.ids)
    if doubled := sorted(identity for identity, count in counts.items() if count > 1):
        raise WorkbookError(f"Two elements of one page have the same id: {', '.join(doubled)}. Give each its own.")


def _list_contents(sections: Iterable[Fragment]) -> tuple[Heading, ...]:
    headings = tuple(heading for section in sections for heading in section.headings if heading.level == 2)
    for heading in headings:
        if not heading.id:
            raise WorkbookError(
                f'The heading "{heading.text}" has no id, so the contents cannot link to it. Give it one.'
            )
    return headings
