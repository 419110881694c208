"""The words of `content/`: easy to read, complete, and what the documents say they are."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from readability import list_texts, measure_ease, split_sentences, split_words
from workbook.analysis.assumptions import list_assumptions
from workbook.content import list_content, read_content
from workbook.model.chapters import list_chapters
from workbook.model.wordings import load_wording
from workbook.views.documents import write_assumptions, write_glossary
from workbook.views.keys import write_keys

ROOT = Path(__file__).parents[2]
EASIEST_ALLOWED, LONGEST_SENTENCE = 55, 30


def test_the_measure_itself_tells_easy_from_hard() -> None:
    """Plain words score high and officialese low, or the tests below could not fail."""
    assert measure_ease(["The cat sat on the mat. It was glad."]) > 100
    assert (
        measure_ease(
            ["Organisational capability considerations necessitate comprehensive utilisation of methodologies."]
        )
        < 0
    )


# The titles in sources.yaml are other people's words.
@pytest.mark.parametrize("name", [name for name in list_content() if name != "sources"])
def test_a_file_of_words_is_easy_to_read(name: str) -> None:
    """Flesch reading ease of each file is 55 or more, as of plain English."""
    texts = [text for _, text in list_texts(read_content(name)) if len(split_words(text)) > 3]
    assert not texts or measure_ease(texts) >= EASIEST_ALLOWED


@pytest.mark.parametrize("name", list_content())
def test_no_sentence_is_long(name: str) -> None:
    """No sentence has more than thirty words."""
    texts = list_texts(read_content(name))
    long = [
        (place, s) for place, text in texts for s in split_sentences(text) if len(split_words(s)) > LONGEST_SENTENCE
    ]
    assert long == []


def test_the_words_hold_no_html_and_no_dashes_for_breath() -> None:
    """Content is text; an element in it would be shown as it stands."""
    found = [
        (name, text)
        for name in list_content()
        for _, text in list_texts(read_content(name))
        if re.search(r"<[a-z/]|—", text)
    ]
    assert found == []


def test_every_number_that_embodies_a_judgement_says_who_says_so() -> None:
    """A source is "our judgement" or names a year."""
    sources = [(one.file, one.name, one.setting.source) for one in list_assumptions()]
    assert len(sources) > 50
    assert [
        found for found in sources if "our judgement" not in found[2] and not re.search(r"(19|20)\d\d", found[2])
    ] == []


def test_every_source_a_chapter_names_is_known() -> None:
    """Each chapter's sources have a title, an organisation and a year."""
    known = load_wording("sources").words
    assert all({"title", "organisation", "year"} <= set(source) for source in known.values())
    assert {name for chapter in list_chapters() for name in chapter.sources} <= set(known)


def test_every_question_says_whom_to_ask_when_nobody_knows() -> None:
    """The discovery agenda puts a person beside each open question."""
    assert [q.id for chapter in list_chapters() for q in chapter.questions if not q.ask] == []


def test_question_ids_are_unique_and_begin_with_their_chapter() -> None:
    """An answer's place follows from its question."""
    ids = [(chapter.id, q.id) for chapter in list_chapters() for q in chapter.questions]
    assert len({question for _, question in ids}) == len(ids) > 100
    assert [question for chapter, question in ids if not question.startswith(f"{chapter}.")] == []


@pytest.mark.parametrize(
    ("file", "write"), [("assumptions.md", write_assumptions), ("glossary.md", write_glossary), ("keys.md", write_keys)]
)
def test_a_document_made_from_content_is_current(file: str, write: object) -> None:
    """`make docs` has been run since the content last changed."""
    assert callable(write)
    assert (ROOT / "docs" / file).read_text(encoding="utf-8") == write()
