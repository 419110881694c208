"""Whose learning comes first, on the page: claims follow answers, and nothing withheld is shown."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from builders import make_engagement, make_facts, make_voice
from workbook.model.answers import Edition
from workbook.model.editions import redact
from workbook.views import audiences

IDS = ("funder", "grantees", "people")
WORDS = {"audiences.points": False, "audiences.order": False, "audiences.do_differently": True}
QUESTION = {"question": "What helps?", "decision": "What to fund", "decided_by": "The board", "by": date(2027, 9, 1)}
BASE: dict[str, Any] = {
    "audiences.points": {"value": {"funder": 20.0, "grantees": 50.0, "people": 30.0}},
    "audiences.do_differently": {"value": {"grantees": {"change": "Ring each other"}}},
}


def share(*points: float) -> dict[str, Any]:
    """Points for the funder, the grantees and the people."""
    return {"value": dict(zip(IDS, map(float, points), strict=True))}


def read(*answers: dict[str, Any], agreed: dict[str, Any] | None = None, **facts: Any) -> Any:
    """Read an engagement in which each mapping is one voice."""
    voices = [make_voice(f"Voice {number}", one) for number, one in enumerate(answers)]
    return audiences.read_audiences(make_engagement(*voices, agreed=agreed, facts=make_facts(**facts)))


def show_readings(*answers: dict[str, Any], **more: Any) -> str:
    """The text of the two readings."""
    return repr(audiences.compare_readings(read(*answers, **more)))


@pytest.mark.parametrize(
    "change",
    [
        {"answers": [{**BASE, "audiences.points": share(70, 20, 10)}]},
        {"answers": [{**BASE, "audiences.do_differently": {"value": {"grantees": {"change": "Visit each other"}}}}]},
        {"answers": [BASE, {**BASE, "audiences.points": share(80, 10, 10)}]},
        {"answers": [BASE], "agreed": {"audiences.order": {"people": {"rank": 1.0}, "funder": {"rank": 2.0}}}},
        {"answers": [BASE], "learning_questions": (QUESTION,)},
        {"answers": [BASE], "learning_questions": ({**QUESTION, "decision": "unsure"},)},
        {"answers": [BASE], "audiences": ({"id": "grantees", "name": "Grantees", "group": "delivery"},)},
    ],
)
def test_each_answer_a_reading_uses_changes_it(change: dict[str, Any]) -> None:
    """Points, changes named, agreed order, learning questions and audiences each change the text."""
    change = dict(change)
    answers = change.pop("answers")
    if "audiences" in change:
        answers = [{"audiences.points": {"value": {"grantees": 100.0}}}]
    assert show_readings(*answers, **change) != show_readings(BASE)


def test_those_who_plainly_want_an_evaluation_are_told_so() -> None:
    """Points for those who pay, and questions with decisions: commission an evaluation."""
    reading = read(*[{"audiences.points": share(80, 10, 10)}] * 3, learning_questions=(QUESTION,))
    assert "meant mainly for those who pay" in audiences.write_headline(reading)
    assert audiences.write_follows(reading).startswith("Commission an evaluation")
    assert "could go to an evaluator as it stands" in repr(audiences.compare_readings(reading))


def test_one_voices_points_ask_for_no_evaluation() -> None:
    """Of one voice the page says that it is one, and whom to ask; a second that says the same makes the finding."""
    points = {"audiences.points": share(80, 10, 10)}
    alone = read(points)
    assert audiences.write_headline(alone) == "As you see it: the learning is meant mainly for those who pay"
    assert "a verdict as you see it (Voice 0)" in audiences.write_follows(alone)
    assert "Commission an evaluation" not in repr(audiences.summarise(alone))
    assert audiences.write_follows(read(points, points)).startswith("Commission an evaluation")
    unheard = audiences.write_headline(read({"audiences.points": share(50, 50, 0)}))
    assert unheard.startswith("As you see it: no points go")
    assert "one voice" not in audiences.write_headline(read(points, agreed=points_agreed(80, 10, 10))).lower()


def points_agreed(*points: float) -> dict[str, Any]:
    """The same points as what the group agreed."""
    return {"audiences.points": share(*points)["value"]}


def test_a_clash_says_between_whom() -> None:
    """The ends of the widest clash are named, first and before the points."""
    reading = read({"audiences.points": share(60, 20, 20)}, {"audiences.points": share(10, 60, 30)})
    page = repr(audiences.summarise(reading))
    assert "The funder: 60 points from Voice 0, 10 from Voice 1." in page
    assert page.index("60 points from Voice 0") < page.index("Lowest to highest")
    assert audiences.write_follows(reading) == (
        "Before the brief goes out, bring both ends to one table (Voice 0; Voice 1) and agree who comes first."
    )


def test_the_readings_print_the_points_of_the_table() -> None:
    """What the readings say of points are the middle answers as they stand in the table, never scaled anew."""
    reading = read({"audiences.points": share(60, 20, 20)}, {"audiences.points": share(20, 20, 60)}, BASE)
    table, text = repr(audiences.draw_points(reading, whole=False)), repr(audiences.compare_readings(reading))
    assert "Grantees 20 20 to 50" in table
    assert "Points for those who do the work: 20 (answers from 20 to 50)." in text
    assert "Kendall" not in table


def test_agreed_points_are_called_agreed_in_text_and_table() -> None:
    """The readings say of points what the table says: whether the group agreed them."""
    reading = read(BASE, agreed={"audiences.points": {"grantees": 40.0}})
    assert "Grantees 40 (agreed)" in repr(audiences.draw_points(reading))
    assert "Points for those who do the work: 40 (agreed). Points for those who stand to benefit: 30." in repr(
        audiences.compare_readings(reading)
    )


def test_an_order_that_is_not_the_points_is_said_in_a_sentence() -> None:
    """The headline tells what the group agreed from what the points say."""
    order = {"people": {"rank": 1.0}, "funder": {"rank": 2.0}, "grantees": {"rank": 3.0}}
    headline = audiences.write_headline(read(BASE, BASE, agreed={"audiences.order": order}))
    assert headline.startswith("The group put ")
    assert headline.endswith("; the points put grantees first")


def test_one_voice_has_no_part_on_differences() -> None:
    """With one voice, or without points, the section does not speak of where voices differ."""
    change_only = {"audiences.do_differently": {"value": {"people": {"change": "Speak first"}}}}
    for reading in (read(BASE), read(change_only)):
        assert "Where voices differ" not in repr(audiences.summarise(reading))
    assert "Read as" not in repr(audiences.summarise(read(change_only)))
    assert "Speak first." in repr(audiences.summarise(read(change_only)))


def test_an_edition_without_points_says_not_shown() -> None:
    """Outside the private edition missing points may be points that are not shown."""
    shown = audiences.read_audiences(redact(make_engagement(), Edition.PUBLIC, words=WORDS))
    assert audiences.write_headline(shown) == "This edition does not show whose learning it is"


def test_a_number_of_few_voices_comes_with_its_warning() -> None:
    """Kendall's W over few voices says that it jumps; over many it does not."""
    few, many = read(*[BASE] * 3), read(*[BASE] * 12)
    assert "this number jumps" in repr(audiences.draw_points(few))
    assert "this number jumps" not in repr(audiences.draw_points(many))
    assert "Kendall's W is 1" in repr(audiences.draw_points(many))


@pytest.mark.parametrize(
    ("answers", "facts"),
    [
        ([], {}),
        ([], {"audiences": ()}),
        ([dict.fromkeys(WORDS, "unsure")] * 3, {}),
        ([BASE], {}),
        ([BASE] * 30, {}),
        ([BASE], {"learning_questions": ({"question": "Why"},)}),
        ([{"audiences.points": share(0, 100, 0)}, {"audiences.points": share(100, 0, 0)}], {}),
        ([{"audiences.do_differently": {"value": {"people": {"change": "Speak first"}}}}], {}),
    ],
)
def test_every_view_stands_on_any_answers(answers: list[dict[str, Any]], facts: dict[str, Any]) -> None:
    """No answers, one voice, thirty, all unsure, no audiences: each view says something, without a gap in it."""
    reading = read(*answers, **facts)
    for show in (
        audiences.compare_readings,
        audiences.draw_points,
        audiences.list_changes,
        audiences.list_differences,
        audiences.list_question_gaps,
        audiences.summarise,
    ):
        text = repr(show(reading))
        assert text
        assert "{" not in text
        assert "None" not in text.replace("None of", "")
    assert 0 < len(audiences.write_headline(reading).split()) <= 12


def test_a_change_that_one_voice_names_is_not_called_agreed() -> None:
    """What one voice says is shown as one voice's; what the group settled on is not."""
    change = {"grantees": {"change": "Ring each other"}}
    assert "Grantees, from one voice (Voice 0): Ring each other." in repr(audiences.summarise(read(BASE)))
    agreed = read(BASE, BASE, agreed={"audiences.do_differently": change})
    assert "Grantees: Ring each other." in repr(audiences.summarise(agreed))


@pytest.mark.parametrize("edition", [Edition.PRIVATE, Edition.PARTNERS, Edition.PUBLIC])
@pytest.mark.parametrize(("others", "said"), [([], ":"), (["unsure"], ", while one other does not know yet:")])
def test_what_one_voice_names_stands_beside_its_role(edition: Edition, others: list[Any], said: str) -> None:
    """Its words are shown wherever it consented, and others are spoken of only where others answered."""
    first = make_voice("Youth worker", {"audiences.do_differently": {"value": {"people": {"change": "Speak first"}}}})
    more = [
        make_voice(f"V{n}", {"audiences.do_differently": {"people": {"change": one}}}) for n, one in enumerate(others)
    ]
    reading = audiences.read_audiences(redact(make_engagement(first, *more), edition, words=WORDS))
    text = repr(audiences.summarise(reading))
    assert f"People who benefit, from one voice (Youth worker){said} Speak first." in text
    assert ("not know yet" in text) == bool(others)


@pytest.mark.parametrize("edition", [Edition.PARTNERS, Edition.PUBLIC])
def test_what_is_withheld_is_not_on_the_page(edition: Edition) -> None:
    """Few unnamed voices: neither their numbers, nor their words, nor who they are; and the page says why."""
    answers = {
        "audiences.points": share(17, 53, 30),
        "audiences.do_differently": {"value": {"people": {"change": "Canary"}}},
    }
    voices = [make_voice(f"Voice {number}", answers, consent="aggregate") for number in range(4)]
    reading = audiences.read_audiences(redact(make_engagement(*voices), edition, words=WORDS))
    shown = [audiences.summarise, audiences.draw_points, audiences.list_changes, audiences.list_differences]
    html = "".join(str(show(reading).html) for show in shown)
    text = " ".join(repr(show(reading)) for show in shown)
    assert not any(secret in text for secret in ("53", "17", "Canary", "Voice 0"))
    assert html.count("h0") == "".join(str(show(read()).html) for show in shown).count("h0")
    assert "Held back" in text


def test_answers_are_text_and_never_markup() -> None:
    """A tag typed into an answer is shown as it was typed."""
    reading = read({**BASE, "audiences.do_differently": {"value": {"grantees": {"change": "<b>Ring</b>"}}}})
    for block in (audiences.summarise(reading), audiences.list_changes(reading)):
        assert "<b>" not in str(block.html)
        assert "&lt;b&gt;" in str(block.html)


def test_what_each_voice_says_an_audience_should_do_stands_beside_its_name() -> None:
    """Two voices' words on one audience are both quoted in the summary, not counted."""
    said = [
        make_voice(
            role, {"audiences.points": share(20, 60, 20), "audiences.do_differently": {"grantees": {"change": words}}}
        )
        for role, words in (("Officer", "Ring people first."), ("Youth worker", "Drop the form"))
    ]
    text = repr(audiences.summarise(audiences.read_audiences(make_engagement(*said))))
    assert "“Ring people first” (Officer); “Drop the form” (Youth worker)." in text


def test_middle_points_that_make_no_hundred_say_so() -> None:
    """Under the table, where middles of three different answers make 80."""
    voices = [
        make_voice(f"V{n}", {"audiences.points": share(*p)})
        for n, p in enumerate(((80, 20, 0), (20, 80, 0), (0, 20, 80)))
    ]
    text = repr(audiences.summarise(audiences.read_audiences(make_engagement(*voices))))
    assert "together they make 100" not in text
    assert "together they make" in text
    same = [make_voice(f"V{n}", {"audiences.points": share(20, 60, 20)}) for n in range(2)]
    assert "together they make" not in repr(audiences.summarise(audiences.read_audiences(make_engagement(*same))))
