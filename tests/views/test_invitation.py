"""The invitation holds what is agreed and what the facts say, and no word about gaps."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest

from builders import make_engagement, make_facts, make_voice
from workbook.errors import WorkbookError
from workbook.model.answers import Agreed, AgreedAnswer, Edition
from workbook.model.base import UNSURE
from workbook.model.chapters import list_questions, load_chapter
from workbook.model.editions import redact
from workbook.model.engagement import Engagement
from workbook.storage import load_engagement
from workbook.views import brief

GAPS = re.compile(
    r"not (?:yet )?(?:known|settled|agreed|answered|shown|stated)|still open|is open|missing|nobody|no one|unsure|"
    r"held back|not .{0,12}yet|to be settled|this edition|\bthin\b|\bready",
    re.IGNORECASE,
)
QUESTIONS = tuple(question.id for question in load_chapter("brief").questions)
OTHERS = (
    "framing.switching_why",
    "framing.stays_evaluation",
    "discovery.limits",
    "permission.challenge",
    "safety.promise",
)


def _invite(engagement: Engagement, edition: Edition = Edition.PRIVATE) -> str:
    words = {name: question.is_words for name, question in list_questions(engagement.facts).items()}
    reading = brief.read_brief(redact(engagement, edition, words=words))
    shown = (brief.show_title(reading), brief.show_invitation(reading))
    return " ".join(repr(block) for block in shown)


def _agree(*questions: str, value: str = "Words that were agreed", **given: Any) -> Engagement:
    facts = make_facts(budget=120000, start=date(2027, 1, 4), end=date(2028, 1, 3), **given)
    answers = {question: AgreedAnswer(value=value) for question in questions}
    engagement = make_engagement(make_voice("Director", {}), facts=facts)
    return engagement.model_copy(update={"agreed": Agreed(answers=answers, edition=Edition.PUBLIC)})


@pytest.mark.parametrize("edition", list(Edition))
def test_where_everything_is_settled_nothing_speaks_of_gaps(edition: Edition) -> None:
    """No edition of a settled invitation holds a word by which we speak of what is missing."""
    text = _invite(_agree(*QUESTIONS, *OTHERS), edition)
    assert text.count("Words that were agreed") == len(QUESTIONS) + len(OTHERS)
    assert GAPS.search(text) is None


def test_what_is_missing_is_left_out_without_a_word() -> None:
    """With half of the answers the invitation is shorter, and still speaks of no gap."""
    text = _invite(_agree(*QUESTIONS[::2]))
    assert text.count("Words that were agreed") == len(QUESTIONS[::2])
    assert GAPS.search(text) is None
    assert "How it may end" in text
    assert "How the partner is chosen" in text


@pytest.mark.parametrize(
    ("question", "away"),
    [
        ("framing.evaluator", "that evaluation"),
        ("discovery.limits", "these limits"),
        ("brief.ownership", "Who steers"),
        ("brief.ending", "judge"),
        ("brief.selection", "Dates"),
    ],
)
def test_one_answer_alone_leans_on_nothing_that_is_left_out(question: str, away: str) -> None:
    """No heading promises, and no words point at, what an invitation with one agreed answer does not hold."""
    text = _invite(_agree(question))
    assert "Words that were agreed." in text
    assert away not in text


def test_an_order_alone_promises_nothing_to_do_differently() -> None:
    """The example's public edition holds the order, and nothing of what each is to do."""
    text = _invite(load_engagement("example"), Edition.PUBLIC)
    assert "The order in which their learning counts:" in text
    assert "do differently" not in text


def test_a_start_without_an_end_is_said() -> None:
    """The first day of work stands where only that is known."""
    assert "The work begins: 4 January 2027." in _invite(
        make_engagement(make_voice("Director", {}), facts=make_facts(start=date(2027, 1, 4), end=None))
    )


def test_a_typed_list_keeps_its_ends() -> None:
    """The last item of a list takes no full stop that the others lack; a sentence does."""
    text = _invite(_agree("brief.outputs", value="- One day\n- Two notes"))
    assert "Two notes" in text
    assert "Two notes." not in text


def test_what_one_voice_says_is_no_part_of_an_invitation() -> None:
    """Only what the group agreed goes in, whatever a voice consented to."""
    voice = make_voice("Director", {"brief.commitments": "WORDS OF ONE"})
    assert "WORDS OF ONE" not in _invite(make_engagement(voice, facts=make_facts(budget=None)))


def test_what_the_group_does_not_know_is_named_once_as_work_to_do_together() -> None:
    """An agreed "we do not know yet" is an invitation to work it out, and stands in one place."""
    text = _invite(_agree("brief.ownership", value=UNSURE))
    assert text.count("who owns what is made") == 1
    assert "want to settle them with you" in text


@pytest.mark.parametrize(("as_of", "begun"), [(date(2026, 12, 1), False), (date(2027, 6, 1), True)])
def test_of_work_that_has_begun_it_is_a_record(as_of: date, begun: bool) -> None:
    """Nobody is invited to work that somebody does already: a line says that this is a record."""
    invitation = _invite(_agree(*QUESTIONS, sentence="a partner", as_of=as_of))
    assert ("The work has begun." in invitation) is begun
    assert ("has commissioned a partner" in invitation) is begun


def test_the_draft_is_made_in_the_private_edition_only() -> None:
    """What is missing goes to nobody else, and the refusal says what to type."""
    words = {name: question.is_words for name, question in list_questions(make_facts()).items()}
    reading = brief.read_brief(redact(_agree(), Edition.PUBLIC, words=words))
    with pytest.raises(WorkbookError, match="--report brief"):
        brief.show_draft_band(reading)


@pytest.mark.parametrize(
    ("marks", "edition"),
    [
        ({}, Edition.PUBLIC),
        ({"edition": Edition.PRIVATE}, Edition.PRIVATE),
        ({"own": Edition.PARTNERS}, Edition.PARTNERS),
    ],
)
def test_chapter_eleven_is_public_unless_marked(marks: dict[str, Edition], edition: Edition) -> None:
    """An agreed answer for bidders is public; its own mark, or a private file, holds it back."""
    answer = AgreedAnswer(value="x", edition=marks.get("own"))
    agreed = Agreed(answers={"brief.outputs": answer}, **({"edition": marks["edition"]} if "edition" in marks else {}))
    assert agreed.edition_of("brief.outputs") is edition
    assert (
        Agreed(answers={"framing.evaluator": AgreedAnswer(value="x")}).edition_of("framing.evaluator")
        is Edition.PARTNERS
    )
