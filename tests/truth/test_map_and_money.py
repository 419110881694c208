"""Four states on the map, in the money's points and on the timeline of roles: each is told as what it is."""

from __future__ import annotations

import re
from typing import Any

import pytest

from builders import make_engagement, make_facts, make_voice
from canaries import make_answer
from truth.made_pages import thin
from workbook.analysis.audiences.audiences import read_audiences
from workbook.analysis.discovery.discovery import read_discovery
from workbook.analysis.learning_modes import read_learning_modes
from workbook.analysis.permission import read_permission
from workbook.analysis.practices import read_practices
from workbook.analysis.resources.resources import read_resources
from workbook.analysis.summary import read_summary
from workbook.analysis.system_map.system_map import read_system_map
from workbook.model.chapters import list_questions, load_chapter
from workbook.model.engagement import Engagement
from workbook.views import audiences, discovery, learning_modes, permission, practices, resources, system_map
from workbook.views.report.parts import CHAPTERS

FACTORS = [{"id": name, "label": name, "kind": "practice"} for name in ("staff", "calm", "forms")]
LINK = {"from": "staff", "to": "calm", "sign": "more", "strength": 1, "certainty": "believed", "change_mind": "Rain"}
DRAWN = {"system_map.factors": FACTORS, "system_map.links": [LINK], "system_map.goal": "calm"}
OTHER = {"framing.purpose.seed": 3}


def make(*answers: dict[str, Any], consent: str = "role", edition: str = "private", **facts: Any) -> Engagement:
    """Return an engagement with a voice for each set of answers, as an edition shows it."""
    voices = [make_voice(f"Role {n}", {**OTHER, **one}, consent=consent) for n, one in enumerate(answers)]
    return thin(make_engagement(*voices, facts=make_facts(**facts)), edition)


def show_map(engagement: Engagement) -> str:
    """Return the words of every part of the map."""
    reading = read_system_map(engagement)
    parts = (system_map.draw_map, system_map.list_loops, system_map.tabulate_links, system_map.tabulate_factors,
             system_map.list_differences, system_map.compare_readings, system_map.summarise)  # fmt: skip
    return " ".join([system_map.write_headline(reading), *(repr(part(reading)) for part in parts)])


@pytest.mark.parametrize(
    ("third", "told"),
    [
        ({"system_map.links": "unsure"}, "Links from voices: 2; do not know yet: 1."),
        ({}, "Links from voices: 2; have not said: 1."),
        (DRAWN, ""),
    ],
)
def test_the_map_says_who_drew_no_links(third: dict[str, Any], told: str) -> None:
    """Two draw, the third does not know, says nothing or draws too; a shared edition counts nobody."""
    text = show_map(make(DRAWN, DRAWN, third))
    assert told in text
    assert ("Links from voices" in text) is bool(told)
    assert "Links from voices" not in show_map(make(DRAWN, DRAWN, third, edition="partners"))


@pytest.mark.parametrize(
    ("cells", "told", "instead"),
    [
        ({"certainty": "unsure"}, "how sure is not known", "guessed"),
        ({"certainty": None}, "how sure is not said", "guessed"),
        ({"strength": "unsure"}, "do not know yet", "clearly"),
        ({"strength": None}, "not said", "clearly"),
        (
            {"sign": "unsure"},
            "Which way this goes is not known yet: more staff could bring more or less calm",
            "evenly",
        ),
        ({"sign": None}, "No answer says which way this goes: more staff could bring more or less calm", "evenly"),
    ],
)
def test_what_nobody_says_of_a_link_is_not_told_as_said(cells: dict[str, Any], told: str, instead: str) -> None:
    """A cell left out is not the default that the sum takes for it, and "we do not know yet" is neither."""
    link = {key: value for key, value in {**LINK, **cells}.items() if value is not None}
    text = show_map(make({**DRAWN, "system_map.links": [link]}))
    assert told in text
    assert told not in show_map(make(DRAWN))
    table = repr(system_map.tabulate_links(read_system_map(make({**DRAWN, "system_map.links": [link]}))))
    assert instead not in table.split("What would change our mind")[-1]
    assert "evenly split" not in text


def test_who_does_not_say_is_on_no_side_of_a_link() -> None:
    """One says tested and another guesses: a third who says neither is not quoted as a guess."""
    links = [{**LINK, "certainty": "tested"}, {**LINK, "certainty": "guessed"}, {"from": "staff", "to": "calm"}]
    voices = [{**DRAWN, "system_map.links": [one]} for one in links]
    text = show_map(make(*voices))
    assert "Role 0: “tested”; Role 1: “guessed”" in text
    assert "Role 2: “" not in text
    assert "The only link is believed" in show_map(make({**DRAWN, "system_map.links": [LINK]}, voices[2]))


def test_links_that_count_as_guesses_unsaid_are_counted_apart() -> None:
    """Of two links one is believed and of the other nothing is said: it is no guess of anybody's."""
    more = {"from": "forms", "to": "staff", "sign": "less"}
    text = show_map(make({**DRAWN, "system_map.links": [LINK, more]}))
    assert "none is guessed, and of one no answer says how sure it is" in text
    guessed = {**more, "certainty": "guessed"}
    assert "one is believed and one is guessed." in show_map(make({**DRAWN, "system_map.links": [LINK, guessed]}))


@pytest.mark.parametrize(
    ("goal", "told"),
    [
        ("unsure", "Which factor the work is for is not known yet"),
        (None, "Nobody has said which factor the work is for"),
        ("rain", "The work is said to be for “rain”, which is no factor of the map"),
    ],
)
def test_a_goal_is_not_known_not_said_or_not_on_the_map(goal: str | None, told: str) -> None:
    """Three ways of having no goal, each told as what it is; with a goal none of them."""
    answers = {key: value for key, value in {**DRAWN, "system_map.goal": goal}.items() if value}
    assert told in show_map(make(answers))
    assert told not in show_map(make(DRAWN))


@pytest.mark.parametrize(
    ("links", "told"),
    [
        ("unsure", "What leads to what between the factors is not known yet"),
        (None, "The map has factors and no links yet"),
    ],
)
def test_factors_without_links_say_why(links: str | None, told: str) -> None:
    """Nobody has drawn a link, or somebody does not know which there are."""
    answers = {key: value for key, value in {**DRAWN, "system_map.links": links}.items() if value}
    assert told in show_map(make(answers))


def test_links_that_an_edition_does_not_show_are_not_called_undrawn() -> None:
    """The factors may be shown and the links not: the shared page does not say that there are none."""
    hidden = {**DRAWN, "system_map.links": {"value": [LINK], "consent": "none"}}
    text = show_map(make(hidden, edition="partners"))
    assert "no links yet" not in text
    assert "This edition shows factors of the map and no links" in text
    assert "factors and no links" not in show_map(make(DRAWN, edition="partners"))


POINTS = {"data_collection": 40, "analysis": 10, "reporting": 10, "knowledge_mobilisation": 40}


def show_money(engagement: Engagement) -> str:
    """Return the words of the money's figure, long and short."""
    reading = read_resources(engagement)
    return " ".join(repr(resources.draw_money(reading, short=short)) for short in (False, True))


PLAN = [{"activity": "Visits", "category": "data_collection", "quantity": 4, "unit": "days", "unit_cost": 100.0}]


@pytest.mark.parametrize(
    ("third", "told"), [("unsure", "do not know yet: 1"), (None, "have not said: 1"), (POINTS, "")]
)
def test_the_points_of_the_money_say_who_gave_none(third: object, told: str) -> None:
    """Two share out the money, the third does not know, says nothing or shares it out: the table tells each."""
    last = {} if third is None else {"resources.points": third}
    text = show_money(make({"resources.points": POINTS}, {"resources.points": POINTS}, last))
    row = text.split("Money by kind of spending")[-1].split("Collecting data")[1].split("Analysis")[0]
    assert told in row
    assert ("do not know" in row or "have not said" in row) is bool(told)


def test_a_kind_of_spending_nobody_gave_points_is_not_given_none() -> None:
    """Points left out of every answer are no answer; 0 points given are 0%."""
    left, given = (show_money(make({"resources.points": {**POINTS, **more}})) for more in ({}, {"discovery": 0}))
    assert re.search(r"Discovery[^%]{0,40}not answered", left)
    assert re.search(r"Discovery[^%]{0,40} 0%", given)


@pytest.mark.parametrize(
    ("answer", "told"),
    [("unsure", "How voices would share out the money: do not know yet"), (None, "share out the money: not answered")],
)
def test_a_plan_without_points_says_why_there_are_none(answer: str | None, told: str) -> None:
    """Nobody knows how to share the money out, or nobody has said."""
    given = {"resources.points": answer} if answer else {}
    assert told in show_money(make(given, given, plan=PLAN))
    assert told not in show_money(make({"resources.points": POINTS}, given, plan=PLAN))


@pytest.mark.parametrize(("third", "told"), [((80, 20, 0), False), ((0, 80, 20), True)])
def test_middles_of_the_money_that_do_not_make_100_say_so(third: tuple[int, int, int], told: bool) -> None:
    """Middles that make 100 need no note; one answer changed, they make 40, and the figure says so."""
    kinds = ("data_collection", "analysis", "knowledge_mobilisation")
    given = [dict(zip(kinds, points, strict=True)) for points in ((80, 20, 0), (0, 20, 80), third)]
    text = show_money(make(*[{"resources.points": one} for one in given]))
    assert ("together they make 40% and not 100%" in text) is told


PHASES = ("discovery", "early", "middle", "late")


@pytest.mark.parametrize(
    ("late", "told"),
    [("unsure", "do not know yet"), (None, "not answered"), (4, ""), ("apart", "voices far apart")],
)
def test_the_timeline_says_why_a_role_has_no_bar(late: object, told: str) -> None:
    """Where a role is not known, not said or disputed, the drawing says which in place of a bar."""
    whole = {phase: dict.fromkeys(("mirror", "mentor", "midwife"), 2) for phase in PHASES}
    ends = (0, 4) if late == "apart" else (late, late)
    first, second = ({**whole, "late": {**whole["late"], "midwife": one}} for one in ends)
    given = [{"learning_modes.roles": {phase: {k: v for k, v in roles.items() if v is not None}
              for phase, roles in one.items()}} for one in (first, second)]  # fmt: skip
    drawn = str(learning_modes.draw_roles(read_learning_modes(make(*given))).html)
    drawing = re.sub(r"<[^>]+>", " ", " ".join(re.findall(r"<svg.*?</svg>", drawn, flags=re.DOTALL)))
    drawing = " ".join(drawing.split())
    assert told in drawing
    assert any(state in drawing for state in ("not know", "not answered", "far apart")) is bool(told)


ABOUT = {
    "audiences": "Whose learning it is",
    "learning_modes": "Who finds the learning",
    "practices": "What happens today, and what is wanted,",
    "resources": "What data costs, and how many would act,",
    "discovery": "What discovery will take",
    "safety": "What being open would cost",
}


@pytest.mark.parametrize("chapter", list(ABOUT))
def test_a_chapter_nobody_knows_is_not_called_unanswered(chapter: str) -> None:
    """Two who answer everything with "we do not know yet" have answered; two who say nothing have not."""
    unsure = {question.id: "unsure" for question in load_chapter(chapter).questions}
    for edition in ("private", "partners"):
        told = CHAPTERS[chapter].write_headline(getattr(read_summary(make(unsure, unsure, edition=edition)), chapter))
        assert told == f"{ABOUT[chapter]} is not known yet"
    silent = CHAPTERS[chapter].write_headline(getattr(read_summary(make({}, {})), chapter))
    assert "is not known yet" not in silent


TOLD = {
    "discovery.aims": "draw_weeks",
    "discovery.before": "draw_weeks",
    "discovery.partners": "draw_weeks",
    "resources.sure": "list_inputs",
    "resources.data_costs": "list_inputs",
    "permission.standing": "draw_ladder",
    "practices.language.owner": "tabulate_practices",
    "practices.language.step": "tabulate_practices",
}
READERS: dict[str, tuple[Any, Any]] = {
    "draw_weeks": (read_discovery, discovery.draw_weeks),
    "list_inputs": (read_resources, resources.list_inputs),
    "draw_ladder": (read_permission, permission.draw_ladder),
    "tabulate_practices": (read_practices, practices.tabulate_practices),
}


@pytest.mark.parametrize("question", list(TOLD))
def test_a_table_tells_what_nobody_knows_from_what_nobody_answered(question: str) -> None:
    """Two answer everything; of one question both say that it is not known yet, or say nothing: the table changes."""
    whole = {q.id: make_answer(q, "words", 2) for q in list_questions(make_facts()).values()}
    rest = {key: value for key, value in whole.items() if key != question}
    read, show = READERS[TOLD[question]]
    unsure, silent = (repr(show(read(make(one, one)))) for one in ({**rest, question: "unsure"}, rest))
    assert unsure != silent
    assert re.search("not known|do not know", unsure)


@pytest.mark.parametrize(
    ("answer", "told"), [("unsure", "It is not known yet how"), (None, "Nobody has said how")], ids=str
)
def test_a_default_says_why_it_stands_in(answer: str | None, told: str) -> None:
    """Our own figure stands in for what nobody knows, or for what nobody has said."""
    given = {"discovery.people": 40, **({"discovery.sure": answer} if answer else {})}
    assert told in repr(discovery.count_interviews(read_discovery(make(given, given))))


def test_a_call_is_silent_in_every_kind_of_cell() -> None:
    """A number or a choice that the reader of a call looked for in vain is not "do not know yet"."""
    given = {"permission.standing": "unsure", "discovery.aims": 2, "audiences.points": "unsure"}
    call = make_engagement(make_voice("Desk reading", given), facts=make_facts(kind="public-call"))
    text = repr(permission.draw_ladder(read_permission(call))) + repr(audiences.draw_points(read_audiences(call)))
    assert "call is silent" in text
    assert "do not know yet" not in text
