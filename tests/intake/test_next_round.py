"""`workbook new SLUG --follows OTHER`: the facts of the last round, to be looked at again."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from builders import AUDIENCES, write_engagement
from workbook.cli import app
from workbook.errors import WorkbookError
from workbook.intake.create import create_from
from workbook.storage import list_earlier, list_hints, load_engagement

FACTS = f"""# A word of ours.
schema: 2
title: T   # as we call it
commissioner: A funder
follows: the-one-before
spent:
  - {{category: analysis, cost: 5}}
audiences: {list(AUDIENCES)}
""".replace("'", "")
LEAD = "schema: 2\nrole: Lead\nconsent: role\nanswers: {framing.purpose.seed: 1}\n"


@pytest.fixture
def last(project: Path) -> Path:
    """A project with one round."""
    return write_engagement(project / "parameters" / "first", {"engagement.yaml": FACTS, "voices/lead.yaml": LEAD})


def test_the_facts_come_over_with_their_comments(last: Path) -> None:
    """What belongs to the last round alone stays behind; those who answered are invited again."""
    result = CliRunner().invoke(app, ["new", "second", "--follows", "first"])
    assert result.exit_code == 0, result.output
    folder = last.with_name("second")
    text = (folder / "engagement.yaml").read_text("utf-8")
    assert "# A word of ours." in text
    assert "title: T   # as we call it" in text
    assert "spent" not in text
    facts = load_engagement(folder).facts
    assert (facts.follows, [(one.role, one.count) for one in facts.invited]) == ("first", [("Lead", 1)])
    assert not list_hints(folder)


def test_a_person_says_in_their_file_who_they_were(last: Path) -> None:
    """The blank file of a next round offers the line; with it the last round's answer stands beside the new one."""
    create_from("second", follows="first")
    assert CliRunner().invoke(app, ["new", "second", "--voice", "lead"]).exit_code == 0
    path = last.with_name("second") / "voices" / "lead.yaml"
    text = (
        path.read_text("utf-8")
        .replace("# same_as", "same_as")
        .replace("# framing.purpose.seed", "framing.purpose.seed")
    )
    path.write_text(text, "utf-8")
    shown = load_engagement(last.with_name("second"))
    assert shown.last is not None
    assert [voice.answers["framing.purpose.seed"].value for voice in shown.last.voices] == [1]


def test_what_does_not_fit_the_last_round_is_said(last: Path) -> None:
    """A round that is gone and a person who was not in it are named, and pages are made all the same."""
    create_from("second", follows="first")
    folder = last.with_name("second")
    (folder / "voices" / "a.yaml").write_text(LEAD + "same_as: nobody\n", "utf-8")
    assert [(hint.field) for hint in list_hints(folder)] == ["same_as"]
    assert load_engagement(folder).last is not None
    last.rename(last.with_name("gone"))
    assert [hint.field for hint in list_hints(folder)] == ["follows"]
    assert load_engagement(folder).last is None


def test_rounds_that_follow_each_other_in_a_ring_come_to_an_end(last: Path) -> None:
    """Each earlier round is listed once, the last one first."""
    create_from("second", follows="first")
    path = last / "engagement.yaml"
    path.write_text(path.read_text("utf-8").replace("the-one-before", "second"), "utf-8")
    assert [folder.name for folder in list_earlier(last.with_name("second"))] == ["first"]


def test_a_round_is_made_of_one_thing(last: Path) -> None:
    """A file and a last round together are refused."""
    with pytest.raises(WorkbookError, match="One thing"):
        create_from("second", export=last, follows="first")


@pytest.mark.parametrize(
    ("line", "field"),
    [
        ("framing.purpose.soil: {value: 5}", "soil.value"),
        ("framing.x: {value: 1}", "framing.x"),
    ],
)
def test_a_target_is_a_step_of_a_scale(last: Path, line: str, field: str) -> None:
    """Another question, or a step that the scale does not have, is a problem with its remedy."""
    (last / "agreed.yaml").write_text(f"schema: 2\ntargets:\n  {line}\n", "utf-8")
    with pytest.raises(WorkbookError, match=field):
        load_engagement(last)
