"""Files that differ only in what may not be shown give the same page, and what goes out is held to what went out."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from typer.testing import CliRunner

from privacy.random_engagements import make_random
from privacy.twins import make_twin
from workbook import storage
from workbook.cli import app
from workbook.model.answers import Edition
from workbook.model.engagement import Engagement

PAGES = int(os.environ.get("WORKBOOK_PRIVACY_PAGES", "1"))
SHARED = (Edition.PARTNERS, Edition.PUBLIC)


def write_files(engagement: Engagement, project: Path) -> Path:
    """Write an engagement as the folder that it would be read from."""
    folder = project / "parameters" / engagement.slug
    (folder / "voices").mkdir(parents=True)
    _write(folder / "engagement.yaml", engagement.facts.model_dump(mode="json", exclude_defaults=True))
    _write(folder / "agreed.yaml", engagement.agreed.model_dump(mode="json", exclude_none=True, exclude={"asked"}))
    for voice in engagement.voices:
        given = voice.model_dump(mode="json", exclude_none=True, exclude={"id", "asked"})
        _write(folder / "voices" / f"{voice.id}.yaml", given)
    return folder


def _write(path: Path, data: dict[str, object]) -> None:
    path.write_text(json.dumps({"schema": storage.SCHEMA, **data}), encoding="utf-8")


def _run(*arguments: str) -> str:
    found = CliRunner().invoke(app, list(arguments))
    assert found.exit_code == 0, (found.output, found.exception)
    return found.output


@pytest.mark.parametrize("edition", SHARED)
@pytest.mark.parametrize("seed", range(6))
def test_twins_are_one_to_whoever_loads_them(seed: int, edition: Edition, tmp_path: Path) -> None:
    """Read from files, thinned at the door: byte for byte the same, and the same in a portfolio of all."""
    whole = make_random(seed)
    folders = (write_files(whole, tmp_path / "one"), write_files(make_twin(whole, edition, seed), tmp_path / "two"))
    one, two = (storage.load_engagement(folder, edition) for folder in folders)
    assert one.model_dump_json() == two.model_dump_json()
    together = storage.gather_portfolio(folders[0].parent, ["any", "nobody"], edition)
    assert together.engagements == (one,)
    assert [left.name for left in together.left_out] == [""]


@pytest.mark.parametrize("seed", range(PAGES))
def test_twins_have_one_page(seed: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The summary is byte for byte the same, and says that it is a draft until it is released."""
    edition = SHARED[seed % 2]
    whole, pages = make_random(seed + 100), []
    for name, each in (("one", whole), ("two", make_twin(whole, edition, seed))):
        project = tmp_path / name
        write_files(each, project)
        (project / "notebooks").symlink_to(Path(__file__).parents[2] / "notebooks")
        monkeypatch.setenv("WORKBOOK_HOME", str(project))
        _run("batch", "any", "--edition", edition, "--jobs", "1")
        pages.append((project / "outputs" / "any" / f"summary.{edition}.html").read_bytes())
    assert pages[0] == pages[1]
    assert b"Draft, not for sending" in pages[0]
    _run("batch", "any", "--edition", edition, "--release", "--jobs", "1")
    released = project / "outputs" / "any" / f"summary.{edition}.html"
    first = released.read_bytes()
    assert b"Draft, not for sending" not in first
    _run("batch", "any", "--edition", edition, "--jobs", "1")
    assert released.read_bytes() == first


@pytest.mark.parametrize("edition", SHARED)
def test_twins_have_one_export(edition: Edition, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Spreadsheet, tables and data are byte for byte the same, and their names too."""
    whole, made = make_random(7), []
    for name, each in (("one", whole), ("two", make_twin(whole, edition, 7))):
        write_files(each, tmp_path / name)
        monkeypatch.setenv("WORKBOOK_HOME", str(tmp_path / name))
        for kind in ("xlsx", "csv", "json"):
            _run("export", "any", "--edition", edition, "--format", kind)
        outputs = tmp_path / name / "outputs" / "any"
        made.append(
            {str(path.relative_to(outputs)): path.read_bytes() for path in outputs.rglob("*") if path.is_file()}
        )
    assert made[0] == made[1]
    assert len(made[0]) > 4


def test_the_record_holds_no_answer_and_holds_the_next_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody joins a total of six: they wait until more have come, the batch says so; one leaves: it is held back."""
    question = "framing.purpose.seed"
    monkeypatch.setenv("WORKBOOK_HOME", str(tmp_path))
    whole = make_random(0)

    def write(number: int) -> None:
        data = {"role": "Grantee", "name": f"Name {number}", "consent": "aggregate", "respondent": f"mark{number:06}"}
        _write(folder / "voices" / f"v{number}.yaml", {**data, "answers": {question: number % 3}})

    folder = write_files(whole.model_copy(update={"voices": ()}), tmp_path)
    for number in range(6):
        write(number)
    assert storage.release_engagement("any", Edition.PUBLIC) == ()
    record = (folder / storage.RELEASES_FILE).read_text(encoding="utf-8")
    assert "Name" not in record
    assert "Grantee" not in record
    assert question in record
    assert storage.release_engagement("any", Edition.PUBLIC) == ()
    assert (folder / storage.RELEASES_FILE).read_text(encoding="utf-8") == record
    write(6)
    joined = storage.load_engagement("any", Edition.PUBLIC)
    assert len(joined.pools[question].values) == 6
    assert joined.draft
    assert storage.release_engagement("any", Edition.PUBLIC) == (question,)
    for number in range(7, 12):
        write(number)
    assert len(storage.load_engagement("any", Edition.PUBLIC).pools[question].values) == 12
    assert storage.release_engagement("any", Edition.PARTNERS) == ()
    voices = {voice.id: voice for voice in storage.read_engagement(folder).voices}
    holding = {name: storage.read_releases(folder).list_holding(voice) for name, voice in voices.items()}
    assert [one.edition for one in holding["v0"]] == [Edition.PUBLIC, Edition.PUBLIC, Edition.PARTNERS]
    assert [one.edition for one in holding["v6"]] == [Edition.PARTNERS]
    (folder / "voices" / "v0.yaml").unlink()
    assert question not in storage.load_engagement("any", Edition.PUBLIC).pools
