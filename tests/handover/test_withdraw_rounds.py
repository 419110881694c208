"""Who takes back what they said in one round: the pages of the next one that show it beside their later answers."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from workbook import storage
from workbook.batch.plan import plan_jobs
from workbook.batch.releasing import release_jobs
from workbook.cli import app
from workbook.model.answers import Voice
from workbook.model.choices import Edition
from workbook.places import HOME

ASKED = ("framing.purpose.seed", "framing.setbacks.soil")
FACTS = "schema: 2\ntitle: {title}\ncommissioner: A house\n"


def _run(*arguments: str) -> str:
    found = CliRunner().invoke(app, list(arguments))
    assert not found.exception or isinstance(found.exception, SystemExit), found.exception
    return found.output


def _write_round(project: Path, slug: str, follows: str, *, first: int, **of_one: str) -> Path:
    """Write a round of seven people who answer by role, in files of their own names; `of_one` is what Lea's adds."""
    folder = project / "parameters" / slug
    (folder / "voices").mkdir(parents=True)
    said = FACTS.format(title=f"Round {slug}") + (f"follows: {follows}\n" if follows else "")
    (folder / "engagement.yaml").write_text(said, encoding="utf-8")
    for number, name in enumerate(("lea", "a", "b", "c", "d", "e", "f")):
        voice = {"schema": 2, "role": f"Role {name}", "consent": "role"}
        voice |= {"answers": {ASKED[0]: (first + number) % 4, ASKED[1]: number % 3}}
        voice |= {"same_as": name} if follows else {}
        voice |= of_one if name == "lea" else {}
        (folder / "voices" / f"{name}.yaml").write_text(json.dumps(voice), encoding="utf-8")
    return folder


def _release(project: Path, slug: str, edition: Edition = Edition.PARTNERS) -> list[str]:
    (project / "notebooks").mkdir(exist_ok=True)
    (project / "notebooks" / "10_summary.ipynb").touch()
    return list(release_jobs(plan_jobs([slug], editions=[edition], report="summary", root=project)))


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two rounds of the same seven people, both released; Lea stood there by name first, and by role a year later."""
    monkeypatch.setenv(HOME, str(tmp_path))
    _write_round(tmp_path, "one", "", first=1, name="Lea Ng", consent="named")
    _write_round(tmp_path, "two", "one", first=2)
    for made in ("one/summary.html", "two/summary.html", "two/summary.partners.html", "two/private/summary.ipynb"):
        (tmp_path / "outputs" / made).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "outputs" / made).write_text("a page", encoding="utf-8")
    said = [*_release(tmp_path, "one"), *_release(tmp_path, "two")]
    assert not any("not released" in line for line in said)
    return tmp_path


def test_later_pages_that_hold_the_answer_are_named_and_removed(project: Path) -> None:
    """By the next round's record; of who stands in both, and of nobody else; then that record forgets them."""
    later = project / "parameters" / "two"
    sent = storage.read_releases(later).releases[0]
    line = f"the partners edition of “Round two” with {sent.input} at its foot, beside their later answers"
    said = _run("withdraw", "one", "a", "--dry-run")
    assert line in said
    assert line in said.partition("Subject: ")[2]
    assert "summary.partners.html of “Round two”" in said.partition("Subject: ")[2]
    assert "workbook withdraw two a" in said
    # By name in one round and by role in the other stands in no comparison.
    assert line not in _run("withdraw", "one", "lea", "--dry-run")
    assert "workbook withdraw one a" in _run("withdraw", "two", "a", "--dry-run")
    assert "Done." in _run("withdraw", "one", "a", "--yes")
    assert not list((project / "outputs" / "two").iterdir())
    assert (later / "voices" / "a.yaml").exists()
    after = storage.read_releases(later)
    assert len(after.releases[0].last) == len(sent.last) - 1
    assert after.releases[0].voices == sent.voices
    shown = storage.load_engagement(later, "partners")
    assert "Role a" in {voice.role for voice in shown.voices}
    assert shown.last is not None
    assert "Role a" not in {voice.role for voice in shown.last.voices}


def test_a_later_round_stays_held_to_how_somebody_was_shown(project: Path) -> None:
    """Lea's name stood beside what she said first: her role stands beside nothing, nor does it once she left."""

    def list_roles() -> set[str]:
        return {voice.role for voice in storage.load_engagement("two", "public").voices}

    assert "Role lea" not in list_roles()
    assert "Done." in _run("withdraw", "one", "lea", "--yes")
    assert "Role lea" not in list_roles()
    assert not storage.read_releases(project / "parameters" / "one").find_person(_read(project, "two", "lea"))
    _release(project, "two", Edition.PUBLIC)
    assert "Role lea" not in list_roles()


def _read(project: Path, slug: str, voice: str) -> Voice:
    return next(one for one in storage.read_engagement(project / "parameters" / slug).voices if one.id == voice)


def test_a_round_is_not_released_whose_last_one_is_gone(project: Path) -> None:
    """What went out of that nobody could be held to: it is said what to type, and pages stay drafts."""
    _run("archive", "one", "--yes")
    (said,) = _release(project, "two", Edition.PUBLIC)
    assert "workbook archive one --back" in said
    assert storage.load_engagement("two", "public").draft
    _run("archive", "one", "--back", "--yes")
    assert not any("not released" in line for line in _release(project, "two", Edition.PUBLIC))
    assert not storage.load_engagement("two", "public").draft


def test_a_later_round_in_the_archive_is_not_forgotten(project: Path) -> None:
    """A withdrawal asks for it to be taken back first; a new name of the first round is written into it."""
    _run("archive", "two", "--yes")
    said = str(CliRunner().invoke(app, ["withdraw", "two", "a", "--yes"]).exception)
    assert said == "two is in the archive. To take it back, type: workbook archive two --back"
    assert "workbook archive two --back" in str(CliRunner().invoke(app, ["withdraw", "one", "a", "--yes"]).exception)
    assert "archive/two/parameters/engagement.yaml is changed" in _run("rename", "one", "first", "--yes")
    _run("archive", "two", "--back", "--yes")
    assert storage.find_followed(project / "parameters" / "two") == "first"
    assert "Done." in _run("withdraw", "first", "a", "--yes")


def test_an_earlier_round_is_held_to_what_went_out_of_a_later_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Released only after it, with one person more in a total: that one's answer would be the difference."""
    monkeypatch.setenv(HOME, str(tmp_path))
    one = _write_round(tmp_path, "one", "", first=1)
    two = _write_round(tmp_path, "two", "one", first=1)
    for path in (*one.glob("voices/*.yaml"), *two.glob("voices/*.yaml")):
        voice = {**json.loads(path.read_text(encoding="utf-8")), "consent": "aggregate"}
        path.write_text(json.dumps(voice), encoding="utf-8")
    (two / "voices" / "lea.yaml").unlink()
    assert len(storage.load_engagement("one", "public").pools[ASKED[1]].values) == 7
    _release(tmp_path, "two", Edition.PUBLIC)
    assert len(storage.load_engagement("two", "public").pools[ASKED[1]].values) == 6
    assert ASKED[1] not in storage.load_engagement("one", "public").pools
