"""A portfolio does not miscount: kind 10, each by an answer, a file or a name that is changed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from builders import SMALLEST, make_engagement, make_facts, make_voice, write_engagement
from truth.made_pages import read_text
from workbook import cli, storage
from workbook.model.chapters import load_chapter
from workbook.model.engagement import Engagement
from workbook.model.portfolio import Portfolio
from workbook.views import portfolio as views
from workbook.views.portfolio import read_portfolio

FACETS = [facet.id for facet in load_chapter("framing").facets]


def make_one(slug: str, answers: dict[str, Any], **facts: Any) -> Engagement:
    """Return an engagement of that name in which two voices give the same answers."""
    given = make_facts(title=f"Commission {slug}", **{"budget": None, **facts})
    voices = [make_voice(role, answers) for role in ("Director", "Worker")]
    return make_engagement(*voices, facts=given).model_copy(update={"slug": slug})


def rate(count: int, *, pulled: int = 0) -> dict[str, Any]:
    """Return ratings of that many points, of which the first pull against each other."""
    rated = enumerate(FACETS[:count])
    return {f"framing.{one}.{side}": 4 if n < pulled else 0 for n, one in rated for side in ("seed", "soil")}


def show(*engagements: Engagement) -> str:
    """Return the words of the portfolio's page about what grows where."""
    reading = read_portfolio(Portfolio(edition="private", engagements=engagements))
    shown = (views.show_glance, views.list_commissions, views.show_ground, views.list_recurring)
    return read_text(" ".join(str(one(reading).html) for one in shown))


def test_the_same_question_in_two_wordings_is_counted_once() -> None:
    """Audiences of other names put a question into other words; it recurs as one, in two commissions."""
    names = (
        [{"id": "p", "name": "Porticus", "group": "people"}],
        [{"id": "p", "name": "The clubs", "group": "people"}],
    )
    unsure = {"permission.standing": {"p": {"step": "asked", "active": "yes"}}}
    engagements = [make_one(slug, unsure, audiences=n) for slug, n in zip("ab", names, strict=True)]
    found = read_portfolio(Portfolio(edition="private", engagements=tuple(engagements))).questions
    texts = [{point.text for point in entry.points} for one in found for entry in one.entries]
    assert {one.count for one in found} == {2}
    assert len({one.name for one in found}) == len(found)
    assert any(one.name not in words for one in found for words in texts)
    text = show(*engagements)
    assert "Porticus" in text
    assert "Elsewhere: " in text
    assert "the clubs" in text


def test_what_one_commission_says_of_its_own_is_not_told_of_another() -> None:
    """Points far apart are one question in both; each names its own audience and its own points."""
    first, second = (
        make_engagement(*[make_voice(f"Role {n}", {"audiences.points": points}) for n, points in enumerate(given)])
        for given in (
            ({"funder": 90, "grantees": 5, "people": 5}, {"funder": 10, "grantees": 45, "people": 45}),
            ({"funder": 10, "grantees": 5, "people": 85}, {"funder": 10, "grantees": 70, "people": 20}),
        )
    )
    text = show(first.model_copy(update={"slug": "a"}), second.model_copy(update={"slug": "b"}))
    asked = "What would be lost if this audience came last?"
    assert f"Points for the funder run from 10 to 90. {asked} Elsewhere: Points for" in text
    alike = show(first.model_copy(update={"slug": "a"}), first.model_copy(update={"slug": "b"}))
    assert f"Points for the funder run from 10 to 90. {asked} (2 of 2)" in alike


@pytest.mark.parametrize(("count", "told"), [(5, False), (6, True)])
def test_none_pulls_apart_is_said_only_where_one_is_rated_far_enough(count: int, told: bool) -> None:
    """Five points rated are too few for a verdict, and nothing is then said of pulls; six are enough."""
    text = show(make_one("a", rate(count)), make_one("b", rate(count)))
    assert ("In no commission rated far enough does a hope pull" in text) is told
    assert ("No commission has rated enough of what it hopes for" in text) is not told


def test_a_pull_is_counted_once_for_each_commission() -> None:
    """However many voices rate it; a second commission makes it two."""
    one, two = make_one("a", rate(10, pulled=1)), make_one("b", rate(10, pulled=1))
    first = read_portfolio(Portfolio(edition="private", engagements=(one,))).tensions
    both = read_portfolio(Portfolio(edition="private", engagements=(one, two))).tensions
    assert ([t.count for t in first], [t.count for t in both]) == ([1], [2])


@pytest.mark.parametrize(("answers", "told"), [({}, "10 not known yet"), ({"framing.purpose.seed": 3}, "1 half known")])
def test_a_call_that_was_not_rated_counts_no_reader(answers: dict[str, Any], told: str) -> None:
    """The portfolio counts as voices of a call those who rated it; where nobody did, it counts none."""
    call = make_engagement(make_voice("Desk reading", answers), facts=make_facts(kind="public-call", budget=None))
    text = show(call.model_copy(update={"slug": "call"}))
    assert f"Public call | not stated | no plan costed | {len(answers)} |" in text
    assert told in text


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project with an example that ships and one engagement of somebody's own."""
    for name in (storage.ENGAGEMENTS, storage.SNAPSHOTS):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("WORKBOOK_HOME", str(tmp_path))
    write_engagement(tmp_path / "parameters" / "example", {"engagement.yaml": f"{SMALLEST}kind: invented\n"})
    write_engagement(tmp_path / "parameters" / "own", {"engagement.yaml": SMALLEST})
    return tmp_path


def test_examples_that_ship_are_not_mixed_into_ones_own_unasked(project: Path) -> None:
    """Beside an engagement of one's own the example is left out, unless it is named; alone it is shown."""
    assert [one.slug for one in storage.load_portfolio().engagements] == ["own"]
    named = storage.gather_portfolio(project / "parameters", ["example", "own"], "private")
    assert [one.slug for one in named.engagements] == ["example", "own"]
    (project / "parameters" / "own" / "engagement.yaml").unlink()
    (project / "parameters" / "own").rmdir()
    assert [one.slug for one in storage.load_portfolio().engagements] == ["example"]


@pytest.mark.parametrize(("step", "named"), [("asked", True), ("agreed", False)])
def test_an_answer_that_is_used_nowhere_is_named_by_check(project: Path, step: str, named: bool) -> None:
    """Rooms named for an audience that has not agreed change no page; `workbook check` says so until it has."""
    facts = f"{SMALLEST}audiences:\n- {{id: grantees, name: Grantees, group: delivery}}\n"
    voice = (
        "schema: 2\nrole: Worker\nconsent: role\nanswers:\n"
        f"  permission.standing: {{grantees: {{step: {step}}}}}\n"
        '  permission.places: {grantees: {workshop: "yes"}}\n'
    )
    write_engagement(project / "parameters" / "own", {"engagement.yaml": facts, "voices/worker.yaml": voice})
    told = CliRunner().invoke(cli.app, ["check", "own"]).output
    assert ("permission.places.grantees" in told and "stands on no page until" in told) is named


@pytest.mark.parametrize(
    ("answer", "whole", "told"),
    [
        (
            "resources.use_report: {grantees: {low: 1, high: 3}}",
            "likely: 2",
            "low and high stand on no page without likely",
        ),
        ("permission.standing: {grantees: {active: 'yes'}}", "step: asked", "active stands on no page without step"),
    ],
)
def test_half_an_answer_is_named_by_check(project: Path, answer: str, whole: str, told: str) -> None:
    """A range without its likeliest figure, and a yes without a step, are named until the other half is there."""
    facts = f"{SMALLEST}audiences:\n- {{id: grantees, name: Grantees, group: delivery}}\n"
    for given, named in ((answer, True), (answer.replace("}}", f", {whole}}}}}"), False)):
        voice = f"schema: 2\nrole: Worker\nconsent: role\nanswers:\n  {given}\n"
        write_engagement(project / "parameters" / "own", {"engagement.yaml": facts, "voices/worker.yaml": voice})
        assert (told in CliRunner().invoke(cli.app, ["check", "own"]).output.replace("\n", " ")) is named
