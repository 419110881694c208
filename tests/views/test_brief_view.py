"""The brief on the page: what each part says follows from what is settled, and from nothing else."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from builders import make_engagement as make_whole
from builders import make_facts, make_voice
from canaries import FIELDS, LEVELS, name_canary, write_canaries
from workbook import storage
from workbook.analysis.brief.readiness import assess_parts
from workbook.model.answers import Edition, Voice
from workbook.model.chapters import list_questions, load_chapter
from workbook.model.editions import redact
from workbook.model.engagement import Engagement
from workbook.share.fragment import read_fragment
from workbook.views import brief

PAGE = (
    brief.make_cover,
    brief.show_purpose,
    brief.show_conduct,
    brief.show_work,
    brief.show_terms,
    brief.show_readiness,
    brief.note_provenance,
)
FACETS = [facet.id for facet in load_chapter("framing").facets]
HOSTILE = "<script>alert(1)</script> =1+1 \u202e \" '"


def make_engagement(*voices: Voice, **given: Any) -> Engagement:
    """Return an engagement without a budget, so that no split has to be worked out, unless facts are given."""
    return make_whole(*voices, **{"facts": make_facts(budget=None), **given})


def _make_page(engagement: Engagement) -> str:
    reading = brief.read_brief(engagement)
    return "".join(str(part(reading).html) for part in PAGE)


def _read(engagement: Engagement) -> str:
    """The page's text, without its tags."""
    return " ".join(re.sub(r"<[^>]+>", " ", _make_page(engagement)).split())


def _rate(seed: int, soil: int) -> dict[str, int]:
    return {f"framing.{facet}.{side}": value for facet in FACETS for side, value in (("seed", seed), ("soil", soil))}


def test_an_evaluation_is_invited_as_one() -> None:
    """Where the answers ask for an evaluation, the title and the reason say so."""
    text = _read(make_engagement(make_voice("Director", _rate(0, 4))))
    assert "An invitation to evaluate: A commission" in text
    assert "Why this is an evaluation" in text
    assert "Why a learning partner" not in text


def test_a_learning_partner_is_invited_where_the_ground_is_ready() -> None:
    """Hopes with nothing in the way are said to be a beginning."""
    text = _read(make_engagement(make_voice("Director", _rate(4, 0))))
    assert "Why a learning partner, and not only an evaluation" in text
    assert "Learning can begin on “purpose”" in text


def test_a_pull_is_told_to_bidders() -> None:
    """Where hope and habit pull apart, the invitation counts the points and names the sharpest."""
    text = _read(make_engagement(make_voice("Director", _rate(4, 4))))
    assert "On 10 of 10 points the hope pulls against what people are held to today" in text
    assert "A bidder should plan for that pull" in text


def test_too_few_points_rated_tell_bidders_of_no_pull() -> None:
    """One facet in tension leaves it open what the invitation is for, and warns of nothing."""
    only = {"framing.timing.seed": 4, "framing.timing.soil": 4}
    text = _read(make_engagement(make_voice("Director", only)))
    assert "It is still open whether this calls for a learning partner or for an evaluation" in text
    assert "the hope pulls" not in text
    reading = brief.read_brief(make_engagement(make_voice("Director", only)))
    needs = next(part for part in assess_parts(reading) if part.name == "why").needs
    assert {need.name: need.status for need in needs}.get("ratings") == "open"
    assert "tension" not in {need.name for need in needs}


def test_the_agreed_order_is_the_one_shown_and_the_points_are_told() -> None:
    """The group's order stands; that the points give another is said."""
    points = make_voice("Director", {"audiences.points": {"funder": 70.0, "grantees": 20.0, "people": 10.0}})
    order = {"funder": {"rank": 3}, "grantees": {"rank": 2}, "people": {"rank": 1}}
    text = _read(make_engagement(points, agreed={"audiences.order": order}))
    assert text.index("People who benefit.") < text.index("Grantees.") < text.index("The funder.")
    assert "The points that people gave would put the funder first." in text


@pytest.mark.parametrize(
    ("value", "sentence"),
    [
        ("open", "After discovery the partner may propose to change the scope freely."),
        ("limits", "After discovery the partner may propose to change the scope within limits."),
        ("fixed", "The scope stays as it is after discovery."),
        ("unsure", "Whether the scope may change after discovery is still open."),
    ],
)
def test_permission_to_rescope_follows_the_answer(value: str, sentence: str) -> None:
    """Each answer gives its own sentence."""
    assert sentence in _read(make_engagement(agreed={"discovery.rescope": value}))


def test_a_funding_decision_is_a_fact_only_where_nobody_says_otherwise() -> None:
    """One voice's yes against another's no is a difference; agreed, it is a fact."""
    says = [
        make_voice(f"Voice {n}", {"safety.ground": {"grantees": {"hangs": v}}}) for n, v in enumerate(("yes", "no"))
    ]
    marked = "A funding decision hangs on what is found about grantees ({}; not agreed)."
    assert marked.format("one voice says so") in _read(make_engagement(says[0]))
    twice = [says[0], says[0].model_copy(update={"id": "second"})]
    assert marked.format("by the answers") in _read(make_engagement(*twice))
    agreed = {"safety.ground": {"grantees": {"hangs": "yes"}}}
    assert "A funding decision hangs on what is found about grantees." in _read(make_engagement(agreed=agreed))
    assert "People differ on whether a funding decision hangs on what is found about grantees." in _read(
        make_engagement(*says)
    )
    settled = {"safety.ground": {"grantees": {"hangs": "no"}}}
    assert "No funding decision hangs on what is found about grantees." in _read(make_engagement(*says, agreed=settled))


def _redact(engagement: Engagement, edition: str) -> Engagement:
    words = {name: question.is_words for name, question in list_questions(engagement.facts).items()}
    return redact(engagement, Edition(edition), words=words)


def test_the_part_and_the_readiness_table_say_the_same_of_a_decision_people_differ_on() -> None:
    """Where answers differ, the table says that some say so, and states no fact."""
    says = [
        make_voice(f"Voice {n}", {"safety.ground": {"grantees": {"hangs": v}}}) for n, v in enumerate(("yes", "no"))
    ]
    text = _read(make_engagement(*says))
    assert "Some say that a funding decision hangs, at least in part, on the findings" in text
    assert ". A funding decision hangs, at least in part, on the findings" not in text
    settled = {"safety.ground": {"grantees": {"hangs": "yes"}}}
    assert ". A funding decision hangs, at least in part, on the findings" in _read(
        make_engagement(*says, agreed=settled)
    )


@pytest.mark.parametrize("question", ["brief.commitments", "safety.promise", "safety.first", "permission.challenge"])
def test_one_voices_words_are_told_as_what_one_voice_says(question: str) -> None:
    """What the commissioner undertakes needs an agreed answer; one voice's words never stand as a promise."""
    alone = _read(make_engagement(make_voice("Director", {question: "We always answer in writing"})))
    assert re.search(r"[Oo]ne voice says(: | so; it is not agreed\): )We always answer in writing\.", alone)
    assert "undertakes" not in alone
    agreed = _read(make_engagement(agreed={question: "We always answer in writing"}))
    assert "We always answer in writing." in agreed
    assert "ne voice says" not in agreed


@pytest.mark.parametrize("edition", ["partners", "public"])
@pytest.mark.parametrize("question", ["brief.commitments", "permission.challenge", "brief.ending"])
def test_the_one_shown_of_six_voices_is_not_quoted(question: str, edition: str) -> None:
    """Five others wrote other words that this edition does not show, so the sixth's are not in the invitation."""
    unnamed = [make_voice(f"Voice {n}", {question: f"Other words {n}"}, consent="unnamed") for n in range(5)]
    whole = make_engagement(make_voice("Director", {question: "We always answer"}), *unnamed)
    text = _read(_redact(whole, edition))
    assert "We always answer" not in text
    assert "Other words" not in text
    assert "ne voice" not in text


def _find_modes(*steps: int | str, agreed: Any = None, edition: str = "private") -> str:
    voices = [make_voice(f"V{n}", {"learning_modes.with": {"grantees": {"mode": s}}}) for n, s in enumerate(steps)]
    settled = {"learning_modes.with": {"grantees": agreed}} if agreed else None
    return _read(make_engagement(*voices, agreed=settled, edition=edition))


def test_who_finds_the_learning_is_flat_only_where_it_is_agreed() -> None:
    """The middle of the answers is marked; agreed unsure and answers far apart are open; and readiness says so."""
    assert "Grantees: most of the learning is to be found by the people themselves." in _find_modes(agreed={"mode": 4})
    middle = _find_modes(4, 4)
    assert "by the people themselves (the middle of the answers; not agreed)." in middle
    assert "From voices, not agreed by the group: who should find the learning for grantees" in middle
    for text in (_find_modes(4, 4, agreed="unsure"), _find_modes(0, 4)):
        assert "Findings are to be" not in text
        assert "is to be found" not in text
        assert "who should find the learning for" in text
    several = _find_modes(0, 4)
    assert "Several answers and none agreed: who should find the learning for grantees" in several


def test_skills_are_as_settled_as_who_finds_the_learning() -> None:
    """They follow from it, with the same mark."""
    assert "supportive challenge (the middle of the answers; not agreed)." in _find_modes(4, 4)
    assert "supportive challenge." in _find_modes(agreed={"mode": 4})
    assert "and that is still open." in _find_modes(0, 4)


def test_roles_are_marked_as_the_middle_or_left_open() -> None:
    """Only agreed roles stand flat; a phase on which answers lie far apart has no role."""
    first = {"mirror": 4, "mentor": 1, "midwife": 0}
    voices = [
        make_voice(f"V{n}", {"learning_modes.roles": {"early": first, "late": {**first, "midwife": last}}})
        for n, last in enumerate((0, 4))
    ]
    text = _read(make_engagement(*voices))
    assert "phase by phase (the middle of the answers; not agreed): Early: mirror. Late: still open." in text
    roles = {"learning_modes.roles": {"early": first}}
    assert "phase by phase: Early: mirror." in _read(make_engagement(agreed=roles))


def test_a_scope_that_only_voices_give_is_marked() -> None:
    """The contract's word is flat; what all answers say is marked, and what one voice alone says is marked as that."""
    voices = [make_voice(f"Director {n}", {"discovery.rescope": "open"}) for n in (1, 2)]
    text = _read(make_engagement(*voices))
    assert "may propose to change the scope freely (by the answers; not agreed)." in text
    assert "change the scope freely (one voice says so; not agreed)." in _read(make_engagement(voices[0]))
    assert "The questions may change" not in text


def test_protections_that_people_differ_on_are_neither_there_nor_missing() -> None:
    """Agreed stands flat, unanimous with a mark, differing as differing."""
    given = [{"apart": "yes", "unattributed": "yes"}, {"apart": "no", "unattributed": "yes"}]
    voices = [make_voice(f"V{n}", {"safety.protections": {"grantees": one}}) for n, one in enumerate(given)]
    text = _read(make_engagement(*voices, agreed={"safety.protections": {"grantees": {"first_sight": "yes"}}}))
    assert (
        "Grantees: seeing findings first; findings that do not say whose they are (by the answers; not agreed); "
        "people differ on learning kept apart from grant decisions."
    ) in text


def test_ratings_say_what_they_rest_on() -> None:
    """Hope and habit are the middle of the answers unless the group agreed on them."""
    note = "What is hoped for and what people are held to is"
    voices = [make_voice(f"Director {n}", _rate(4, 4)) for n in (1, 2)]
    assert f"{note} read from the middle of the answers; it is not agreed." in _read(make_engagement(*voices))
    assert f"{note} read from one voice's answers; it is not agreed." in _read(make_engagement(voices[0]))
    assert note not in _read(make_engagement(agreed=_rate(4, 4)))
    one = {"framing.product.seed": 4, "framing.product.soil": 4}
    assert f"{note} agreed on “product”." in _read(make_engagement(make_voice("Director", _rate(4, 4)), agreed=one))


@pytest.mark.parametrize("edition", ["partners", "public"])
def test_a_shared_edition_calls_nothing_open_that_it_may_only_hide(edition: str) -> None:
    """With every answer held back, it says what it does not show; the private edition says what is open."""
    shared, whole = _read(make_engagement(edition=edition)), _read(make_engagement())
    for part in ("The order is still open", "is made on purpose is still open", "uncomfortable is still open"):
        assert part in whole
        assert part not in shared
    for part in ("how long discovery should take", "who should find their own", "whether the scope may change"):
        assert re.search(f"This edition does not show [^.]*{part}", shared)
    assert "No protection is known" not in shared
    assert "not agreed)" not in shared


def test_one_step_is_named_once_in_a_row() -> None:
    """Two needs that ask for the same step give it once, and leave room for another."""
    permission = [make_voice(f"V{n}", {"permission.standing": {"grantees": {"step": s}, "people": "unsure"}})
                  for n, s in enumerate(("agreed", "not_asked"))]  # fmt: skip
    table = repr(brief.show_readiness(brief.read_brief(make_engagement(*permission))))
    assert table.count("Ask each audience what may be said about it.") == 1


def test_the_next_step_is_that_of_the_first_part_missing() -> None:
    """It names the part, what to do and whom to ask, and moves on when the part is there."""
    facts = make_facts(budget=None, sentence="a partner.", programme="Grants")
    first = brief.write_follows(brief.read_brief(make_engagement(facts=facts)))
    step = "Next, for “Learning partner or evaluation”: Have the framing answered by each side."
    assert first == f"{step} Ask the commissioner and one partner."
    rated = brief.read_brief(make_engagement(make_voice("Director", _rate(4, 0)), facts=facts))
    assert "Learning partner or evaluation" not in brief.write_follows(rated)


@pytest.mark.parametrize("question", [question.id for question in load_chapter("brief").questions])
def test_every_question_of_the_chapter_has_a_place_in_the_invitation(question: str) -> None:
    """Agreed words stand on the page as given, and change when they change."""
    assert "Words nobody else would use." in _read(make_engagement(agreed={question: "Words nobody else would use"}))


def test_what_is_open_is_named_and_nothing_fills_its_place() -> None:
    """A part without an answer says what is still to be settled."""
    assert "Still to be settled: who steers and who decides." in _read(make_engagement())
    public = _read(make_engagement(edition="public"))
    assert "Not settled yet, or not for this edition: who steers and who decides." in public


def test_the_readiness_table_counts_what_it_lists() -> None:
    """The numbers on the cover are those of the table."""
    reading = brief.read_brief(make_engagement(agreed={"brief.outputs": "A note", "brief.governance": "A group"}))
    table = str(brief.show_readiness(reading).html)
    ready, thin, missing = (table.count(f"<td>{state}</td>") for state in ("ready", "thin", "missing"))
    assert (ready, ready + thin + missing) == (2, 19)
    assert f"Parts that are ready: {ready} of 19. Thin: {thin}. Missing: {missing}." in str(
        brief.make_cover(reading).html
    )


def test_plan_split_and_unpaid_time_are_told_in_money() -> None:
    """Sums of the plan's two sides, and that nobody is paid for their time."""
    line = {"unit": "days", "unit_cost": 100.0}
    plan = [
        {"activity": "Talks", "category": "data_collection", "quantity": 30, **line},
        {"activity": "Sessions", "category": "facilitation", "quantity": 10, "audiences": ["grantees"], **line},
    ]
    text = _read(make_engagement(facts=make_facts(plan=plan)))
    assert "£1,000 goes to use and £3,000 to data" in text
    assert "No line of the plan pays people for the time they give." in text
    paid = [*plan, {"activity": "Paid time", "category": "participants_time", "quantity": 5, **line}]
    assert "£500 of the plan pays people for the time they give." in _read(make_engagement(facts=make_facts(plan=paid)))


def test_an_invitation_drawn_from_a_call_does_not_speak_for_the_organisation() -> None:
    """It says who drafted it, and no part says "we"."""
    facts = make_facts(kind="public-call", budget=None)
    text = _read(make_engagement(make_voice("Desk reading", {"brief.ending": "Two months"}), facts=facts))
    assert "The organisation has neither written nor seen it." in text
    assert "Two months. (From the desk reading.)" in text
    assert re.findall(r"\b[Ww]e\b|\b[Oo]ur\b", text) == []


def test_hostile_words_stay_words() -> None:
    """Markup in an agreed answer and in facts is shown as typed; the parts stay whole."""
    agreed: dict[str, Any] = {question.id: HOSTILE for question in load_chapter("brief").questions}
    facts = make_facts(
        title=HOSTILE, sentence=HOSTILE, programme=HOSTILE, asked_for=[HOSTILE], commissioner=HOSTILE, budget=None
    )
    engagement = make_engagement(agreed=agreed, facts=facts)
    reading = brief.read_brief(engagement)
    assert "<script" not in _make_page(engagement)
    assert "&lt;script&gt;" in _make_page(engagement)
    for part in PAGE:
        read_fragment(part(reading).html)


@pytest.mark.parametrize("edition", ["private", "partners", "public"])
def test_no_persons_words_reach_the_invitation_of_the_canaries(
    edition: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of six voices, each with words in every field, none is quoted; what the group agreed is, by edition."""
    monkeypatch.setenv("WORKBOOK_HOME", str(tmp_path))
    write_canaries(tmp_path / "parameters")
    page = _make_page(storage.load_engagement("canaries", edition))
    forbidden = {name_canary(level, field) for level in LEVELS for field in FIELDS if field != "role"}
    forbidden.add("canaryfactsprivate")
    assert [word for word in sorted(forbidden) if word in page] == []
    assert re.search(r"canaryagreedprivate\b", page) is None
    assert "canaryagreedpublicanswer" in page
    assert ("canaryagreedpartnersanswer" in page) == (edition != "public")
    assert ("canaryagreedprivateanswer" in page) == (edition == "private")
