"""A second language, from a folder of its own."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from workbook import content
from workbook.content import find_content_folder, list_content, list_untranslated, read_content
from workbook.errors import ContentError
from workbook.model.chapters import load_chapter
from workbook.storage import list_translation_problems


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    copy = tmp_path / "content"
    shutil.copytree(find_content_folder(), copy)
    (copy / "cy").mkdir()
    monkeypatch.setenv("WORKBOOK_CONTENT", str(copy))
    return copy


def test_a_translation_takes_the_place_of_english_and_keeps_ids(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Translated texts are shown, untranslated ones stay English, and no id or number changes."""
    translated = "title: Fframio\nfacets:\n  - id: product\n    title: Canlyniad\nsettings:\n  high: {value: 99}\n"
    (folder / "cy" / "framing.yaml").write_text(translated, encoding="utf-8")
    english = load_chapter("framing")
    monkeypatch.setenv("WORKBOOK_LANGUAGE", "cy")
    welsh = load_chapter("framing")
    assert (welsh.title, welsh.why) == ("Fframio", english.why)
    assert [f.id for f in welsh.facets] == [f.id for f in english.facets]
    assert {f.id: f.title for f in welsh.facets}["product"] == "Canlyniad"
    assert welsh.get_number("high") == english.get_number("high")


def test_what_is_not_translated_is_named(folder: Path) -> None:
    """The list names file and place, and shrinks as texts are translated."""
    before = list_untranslated("cy")
    assert "framing.yaml: why" in before
    assert "framing.yaml: facets.product.title" in before
    (folder / "cy" / "framing.yaml").write_text("why: Pam\n", encoding="utf-8")
    assert set(before) - set(list_untranslated("cy")) == {"framing.yaml: why"}


def test_a_language_that_is_not_there_says_where_to_put_it(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An unknown language is no silent English."""
    monkeypatch.setenv("WORKBOOK_LANGUAGE", "fr")
    with pytest.raises(ContentError, match="unset WORKBOOK_LANGUAGE"):
        read_content("framing")


def test_words_are_kept_as_they_are_and_never_out_of_date(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is kept for the next start equals what YAML gives, and a changed file is read anew."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    content._read.cache_clear()
    before = {name: read_content(name) for name in list_content()}
    assert len(list((tmp_path / "cache" / "soil-and-seeds").iterdir())) == len(before)
    content._read.cache_clear()
    with monkeypatch.context() as patch:
        patch.setattr(content, "_parse", lambda raw, name: pytest.fail(f"{name} was parsed again"))
        assert {name: read_content(name) for name in before} == before
    content._read.cache_clear()
    (folder / "framing.yaml").write_text("title: Changed\n", encoding="utf-8")
    assert read_content("framing") == {"title": "Changed"}
    content._read.cache_clear()


def test_words_are_read_where_nothing_can_be_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A home that cannot be written to costs half a second and nothing else."""
    (tmp_path / "cache").write_text("a file, not a folder", encoding="utf-8")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    content._read.cache_clear()
    assert read_content("framing")["title"] == "Framing"


STRANGE = [
    ("words:\n  headline:\n    early: 'Rhy gynnar: {cyfrif} o {total}'\n", "words.headline.early", "{cyfrif}", 3),
    ("title: Fframio\nfacets:\n  - id: product\n    title: '{enw}'\n", "facets.2.title", "{enw}", 4),
    ("words:\n  headline:\n    early: '{count} o {total'\n", "words.headline.early", "a brace without", 3),
]


@pytest.mark.parametrize(("text", "place", "named", "line"), STRANGE)
def test_a_name_that_nothing_fills_in_is_named_and_stays_english(
    folder: Path, monkeypatch: pytest.MonkeyPatch, text: str, place: str, named: str, line: int
) -> None:
    """Check says file, line, text and name; nothing breaks meanwhile, since the English text stands in its place."""
    english = read_content("framing")
    (folder / "cy" / "framing.yaml").write_text(text, encoding="utf-8")
    (problem,) = list_translation_problems("cy")
    assert (problem.file, problem.line) == ("cy/framing.yaml", line)
    assert problem.field.partition(".")[0] == place.partition(".")[0]
    assert problem.field.rpartition(".")[2] == place.rpartition(".")[2]
    assert named in problem.expected
    monkeypatch.setenv("WORKBOOK_LANGUAGE", "cy")
    assert read_content("framing")["words"] == english["words"]


def test_a_name_left_out_is_no_fault(folder: Path) -> None:
    """A language may not need every name that English does."""
    (folder / "cy" / "framing.yaml").write_text("words:\n  headline:\n    early: 'Rhy gynnar: {count}'\n", "utf-8")
    assert not list_translation_problems("cy")


def test_a_sentence_is_translated_whatever_its_name(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A name that elsewhere ties answers to words, such as `sources`, keeps no sentence in English."""
    (folder / "cy" / "framing.yaml").write_text("words: {sources: {one: gan un llais}}\n", encoding="utf-8")
    monkeypatch.setenv("WORKBOOK_LANGUAGE", "cy")
    words = read_content("framing")
    assert words["words"]["sources"]["one"] == "gan un llais"
    assert "framing.yaml: words.sources.many" in list_untranslated("cy")
