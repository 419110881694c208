"""Learning for and learning with, on the page: claims follow answers, and nothing withheld is shown."""

from __future__ import annotations

from typing import Any

import pytest

from builders import make_engagement, make_facts, make_voice
from workbook.model.answers import Edition
from workbook.model.editions import redact
from workbook.views import learning_modes as modes

IDS = ("funder", "grantees", "people")
NAMES = ("with", "capacity", "roles")
WORDS = {f"learning_modes.{name}": False for name in NAMES}
REPORTS = {"activity": "Reports", "category": "reporting", "quantity": 1.0, "unit": "lot", "unit_cost": 9000.0}
SESSIONS = {**REPORTS, "category": "facilitation", "unit_cost": 8000.0}


def answer(
    finds: tuple[int, ...] = (0, 3, 2), able: tuple[int, int] = (2, 2), late: tuple[int, ...] = (1, 2, 3)
) -> dict[str, Any]:
    """One voice's answers to the chapter."""
    early = {"mirror": 4, "mentor": 1, "midwife": 0}
    return {
        "learning_modes.with": {"value": {key: {"mode": step} for key, step in zip(IDS, finds, strict=True)}},
        "learning_modes.capacity": {"value": {"grantees": dict(zip(("analyse", "reflect"), able, strict=True))}},
        "learning_modes.roles": {
            "value": {"early": early, "late": dict(zip(("mirror", "mentor", "midwife"), late, strict=True))}
        },
    }


def read(*answers: dict[str, Any], agreed: dict[str, Any] | None = None, **facts: Any) -> Any:
    """Read an engagement in which each mapping is one voice."""
    voices = [make_voice(f"Voice {number}", one) for number, one in enumerate(answers)]
    return modes.read_learning_modes(make_engagement(*voices, agreed=agreed, facts=make_facts(**facts)))


def show_readings(*answers: dict[str, Any], **facts: Any) -> str:
    """The text of the two readings."""
    return repr(modes.compare_readings(read(*answers, **facts)))


@pytest.mark.parametrize(
    ("answers", "facts"),
    [
        (answer(finds=(4, 3, 2)), {}),
        (answer(finds=(0, 0, 2)), {}),
        (answer(able=(0, 2)), {}),
        (answer(able=(2, 0)), {}),
        (answer(late=(4, 2, 3)), {}),
        (answer(late=(1, 4, 3)), {}),
        (answer(), {"plan": (REPORTS,)}),
        ({**answer(), "framing.change.soil": 4}, {}),
    ],
)
def test_each_answer_a_reading_uses_changes_it(answers: dict[str, Any], facts: dict[str, Any]) -> None:
    """Who finds it, capacity, roles, the plan and the framing's permission each change the text."""
    assert show_readings(answers, **facts) != show_readings(answer())


def test_those_who_plainly_want_an_evaluation_are_told_so() -> None:
    """Everybody told by others, and a mirror throughout: call it research or evaluation."""
    reading = read(answer(finds=(0, 0, 1), late=(4, 1, 0)))
    assert modes.write_headline(reading) == "As you see it: the answers ask for findings, brought to people"
    assert "research or evaluation" in modes.write_follows(reading)
    assert "The mirror leads in the" in repr(modes.compare_readings(reading))


def test_a_contradiction_gives_its_sums_and_a_way_out() -> None:
    """Reports against sessions: both amounts stand on the page, and what to do about them."""
    reading = read(answer(), plan=(REPORTS, SESSIONS))
    text = repr(modes.list_contradictions(reading))
    assert "£9,000 into reports and £8,000 into sessions" in text
    follows, _, caution = modes.write_follows(reading).partition(" This is a verdict ")
    assert follows in text
    assert caution == "as you see it (Voice 0): ask those concerned before you act on it."
    assert "reports get more money" in modes.write_headline(reading)


def test_a_plan_without_sessions_does_not_speak_of_an_amount() -> None:
    """Where no session is paid for, the page says nothing and not £0."""
    assert "and nothing into sessions" in repr(modes.list_contradictions(read(answer(), plan=(REPORTS,))))


def test_no_plan_is_said_to_be_missing() -> None:
    """Without a costed plan the page says that money could not be checked, and claims no contradiction."""
    text = repr(modes.list_contradictions(read(answer())))
    assert "There is no costed plan" in text
    assert "No answer here was found to contradict another" in text


def test_differences_come_first_and_say_between_whom() -> None:
    """Voices far apart are named before the table; only a few are listed in the summary, with the rest counted."""
    reading = read(answer(finds=(0, 0, 0), late=(4, 0, 0)), answer(finds=(4, 4, 4), late=(0, 4, 4)))
    page = repr(modes.summarise(reading))
    assert "Grantees, who finds it. Voice 0: “told by others”; Voice 1: “found by them”." in page
    assert page.index("Voice 0:") < page.index("Skills that follow")
    assert "Three more stand in the notebook 04_learning_modes." in page
    assert "Midwife, late phase" in repr(modes.list_differences(reading))


def test_one_voice_has_no_part_on_differences() -> None:
    """With one voice the section speaks neither of differences nor of a middle."""
    page = repr(modes.summarise(read(answer())))
    assert "Where voices differ" not in page
    assert "middle of the voices" not in page


def test_the_summary_leaves_the_widest_tables_to_the_notebook() -> None:
    """The summary's tables have at most four columns; the chapter's own shows capacity too."""
    reading = read(answer(), answer())
    assert "Can analyse" not in repr(modes.summarise(reading))
    assert "Can analyse" in repr(modes.draw_modes(reading))


def test_an_edition_without_answers_says_not_shown() -> None:
    """Outside the private edition a missing answer may be one that is not shown."""
    shown = modes.read_learning_modes(redact(make_engagement(), Edition.PUBLIC, words=WORDS))
    assert modes.write_headline(shown) == "This edition does not show who finds the learning"


def test_skills_follow_from_who_finds_it_and_what_they_can_do() -> None:
    """Told by others takes data skills; finding out without skill to reflect takes time and skill first."""
    text = repr(modes.draw_modes(read(answer(able=(2, 0)))))
    assert "data skills, synthesis" in text
    assert "first make time and build skill to reflect" in text


@pytest.mark.parametrize(
    ("answers", "facts"),
    [
        ([], {}),
        ([], {"audiences": ()}),
        ([answer()], {"audiences": make_facts().audiences[:3], "plan": (REPORTS,)}),
        ([{f"learning_modes.{name}": "unsure" for name in NAMES}] * 3, {}),
        ([answer()], {}),
        ([answer(), answer(finds=(1, 4, 3), late=(2, 3, 4))], {"plan": (SESSIONS,)}),
        ([answer()] * 30, {}),
        ([{"learning_modes.roles": {"value": {"late": {"mirror": 0, "mentor": 0, "midwife": 0}}}}], {}),
        ([{"learning_modes.roles": answer()["learning_modes.roles"]}], {}),
        ([{"learning_modes.capacity": answer()["learning_modes.capacity"]}], {}),
    ],
)
def test_every_view_stands_on_any_answers(answers: list[dict[str, Any]], facts: dict[str, Any]) -> None:
    """No answers, one voice, thirty, all unsure, no audiences: each view says something, without a gap in it."""
    reading = read(*answers, **facts)
    for show in (
        modes.compare_readings,
        modes.draw_modes,
        modes.draw_roles,
        modes.list_contradictions,
        modes.list_differences,
        modes.summarise,
    ):
        text = repr(show(reading))
        assert text
        assert "{" not in text
    assert 0 < len(modes.write_headline(reading).split()) <= 15


@pytest.mark.parametrize("edition", [Edition.PARTNERS, Edition.PUBLIC])
def test_what_is_withheld_is_not_on_the_page(edition: Edition) -> None:
    """Few unnamed voices: no dot, no bar, no step and no name of theirs; and the page says why."""
    voices = [make_voice(f"Voice {number}", answer(), consent="aggregate") for number in range(4)]
    reading = modes.read_learning_modes(redact(make_engagement(*voices), edition, words=WORDS))
    shown = [modes.summarise, modes.draw_modes, modes.draw_roles, modes.list_differences, modes.compare_readings]
    html = "".join(str(show(reading).html) for show in shown)
    text = " ".join(repr(show(reading)) for show in shown)
    assert not any(secret in text for secret in ("mostly found by them", "mainly", "Voice 0"))
    unanswered = "".join(str(show(read()).html) for show in shown)
    assert html.count("h0") == unanswered.count("h0")
    assert 'class="solid' not in html
    assert "Held back" in text


def test_names_of_audiences_are_text_and_never_markup() -> None:
    """A tag in an audience's name is shown as it was typed."""
    named = ({"id": "grantees", "name": "<b>Grantees</b>", "group": "delivery"},)
    reading = read({"learning_modes.with": {"value": {"grantees": {"mode": 4}}}}, audiences=named)
    for block in (modes.summarise(reading), modes.draw_modes(reading)):
        assert "<b>" not in str(block.html)
        assert "&lt;b&gt;" in str(block.html)


def test_one_audience_of_three_is_no_finding_over_all() -> None:
    """The page says for how many it is known and whom to ask; a second audience makes a finding."""
    one, two = ({"learning_modes.with": {name: {"mode": 2} for name in IDS[:count]}} for count in (1, 2))
    reading = read(one, one)
    assert modes.write_headline(reading) == "Who finds the learning is known for one of three audiences"
    assert modes.write_follows(reading).startswith("Ask somebody from each audience not known yet, grantees and people")
    assert "learning found together" in modes.write_headline(read(two, two))


def test_a_dispute_over_who_finds_is_never_a_middle() -> None:
    """Two audiences on which voices stand at both ends are far apart, in headline, table and advice."""
    ends = [{"learning_modes.with": {name: {"mode": end} for name in IDS[:2]}} for end in (0, 4)]
    reading = read(*ends)
    assert modes.write_headline(reading) == "Voices are far apart on who finds the learning: the funder and grantees"
    text = repr(modes.summarise(reading))
    assert "cannot be said while voices differ" in text
    assert "found together" not in text
    near = [{"learning_modes.with": {name: {"mode": end} for name in IDS[:2]}} for end in (1, 3)]
    assert "found together" in repr(modes.summarise(read(*near)))


def test_a_role_leads_only_where_all_three_are_rated() -> None:
    """From a mirror rated alone nobody knows whether it leads."""
    base = {"learning_modes.with": {name: {"mode": 1} for name in IDS}}
    alone = {**base, "learning_modes.roles": {"early": {"mirror": 3}}}
    assert "mirror leads" not in repr(modes.summarise(read(alone, alone)))
    whole = {**base, "learning_modes.roles": {"early": {"mirror": 3, "mentor": 1, "midwife": 0}}}
    assert "mirror leads" in repr(modes.summarise(read(whole, whole)))
