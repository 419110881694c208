"""The map on the page: sentences follow the tables, extremes give a page, editions keep what they must."""

from __future__ import annotations

import re
from typing import Any

import pytest

from builders import make_engagement, make_voice
from workbook.analysis.system_map.system_map import read_system_map
from workbook.model.answers import Edition
from workbook.model.editions import redact
from workbook.model.engagement import Engagement
from workbook.views import system_map

WORDS = {f"system_map.{name}": True for name in ("factors", "links", "goal")}
FACTORS = [{"id": name, "label": f"the {name}", "kind": "practice"} for name in ("load", "time", "trust")]
LINKS = [
    {"from": "load", "to": "time", "sign": "less", "certainty": "tested"},
    {"from": "time", "to": "trust", "sign": "more", "certainty": "believed", "change_mind": "None of it lasts"},
    {"from": "trust", "to": "load", "sign": "less", "certainty": "guessed"},
]


def agree(links: list[dict[str, Any]] | None = None, goal: Any = "trust", factors: Any = None) -> dict[str, Any]:
    """Agreed answers of a map of three factors and one loop."""
    answers = {"system_map.factors": factors or FACTORS, "system_map.links": LINKS if links is None else links}
    return {**answers, "system_map.goal": goal} if goal else answers


def change(index: int, **changes: Any) -> list[dict[str, Any]]:
    """The links with one of them changed."""
    return [{**link, **changes} if number == index else link for number, link in enumerate(LINKS)]


def show(agreed: dict[str, Any] | None, *voices: Any, part: str = "compare_readings") -> str:
    """The text of one part of the chapter."""
    reading = read_system_map(make_engagement(*voices, agreed=agreed))
    shown = getattr(system_map, part)(reading)
    return shown if isinstance(shown, str) else repr(shown)


def summarise(engagement: Engagement) -> str:
    """The HTML of the summary's section."""
    return str(system_map.summarise(read_system_map(engagement)).html)


@pytest.mark.parametrize(
    "changed",
    [
        agree(change(2, certainty="tested")),
        agree(change(1, certainty="guessed")),
        agree(change(1, sign="less")),
        agree(change(1, change_mind=None)),
        agree(LINKS[:2]),
        agree(goal="load"),
        agree(goal=None),
        agree(factors=[*FACTORS[:2], {"id": "trust", "label": "the faith", "kind": "practice"}]),
        agree(factors=[*FACTORS[:2], {"id": "trust", "label": "the trust", "kind": "lived"}]),
        agree([*LINKS, {"from": "load", "to": "trust", "sign": "less", "certainty": "guessed", "strength": 2}]),
    ],
)
def test_readings_follow_the_answers(changed: dict[str, Any]) -> None:
    """A change of any table or of the goal changes what is said."""
    assert show(changed) != show(agree())


def test_loops_are_named_in_words() -> None:
    """Each step says more or less as the signs before it make it."""
    text = show(agree(), part="list_loops")
    assert "The more load, the less time, which brings less trust, which brings still more load" in text
    assert text.startswith("Reinforcing.")


def test_a_balancing_loop_comes_back_down() -> None:
    """One sign turned makes it balance."""
    assert "brings the load back down" in show(agree(change(2, sign="more")), part="list_loops")


def test_attribution_is_claimed_over_tested_links_only() -> None:
    """What no tested way leads to is not put down to the work."""
    assert "No factor reaches the trust over tested links alone" in show(agree())
    tested = [{**link, "certainty": "tested"} for link in LINKS]
    assert "Both factors that lead to the trust do so over tested links alone" in show(agree(tested))


def test_a_fully_tested_map_asks_for_an_evaluation() -> None:
    """With nothing left to guess, the page says so."""
    tested = [{**link, "certainty": "tested"} for link in LINKS]
    assert show(agree(tested), part="write_headline") == "Every link on the map has been tested"
    assert "Commission an evaluation of the effect on the trust" in show(agree(tested), part="write_follows")


def test_disputed_signs_come_first_and_say_between_whom() -> None:
    """The group says less, one voice says more."""
    voice = make_voice("Trustee", {"system_map.links": [{**LINKS[2], "sign": "more"}]})
    text = show(agree(), voice, part="summarise")
    assert "Would more trust bring more or less load? Trustee: “more”; the group: “less”." in text
    assert text.index("Trustee: “more”") < text.index("Read as evaluation")
    assert "the load (guessed, disputed)" in text


def test_links_that_a_voice_adds_are_named() -> None:
    """They stand apart from the agreed map: neither drawn nor counted."""
    voice = make_voice("Trustee", {"system_map.links": [{"from": "load", "to": "trust", "sign": "more"}]})
    text = show(agree(), voice, part="list_differences")
    assert "Apart from the agreed map, Trustee adds: the more load, the more trust." in text
    assert "neither drawn nor counted" in text
    for part in ("compare_readings", "draw_map", "list_loops", "tabulate_links", "write_headline"):
        assert show(agree(), voice, part=part) == show(agree(), part=part)


def test_many_differences_are_counted_in_the_summary() -> None:
    """The first seven are named there, and all of them in the chapter's own list."""
    factors = [{"id": f"f{number}", "label": f"factor {number}"} for number in range(10)]
    links = [{"from": f"f{number}", "to": "f0", "sign": "more"} for number in range(1, 10)]
    voice = make_voice("Trustee", {"system_map.links": [{**link, "sign": "less"} for link in links]})
    agreed = agree(links, factors=factors)
    assert "not named here: two" in show(agreed, voice, part="summarise")
    assert "not named here" not in show(agreed, voice, part="list_differences")


def test_a_link_to_itself_is_told_and_asks_no_question() -> None:
    """It stands among what is to mend, and nowhere is it asked whether a thing brings more of itself."""
    itself = {"from": "load", "to": "load", "sign": "more", "certainty": "guessed", "strength": 2}
    assert "A link runs from “load” to itself." in show(agree([*LINKS, itself]), part="summarise")
    assert show(agree([*LINKS, itself]), part="list_guesses") == show(agree(), part="list_guesses")
    assert show(agree([*LINKS, itself]), part="compare_readings") == show(agree(), part="compare_readings")


def test_an_unknown_factor_is_told_with_what_to_mend() -> None:
    """The page is made all the same."""
    text = show(agree([*LINKS, {"from": "load", "to": "nowhere", "sign": "more"}]), part="summarise")
    assert "no factor is called “nowhere”" in text
    assert "Read as learning" in text


@pytest.mark.parametrize("agreed", [None, {"system_map.factors": "unsure", "system_map.links": "unsure"}, agree([])])
def test_without_a_map_the_section_is_short(agreed: dict[str, Any] | None) -> None:
    """It says what to do and shows no figure."""
    html = summarise(make_engagement(agreed=agreed))
    assert "<svg" not in html
    assert len(html) < 1200


def test_one_voice_with_a_few_links_gives_a_paragraph() -> None:
    """It says that the map is one voice's, and shows no figure and no table."""
    html = summarise(make_engagement(make_voice("Worker", agree())))
    assert "The map shown is one voice's, with three links" in html
    assert "The more load, the less time (tested)." in html
    assert not re.search("<svg|<table|<h3|differ|agreed", html)


def test_one_voice_with_many_links_gives_a_map() -> None:
    """It is called that voice's, and nobody is said to differ or to agree."""
    factors = [{"id": f"f{number}", "label": f"factor {number}"} for number in range(8)]
    links = [{"from": f"f{number}", "to": f"f{number + 1}", "sign": "more"} for number in range(7)]
    text = show(None, make_voice("Worker", agree(links, goal="f7", factors=factors)), part="summarise")
    assert "One voice's map of what leads to what" in text
    assert not re.search("differ|the group|agreed", text)
    assert "Loops to watch" not in text


def test_the_goal_is_no_place_to_act() -> None:
    """The sentence says so, since the goal itself may be on more loops than any other."""
    links = [*LINKS, {"from": "trust", "to": "time", "sign": "more", "certainty": "believed"}]
    text = show(agree(links))
    assert "Apart from the trust itself, a change in the time would turn the most loops: it is on two loops." in text
    assert "Apart from" not in show(agree(links, goal=None))


def test_the_table_names_every_factor_once_at_least() -> None:
    """A factor that leads nowhere stands where others lead to it, or in a row of its own if none does."""
    factors = [*FACTORS, {"id": "alone", "label": "the loner", "kind": "practice"}]
    text = show(agree(LINKS[:2], factors=factors), part="draw_map")
    table = text[text.index("The map in words") :]
    assert all(factor["label"][4:] in table for factor in factors)


def test_thirty_voices_give_a_page() -> None:
    """Thirty maps of the same three factors are one map."""
    voices = [make_voice(f"Voice {number}", agree()) for number in range(30)]
    assert "Of three links" in show(None, *voices)


def test_the_figure_holds_sixty_factors_and_says_what_it_leaves_out() -> None:
    """A dense map is drawn with its strongest links, and the table holds all."""
    factors = [{"id": f"f{n}", "label": f"factor {n}"} for n in range(60)]
    links = [
        {"from": f"f{n}", "to": f"f{(n * step + 1) % 60}", "sign": "more", "strength": n % 3}
        for n in range(60)
        for step in (1, 2, 3)
    ]
    html = summarise(make_engagement(agreed=agree(links, goal="f1", factors=factors)))
    assert re.search(r"\d+ weaker links are left out of the drawing", html)
    assert "60. factor 59" in html


def test_every_part_of_the_chapter_can_be_shown() -> None:
    """The notebook's calls all give something to show, with and without answers."""
    for agreed in (agree(), None):
        reading = read_system_map(make_engagement(agreed=agreed))
        for name in system_map.__all__:
            if name != "read_system_map":
                assert getattr(system_map, name)(reading) is not None


def test_the_public_edition_shows_no_words_kept_back() -> None:
    """Links of voices who did not consent, and their factors, appear nowhere."""
    hidden = {
        "system_map.factors": [{"id": "secret", "label": "canarylabel", "kind": "data"}],
        "system_map.links": [{"from": "secret", "to": "load", "sign": "more", "change_mind": "canarymind"}],
    }
    voices = [make_voice(level, hidden, consent=level) for level in ("unnamed", "aggregate", "none")]
    whole = make_engagement(*voices, make_voice("Worker", agree(), consent="role"))
    assert "canarylabel" in summarise(whole).lower()
    shown = summarise(redact(whole, Edition.PUBLIC, words=WORDS))
    assert "canary" not in shown
    assert "the more load" in shown.lower()


def test_an_edition_without_the_map_does_not_say_that_there_is_none() -> None:
    """Agreed for the partners only, the map is simply not on the public page."""
    public = redact(make_engagement(agreed=agree()), Edition.PUBLIC, words=WORDS)
    assert system_map.write_headline(read_system_map(public)) == "This edition shows no map"


def test_hostile_labels_stay_text() -> None:
    """Markup and braces in a table are shown as they were typed."""
    factors = [{"id": "a", "label": "<b>{x}</b>"}, {"id": "b", "label": "{0.__class__}"}]
    links = [{"from": "a", "to": "b", "sign": "more", "change_mind": "<script>{y}</script>"}]
    html = summarise(make_engagement(agreed=agree(links, goal="b", factors=factors)))
    assert "<b>" not in html
    assert "<script>" not in html
    assert "&lt;b&gt;{x}&lt;/b&gt;" in html
