"""The practices on the page: every claim follows the answers, and nothing withheld is shown."""

from __future__ import annotations

import re
from typing import Any

import pytest

from builders import make_engagement, make_voice
from workbook.analysis.practices import read_practices
from workbook.model.answers import Edition
from workbook.model.chapters import load_chapter
from workbook.model.editions import redact
from workbook.views import practices

IDS = [facet.id for facet in load_chapter("practices").facets]
NAMES = ("today", "wanted", "step", "owner")
WORDS = {f"practices.{id_}.{name}": name in ("step", "owner") for id_ in IDS for name in NAMES}


def rate(today: Any, wanted: Any, *ids: str, **named: str) -> dict[str, Any]:
    """Ratings of some practices (all, if none is named), with a step or an owner for each."""
    answers: dict[str, Any] = {}
    for id_ in ids or IDS:
        answers |= {f"practices.{id_}.today": today, f"practices.{id_}.wanted": wanted}
        answers |= {f"practices.{id_}.{name}": words for name, words in named.items()}
    return answers


def show(*answers: dict[str, Any], part: str = "compare_readings", agreed: dict[str, Any] | None = None) -> str:
    """The text of one part of the chapter, each mapping being one voice."""
    voices = [make_voice(f"Voice {number}", one) for number, one in enumerate(answers)]
    shown = getattr(practices, part)(read_practices(make_engagement(*voices, agreed=agreed)))
    return shown if isinstance(shown, str) else repr(shown)


def tell(headline: str) -> str:
    """Return a headline without the words that mark it as one voice's, which must be there where it judges."""
    judged = not headline.startswith(("No practice has", "The practices", "The ratings", "Only", "This edition"))
    assert headline.startswith("As you see it: ") == judged
    told = headline.removeprefix("As you see it: ")
    return told[:1].upper() + told[1:]


@pytest.mark.parametrize("id_", IDS)
@pytest.mark.parametrize("name", NAMES)
def test_a_change_of_any_answer_can_change_the_readings(id_: str, name: str) -> None:
    """Every question of the chapter bears on the two readings."""
    base = {**rate(2, 2), **rate(1, 3, id_, step="Ring them", owner="The director")}
    changed = {**base, f"practices.{id_}.{name}": {"today": 3, "wanted": 2, "step": "unsure", "owner": "unsure"}[name]}
    assert show(changed) != show(base)


@pytest.mark.parametrize(
    ("answers", "headline"),
    [
        ({}, "No practice has been rated yet"),
        (rate(3, 3, "learning"), "Only one of 18 practices is rated, today and as wanted"),
        (rate(3, 0), "Most of these practices are hardly wanted here"),
        ({**rate(3, 3), **rate(0, 4, "learning")}, "One practice falls well short, and nobody owns it"),
        ({**rate(3, 3), **rate(0, 4, "learning", owner="O")}, "One practice falls well short, and it has an owner"),
        (rate(0, 4), "18 practices fall well short, and none has an owner"),
        (rate(0, 4, owner="O"), "18 practices fall well short, each with an owner"),
        (
            {**rate(3, 3), **rate(2, 3, "learning", step="S")},
            "No practice falls well short; one could improve this month",
        ),
        (rate(2, 3), "No practice falls well short of what is wanted"),
        (rate(4, 3), "Less is wanted than there is, on 18 practices"),
        (rate(3, 3), "Practice is where people want it"),
    ],
)
def test_the_headline_follows_the_answers(answers: dict[str, Any], headline: str) -> None:
    """Different answers, different findings, each under twelve words."""
    assert tell(show(answers, part="write_headline")) == headline
    assert len(headline.split()) < 12


def test_people_who_hardly_want_these_practices_are_not_sold_a_partner() -> None:
    """Those who want an evaluation are told so."""
    assert "Do not pay a partner" in show(rate(3, 0), part="write_follows")


def test_the_first_step_named_is_the_one_quoted() -> None:
    """Our own idea stands in only where nobody named a step, and is called an idea."""
    named = show({**rate(3, 3), **rate(0, 4, "learning", step="Ring them all")}, part="write_follows")
    idea = show({**rate(3, 3), **rate(0, 4, "learning")}, part="write_follows")
    assert "begin here: Ring them all." in named
    assert "one idea to begin with" in idea
    assert "Ring them all" not in idea


def test_who_differs_comes_before_the_readings() -> None:
    """By name where consent goes so far."""
    text = show(rate(0, 4), rate(4, 4), rate(0, 4), rate(4, 4), part="summarise")
    sides = "“Getting started”, today. Voice 0 and Voice 2: “not at all”; Voice 1 and Voice 3: “completely”."
    assert sides in text
    assert text.index(sides) < text.index("Read as evaluation")
    assert "too far apart about today" in text


def test_a_voice_against_the_middle_is_named() -> None:
    """It wants less of what the others want more of."""
    text = show(rate(1, 4), rate(1, 4), rate(3, 1), part="list_differences")
    assert "Voice 2 wants less than they see today" in text


def test_one_voice_is_no_baseline() -> None:
    """The page speaks of no baseline, of no middle and of nobody differing."""
    text = show(rate(1, 3), part="summarise")
    assert "One voice rated each practice" in text
    assert not re.search("baseline|middle|differ|far apart", text)
    assert "can serve as a baseline" in show(rate(1, 3), rate(1, 3))


def test_the_table_holds_the_wide_gaps_that_the_headline_counts() -> None:
    """No practice with a smaller gap, and none wanted less, stands among them; promises are counted among them too."""
    wide = {**rate(0, 4, "learning", step="S", owner="O"), **rate(0, 2, "language"), **rate(1, 4, "limits")}
    answers = {**rate(2, 3), **rate(2, 3, "reflection", step="S", owner="O"), **rate(3, 2, "invitation"), **wide}
    html = str(practices.summarise(read_practices(make_engagement(make_voice("A", answers)))).html)
    assert re.findall(r'<th scope="row">(.*?)</th>', html) == [
        "Learning",
        "Limits that help",
        "Language and bureaucracy",
    ]
    assert tell(show(answers, part="write_headline")) == "Three practices fall well short; nobody owns two of them"
    assert "Of the three in the table, one has both a first step and an owner" in show(answers)


def test_a_figure_that_cannot_hold_every_wide_gap_says_so() -> None:
    """Eight of eighteen are shown, and the caption says eight."""
    text = show(rate(0, 4), rate(0, 4), part="summarise")
    assert "The eight widest gaps" in text
    assert "Every wide gap" not in text
    assert "Of the eight in the table" in show(
        rate(0, 4, step="S"), {**rate(0, 4), **rate(0, 4, "learning", owner="O")}
    )


def test_few_ratings_give_one_short_paragraph() -> None:
    """No figure, no table; it names what is well short, and says if one voice says so."""
    answers = rate(1, 3, "learning", "limits")
    html = str(practices.summarise(read_practices(make_engagement(make_voice("One", answers)))).html)
    assert "One voice puts this well short of what is wanted: “Learning” and “Limits that help”" in html
    assert not re.search("<svg|<table|<h3", html)
    assert len(html) < 600


def test_a_strength_named_as_a_wide_gap_is_not_named_again() -> None:
    """The weakest strength is said only where it is news."""
    assert "weakest today" not in show({**rate(2, 3), **rate(0, 4, "expertise")})
    assert "weakest today is “Who holds the expertise”" in show({**rate(2, 2), **rate(1, 1, "expertise")})


def test_agreed_ratings_alone_are_read_and_named_as_such() -> None:
    """With no voice beside them."""
    assert "the group's own" in show(agreed=rate(1, 3))


def test_thirty_voices_give_a_page() -> None:
    """All of one mind, and nobody is said to differ."""
    text = show(*[rate(1, 3)] * 30, part="summarise")
    assert "No two voices shown here are far apart" in text
    assert "All 18 practices rated both for today and as wanted fall short" in text


@pytest.mark.parametrize("answers", [{}, rate("unsure", "unsure", step="unsure", owner="unsure")])
def test_unanswered_gives_a_short_section(answers: dict[str, Any]) -> None:
    """It says whom to ask, and shows no figure."""
    html = practices.summarise(read_practices(make_engagement(make_voice("One", answers)))).html
    assert "Ask those who do the work" in html
    assert "<svg" not in html


def test_every_part_of_the_chapter_can_be_shown() -> None:
    """The notebook's calls all give something to show, with and without answers."""
    for answers in ({}, rate(1, 3), rate(4, 1)):
        for name in practices.__all__:
            if name != "read_practices":
                assert show(answers, part=name)


def test_every_practice_stands_in_the_whole_table() -> None:
    """Under the four groups, whatever is answered."""
    text = show({}, part="tabulate_practices")
    assert all(facet.title in text for facet in load_chapter("practices").facets)
    assert "Features of a learning space" in text


def test_the_public_edition_shows_nothing_withheld() -> None:
    """Words of those who did not consent, and ratings of too few, are not on the page."""
    named = rate(0, 4, step="canarystep", owner="canaryowner")
    voices = [make_voice(level, named, consent=level) for level in ("unnamed", "aggregate", "none")]
    whole = make_engagement(*voices, make_voice("Worker", rate(1, 3)))
    assert "canarystep" in practices.summarise(read_practices(whole)).html
    public = read_practices(redact(whole, Edition.PUBLIC, words=WORDS))
    shown = practices.summarise(public).html + practices.tabulate_practices(public).html
    assert "canary" not in shown
    assert "Held back" in shown
    assert practices.write_headline(public) == "The ratings of practices are held back in this edition"


def test_the_public_edition_shows_groups_that_are_large_enough() -> None:
    """Six voices who may be named are shown, and what is not on the page is not called missing."""
    voices = [make_voice(f"Voice {number}", rate(0, 4)) for number in range(6)]
    public = read_practices(redact(make_engagement(*voices), Edition.PUBLIC, words=WORDS))
    text = repr(practices.summarise(public))
    assert "18 practices fall well short" in text
    assert "obody" not in text


def test_hostile_words_stay_text() -> None:
    """Markup and braces in a step are shown as they were typed."""
    answers = rate(0, 4, step="<script>{x}</script>", owner="{0.__class__}<b>")
    html = practices.summarise(read_practices(make_engagement(make_voice("One", answers)))).html
    assert "<script>" not in html
    assert "<b>" not in html
    assert "&lt;script&gt;{x}&lt;/script&gt;" in html


def test_an_edition_says_not_shown_where_an_answer_may_be_kept_back() -> None:
    """With consent for nobody, "not answered" would be false; where every answer is at hand, it is said."""
    kept = make_voice("Grantee", rate(3, 3, "learning"), consent="none")
    whole = make_engagement(kept, make_voice("Officer", rate(1, 4, "relationships"), consent="role"))
    shared = redact(whole, Edition.PARTNERS, words=WORDS)
    private, partners = (repr(practices.tabulate_practices(read_practices(one))) for one in (whole, shared))
    assert "not answered" in private
    assert "not answered" not in partners
    assert "not shown" in partners


def test_a_disputed_practice_has_no_gap() -> None:
    """Where one sees none of it and another all, no middle makes a gap: the page says so and counts it nowhere."""
    apart = "getting_started" if "getting_started" in repr(rate(1, 1)) else next(iter(rate(1, 1))).split(".")[1]
    given = [{**rate(1, 3), f"practices.{apart}.today": end} for end in (0, 4)]
    text = show(*given, part="summarise")
    assert "too far apart to read a gap" in text
    assert "Of 17 practices" in text or "All 17 practices" in text
    assert "too far apart to read a gap" not in show(rate(1, 3), rate(1, 3), part="summarise")
