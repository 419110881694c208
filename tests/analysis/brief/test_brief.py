"""The brief: whose words may stand in it, what is settled, and how ready each part is."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builders import make_engagement as make_whole
from builders import make_facts, make_voice
from workbook.analysis.brief.brief import keep_settled_words, read_brief
from workbook.analysis.brief.readiness import PartReadiness, assess_parts
from workbook.model.answers import Voice
from workbook.model.chapters import list_questions, load_chapter
from workbook.model.editions import redact
from workbook.model.engagement import Engagement

OWN = [question.id for question in load_chapter("brief").questions]
PLAN = [{"activity": "Talks", "category": "data_collection", "quantity": 10, "unit": "talks", "unit_cost": 500}]


def make_engagement(*voices: Voice, **given_: Any) -> Engagement:
    """Return an engagement without a budget, so that no split has to be worked out, unless facts are given."""
    return make_whole(*voices, **{"facts": make_facts(budget=None), **given_})


def _find(engagement: Engagement, part: str) -> PartReadiness:
    return next(one for one in assess_parts(read_brief(engagement)) if one.name == part)


def _status(engagement: Engagement, part: str, need: str) -> str:
    return next(one.status for one in _find(engagement, part).needs if one.name == need)


def _agree(*questions: str) -> dict[str, Any]:
    return dict.fromkeys(questions, "Settled words")


@pytest.mark.parametrize("question", OWN)
def test_an_agreed_answer_is_known_and_stands_in_its_words(question: str) -> None:
    """What the group agreed is what the invitation says."""
    said = read_brief(make_engagement(agreed={question: "We will"})).said[question]
    assert (said.status, said.words) == ("known", "We will")


@pytest.mark.parametrize("consent", ["named", "role"])
def test_a_lone_voice_that_consented_is_quoted_as_not_agreed(consent: str) -> None:
    """One voice alone stands in, marked for what it is."""
    engagement = make_engagement(make_voice("Director", {"brief.ending": "Two months"}, consent=consent))
    said = read_brief(engagement).said["brief.ending"]
    assert (said.status, said.words) == ("one_voice", "Two months")


@pytest.mark.parametrize("consent", ["unnamed", "aggregate", "none"])
def test_a_lone_voice_that_did_not_consent_is_never_quoted(consent: str) -> None:
    """Not even in the private edition, because a brief is made to be sent out."""
    engagement = make_engagement(make_voice("Director", {"brief.ending": "Two months"}, consent=consent))
    said = read_brief(engagement).said["brief.ending"]
    assert (said.status, said.words) == ("one_voice", "")


@pytest.mark.parametrize("edition", ["partners", "public"])
def test_one_shown_voice_of_several_is_not_lone(edition: str) -> None:
    """In a shared edition words are those of a lone voice only if the engagement has one voice in all."""
    asked = {"brief.ending": "Two months"}
    shared = make_engagement(make_voice("Director", asked), edition=edition)
    assert read_brief(shared).said["brief.ending"].words == "Two months"
    several = shared.model_copy(update={"lone_voice": False})
    held = shared.model_copy(update={"withheld": {"brief.ending": "small_group"}})
    for engagement in (several, held):
        said = read_brief(engagement).said["brief.ending"]
        assert (said.status, said.words) == ("not_shown", "")
        assert "Two months" not in keep_settled_words(engagement).model_dump_json()


@pytest.mark.parametrize(
    ("agreed", "voices", "expected"),
    [({"mode": 2}, (0, 4), "known"), ("unsure", (2, 2), "unsure"), (None, (2, 2), "voices"), (None, (0, 4), "several"),
     (None, ("unsure",), "unsure"), (None, (), "open")],
)  # fmt: skip
def test_who_finds_the_learning_is_known_only_where_it_is_agreed(
    agreed: object, voices: tuple[object, ...], expected: str
) -> None:
    """The middle of the voices settles nothing, and the group's "we do not know yet" comes before it."""
    given_ = [make_voice(f"V{n}", {"learning_modes.with": {"grantees": {"mode": one}}}) for n, one in enumerate(voices)]
    facts = make_facts(budget=None, audiences=[{"id": "grantees", "name": "Grantees", "group": "delivery"}])
    settled = {"learning_modes.with": {"grantees": agreed}} if agreed else None
    engagement = make_engagement(*given_, agreed=settled, facts=facts)
    assert _status(engagement, "modes", "with") == expected
    assert _status(engagement, "skills", "skills") == expected.replace("several", "open")


def test_two_voices_without_agreement_are_several_answers_and_no_words() -> None:
    """The invitation does not choose between two people's words."""
    engagement = make_engagement(
        make_voice("Director", {"brief.ending": "Two months"}), make_voice("Grantee", {"brief.ending": "A year"})
    )
    said = read_brief(engagement).said["brief.ending"]
    assert (said.status, said.words) == ("several", "")


def test_not_known_and_not_answered_are_told_apart() -> None:
    """An agreed "we do not know yet" is an answer; silence is none, and another edition may hold more."""
    engagement = make_engagement(agreed={"brief.ending": "unsure"})
    assert read_brief(engagement).said["brief.ending"].status == "unsure"
    assert read_brief(make_engagement()).said["brief.ending"].status == "open"
    assert read_brief(make_engagement(edition="public")).said["brief.ending"].status == "not_shown"


def test_words_notes_and_private_notes_do_not_reach_any_chapters_reading() -> None:
    """Of two voices' words nothing is left, of numbers and of "we do not know yet" everything."""
    answers = {
        "permission.challenge": {"value": "canary-words", "note": "canary-note", "private": "canary-private"},
        "permission.areas": "unsure",
        "discovery.aims": {"value": 3, "note": "canary-note", "evidence": "canary-evidence"},
    }
    voices = (make_voice("Director", answers), make_voice("Grantee", answers, private="canary-private"))
    facts = make_facts(private="canary-private")
    settled = keep_settled_words(make_engagement(*voices, facts=facts))
    assert "canary" not in settled.model_dump_json()
    assert [response.value for response in settled.list_responses("discovery.aims")] == [3, 3]
    assert len(settled.list_responses("permission.areas")) == 2


def test_thirty_voices_none_and_no_audiences_give_every_part() -> None:
    """Nineteen parts, whatever is known."""
    many = [make_voice(f"Voice {n}", {"framing.purpose.seed": n % 5, "brief.data": "Words"}) for n in range(30)]
    for engagement in (make_engagement(*many), make_engagement(), make_engagement(facts=make_facts(audiences=()))):
        assert len(assess_parts(read_brief(engagement))) == 19


def test_with_nothing_known_every_part_but_the_facts_is_missing() -> None:
    """A title alone makes no brief."""
    engagement = make_engagement(facts=make_facts(audiences=(), budget=None))
    assert {part.state for part in assess_parts(read_brief(engagement))} == {"missing"}


@pytest.mark.parametrize(
    ("part", "questions"),
    [
        ("outputs", ("brief.outputs",)),
        ("governance", ("brief.governance",)),
        ("ethics", ("brief.data", "brief.ownership")),
        ("judged", ("brief.judged", "brief.ending")),
    ],
)
def test_a_part_of_words_is_missing_then_thin_then_ready(part: str, questions: tuple[str, ...]) -> None:
    """Each agreed answer brings it on; the last one makes it ready."""
    assert _find(make_engagement(), part).state == "missing"
    for count in range(1, len(questions)):
        assert _find(make_engagement(agreed=_agree(*questions[:count])), part).state == "thin"
    assert _find(make_engagement(agreed=_agree(*questions)), part).state == "ready"


def test_a_known_sum_with_unknown_vat_is_thin() -> None:
    """A bidder cannot price it yet."""
    assert _find(make_engagement(facts=make_facts()), "budget").state == "thin"
    assert _find(make_engagement(facts=make_facts(vat="included")), "budget").state == "ready"
    assert _find(make_engagement(facts=make_facts(budget="unsure")), "budget").state == "missing"


def test_a_plan_over_the_budget_is_a_fault_in_a_part_that_is_there() -> None:
    """A fault makes a part thin, never missing."""
    part = _find(make_engagement(facts=make_facts(vat="included", budget=1000.0, plan=PLAN)), "budget")
    assert part.state == "thin"
    assert [need.text for need in part.gaps] == ["the plan costs £4,000 more than the budget"]


def test_points_without_an_agreed_order_leave_the_order_to_be_settled() -> None:
    """Voices point the way; the group has to agree."""
    voice = make_voice("Director", {"audiences.points": {"funder": 20.0, "grantees": 50.0, "people": 30.0}})
    assert _status(make_engagement(), "whose", "order") == "open"
    assert _status(make_engagement(voice), "whose", "order") == "voices"
    order = {"funder": {"rank": 3}, "grantees": {"rank": 1}, "people": {"rank": 2}}
    assert _status(make_engagement(voice, agreed={"audiences.order": order}), "whose", "order") == "known"


@pytest.mark.parametrize(
    ("agreed", "voices", "expected"),
    [
        ("open", (), "known"),
        ("unsure", ("open",), "unsure"),
        (None, ("open", "open"), "voices"),
        (None, ("open", "fixed"), "several"),
        (None, ("unsure",), "unsure"),
        (None, (), "open"),
    ],
)
def test_the_scope_is_settled_only_where_it_is_agreed(
    agreed: str | None, voices: tuple[str, ...], expected: str
) -> None:
    """A bidder needs the contract's word, and not the middle of what people think."""
    given_ = [make_voice(f"Voice {n}", {"discovery.rescope": value}) for n, value in enumerate(voices)]
    engagement = make_engagement(*given_, agreed={"discovery.rescope": agreed} if agreed else None)
    assert _status(engagement, "discovery", "rescope") == expected


def test_a_funding_decision_not_kept_apart_is_named_with_those_it_hangs_over() -> None:
    """The fault goes when learning is kept apart from grant decisions."""
    hangs = {"safety.ground": {"grantees": {"hangs": "yes"}}}
    part = _find(make_engagement(agreed=hangs), "safety")
    assert any(need.name == "exposed" and "grantees" in need.text for need in part.gaps)
    apart = {**hangs, "safety.protections": {"grantees": {"apart": "yes"}}}
    assert all(need.name != "exposed" for need in _find(make_engagement(agreed=apart), "safety").gaps)


def test_whom_to_ask_comes_with_the_question() -> None:
    """Each need that a question answers names the question's own person to ask."""
    questions = list_questions(make_facts())
    parts = {need.name: need.ask for part in assess_parts(read_brief(make_engagement())) for need in part.needs}
    for name in ("existing", "outputs", "commitments", "governance", "conflicts", "data", "ending"):
        assert parts[name] == questions[f"brief.{name}"].ask
    assert all(parts.values())


def test_steps_count_only_where_step_and_owner_are_agreed() -> None:
    """Nobody is promised to bidders on one other person's word."""
    alone = make_voice("Director", {"practices.learning.step": "Meet", "practices.learning.owner": "Somebody else"})
    assert read_brief(make_engagement(alone)).agreed_steps == frozenset()
    agreed = {"practices.learning.step": "Meet", "practices.learning.owner": "The director"}
    assert read_brief(make_engagement(agreed=agreed)).agreed_steps == {"learning"}


@given(st.sets(st.sampled_from(OWN)), st.sampled_from(OWN))
@settings(max_examples=30, deadline=None)
def test_one_more_agreed_answer_never_makes_any_part_worse(agreed: set[str], more: str) -> None:
    """Property: missing is worse than thin, thin worse than ready."""
    rank = {"missing": 0, "thin": 1, "ready": 2}
    before, after = (
        [rank[part.state] for part in assess_parts(read_brief(make_engagement(agreed=_agree(*questions))))]
        for questions in (agreed, agreed | {more})
    )
    assert all(then >= now for now, then in zip(before, after, strict=True))


@pytest.mark.parametrize("edition", ["partners", "public"])
def test_a_redacted_engagement_never_knows_more_than_the_whole_one(edition: str) -> None:
    """What an edition says is settled in words is settled in the private one too."""
    voices = [
        make_voice(f"Voice {n}", dict.fromkeys(OWN[n:], "Words"), consent=c) for n, c in enumerate(("role", "none"))
    ]
    whole = make_engagement(*voices, agreed=_agree(*OWN[:3]))
    words = {name: question.is_words for name, question in list_questions(whole.facts).items()}
    part = read_brief(redact(whole, type(whole.edition)(edition), words=words))
    known = {name for name, said in part.said.items() if said.status == "known"}
    assert known <= {name for name, said in read_brief(whole).said.items() if said.status == "known"}
