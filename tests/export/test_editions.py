"""What an edition may not show is in no exported file, and what it must show is in each."""

from __future__ import annotations

from pathlib import Path

import pytest

from canaries import EVERYTHING, MAY, MUST, find_words, write_canaries
from opened import open_file
from workbook.export.export import export_engagement
from workbook.export.format import Format
from workbook.model.answers import Edition


def _open_all(made: Path) -> list[str]:
    files = sorted(made.iterdir()) if made.is_dir() else [made]
    return [text for path in files for text in open_file(path)]


@pytest.fixture
def canaries(project: Path) -> str:
    write_canaries(project / "parameters")
    return "canaries"


@pytest.mark.parametrize("edition", list(Edition))
@pytest.mark.parametrize("format_", list(Format))
def test_an_export_shows_what_its_edition_may_show(canaries: str, edition: Edition, format_: Format) -> None:
    """Unpacked, no forbidden word is there, raw, escaped or encoded; every word that consent allows is."""
    texts = _open_all(export_engagement(canaries, edition=edition, format_=format_))
    assert find_words(EVERYTHING - MAY[edition], texts) == []
    assert [word for word in sorted(MUST[edition]) if not any(word in text for text in texts)] == []
    if edition is not Edition.PRIVATE:
        assert not any("file-" in text for text in texts)


def test_an_answer_that_is_held_back_is_said_to_be(project: Path) -> None:
    """Nobody reads a gap as an answer never given."""
    write_canaries(project / "parameters")
    texts = _open_all(export_engagement("canaries", edition=Edition.PUBLIC, format_=Format.CSV))
    assert any("held back" in text for text in texts)
