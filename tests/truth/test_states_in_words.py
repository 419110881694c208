"""What is unsure, what nobody has said and what is kept elsewhere are told apart where answers are words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from builders import make_engagement, make_facts, make_voice
from truth.made_pages import make_pages, read_text, thin
from workbook.analysis.framing import read_framing
from workbook.analysis.permission import read_permission
from workbook.model.answers import Agreed, AgreedAnswer, Edition
from workbook.views.framing import compare_readings
from workbook.views.permission import compare_readings as compare_permission

FACETS = ("purpose", "timing", "product", "change", "questions", "evidence", "setbacks")
RATED = {f"framing.{facet}.{side}": 3 for facet in FACETS for side in ("seed", "soil")}
MOVE, ALOUD, BY = "framing.switching", "framing.said_aloud", "framing.evaluator"
STAYS = {"framing.stays_evaluation": "The audit"}


def frame(*answers: Mapping[str, Any], agreed: Mapping[str, Any] | None = None, **facts: Any) -> str:
    """Return both readings of framing, of one voice for each set of answers."""
    voices = [make_voice(f"Role {number}", RATED | dict(given)) for number, given in enumerate(answers)]
    engagement = make_engagement(*voices, agreed=agreed, facts=make_facts(**facts))
    return read_text(str(compare_readings(read_framing(engagement)).html))


SAID = [
    ({}, "Nobody has said whether a move away from proof is decided."),
    ({MOVE: "unsure"}, "Whether a move away from proof is decided is not known yet."),
    ({MOVE: []}, "By the answers, a move away from proof is decided on no facet."),
    ({MOVE: ["purpose"]}, "decided on purpose, and nobody has said who has announced it."),
    ({MOVE: ["purpose"], ALOUD: "unsure"}, "decided on purpose, but it is not known who has said so aloud."),
    (STAYS, "Nobody has said who would do it."),
    (STAYS | {BY: "unsure"}, "Who would do it is not known yet."),
]


@pytest.mark.parametrize(("answers", "sentence"), SAID)
def test_framing_tells_unsure_from_silent(answers: dict[str, Any], sentence: str) -> None:
    """Of what is moved, who announced it and who evaluates; no other state's sentence stands beside it."""
    text = frame(answers)
    assert sentence in text
    others = {other for given, other in SAID if set(given) == set(answers) and given != answers}
    assert not [one for one in others if one in text]


def test_a_public_text_read_as_silent_is_not_left_unread() -> None:
    """Of a call, unsure says that the text is silent; a question nobody read it for says so of the reading."""
    call = {"kind": "public-call", "sentence": "a partner"}
    assert "The text does not say whether a move away from proof is decided." in frame({MOVE: "unsure"}, **call)
    assert "The reading does not say whether a move away from proof is decided." in frame({}, **call)


def test_what_the_group_does_not_know_about_a_move_is_said() -> None:
    """Agreed as unsure, with no answer beside it; agreed on none is something else."""
    assert "Whether a move away from proof is decided is not known yet." in frame({}, agreed={MOVE: "unsure"})
    assert "It is agreed that a move away from proof is decided on no facet." in frame({}, agreed={MOVE: []})


def test_voices_that_name_different_moves_are_heard() -> None:
    """Without a majority nothing is decided, and who names what stands there; two who name the same are no "most"."""
    text = frame({MOVE: ["purpose"]}, {MOVE: ["timing", "product"]}, {MOVE: []})
    assert "“purpose” (Role 0); “timing and product” (Role 1); “none” (Role 2)" in text
    assert "Two voices call a move away from proof decided on purpose" in frame(*[{MOVE: ["purpose"]}] * 2, {})
    assert "Of three voices on this, most call a move" in frame(*[{MOVE: ["purpose"]}] * 2, {MOVE: ["timing"]}, {})


@pytest.mark.parametrize("edition", ["partners", "public"])
def test_a_shared_edition_says_of_a_move_only_what_it_holds(edition: str) -> None:
    """What is agreed as unsure is told; what is left out is not called silence."""
    rated = {name: AgreedAnswer(value=value, edition=Edition(edition)) for name, value in RATED.items()}
    move = {MOVE: AgreedAnswer(value="unsure", edition=Edition(edition))}
    for settled, sentence in ((rated | move, "is not known yet"), (rated, "is not shown in this edition")):
        whole = make_engagement().model_copy(update={"agreed": Agreed(answers=settled)})
        text = read_text(str(compare_readings(read_framing(thin(whole, edition))).html))
        assert f"Whether a move away from proof is decided {sentence}." in text
        assert "Nobody has said whether" not in text


NEEDS = [
    ("unsure", "It is not yet known what it needs to take a challenge well."),
    (
        "A call before",
        "On what it needs to take a challenge well, nothing is agreed. From one voice (Role): A call before.",
    ),
]


@pytest.mark.parametrize(("value", "sentence"), NEEDS)
def test_permission_tells_what_is_needed_to_hear_a_challenge(value: str, sentence: str) -> None:
    """Said by one, or not known yet; where nobody answers, nothing is said of it."""
    standing = {"permission.standing": {"grantees": {"step": "agreed", "active": "yes"}}}

    def tell(**more: Any) -> str:
        voice = make_voice("Role", standing | {f"permission.{name}": said for name, said in more.items()})
        return read_text(str(compare_permission(read_permission(make_engagement(voice))).html))

    assert sentence in tell(needs=value)
    assert "take a challenge well" not in tell()


@pytest.mark.parametrize("edition", ["private", "partners", "public"])
def test_learning_questions_kept_elsewhere_are_not_missing(edition: str) -> None:
    """The invitation says where they are, its foot where the facts come from; no page says that none is written."""
    source = [{"title": "Minutes of May", "organisation": "A funder"}]
    facts = make_facts(questions_kept="in the learning plan", sentence="a partner", source=source)
    pages = make_pages(thin(make_engagement(facts=facts), edition), ("03", "11", "13", "14"))
    texts = {name: read_text(html) for name, html in pages.items()}
    for name, text in texts.items():
        assert "in the learning plan" in text, name
        assert "No learning question is" not in text, name
        assert "No learning question has" not in text, name
    assert "Learning questions are kept elsewhere: in the learning plan." in texts["11_brief"]
    assert "Facts from: Minutes of May, A funder." in texts["11_brief"]
    more = make_facts(questions_kept="in the learning plan", learning_questions=[{"question": "What helps?"}])
    text = read_text(make_pages(thin(make_engagement(facts=more), edition), ("11",))["11_brief"])
    assert "More learning questions are kept elsewhere: in the learning plan." in text


def test_a_list_of_audiences_promises_no_more_than_it_holds() -> None:
    """An order alone is called that; changes are announced where one is settled."""
    order = {"audiences.order": {name: {"rank": rank} for rank, name in enumerate(("people", "grantees", "funder"), 1)}}
    change = {"audiences.do_differently": {"people": {"change": "Ask first"}}}
    for agreed, promised in ((order, False), (order | change, True)):
        text = read_text(make_pages(make_engagement(agreed=agreed), ("11",))["11_brief"])
        assert ("what should change with them" in text) is promised
        assert ("Ask first" in text) is promised
