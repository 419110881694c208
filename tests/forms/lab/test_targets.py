"""Where the group wants to be: set, changed and taken back in its form, and kept in agreed.yaml as anybody types it."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

from workbook.forms.lab.session import Session
from workbook.forms.saving.saving import GROUP
from workbook.model.rounds import Target
from workbook.storage import read_engagement

EXAMPLE = Path(__file__).parents[3] / "parameters" / "example"
TIMING, SETBACKS = "framing.timing.soil", "framing.setbacks.soil"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a copy of the example, whose group has three targets, two of them in the first chapter."""
    return Path(shutil.copytree(EXAMPLE, tmp_path / "example"))


def _ask(session: Session, kind: str, **message: Any) -> dict[str, dict[str, Any]]:
    return {reply["kind"]: reply for reply in session.respond({"kind": kind, "voice": GROUP, **message})}


def _open(folder: Path, chapter: str = "framing", **message: Any) -> tuple[Session, dict[str, Any], dict[str, Any]]:
    """Open the group's form; return its table of targets and the answer that stands in it."""
    session = Session(folder, chapter)
    state = _ask(session, "open", **message)["state"]
    table = next((one for one in state["sheet"]["questions"] if one["id"] == f"{chapter}.targets"), {})
    return session, table, state["answers"].get(f"{chapter}.targets")


def _give(session: Session, rows: list[dict[str, Any]] | None, base: Any, **more: Any) -> dict[str, dict[str, Any]]:
    answer = None if rows is None else {"value": rows}
    question = f"{session.chapter}.targets"
    return _ask(session, "answer", question=question, answer=answer, base=base, **more)


def _read(folder: Path) -> dict[str, Target]:
    return dict(read_engagement(folder).agreed.targets)


def test_the_group_s_form_shows_the_targets_there_are(folder: Path) -> None:
    """In the words of the chapter, each with its step, day and who sees to it; no voice's form asks for any."""
    session, table, answer = _open(folder)
    about = {one["id"]: one["label"] for one in table["columns"][0]["options"]}
    steps = {one["id"]: one["label"] for one in table["columns"][1]["options"]}
    first = answer["value"][0]
    assert about[first["about"]].startswith("Timing: ")
    assert (steps[first["step"]], first["by"], first["who"], first["edition"]) == (
        "A little",
        "2027-10",
        "The director",
        "public",
    )
    own = _ask(session, "open", voice="trustee")["state"]
    assert not [one for one in own["sheet"]["questions"] if one["id"].endswith(".targets")]
    assert "framing.targets" not in own["answers"]


def test_a_target_is_set_changed_and_taken_back_and_the_rest_of_the_file_stays(folder: Path) -> None:
    """To the letter: comments, other chapters' targets, every answer; and the pages' figures hold the new one."""
    before = (folder / "agreed.yaml").read_text(encoding="utf-8")
    session, _, answer = _open(folder)
    timing, setbacks = answer["value"]
    new = {"about": "framing-purpose-seed", "step": "step4", "by": "by June 2028", "who": "Everybody"}
    replies = _give(session, [{**timing, "step": "step0"}, setbacks, new], answer)
    assert replies["saved"]["answers"]["framing.targets"] == replies["saved"]["answer"]
    kept = _read(folder)
    assert (kept[TIMING].value, kept["framing.purpose.seed"].value, len(kept)) == (0, 4, 4)
    assert str(kept["framing.purpose.seed"].by) == "by June 2028"
    _give(session, answer["value"], replies["saved"]["answer"])
    after = (folder / "agreed.yaml").read_text(encoding="utf-8")
    assert after.replace('"', "") == before.replace('"', "")
    assert "saved" in _give(session, None, answer)
    assert list(_read(folder)) == ["practices.language.today"]


def test_a_first_target_is_kept_where_nothing_is_agreed_yet(folder: Path) -> None:
    """The group's file is made with it."""
    (folder / "agreed.yaml").unlink()
    session, table, answer = _open(folder, "discovery")
    assert (bool(table), answer) == (True, None)
    assert "saved" in _give(session, [{"about": "discovery-aims", "step": "step0"}], None)
    assert _read(folder) == {"discovery.aims": Target(value=0)}


@pytest.mark.parametrize(
    ("rows", "inside"),
    [
        ([{"about": "discovery-aims"}], "row 1.step"),
        ([{"about": "discovery-aims", "step": "step0"}] * 2, "row 2.about"),
        ([{"about": "discovery-aims", "step": "step0", "by": "soon"}], "row 1.by"),
        ([{"about": "discovery-clarity", "step": "step0"}], "row 1.step"),
        ([{"about": "framing-purpose-seed", "step": "step0"}], "row 1.about"),
    ],
    ids=["no step", "twice", "no day", "another question's step", "another chapter's question"],
)
def test_what_is_wrong_is_said_at_its_row(folder: Path, rows: list[dict[str, Any]], inside: str) -> None:
    """And nothing is written."""
    before = (folder / "agreed.yaml").read_bytes()
    session, _, _ = _open(folder, "discovery")
    problems = _give(session, rows, None)["refused"]["problems"]
    assert [(one["question"], one["inside"]) for one in problems] == [("discovery.targets", inside)]
    assert all(one["expected"] and one["remedy"] for one in problems)
    assert (folder / "agreed.yaml").read_bytes() == before


def test_what_another_window_set_meanwhile_stays(folder: Path) -> None:
    """Another target is kept beside one's own; the same one is said to have changed, and theirs stands."""
    one, _, answer = _open(folder)
    other, _, _ = _open(folder)
    timing, setbacks = answer["value"]
    _give(other, [{**timing, "step": "step3"}, setbacks], answer)
    assert "saved" in _give(one, [timing, {**setbacks, "step": "step2"}], answer)
    assert (_read(folder)[TIMING].value, _read(folder)[SETBACKS].value) == (3, 2)
    refused = _give(one, [{**timing, "step": "step4"}, setbacks], answer)["refused"]["problems"]
    assert "Timing" in refused[0]["remedy"]
    assert _read(folder)[TIMING].value == 3


def test_a_row_typed_on_before_the_reply_came_is_no_other_window(folder: Path) -> None:
    """What was sent and not acknowledged yet is one's own."""
    session, _, answer = _open(folder)
    timing, setbacks = answer["value"]
    first = [{**timing, "who": "The dir"}, setbacks]
    _give(session, first, answer)
    assert "saved" in _give(
        session, [{**timing, "who": "The director, now"}, setbacks], answer, earlier=[{"value": first}]
    )
    assert _read(folder)[TIMING].who == "The director, now"


def test_a_shorter_way_asks_for_targets_only_where_there_are_some(folder: Path) -> None:
    """A chapter without a scale asks for none."""
    assert _open(folder, way="quarter")[1]
    assert not _open(folder, "discovery", way="quarter")[1]
    assert not _open(folder, "permission")[1]
