"""How every chapter opens: why it asks, and its subject read two ways."""

from __future__ import annotations

from workbook.markup import element
from workbook.model.chapters import load_chapter
from workbook.model.wordings import load_wording
from workbook.theme import join_words
from workbook.views.pieces.blocks import Block, fill, make_block, make_paragraph


def introduce(name: str) -> Block:
    """Why a chapter asks, its subject as evaluation soil and as learning seeds, and the sources behind it."""
    chapter, words = load_chapter(name), load_wording("page")
    sides = (
        ("evaluation", words.get_word("evaluation_soil"), chapter.two_ways.evaluation),
        ("learning", words.get_word("learning_seeds"), chapter.two_ways.learning),
    )
    both = [
        element("div", element("h3", title), make_paragraph(text), class_=f"reading {side}")
        for side, title, text in sides
    ]
    return make_block(
        make_paragraph(chapter.why),
        element("div", both, class_="readings"),
        make_paragraph(_name_sources(chapter.sources), "sources"),
    )


def _name_sources(sources: tuple[str, ...]) -> str:
    known = load_wording("sources").words
    named = list(dict.fromkeys(f"{known[name]['organisation']} ({known[name]['year']})" for name in sources))
    return fill(load_wording("page").get_word("ideas_from"), sources=join_words(named)) if named else ""
