"""Names in braces in words of one's own: a slip is named by the check, and stops no page and no form."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from workbook.content import find_content_folder, read_content
from workbook.content.own_fields import keep_as_typed
from workbook.errors import ContentError
from workbook.forms.questionnaire.questionnaire import write_questionnaire
from workbook.storage import list_content_problems


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder with the words of a project of one's own, which has the example."""
    shutil.copytree(Path(__file__).parents[2] / "parameters" / "example", tmp_path / "parameters" / "example")
    folder = tmp_path / "content"
    folder.mkdir()
    for path in find_content_folder().glob("*.yaml"):
        shutil.copy(path, folder)
    monkeypatch.setenv("WORKBOOK_CONTENT", str(folder))
    monkeypatch.setenv("WORKBOOK_HOME", str(tmp_path))
    return folder


def _change(path: Path, before: str, after: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, after), encoding="utf-8")


def test_the_words_that_ship_have_no_problem(own: Path) -> None:
    """Nothing is said of words that nobody changed, nor of a name used elsewhere."""
    _change(own / "framing.yaml", "{commissioner}", "{commissioner} of {title}")
    assert list_content_problems() == ()


@pytest.mark.parametrize(("slip", "found"), [("{comissioner}", "{comissioner}"), ("{commissioner", "{")])
def test_a_slip_in_braces_is_named_and_shown_as_typed(own: Path, slip: str, found: str) -> None:
    """The check says file, line and what was meant; the questionnaire is made, with the words as they stand."""
    _change(own / "forms.yaml", "{commissioner}", slip)
    problems = list_content_problems()
    assert problems
    assert {one.file for one in problems} == {"content/forms.yaml"}
    assert all(one.line and one.expected.endswith(f"found: {found}") for one in problems)
    if found == "{comissioner}":
        assert all(one.remedy.startswith("type {commissioner}; until then") for one in problems)
    page = write_questionnaire("example", chapters=["framing"]).read_text(encoding="utf-8")
    assert slip in page


def test_only_what_cannot_be_filled_in_is_kept_as_typed() -> None:
    """Beside a slip the other names are still filled in, and doubled braces stay what they are."""
    kept = keep_as_typed({"a": ["{title}, {titel}, {{x}} {title"]})["a"][0]
    assert kept.format(title="T") == "T, {titel}, {x} {title"


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b"title: Framing\ntitle: Again\n", r"^framing.yaml, line 2 cannot be read as YAML"),
        ("title: Förderung".encode("cp1252"), "choosing the encoding UTF-8"),
    ],
)
def test_what_cannot_be_read_is_said_in_a_sentence(own: Path, raw: bytes, said: str) -> None:
    """The file and the line, and nothing that a library has to say to those who program."""
    (own / "framing.yaml").write_bytes(raw)
    with pytest.raises(ContentError, match=said) as refused:
        read_content("framing")
    assert "\n" not in str(refused.value)
