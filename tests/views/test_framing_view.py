"""Chapter 01 on the page: each sentence follows from the answers."""

from __future__ import annotations

from typing import Any

import pytest

from builders import make_engagement, make_facts, make_voice
from workbook.model.answers import Edition
from workbook.model.chapters import list_questions, load_chapter
from workbook.model.editions import redact
from workbook.views import framing

FACETS = [facet.id for facet in load_chapter("framing").facets]


def _rate(seed: Any, soil: Any, facets: list[str] = FACETS) -> dict[str, Any]:
    return {f"framing.{f}.{side}": value for f in facets for side, value in (("seed", seed), ("soil", soil))}


def _read(
    answers: dict[str, Any], *, kind: str = "own", edition: str = "private", voices: int = 1
) -> framing.FramingReading:
    given = [make_voice(f"Role {n}", answers) for n in range(voices)]
    engagement = make_engagement(*given, facts=make_facts(kind=kind))
    words = {name: question.is_words for name, question in list_questions(engagement.facts).items()}
    return framing.read_framing(redact(engagement, Edition(edition), words=words))


def _show(answers: dict[str, Any], **more: Any) -> str:
    reading = _read(answers, **more)
    return f"{framing.summarise(reading)!r} {framing.write_follows(reading)}"


def test_who_wants_an_evaluation_is_told_so() -> None:
    """Held to much and hoping for little: the page says to commission an evaluation."""
    text = _show(_rate(1, 4))
    assert "he answers ask for an evaluation" in text
    assert "Commission an evaluation" in text
    assert "learning partner, change" not in text


def test_a_ready_ground_is_told_so() -> None:
    """Hoped for and little in the way: the page says to commission a learning partner."""
    assert "Commission a learning partner." in _show(_rate(4, 0))


def test_a_public_call_gets_no_advice_it_did_not_ask_for() -> None:
    """One reading from outside is named as that."""
    text = _show(_rate(4, 0), kind="public-call")
    assert "nobody inside has been asked" in text
    assert "Commission a learning partner." not in text


BASE = {
    **_rate(4, 3),
    "framing.switching": ["timing"],
    "framing.said_aloud": "The director in March",
    "framing.stays_evaluation": "Whether money was spent as agreed",
    "framing.evaluator": "The auditor",
}


@pytest.mark.parametrize("question", sorted(BASE))
def test_every_answer_the_readings_use_can_change_them(question: str) -> None:
    """For each question there is another answer that changes the text."""
    other: Any = (
        0 if question.endswith(("seed", "soil")) else ["product"] if question.endswith("switching") else "unsure"
    )
    assert _show(BASE) != _show({**BASE, question: other})


def test_a_shared_edition_does_not_call_unsaid_what_it_may_not_show() -> None:
    """In public, words of a voice without consent are not "missing"."""
    answers = {
        key: {"value": value, "consent": "none"} if "evaluation" in key else value for key, value in BASE.items()
    }
    text = _show(answers, edition="public", voices=6)
    assert "not shown in this edition" in text
    assert "Nobody has yet said what stays evaluation" not in text


def test_one_voice_has_nobody_to_differ_from() -> None:
    """With one voice there is no section on differences; with two there is."""
    assert "Where voices differ" not in _show(BASE)
    assert "Where voices differ" in _show(BASE, voices=2)


TWO = {**_rate(4, 4, FACETS[:1]), **_rate(3, 0, FACETS[1:2])}


def _show_all(answers: dict[str, Any], **more: Any) -> str:
    reading = _read(answers, **more)
    others = (framing.compare_readings, framing.list_tensions, framing.list_differences)
    return f"{framing.summarise(reading)!r} " + " ".join(repr(view(reading)) for view in others)


def test_two_facets_of_ten_give_no_score_no_verdict_and_no_advice() -> None:
    """What is known is said and drawn, from how many voices, and which facets to answer next."""
    text = _show_all(TWO)
    assert "Too early for a verdict: 2 of 10 facets are known, from one voice" in text
    assert "Answer next: judgement, questions and timing" in text
    assert "each with both its hope and its habit" in text
    assert "is known on 2 of 10 facets, from one voice: completely (purpose), not at all (accountability)" in text
    assert "Seeds in evaluation soil" in text
    for verdict in ("of 100", "Before you commission", "Commission a", "Split the", "could start", "Write into the"):
        assert verdict not in text


def test_after_one_answer_the_framing_is_not_called_unanswered() -> None:
    """The facet that lacks its other side is the first to answer next."""
    text = _show_all({"framing.timing.seed": 2})
    assert "not been answered" not in text
    assert "no facet has both its hope and its habit yet" in text
    assert "Answer next: timing (its habit), purpose and accountability" in text


def test_too_early_a_call_is_not_told_what_to_answer() -> None:
    """Nobody inside has been asked; a bidder would ask."""
    text = _show_all(TWO, kind="public-call")
    assert "nobody inside has been asked" in text
    assert "Answer next" not in text


def test_a_shared_edition_that_shows_little_says_what_it_shows() -> None:
    """It never says that nobody answered, nor from how many voices, nor what to answer next."""
    held = {key: {"value": value, "consent": "none"} for key, value in _rate(1, 1, FACETS[2:]).items()}
    text = _show_all({**TWO, **held}, edition="public", voices=6)
    assert "Too little for a verdict: this edition shows 2 of 10 facets" in text
    for claim in ("not answered", "Answer next", "from six", "of 100", "has rated", "Not yet known", "Part of this"):
        assert claim not in text
    nothing = _show_all({key: {"value": 3, "consent": "none"} for key in _rate(0, 0)}, edition="partners")
    assert "not been answered" not in nothing
    assert "No ratings have been given" not in nothing


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ([_rate(4, 4)], "One voice alone has rated"),
        ([_rate(4, 4, FACETS[:5]), _rate(4, 4, FACETS[5:])], "No two voices have rated the same facet"),
        ([_rate(4, 4), _rate(3, 4)], "No two voices are far apart on any facet"),
        ([], "No ratings have been given yet"),
    ],
)
def test_where_no_difference_is_found_the_page_says_why(given: list[dict[str, Any]], said: str) -> None:
    """One voice alone cannot be far from another."""
    engagement = make_engagement(*(make_voice(f"Role {n}", one) for n, one in enumerate(given)))
    assert said in repr(framing.list_differences(framing.read_framing(engagement)))


def test_facets_of_one_kind_only_are_not_called_part_evaluation_part_learning() -> None:
    """Three of six facets on evaluation ground are no verdict, and nothing among them is learning."""
    text = _show({**_rate(1, 4, FACETS[:3]), **_rate(1, 1, FACETS[3:6])})
    assert "Part of this is evaluation" not in text
    assert "do not add up to one verdict" in text


def test_nothing_answered_makes_a_short_section() -> None:
    """No figure and no table stand where nothing is known."""
    text = _show({})
    assert "has not been answered yet" in text
    assert "Facet" not in text


def test_one_voices_words_on_what_stays_evaluation_are_its_own() -> None:
    """Said by one voice, it is that voice's; agreed by the group, it is written down."""
    text = _show(BASE)
    for said in (
        "On what stays evaluation, nothing is agreed. From one voice (Role 0): “Whether money was spent as agreed”.",
        "On who would do it, nothing is agreed. From one voice (Role 0): “The auditor”.",
        "One voice (Role 0) calls a move away from proof decided on timing.",
        "On who has said so aloud, nothing is agreed. From one voice (Role 0): “The director in March”.",
    ):
        assert said in text
    assert "is written down" not in text
    assert "decided on timing" not in _show({**BASE, "framing.switching": ["product"]})
    words = {name: value for name, value in BASE.items() if not name.endswith(("seed", "soil"))}
    agreed = framing.read_framing(make_engagement(make_voice("Role", _rate(4, 3)), agreed=words))
    text = repr(framing.compare_readings(agreed))
    assert "What stays evaluation is written down: “Whether money was spent as agreed”." in text
    assert "A move away from proof is decided on timing. Who has said so aloud: “The director in March”." in text


def test_a_move_that_several_voices_call_decided_is_theirs_too() -> None:
    """What most voices say is not what the group decided."""
    assert "Two voices call a move away from proof decided on timing" in _show(BASE, voices=2)


def test_what_the_desk_reading_says_of_a_call_stands_beside_its_name() -> None:
    """Nobody could have agreed to it, so the page does not say that nobody has."""
    text = _show(BASE, kind="public-call")
    assert "What stays evaluation, by our reading: Whether money was spent as agreed." in text
    assert "nothing is agreed" not in text


def test_what_the_group_agreed_is_not_said_to_come_from_voices() -> None:
    """Text and table tell an agreed answer from the voices', and only voices whose answers count are counted."""
    given = [make_voice(f"Role {n}", {"framing.purpose.seed": 4, "framing.timing.seed": 3}) for n in range(3)]
    engagement = make_engagement(*given, agreed={"framing.purpose.seed": 1})
    text = repr(framing.summarise(framing.read_framing(engagement)))
    assert (
        "known on 2 of 10 facets, from three voices and the group: mostly (timing), a little (purpose; agreed)." in text
    )
    assert "improving the work (hoped for: a little (agreed); 3 completely)" in text
    alone = make_engagement(
        *(make_voice(f"R{n}", {"framing.purpose.seed": 4}) for n in range(3)), agreed={"framing.purpose.seed": 1}
    )
    text = repr(framing.summarise(framing.read_framing(alone)))
    assert "known on 1 of 10 facets, as the group agreed: a little (purpose; agreed)." in text


def test_a_dispute_is_not_given_a_place() -> None:
    """Words, table and figure say that it is disputed; none puts the facet where its middle would lie."""
    engagement = make_engagement(*(make_voice(f"Role {n}", _rate(n * 4, 1)) for n in range(2)))
    reading = framing.read_framing(engagement)
    assert framing.write_headline(reading) == "No verdict yet: voices are far apart on 10 of 10 facets"
    assert framing.write_follows(reading).startswith("Before you choose, bring those who differ to one table: purpose")
    text = f"{framing.summarise(reading)!r} {framing.draw_facet_places(reading)!r}"
    assert "Disputed, no place until it is talked over" in text
    assert "On what people hope for, voices are too far apart to say: purpose" in text
    for claim in ("Bare ground", "of 100", "to some extent (purpose"):
        assert claim not in text
    some = [_rate(n * 4, 1, FACETS[:1]) | _rate(4, 1, FACETS[1:]) for n in range(2)]
    mixed = framing.read_framing(make_engagement(*(make_voice(f"Role {n}", one) for n, one in enumerate(some))))
    assert framing.write_headline(mixed).startswith("The ground is ready for a learning partner; voices are far apart")
    talk = "Disputed, and without a place until it is talked over: purpose."
    assert talk in repr(framing.compare_readings(mixed))
    assert talk in repr(framing.draw_facet_places(mixed))


def test_a_verdict_from_one_voice_says_so() -> None:
    """Headline and advice are marked as one voice's; of two they are not, nor where nothing is advised."""
    assert "As you see it: the answers ask for an evaluation" in _show(_rate(1, 4))
    assert "This is a verdict as you see it (Role 0)" in _show(_rate(1, 4))
    for text in (_show(_rate(1, 4), voices=2), _show(TWO), _show(_rate(4, 0), kind="public-call")):
        assert "you see it" not in text


def test_a_verdict_on_which_no_two_voices_have_spoken_is_single_voices() -> None:
    """Each of two voices rates five facets: neither backs the other, and the page says so."""
    given = [make_voice(f"Role {n}", _rate(4, 0, half)) for n, half in enumerate((FACETS[:5], FACETS[5:]))]
    reading = framing.read_framing(make_engagement(*given))
    assert framing.write_headline(reading) == "As single voices see it: the ground is ready for a learning partner"
    assert "no two voices have spoken" in framing.write_follows(reading)
    both = framing.read_framing(make_engagement(*given, make_voice("Other", _rate(4, 0))))
    assert framing.write_headline(both) == "The ground is ready for a learning partner"


def test_a_dispute_stands_in_the_headline_beside_a_verdict() -> None:
    """A verdict over the facets that are settled says on how many others voices are far apart."""
    given = [make_voice(f"Role {n}", {**_rate(4, 0), **_rate(n * 2, 0, FACETS[:1])}) for n in (0, 2)]
    reading = framing.read_framing(make_engagement(*given))
    assert framing.write_headline(reading).endswith("; voices are far apart on one facet")
    assert "First bring those who differ" not in framing.write_follows(reading)


def test_two_voices_that_name_different_evaluators_are_both_quoted() -> None:
    """Who evaluates is said by each beside their name, and a changed answer changes the page."""
    texts = []
    for second in ("An outside firm", "the partner."):
        given = [
            make_voice(role, {**_rate(4, 3), "framing.stays_evaluation": "Spending", "framing.evaluator": who})
            for role, who in (("Finance lead", "The partner"), ("Trustee", second))
        ]
        texts.append(repr(framing.summarise(framing.read_framing(make_engagement(*given)))))
    assert "do not say the same of who would do it" in texts[0]
    assert "“The partner” (Finance lead); “An outside firm” (Trustee)" in texts[0]
    assert "On who would do it, voices say the same" in texts[1]


def test_steps_are_told_in_words_and_never_as_points_of_a_hundred() -> None:
    """Five steps are no measure of a hundredth."""
    text = _show(_rate(4, 3), voices=2)
    assert "of 100" not in text
    assert "People are held to proof more than “to some extent” on 10 of 10 facets" in text
