"""`workbook check` on every kind of bad file we could think of, through the command itself."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from builders import SMALLEST
from workbook.storage import read_engagement

FACTS, VOICE, AGREED = "engagement.yaml", "voices/grants-manager.yaml", "agreed.yaml"
WHOLE = SMALLEST + "audiences:\n  - {id: grantees, name: Grantees, group: delivery}\n"
WHO = "schema: 1\nrole: Grants manager\nconsent: role\n"


@dataclass(frozen=True)
class Bad:
    """A bad file, and what the check must say of it: the field, what is expected, what to type."""

    name: str
    file: str
    content: str | bytes
    says: tuple[str, ...]


def _answer(line: str) -> str:
    return f"{WHO}answers:\n  {line}\n"


BOMB = "schema: 1\na: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n"
CASES = (
    Bad("unknown key", FACTS, SMALLEST + "budgte: 10\n", ("line 4", "budgte", "a field of the workbook", "did you mean budget?")),
    Bad("unknown key in a list", FACTS, SMALLEST + "audiences:\n  - {id: a, name: A, group: people, colour: red}\n", ("audiences.1.colour", "take the line out")),
    Bad("missing title", FACTS, "schema: 1\ncommissioner: A funder\n", ("title", "add a line title:")),
    Bad("wrong type", FACTS, SMALLEST + "partners: one, two\n", ("commissioned_with", "a list of organisations", "type commissioned_with: [one, two]")),
    Bad("number as text", FACTS, SMALLEST + "budget: about 10k\n", ("line 4", "budget", "an amount of money", "type 120000")),
    Bad("negative budget", FACTS, SMALLEST + "budget: -5\n", ("budget", "0 or more", "found: -5")),
    Bad("budget not a number", FACTS, SMALLEST + "budget: .nan\n", ("budget", "an amount of money")),
    Bad("budget without end", FACTS, SMALLEST + "budget: .inf\n", ("budget", "an amount of money")),
    Bad("yes for a budget", FACTS, SMALLEST + "budget: true\n", ("budget", "an amount of money")),
    Bad("day that is none", FACTS, SMALLEST + "start: 2026-02-30\n", ("start", "year-month-day", "2026-09-01")),
    Bad("day in another order", FACTS, SMALLEST + "start: 31/01/2026\n", ("start", "year-month-day")),
    Bad("end before start", FACTS, SMALLEST + "start: 2027-01-01\nend: 2026-01-01\n", ("line 5", "end", "a day after the start", "swap them")),
    Bad("unknown category", FACTS, SMALLEST + "plan:\n  - {activity: a, category: fun, quantity: 1, unit: u, unit_cost: 1}\n", ("plan.1.category", "data_collection")),
    Bad("plan for an unknown audience", FACTS, WHOLE + "plan:\n  - {activity: a, category: analysis, quantity: 1, unit: u, unit_cost: 1, audiences: [nobody]}\n", ("plan.1.audiences.1", "grantees")),
    Bad("audience twice", FACTS, WHOLE + "  - {id: grantees, name: More, group: delivery}\n", ("audiences.2.id", "each id once")),
    Bad("audience id with spaces", FACTS, SMALLEST + "audiences:\n  - {id: The Funder, name: A, group: funders}\n", ("audiences.1.id", "small letters")),
    Bad("small minimum group", FACTS, SMALLEST + "minimum_group: 3\n", ("minimum_group", "5 to 10")),
    Bad("newer schema", FACTS, "schema: 99\ntitle: A\ncommissioner: B\n", ("schema", "newer workbook", "install the newer workbook")),
    Bad("no schema", FACTS, "title: A\ncommissioner: B\n", ("schema", "schema: 2")),
    Bad("schema in words", FACTS, "schema: one\ntitle: A\ncommissioner: B\n", ("schema", "schema: 2")),
    Bad("not YAML", FACTS, "schema: 1\ntitle: 'open\ncommissioner: [\n", ("a file in YAML",)),
    Bad("a list, not fields", FACTS, "- one\n- two\n", ("lines such as", "a field's name and a colon")),
    Bad("only words", FACTS, "just some words\n", ("lines such as",)),
    Bad("alias bomb", FACTS, BOMB, ("line 2", "no anchors or aliases")),
    Bad("tag", FACTS, SMALLEST + "partners: !!python/object/apply:os.system ['true']\n", ("line 4", "no tags")),
    Bad("two documents", FACTS, SMALLEST + "---\ntitle: B\n", ("one document",)),
    Bad("deep nesting", FACTS, SMALLEST + "partners: " + "[" * 5000 + "]" * 5000 + "\n", ("levels",)),
    Bad("duplicate key", FACTS, SMALLEST + "title: Another\n", ("line 4", "title", "each name once", "line 2")),
    Bad("empty file", FACTS, "", ("a file with something in it",)),
    Bad("only comments", FACTS, "# nothing yet\n", ("a file with something in it",)),
    Bad("wrong encoding", FACTS, SMALLEST.encode() + "partners: [Caf\xe9]\n".encode("latin-1"), ("line 4", "UTF-8")),
    Bad("binary", FACTS, bytes(range(256)) * 4, ("UTF-8",)),
    Bad("control characters", FACTS, SMALLEST.encode() + b"programme: \"a\x00b\"\n", ("a file in YAML",)),
    Bad("50 MB", FACTS, SMALLEST.encode() + b"# " + b"x" * 50_000_000, ("at most 1 MiB",)),
    Bad("unknown question", VOICE, _answer("framing.purpose.seeds: 3"), ("line 5", "answers.framing.purpose.seeds", "did you mean framing.purpose.seed?")),
    Bad("off the scale", VOICE, _answer("framing.purpose.seed: 7"), ("line 5", "a whole number from 0 to 4", "found: 7", "or unsure")),
    Bad("half a step", VOICE, _answer("framing.purpose.seed: 2.5"), ("a whole number from 0 to 4",)),
    Bad("half a place", VOICE, _answer("audiences.order: {grantees: {rank: 1.5}}"), ("audiences.order.grantees.rank", "a whole number from 1 to 1", "digits only")),
    Bad("a place beyond the last", VOICE, _answer("audiences.order: {grantees: {rank: 2}}"), ("audiences.order.grantees.rank", "a whole number from 1 to 1")),
    Bad("words for a scale", VOICE, _answer("framing.purpose.seed: mostly"), ("a whole number from 0 to 4", 'found: "mostly"')),
    Bad("a number for words", VOICE, _answer("framing.evaluator: 12"), ("some words", "quotation marks")),
    Bad("answers as a list", VOICE, WHO + "answers: [1, 2]\n", ("answers", "answers by question id")),
    Bad("unknown consent", VOICE, "schema: 1\nrole: R\nconsent: maybe\n", ("consent", "named, role, unnamed, aggregate or none")),
    Bad("unknown consent of an answer", VOICE, _answer("framing.purpose.seed: {value: 3, consent: all}"), ("answers.framing.purpose.seed.consent", "named, role")),
    Bad("answer without a value", VOICE, _answer("framing.purpose.seed: {note: why}"), ("answers.framing.purpose.seed", "add a line value: unsure")),
    Bad("unknown part of an answer", VOICE, _answer("framing.purpose.seed: {value: 3, notes: why}"), ("notes", "did you mean note?")),
    Bad("no role", VOICE, "schema: 1\nconsent: role\n", ("role", "add a line role: Grants manager")),
    Bad("blank role", VOICE, 'schema: 1\nrole: "  "\nconsent: role\n', ("line 2", "role", "what this person is", "type Grants manager")),
    Bad("role left out after its colon", VOICE, "schema: 1\nrole:\nconsent: role\n", ("line 2", "role", "type Grants manager")),
    Bad("blank title", FACTS, "schema: 1\ntitle: ' '\ncommissioner: A funder\n", ("line 2", "title", "the commission's title")),
    Bad("long role", VOICE, f"schema: 1\nrole: {'r' * 301}\n", ("line 2", "role", "at most 300 characters", "shorten it: it has 301")),
    Bad("long note", VOICE, _answer(f"framing.purpose.seed: {{value: 3, note: {'n' * 20001}}}"), ("note", "at most 20,000 characters", "it has 20,001")),
    Bad("unknown facet among choices", VOICE, _answer("framing.switching: [purpose, colour]"), ("answers.framing.switching", "a list of some of")),
    Bad("voice's name with capitals", "voices/Grants Manager.yaml", WHO, ("a file name of 1 to 60 small letters", "grants-manager.yaml")),
    Bad("voice in another format", "voices/manager.txt", WHO, ("ending in .yaml",)),
    Bad("consent in the agreed file", AGREED, "schema: 1\nconsent: role\n", ("agreed.yaml", "consent", "a field of the workbook")),
    Bad("unknown edition", AGREED, "schema: 1\nedition: everyone\n", ("edition", "private, partners or public")),
)  # fmt: skip


def _run(project: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "WORKBOOK_HOME": str(project), "COLUMNS": "200"}
    command = [sys.executable, "-c", "from workbook.cli import main; main()", "check", *arguments]
    return subprocess.run(command, capture_output=True, text=True, env=environment, timeout=60, check=False)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    folder = tmp_path / "parameters" / "mine"
    (folder / "voices").mkdir(parents=True)
    (folder / FACTS).write_text(WHOLE, encoding="utf-8")
    return tmp_path


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What one check of all cases, each an engagement of its own, says of each; beside them stands a good one."""
    parameters = tmp_path_factory.mktemp("bad") / "parameters"
    for number, bad in enumerate((*CASES, None)):
        folder = parameters / f"case-{number}"
        (folder / "voices").mkdir(parents=True)
        (folder / FACTS).write_text(WHOLE, encoding="utf-8")
        if bad:
            (folder / bad.file).write_bytes(bad.content if isinstance(bad.content, bytes) else bad.content.encode())
    done = _run(parameters.parent)
    assert done.returncode == 1
    assert done.stdout.split() == f"case-{len(CASES)}: no problems (0 voices)".split()
    assert "Traceback" not in done.stderr
    _, *parts = re.split(r"^case-(\d+): ", done.stderr, flags=re.MULTILINE)
    assert [int(number) for number in parts[::2]] == sorted(range(len(CASES)), key=lambda number: f"case-{number}")
    return {CASES[int(number)].name: text for number, text in zip(parts[::2], parts[1::2], strict=True)}


@pytest.mark.parametrize("bad", CASES, ids=lambda bad: bad.name)
def test_a_bad_file_is_named_with_its_field_what_was_expected_and_what_to_type(told: dict[str, str], bad: Bad) -> None:
    """Each kind of bad file is explained wholly, and keeps no other from being checked."""
    said = told[bad.name]
    assert bad.file in said
    assert "expected:" in said
    assert "to mend:" in said
    for words in bad.says:
        assert words in said


def test_a_bad_file_alone_ends_the_check_with_status_1(project: Path) -> None:
    """One engagement asked for by name, and one bad file in it, is a failure to whatever called the command."""
    (project / "parameters" / "mine" / VOICE).write_text("schema: 1\nconsent: role\n", encoding="utf-8")
    done = _run(project, "mine")
    assert (done.returncode, done.stdout) == (1, "")
    assert "add a line role: Grants manager" in done.stderr


def test_the_file_all_cases_start_from_is_good(project: Path) -> None:
    """Without a bad file the same engagement has no problems, so that each case fails for its own reason."""
    (project / "parameters" / "mine" / VOICE).write_text(_answer("framing.purpose.seed: unsure"), encoding="utf-8")
    done = _run(project)
    assert (done.returncode, done.stderr) == (0, "")


def test_consent_to_a_name_without_a_name_is_said_and_is_no_problem(project: Path) -> None:
    """Who chooses to be named and gives no name is shown by role: the check says so, for the file or one answer."""
    folder = project / "parameters" / "mine" / "voices"
    answer = "answers:\n  framing.purpose.seed: {value: 3, consent: named}\n"
    (folder / "all.yaml").write_text("schema: 1\nrole: A\nconsent: named\nanswers: {}\n", encoding="utf-8")
    (folder / "one.yaml").write_text(f"schema: 1\nrole: B\nconsent: role\n{answer}", encoding="utf-8")
    (folder / "own.yaml").write_text(f"schema: 1\nrole: C\nname: N. O.\nconsent: named\n{answer}", encoding="utf-8")
    done = _run(project)
    assert (done.returncode, done.stderr) == (0, "")
    text = "consent is named but no name is given: it will be shown as role"
    assert done.stdout.splitlines()[1:] == [
        f"  look: mine/voices/all.yaml, line 3: consent: {text}",
        f"  look: mine/voices/one.yaml, line 5: answers.framing.purpose.seed.consent: {text}",
    ]


def test_an_answer_to_what_is_not_asked_is_said_and_read_nowhere(project: Path) -> None:
    """A file from before, with months of secure money of those who give it, stays valid; the cell is left out."""
    folder = project / "parameters" / "mine"
    funder = "  - {id: funder, name: The funder, group: funders}\n"
    (folder / FACTS).write_text(WHOLE + funder, encoding="utf-8")
    ground = "{funder: {months: 6, comfort: 3}, grantees: {months: 6}}"
    (folder / VOICE).write_text(_answer(f"safety.ground: {ground}"), encoding="utf-8")
    done = _run(project)
    assert (done.returncode, done.stderr) == (0, "")
    assert "line 5: answers.safety.ground.funder.months: this is not asked of The funder" in done.stdout
    (voice,) = read_engagement(folder).voices
    assert voice.answers["safety.ground"].value == {"funder": {"comfort": 3}, "grantees": {"months": 6}}


def test_all_problems_of_all_files_come_in_one_run(project: Path) -> None:
    """Two problems in one file and one in another are all named at once, and the next engagement is still checked."""
    folder = project / "parameters" / "mine"
    (folder / FACTS).write_text(SMALLEST + "budget: -1\nvat: maybe\nminimum_group: 2\n", encoding="utf-8")
    (folder / VOICE).write_text("schema: 1\nconsent: perhaps\nanswers: {}\n", encoding="utf-8")
    (project / "parameters" / "other").mkdir()
    (project / "parameters" / "other" / FACTS).write_text(SMALLEST, encoding="utf-8")
    done = _run(project)
    assert "mine: 5 problems" in done.stderr
    for field in ("budget", "vat", "minimum_group", "role", "consent"):
        assert field in done.stderr
    assert "other: no problems" in done.stdout
    assert done.returncode == 1


def test_a_folder_where_a_file_should_be_is_named(project: Path) -> None:
    """A folder called engagement.yaml is reported, not opened."""
    path = project / "parameters" / "mine" / FACTS
    path.unlink()
    path.mkdir()
    done = _run(project)
    assert done.returncode == 1
    assert "move the folder of this name away" in done.stderr


def test_a_missing_file_says_what_to_type(project: Path) -> None:
    """An engagement without its facts names the command that makes them."""
    (project / "parameters" / "mine" / FACTS).unlink()
    done = _run(project)
    assert done.returncode == 1
    assert "workbook new mine" in done.stderr


@pytest.mark.parametrize("slug", ["../../etc", "Mine", "a b", "x" * 61, "mine/voices", ".."])
def test_a_slug_that_is_no_name_is_refused(project: Path, slug: str) -> None:
    """Neither a path nor a word that cannot be a folder's name leads anywhere."""
    done = _run(project, slug)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert "small letters, digits and hyphens" in done.stderr


def test_a_link_to_a_file_elsewhere_is_refused(project: Path, tmp_path: Path) -> None:
    """A voice that is a link to another file is named, not read."""
    (tmp_path / "secret.yaml").write_text(WHO, encoding="utf-8")
    (project / "parameters" / "mine" / VOICE).symlink_to(tmp_path / "secret.yaml")
    done = _run(project)
    assert done.returncode == 1
    assert "not a link" in done.stderr


def test_outside_any_workbook_the_message_says_where_to_go(tmp_path: Path) -> None:
    """Where there is no workbook, the message says how to get to one."""
    done = _run(tmp_path / "nowhere")
    assert done.returncode == 1
    assert "workbook init my-workbook" in done.stderr
