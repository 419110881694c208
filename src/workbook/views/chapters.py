"""How every chapter opens: why it asks, and its subject read two ways."""

from __future__ import annotations

from workbook.markup import element
from workbook.model.chapters import load_chapter
from workbook.model.wordings import load_wording
from workbook.theme import join_words
from workbook.views.blocks import Block, make_block, make_paragraph


def introduce(name: str) -> Block:
    """Why a chapter asks, its subject as evaluation soil and as learning seeds, and the sources behind it."""
    chapter = load_chapter(name)
    sides = (
        ("evaluation", "Evaluation soil", chapter.two_ways.evaluation),
        ("learning", "Learning seeds", chapter.two_ways.learning),
    )
    both = [
        element("div", element("h3", title), make_paragraph(text), class_=f"reading {side}")
        for side, title, text in sides
    ]
    return make_block(
        make_paragraph(chapter.why), element("div", both, class_="readings"), make_paragraph(_name_sources(chapter.sources), "sources")
    )


def _name_sources(sources: tuple[str, ...]) -> str:
    known = load_wording("sources").words
    named = [f"{known[name]['organisation']} ({known[name]['year']})" for name in sources]
    return f"Ideas from {join_words(named)}; the wording and the questions are ours." if named else ""
