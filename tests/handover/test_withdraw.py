"""A person takes everything back: nothing of theirs is left on this machine, and no file of theirs comes back."""

from __future__ import annotations

import json
import re
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from workbook import storage
from workbook.cli import app
from workbook.content import find_content_folder
from workbook.errors import NotFoundError, WorkbookError
from workbook.forms.lab.working_copies import make_working_copies
from workbook.forms.saving.saving import save_answer, write_durably
from workbook.forms.ways.facilitator import write_facilitator_workbook
from workbook.handover.withdraw import plan_withdrawal
from workbook.places import HOME
from workbook.projects.making import make_project

CANARY = "Zephyrine-Quagga"
MARK = "a1b2c3d4e5f60718"


def _run(*arguments: str) -> str:
    found = CliRunner().invoke(app, list(arguments))
    assert not found.exception or isinstance(found.exception, SystemExit), found.exception
    return found.output


def _send(project: Path, **changes: Any) -> Path:
    """Write a file as the form would, of one person whose every word is the canary."""
    path = project / f"sent-{len(list(project.glob('sent-*')))}.json"
    answers = {"framing.purpose.seed": {"value": 4, "note": CANARY}, "framing.setbacks.soil": {"value": 1}}
    person = {"role": f"Role {CANARY}", "name": f"Name {CANARY}", "consent": "named", "respondent": MARK, "saved": 3}
    head = {"schema": 1, "kind": "soil-and-seeds-answers", "engagement": "example"}
    path.write_text(json.dumps({**head, **person, "answers": answers, **changes}), encoding="utf-8")
    return path


def _find_canary(folder: Path) -> set[str]:
    """Return the files of a project that hold the canary, in their names, raw, or inside a container."""
    found = set()
    for path in folder.rglob("*"):
        name = path.relative_to(folder).as_posix()
        if path.is_file() and not name.startswith("sent-"):
            texts = [name.encode(), path.read_bytes()]
            if zipfile.is_zipfile(path):
                with zipfile.ZipFile(path) as held:
                    texts += [held.read(one) for one in held.namelist()]
            if any(re.search(rb"zephyrine.quagga", text, re.IGNORECASE) for text in texts):
                found.add(name)
    return found


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two projects made once: `plain` with one more person in it, `filled` with their words wherever words are put."""
    folder = tmp_path_factory.mktemp("made")
    with pytest.MonkeyPatch.context() as patch:
        _enter(patch, folder / "plain")
        found = make_project(folder / "plain")
        assert "as the new voice" in _run("collect", "example", str(_send(found)))
        shutil.copytree(folder / "plain", folder / "filled")
        _enter(patch, folder / "filled")
        _fill(folder / "filled")
    return folder


def _enter(patch: pytest.MonkeyPatch, project: Path) -> None:
    patch.setenv(HOME, str(project))
    patch.setenv("WORKBOOK_CONTENT", str(find_content_folder()))  # which the batch would set for good


@pytest.fixture
def project(request: pytest.FixtureRequest, made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project of one engagement with one more person in it, collected from a form."""
    kind = "filled" if "everywhere" in request.fixturenames else "plain"
    _enter(monkeypatch, tmp_path / "mine")
    return Path(shutil.copytree(made / kind, tmp_path / "mine"))


@pytest.fixture
def voice(project: Path) -> str:
    """Return the voice's name."""
    return _find_voice(project)


@pytest.fixture
def everywhere(project: Path) -> set[str]:
    """Return the files that hold the person's words, in a project where they are wherever the workbook puts words."""
    return _find_canary(project)


def _find_voice(project: Path) -> str:
    (path,) = (project / "parameters" / "example" / "voices").glob("*quagga.yaml")
    return path.stem


def _fill(project: Path) -> None:
    folder, voice = project / "parameters" / "example", _find_voice(project)
    note = {"value": 2, "note": f"{CANARY} again"}
    _run("collect", "example", "--replace", str(_send(project, saved=4, answers={"framing.purpose.seed": note})))
    save_answer(folder, voice, "framing.purpose.seed", {"value": 0, "note": CANARY}, base={"value": 1})
    path = folder / "voices" / f"{voice}.yaml"
    for left in (f".{voice}.yaml-77-beef", f"{voice}.yaml~", f".{voice}.yaml.swp", f"{voice} (conflicted copy).yaml"):
        (path.parent / left).write_bytes(path.read_bytes())
    copies = make_working_copies("example")
    for name, changed in (("01_framing.ipynb", False), ("02_discovery.ipynb", True)):
        notebook = json.loads((copies / name).read_text(encoding="utf-8"))
        cell = next(one for one in notebook["cells"] if one["cell_type"] == "code")
        cell["outputs"] = [{"output_type": "stream", "name": "stdout", "text": CANARY}]
        cell["source"] = "".join(cell["source"]) + ("\n# my own line" if changed else "")
        (copies / name).write_text(json.dumps(notebook), encoding="utf-8")
    (copies / ".ipynb_checkpoints").mkdir()
    (copies / ".ipynb_checkpoints" / "01.ipynb").write_text(CANARY, encoding="utf-8")
    _run("batch", "example", "--edition", "private", "--edition", "partners", "--release", "--jobs", "1")
    _run("batch", "example", "--report", "portfolio", "--jobs", "1")
    for format_ in ("json", "xlsx", "csv"):
        _run("export", "example", "--format", format_)
    _run("export", "example", "--format", "json", "--edition", "partners")
    _run("pack", "example")
    assert (project / "outputs" / "example" / "private").is_dir()


def test_nothing_of_the_person_is_left_and_what_others_wrote_stays(
    project: Path, voice: str, everywhere: set[str]
) -> None:
    """Every file that held a word of theirs is gone or emptied; a dry run names each and touches none."""
    missing = {kind for kind in _KINDS if not any(kind in name for name in everywhere)}
    assert not missing
    others = {path: path.read_bytes() for path in project.glob("parameters/*/voices/*.yaml") if voice not in path.name}
    said = _run("withdraw", "example", voice, "--dry-run")
    assert _find_canary(project) == everywhere
    for name in everywhere:
        assert any(parent in said for parent in (name, *map(str, Path(name).parents[:-3]))), name
    assert "summary.partners.html" in said
    assert "record of releases" in said
    assert "Subject: " in said
    assert CANARY not in said.partition("Subject: ")[2]
    assert "Done." in _run("withdraw", "example", voice, "--yes")
    assert _find_canary(project) == set()
    assert {path: path.read_bytes() for path in others} == others
    assert "# my own line" in (project / "outputs/example/workbook/02_discovery.ipynb").read_text(encoding="utf-8")
    assert "no problems" in _run("check", "example")


def test_the_list_of_places_holds_every_place(project: Path, voice: str, everywhere: set[str]) -> None:
    """Whatever a command wrote somebody's words into is in the one list that storage owns."""
    listed = [path.relative_to(project).as_posix() for _, path in storage.find_places(project, "example", voice)]
    assert {name for name in everywhere if not any((name + "/").startswith(f"{one}/") for one in listed)} == set()


def test_what_holds_answers_is_for_this_user_alone(project: Path, voice: str, everywhere: set[str]) -> None:
    """Every file that a command wrote somebody's words into is 0600, in folders of 0700, whatever the user's umask."""
    ours = {
        name for name in everywhere if not any(sign in name for sign in ("~", ".swp", "beef", " ", "/0", "/.ipynb"))
    }
    assert len(ours) > 10
    open_ = {name for name in ours if (project / name).stat().st_mode & 0o077}
    assert open_ == set()
    folders = {parent for name in ours for parent in list((project / name).parents)[: len(Path(name).parts) - 2]}
    assert {folder.name for folder in folders if folder.stat().st_mode & 0o077} == set()


def test_what_went_out_is_named_by_the_record_and_then_forgotten(project: Path, voice: str) -> None:
    """Releases that hold the person stand before the message and in it; afterwards the record has no mark of them."""
    assert "nothing that went out holds their answers" not in _run("withdraw", "example", voice, "--dry-run")
    storage.release_engagement("example", "partners")
    folder = project / "parameters" / "example"
    (person,) = [one for one in storage.read_engagement(folder).voices if one.id == voice]
    record = storage.read_releases(folder)
    mark, sent = record.mark(person), record.releases[0].input
    said = _run("withdraw", "example", voice, "--dry-run")
    for part in (said, said.partition("Subject: ")[2]):
        assert f"the partners edition with {sent} at its foot" in part
    assert mark in (folder / storage.RELEASES_FILE).read_text(encoding="utf-8")
    assert "It keeps no mark of this person" in _run("withdraw", "example", voice, "--yes")
    after = storage.read_releases(folder)
    assert mark not in (folder / storage.RELEASES_FILE).read_text(encoding="utf-8")
    assert after.pools == record.pools
    assert set(record.people) - set(after.people) == {mark}


def test_a_workbook_that_was_filled_in_where_it_was_made_is_named(project: Path, voice: str) -> None:
    """It holds others' answers too, so it stays, and what to take out of it is said; an empty one is not named."""
    path = write_facilitator_workbook("example")
    assert "questionnaire.xlsx" not in str(plan_withdrawal("example", voice))
    path.write_bytes(b"in some shape")
    said = str(plan_withdrawal("example", voice))
    assert "outputs/example/questionnaire.xlsx has answers typed into it, and stays" in said


def test_what_stays_says_nothing(project: Path, voice: str) -> None:
    """One mark of the random id under a random key: no name, no role, no id, no day, no count."""
    _run("withdraw", "example", voice, "--yes")
    kept = (project / "parameters/example/withdrawn.yaml").read_text(encoding="utf-8")
    assert MARK not in kept
    assert CANARY.casefold() not in kept.casefold()
    assert len(re.findall(r"\b[0-9a-f]{64}\b", kept)) == 2


_UNMARKED = ("respondent", "saved", "name")
_KINDS = ("voices/", "earlier/", "set-aside/", "workbook/", "private/", ".html", ".json", ".xlsx", ".zip")

_BACK: dict[str, Callable[[Path, str], str]] = {
    "the same file": lambda project, voice: _run("collect", "example", str(_send(project))),
    "--replace": lambda project, voice: _run("collect", "example", "--replace", str(_send(project, saved=99))),
    "another name": lambda project, voice: _run("collect", "example", "--as", "other", str(_send(project))),
    "another role": lambda project, voice: _run("collect", "example", str(_send(project, role="Other", name="Other"))),
    "a restored draft": lambda project, voice: _run("collect", "example", str(_send(project, saved=1))),
}


@pytest.mark.parametrize("way", _BACK)
def test_nothing_of_theirs_comes_back(project: Path, voice: str, way: str) -> None:
    """Neither the file again, nor with --replace, nor as another voice or role, nor from an older draft."""
    _run("withdraw", "example", voice, "--yes")
    said = _BACK[way](project, voice)
    assert "nothing was taken" in said
    assert "did not take them back" in said
    assert _find_canary(project) == set()


def test_a_file_put_back_by_hand_is_not_read(project: Path, voice: str) -> None:
    """Under any name: no edition holds it, check names it, and withdraw takes it out again."""
    path = project / "parameters" / "example" / "voices" / f"{voice}.yaml"
    text = path.read_bytes()
    _run("withdraw", "example", voice, "--yes")
    path.with_name("renamed.yaml").write_bytes(text)
    assert CANARY not in storage.load_engagement("example").model_dump_json()
    said = _run("check", "example")
    assert "workbook withdraw example renamed" in said
    _run("withdraw", "example", "renamed", "--yes")
    assert _find_canary(project) == set()


def test_who_has_no_mark_is_asked_for(project: Path) -> None:
    """Without the form's mark, somebody of the same name and role is let in only by name."""
    sent = {"respondent": None, "saved": None, "role": f"Clerk {CANARY}"}
    path = _send(project, **sent)
    path.write_text(json.dumps({k: v for k, v in json.loads(path.read_text()).items() if v is not None}))
    assert "as the new voice" in _run("collect", "example", str(path), "--as", "clerk")
    assert "made of role, name and organisation" in _run("withdraw", "example", "clerk", "--yes")
    assert "who took their answers back" in _run("collect", "example", str(path))
    assert "as the new voice" in _run("collect", "example", str(path), "--as", "clerk-2")


def test_a_kill_half_way_lets_nothing_back(project: Path, voice: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The mark is written before anything goes, and the next command goes on where it was stopped."""
    planned = plan_withdrawal("example", voice)
    monkeypatch.setattr("workbook.storage.moving.Step.do", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
    with pytest.raises(KeyboardInterrupt):
        planned.carry_out()
    monkeypatch.undo()
    monkeypatch.setenv(HOME, str(project))
    assert CANARY not in storage.load_engagement("example").model_dump_json()
    _run("check", "example")
    assert _find_canary(project) == set()


def test_who_has_no_mark_of_a_form_is_known_on_this_machine_alone(
    project: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Nothing in the folder lets a name be tried out; here their file stays out, elsewhere it is asked about."""
    folder = project / "parameters" / "example"
    (person,) = [one for one in storage.read_engagement(folder).voices if one.id == "trustee"]
    assert not person.respondent
    _run("withdraw", "example", "trustee", "--yes")
    kept = storage.read_withdrawn(folder)
    assert kept is not None
    assert kept.marks == ()
    assert len(kept.unnumbered) == 1
    assert kept.holds(person, storage.read_secret())
    assert not kept.holds(person, "")
    assert not kept.holds(person, kept.key)
    sent = _send(project, role=person.role, organisation=person.organisation)
    data = json.loads(sent.read_text(encoding="utf-8"))
    sent.write_text(json.dumps({key: one for key, one in data.items() if key not in _UNMARKED}), encoding="utf-8")
    assert "who took their answers back" in _run("collect", "example", str(sent))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "elsewhere"))
    said = _run("collect", "example", str(sent))
    assert "of whom this machine can tell" in said
    assert "as the new voice" in _run("collect", "example", str(sent), "--as", "somebody-else")


def test_a_release_gives_everybody_a_mark_that_says_nothing(project: Path) -> None:
    """Who has none of a form's gets a random one in their own file, and is known by it under another name too."""
    _run("batch", "example", "--edition", "public", "--report", "brief", "--release", "--jobs", "1")
    folder = project / "parameters" / "example"
    voices, record = storage.read_engagement(folder).voices, storage.read_releases(folder)
    assert all(one.respondent or one.released_as for one in voices)
    assert len({one.released_as for one in voices if one.released_as}) == sum(not one.respondent for one in voices)
    held = next(one for one in voices if one.released_as and record.list_holding(one))
    assert record.list_holding(held.model_copy(update={"role": "Another role"}))
    assert not record.list_holding(held.model_copy(update={"released_as": None}))


def test_pages_under_a_name_that_is_gone_are_found_too(project: Path, voice: str) -> None:
    """As a rename leaves them that is killed half way; a folder of somebody's own stays."""
    for name in ("before/private", "my-own"):
        (project / "outputs" / name).mkdir(parents=True)
    (project / "outputs" / "before" / "summary.html").write_text(CANARY, encoding="utf-8")
    _run("withdraw", "example", voice, "--yes")
    assert not (project / "outputs" / "before").exists()
    assert (project / "outputs" / "my-own").is_dir()


def test_a_record_of_withdrawals_that_cannot_be_read_stops_everything(project: Path, voice: str) -> None:
    """Rather than let anybody's answers in unseen; and where nothing of a voice is left, the command says so."""
    path = project / "parameters" / "example" / storage.WITHDRAWN_FILE
    write_durably(path, "schema: 2\nkey: short\nmarks: []\n")
    with pytest.raises(WorkbookError, match=r"withdrawn\.yaml"):
        storage.load_engagement("example")
    path.unlink()
    with pytest.raises(NotFoundError, match="nobody"):
        plan_withdrawal("example", "nobody")
