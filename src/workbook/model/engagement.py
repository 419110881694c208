"""An engagement: the facts of one commission, and what everyone concerned answered."""

import hashlib
from collections import defaultdict
from functools import cached_property
from typing import Annotated, Any, Literal, Self

from pydantic import Field

from workbook.model.answers import Agreed, AgreedAnswer, Answer, Edition, Pool, Remark, Response, Voice
from workbook.model.base import Amount, Frozen, IsoDate, Money, NotStated, Slug, Text, Unsure
from workbook.model.choices import Category
from workbook.model.kept_answers import KeptAnswers
from workbook.model.lengths import count_months
from workbook.model.loose_days import LooseDay, find_span
from workbook.model.rounds import A_CATEGORY, A_DAY, Promise, Spent, is_left_out
from workbook.model.voice_names import count_off, read_number, tell_apart

Mechanism = Literal["awareness", "agreeing_need", "access", "interaction", "skills", "structure"]
AudienceGroup = Literal["funders", "delivery", "people", "sector", "other"]
SMALLEST_GROUP = 5
DAYS_A_MONTH = 365.25 / 12
GROUP = "Agreed by the group"


class Audience(Frozen):
    """Somebody whose learning the commission is for."""

    id: Annotated[Slug, Field(description="a short name in small letters, digits and hyphens", examples=["grantees"])]
    name: Annotated[Text, Field(description="the audience's name, in words", examples=["Grant-holders"])]
    group: Annotated[
        AudienceGroup, Field(description="one of funders, delivery, people, sector or other", examples=["delivery"])
    ]


class LearningQuestion(Frozen):
    """A question the learning should answer, and the decision it informs."""

    question: Annotated[Text, Field(description="the question, in words")]
    decision: Annotated[Text | None, Field(description="the decision it informs, in words, or unsure")] = None
    decided_by: Annotated[Text | None, Field(description="who decides, by role, or unsure")] = None
    by: Annotated[
        IsoDate | LooseDay | Unsure | NotStated | None,
        Field(description=f"{A_DAY}, or unsure", examples=["2026-03-31"]),
    ] = None


class PlanLine(Frozen):
    """One line of a costed plan. Its cost is quantity times unit cost."""

    activity: Annotated[Text, Field(description="what is done, in words")]
    category: Annotated[
        Category,
        Field(description=A_CATEGORY, examples=["data_collection"]),
    ]
    quantity: Annotated[Amount, Field(description="a number, 0 or more", examples=["12"])]
    unit: Annotated[Text, Field(description="what is counted, in words", examples=["interviews"])]
    unit_cost: Annotated[Money, Field(description="an amount of money, 0 or more, digits only", examples=["450"])]
    audiences: Annotated[
        tuple[Slug, ...], Field(description="a list of audience ids from this file", examples=["[grantees]"])
    ] = ()
    mechanisms: Annotated[
        tuple[Mechanism, ...],
        Field(
            description="a list of some of awareness, agreeing_need, access, interaction, skills and structure",
            examples=["[interaction, skills]"],
        ),
    ] = ()

    @property
    def cost(self) -> float:
        """The line's cost in the engagement's currency."""
        return self.quantity * self.unit_cost


class OtherPlan(Frozen):
    """Another way of spending the same money, to set beside the plan."""

    name: Annotated[Text, Field(description="the plan's name, in words", examples=["Learning-led"])]
    lines: Annotated[tuple[PlanLine, ...], Field(description="plan lines, as under plan", min_length=1)]


class Source(Frozen):
    """Where the facts come from."""

    title: Annotated[Text, Field(description="the source's title, in words")]
    organisation: Annotated[Text, Field(description="who published it, in words")]
    year: Annotated[
        int | None,
        Field(strict=True, ge=1900, le=2200, description="a year, if one is stated", examples=["2025"]),
    ] = None
    where: Annotated[Text | None, Field(description="where it can be found, in words")] = None


class MoneyRange(Frozen):
    """A sum that lies between two others."""

    low: Annotated[Money, Field(description="the least it may be, digits only", examples=["100000"])]
    high: Annotated[Money, Field(description="the most it may be, digits only", examples=["150000"])]


class MoneyCeiling(Frozen):
    """A sum of which only the most is known."""

    up_to: Annotated[Money, Field(description="the most it may be, digits only", examples=["160000"])]


Sum = Money | MoneyRange | MoneyCeiling | Unsure | NotStated | None
A_SUM = (
    "an amount of money, 0 or more, digits only; a range {low: 100000, high: 150000}; a ceiling {up_to: 160000}; "
    "unsure; or not_stated"
)


def find_most(sum_: Sum) -> float | None:
    """Return a sum, or the most it may be; None where none is known."""
    if isinstance(sum_, MoneyRange):
        return sum_.high
    return sum_.up_to if isinstance(sum_, MoneyCeiling) else float(sum_) if isinstance(sum_, int | float) else None


class Step(Frozen):
    """One date of the timetable."""

    what: Annotated[Text, Field(description="what happens, in words", examples=["Interviews of those shortlisted"])]
    when: Annotated[
        IsoDate | LooseDay | Unsure | NotStated, Field(description=f"{A_DAY}, or unsure", examples=["2026-05-12"])
    ]


class Invited(Frozen):
    """People who were asked to answer, by their role."""

    role: Annotated[Text, Field(description="the role, as the voices give it", examples=["Grantee"])]
    count: Annotated[int, Field(strict=True, ge=1, le=10_000, description="how many were asked", examples=["12"])] = 1
    group: Annotated[
        AudienceGroup, Field(description="one of funders, delivery, people, sector or other", examples=["delivery"])
    ] = "other"


class Facts(Frozen):
    """What `engagement.yaml` holds: facts about the commission. `unsure` says that a fact is not known yet."""

    title: Annotated[Text, Field(description="the commission's title, in words")]
    sentence: Annotated[Text | None, Field(description="the commission in one sentence, in words")] = None
    kind: Annotated[
        Literal["own", "invented", "public-call"],
        Field(description="one of own, invented or public-call", examples=["own"]),
    ] = "own"
    commissioner: Annotated[Text, Field(description="the commissioning organisation's name, in words")]
    commissioned_with: Annotated[
        tuple[Text, ...], Field(description="a list of organisations that commission it together with the commissioner")
    ] = ()
    others_at_work: Annotated[
        tuple[Text, ...],
        Field(description="a list of others at work beside the partner, such as grantees or an evaluator"),
    ] = ()
    partners_sought: Annotated[
        Annotated[int, Field(strict=True, ge=1, le=1000)] | Unsure | NotStated | None,
        Field(description="how many partners are sought, a whole number, unsure or not_stated", examples=["1"]),
    ] = None
    places: Annotated[tuple[Text, ...], Field(description="a list of the places where the work happens")] = ()
    currency: Annotated[
        str,
        Field(pattern=r"^([A-Z]{3})?$", description="three capital letters, where a sum is given", examples=["GBP"]),
    ] = ""
    budget: Annotated[Sum, Field(description=A_SUM, examples=["120000"])] = None
    vat: Annotated[
        Literal["included", "excluded", "none", "unsure"],
        Field(description="one of included, excluded, none or unsure", examples=["included"]),
    ] = "unsure"
    start: Annotated[
        IsoDate | LooseDay | Unsure | NotStated | None,
        Field(description=f"{A_DAY}; unsure; or not_stated", examples=["2026-09-01"]),
    ] = None
    end: Annotated[
        IsoDate | LooseDay | Unsure | NotStated | None,
        Field(description=f"{A_DAY}; unsure; or not_stated", examples=["2028-08-31"]),
    ] = None
    length: Annotated[
        Text | None,
        Field(description="how long the work runs, in words", examples=["up to five years, reviewed each year"]),
    ] = None
    deadline: Annotated[
        IsoDate | LooseDay | Unsure | NotStated | None,
        Field(description=f"when proposals are due: {A_DAY}; unsure; or not_stated", examples=["2026-05-01"]),
    ] = None
    timetable: Annotated[tuple[Step, ...], Field(description="a list of dates, each with what and when")] = ()
    programme: Annotated[Text | None, Field(description="the work the learning is about, in words")] = None
    programme_budget: Annotated[Sum, Field(description=A_SUM, examples=["1600000"])] = None
    workstreams: Annotated[tuple[Text, ...], Field(description="a list of workstreams, in words")] = ()
    asked_for: Annotated[tuple[Text, ...], Field(description="a list of what the commission asks of the partner")] = ()
    not_stated: Annotated[tuple[Text, ...], Field(description="a list of what the commission leaves open")] = ()
    audiences: Annotated[
        tuple[Audience, ...], Field(description="a list of audiences, each with id, name and group")
    ] = ()
    audiences_set_aside: Annotated[
        tuple[Audience, ...],
        Field(description="audiences that nobody is asked about any more; what was answered about them is kept"),
    ] = ()
    learning_questions: Annotated[
        tuple[LearningQuestion, ...], Field(description="a list of questions, each with the decision it informs")
    ] = ()
    questions_kept: Annotated[
        Text | None, Field(description="where learning questions are kept that this file does not repeat, in words")
    ] = None
    plan: Annotated[tuple[PlanLine, ...], Field(description="the costed plan, a list of lines")] = ()
    plan_set_aside: Annotated[
        tuple[PlanLine, ...], Field(description="plan lines that do not count any more, kept as they were")
    ] = ()
    other_plans: Annotated[tuple[OtherPlan, ...], Field(description="other plans, each with a name and lines")] = ()
    source: Annotated[tuple[Source, ...], Field(description="where the facts come from, a list")] = ()
    as_of: Annotated[
        IsoDate | LooseDay | None,
        Field(description=f"the day up to which these facts hold: {A_DAY}", examples=["2026-03-31"]),
    ] = None
    invited: Annotated[
        tuple[Invited, ...], Field(description="who was asked to answer, a list of roles with count and group")
    ] = ()
    answers_kept: Annotated[
        KeptAnswers, Field(description="what those who answer are told: who keeps the answers, why, until when")
    ] = KeptAnswers()
    follows: Annotated[
        Slug | None,
        Field(
            description="the engagement that was the last round of this commission, by its folder's name",
            examples=["mentoring-2026"],
            exclude_if=is_left_out,
        ),
    ] = None
    promises: Annotated[
        tuple[Promise, ...],
        Field(description="what was promised in the last round, to ask whether it was kept", exclude_if=is_left_out),
    ] = ()
    spent: Annotated[
        tuple[Spent, ...],
        Field(description="what was spent since the last round, a list of categories", exclude_if=is_left_out),
    ] = ()
    minimum_group: Annotated[
        int,
        Field(strict=True, ge=SMALLEST_GROUP, le=10, description="a whole number from 5 to 10", examples=["5"]),
    ] = SMALLEST_GROUP
    private: Annotated[Text | None, Field(description="a note in words that only the private edition shows")] = None

    @property
    def most_money(self) -> float | None:
        """The budget, or the most it may be, in the engagement's currency; None where none is known."""
        return find_most(self.budget)

    @property
    def is_call(self) -> bool:
        """Whether this is about a public call that somebody else wrote."""
        return self.kind == "public-call"

    @property
    def is_past_deadline(self) -> bool:
        """Whether the deadline lies before the day up to which the facts hold."""
        asked, due = find_span(self.as_of), find_span(self.deadline)
        return bool(asked and due and due[1] < asked[0])

    @property
    def is_closed(self) -> bool:
        """Whether, on the day up to which the facts hold, proposals could no longer be sent."""
        return self.is_past_deadline or self.has_begun

    @property
    def has_begun(self) -> bool:
        """Whether, on the day up to which the facts hold, the work had begun."""
        asked, begun = find_span(self.as_of), find_span(self.start)
        return bool(asked and begun and begun[1] < asked[0])

    @property
    def is_past_call(self) -> bool:
        """Whether this is somebody else's call that had closed, so that what it asked and planned is told as past."""
        return self.is_call and self.is_closed

    @property
    def stage(self) -> Literal["open", "late", "begun"]:
        """How far this is on the day up to which the facts hold: `late` once proposals are in, `begun` once work is."""
        return "begun" if self.has_begun else "late" if self.is_closed else "open"

    @property
    def begins_before_bids(self) -> bool:
        """Whether the work is to begin on a day before the one on which proposals are due."""
        begun, due = find_span(self.start), find_span(self.deadline)
        return bool(begun and due and begun[1] < due[0])

    @property
    def months(self) -> float | None:
        """The months the work runs, at most: by its length in words, else by its start and end; None if not known."""
        said = count_months(self.length)
        start, end = find_span(self.start), find_span(self.end)
        if said is not None or start is None or end is None:
            return said
        days = (end[1] - start[0]).days
        return days / DAYS_A_MONTH if days > 0 else None


class Engagement(Frozen):
    """One commission as one edition may show it.

    `voices` hold what may be shown beside who said it; `pools` hold what may be shown only without;
    `withheld` says, by question id, why answers to it are held back. `heard` counts the voices that answered
    something, where that may be said; `lone_voice` says that there is only one such. A shared edition that did not go
    out is a `draft`. `last` is the last round, holding of it only what those said who answer again, under the ids they
    have here, and what was agreed.
    """

    slug: Slug
    edition: Edition
    facts: Facts
    voices: tuple[Voice, ...] = ()
    agreed: Agreed = Agreed()
    pools: dict[str, Pool] = Field(default_factory=dict)
    withheld: dict[str, Literal["small_group", "small_remainder"]] = Field(default_factory=dict)
    heard: int | None = None
    lone_voice: bool = False
    draft: bool = False
    last: "Engagement | None" = Field(default=None, exclude_if=is_left_out)

    def __copy__(self) -> Self:
        """Return a copy that knows its fields alone: what was worked out here need not hold for what it becomes."""
        copied = super().__copy__()
        for name in copied.__dict__.keys() - type(self).model_fields.keys():
            del copied.__dict__[name]
        return copied

    @cached_property
    def labels(self) -> dict[str, str]:
        """How a page names each voice, by voice id; voices of one name are told apart by a number.

        In the private edition it is the one in the file's name, or that name itself where it was not made from the
        role, so that nobody's label changes when somebody joins. Shared editions only count.
        """
        given = tuple(voice.label for voice in self.voices)
        is_private = self.edition is Edition.PRIVATE
        marks = tuple(read_number(v.id, v.role) for v in self.voices) if is_private else count_off(given)
        told = tell_apart(given, marks)
        return {voice.id: label for voice, label in zip(self.voices, told, strict=True)}

    @property
    def readers(self) -> tuple[str, ...]:
        """How a page names those who read a public call from outside, and answered from its text."""
        labels = self.labels
        return tuple(labels[one.id] for one in self.voices if one.reads_call and one.has_answered)

    @cached_property
    def is_read_from_outside(self) -> bool:
        """Whether all that is answered here is somebody's reading of a public call, and nobody concerned was asked."""
        asked = any(voice.has_answered and not voice.reads_call for voice in self.voices)
        return self.facts.is_call and not (asked or self.pools or self.withheld or self.agreed.answers)

    @property
    def told_as(self) -> Edition:
        """The edition whose words fit what is here: what is read from a public text is whole in each, and says so."""
        return Edition.PRIVATE if self.is_read_from_outside else self.edition

    def list_responses(self, question: str) -> tuple[Response, ...]:
        """Return every value this edition may show for a question: attributed ones first, then the pool's."""
        return self._responses.get(question, ())

    @cached_property
    def _responses(self) -> dict[str, tuple[Response, ...]]:
        """By question id; a chapter asks for each of them several times over."""
        labels, found = self.labels, defaultdict[str, list[Response]](list)
        for voice in self.voices:
            for question, answer in voice.answers.items():
                if answer.value is not None:
                    found[question].append(Response(value=answer.value, voice=labels[voice.id]))
        for question, pool in self.pools.items():
            found[question] += (Response(value=value) for value in pool.values)
        return {question: tuple(given) for question, given in found.items()}

    def list_remarks(self, question: str) -> tuple[Remark, ...]:
        """Return the words this edition may show beside answers to a question: the group's, then attributed ones."""
        labels = self.labels
        settled = self.agreed.answers.get(question)
        beside = [] if settled is None else list_words(settled, GROUP)
        for voice in self.voices:
            if (answer := voice.answers.get(question)) is not None:
                beside += list_words(answer, labels[voice.id])
        return (*beside, *self.pools.get(question, Pool()).remarks)

    def get_agreed(self, question: str) -> Any:
        """Return the agreed value, or None where nothing is agreed or this edition may not show it."""
        answer = self.agreed.answers.get(question)
        return None if answer is None else answer.value

    @property
    def fingerprint(self) -> str:
        """Ten hexadecimal digits that change whenever anything this edition holds changes, or it is released."""
        held = self.model_dump_json(exclude={"draft"}) + ("draft" if self.draft else "")
        return hashlib.sha256(held.encode()).hexdigest()[:10]


def list_words(answer: Answer | AgreedAnswer, voice: str | None) -> list[Remark]:
    """Return the words that stand beside an answer."""
    given = (("note", answer.note), ("evidence", answer.evidence), ("private", answer.private))
    return [Remark(text=text, kind=kind, voice=voice) for kind, text in given if text]
