"""A second language, from a folder of its own."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from workbook.content import find_content_folder, list_content, list_untranslated, read_content, write_content
from workbook.errors import ContentError
from workbook.model.chapters import load_chapter


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


def test_words_prepared_for_a_kernel_are_the_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the batch writes for its kernels is read back as the YAML was, every file of it."""
    before = {name: read_content(name) for name in list_content()}
    write_content(tmp_path)
    monkeypatch.setenv("WORKBOOK_SNAPSHOTS", str(tmp_path))
    monkeypatch.setattr("workbook.content._read", lambda path: pytest.fail(f"{path} was read again"))
    assert {name: read_content(name) for name in before} == before
