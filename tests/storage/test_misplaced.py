"""Answers that lie where nothing reads them are named, each with where it belongs."""

from __future__ import annotations

from pathlib import Path

import pytest

from builders import SMALLEST, write_engagement
from workbook.errors import InputError
from workbook.storage import check_engagement, list_hints

VOICE = "schema: 1\nrole: Lead\nconsent: role\nanswers: {framing.purpose.seed: 3}\n"


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("aggreed.yaml", "should it be called agreed.yaml?"),
        ("AGREED.YML", "should it be called agreed.yaml?"),
        ("voice/lead.yaml", "should it be called voices?"),
        ("lead.yaml", "put it into voices/"),
        ("answers (1).json", "workbook collect own '"),
    ],
)
def test_a_file_under_another_name_is_named(tmp_path: Path, name: str, said: str) -> None:
    """The group's answers misspelt, a voice beside the voices, a file as it was sent: none is taken for heard."""
    folder = write_engagement(tmp_path / "own", {"engagement.yaml": SMALLEST, name: VOICE})
    (hint,) = list_hints(folder)
    assert hint.file == f"own/{name.partition('/')[0]}"
    assert hint.text.startswith("this is not read: ")
    assert said in hint.text


def test_what_belongs_there_is_not_named(tmp_path: Path) -> None:
    """Nor are documents that somebody keeps with an engagement, or what programs leave."""
    kept = ["voices/lead.yaml", "earlier/lead/1.yaml", "surveys/a.yaml", "call.pdf", "README.md", ".lead.yaml.swp"]
    folder = write_engagement(tmp_path / "own", {"engagement.yaml": SMALLEST, **dict.fromkeys(kept, VOICE)})
    assert list_hints(folder) == ()


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Lead 2.yaml", "rename it, for example lead-2.yaml"),
        ("lead.yaml.txt", "rename it, for example lead.yaml"),
        ("lead.json", "then type workbook collect own lead.json"),
        ("学.yaml", "rename it, for example grants-manager.yaml"),
    ],
)
def test_a_voice_of_no_voice_s_name_is_told_its_own(tmp_path: Path, name: str, said: str) -> None:
    """The name that the file can have is said, or how a file that was sent in is filed."""
    folder = write_engagement(tmp_path / "own", {"engagement.yaml": SMALLEST, f"voices/{name}": VOICE})
    with pytest.raises(InputError) as refused:
        check_engagement(folder)
    assert said in refused.value.problems[0].remedy


@pytest.mark.parametrize("text", ["", "schema: 2\nreleases: nonsense\n"])
@pytest.mark.parametrize(
    ("name", "why"), [("releases.yaml", "tell who said what"), ("withdrawn.yaml", "come in again")]
)
def test_a_damaged_record_is_a_problem_and_never_to_be_deleted(tmp_path: Path, name: str, text: str, why: str) -> None:
    """The check names it beside every other problem, and says what would be lost without it."""
    folder = write_engagement(tmp_path / "own", {"engagement.yaml": SMALLEST + "budget: many\n", name: text})
    with pytest.raises(InputError) as refused:
        check_engagement(folder)
    assert {one.file for one in refused.value.problems} == {"own/engagement.yaml", f"own/{name}"}
    said = [one.remedy for one in refused.value.problems if one.file.endswith(name)]
    assert all("put the file back as it was" in one and why in one for one in said)
