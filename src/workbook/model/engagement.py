"""An engagement: the facts of one commission, and what everyone concerned answered."""

from __future__ import annotations

import hashlib
from typing import Annotated, Any, Literal

from pydantic import Field

from workbook.model.answers import Agreed, AgreedAnswer, Answer, Edition, Pool, Remark, Response, Voice
from workbook.model.base import Amount, Frozen, IsoDate, Money, Slug, Text, Unsure
from workbook.model.voice_names import count_off, read_number, tell_apart

Category = Literal[
    "discovery",
    "data_collection",
    "analysis",
    "reporting",
    "knowledge_mobilisation",
    "facilitation",
    "participants_time",
    "management",
]
Mechanism = Literal["awareness", "agreeing_need", "access", "interaction", "skills", "structure"]
AudienceGroup = Literal["funders", "delivery", "people", "sector", "other"]
SMALLEST_GROUP = 5
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
        IsoDate | Unsure | None,
        Field(description="a date as year-month-day, or unsure", examples=["2026-03-31"]),
    ] = None


class PlanLine(Frozen):
    """One line of a costed plan. Its cost is quantity times unit cost."""

    activity: Annotated[Text, Field(description="what is done, in words")]
    category: Annotated[
        Category,
        Field(
            description="one of discovery, data_collection, analysis, reporting, knowledge_mobilisation, "
            "facilitation, participants_time or management",
            examples=["data_collection"],
        ),
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
    year: Annotated[int, Field(strict=True, ge=1900, le=2200, description="a year", examples=["2025"])]
    where: Annotated[Text | None, Field(description="where it can be found, in words")] = None


class Facts(Frozen):
    """What `engagement.yaml` holds: facts about the commission. `unsure` says that a fact is not known yet."""

    title: Annotated[Text, Field(description="the commission's title, in words")]
    sentence: Annotated[Text | None, Field(description="the commission in one sentence, in words")] = None
    kind: Annotated[
        Literal["own", "invented", "public-call"],
        Field(description="one of own, invented or public-call", examples=["own"]),
    ] = "own"
    commissioner: Annotated[Text, Field(description="the commissioning organisation's name, in words")]
    partners: Annotated[tuple[Text, ...], Field(description="a list of organisations")] = ()
    currency: Annotated[str, Field(pattern=r"^[A-Z]{3}$", description="three capital letters", examples=["GBP"])] = (
        "GBP"
    )
    budget: Annotated[
        Money | Unsure | None,
        Field(description="an amount of money, 0 or more, digits only, or unsure", examples=["120000"]),
    ] = None
    vat: Annotated[
        Literal["included", "excluded", "none", "unsure"],
        Field(description="one of included, excluded, none or unsure", examples=["included"]),
    ] = "unsure"
    start: Annotated[
        IsoDate | Unsure | None,
        Field(description="a date as year-month-day, or unsure", examples=["2026-09-01"]),
    ] = None
    end: Annotated[
        IsoDate | Unsure | None,
        Field(description="a date as year-month-day, or unsure", examples=["2028-08-31"]),
    ] = None
    programme: Annotated[Text | None, Field(description="the work the learning is about, in words")] = None
    programme_budget: Annotated[
        Money | Unsure | None,
        Field(description="an amount of money, 0 or more, digits only, or unsure", examples=["1600000"]),
    ] = None
    workstreams: Annotated[tuple[Text, ...], Field(description="a list of workstreams, in words")] = ()
    asked_for: Annotated[tuple[Text, ...], Field(description="a list of what the commission asks of the partner")] = ()
    not_stated: Annotated[tuple[Text, ...], Field(description="a list of what the commission leaves open")] = ()
    audiences: Annotated[
        tuple[Audience, ...], Field(description="a list of audiences, each with id, name and group")
    ] = ()
    learning_questions: Annotated[
        tuple[LearningQuestion, ...], Field(description="a list of questions, each with the decision it informs")
    ] = ()
    plan: Annotated[tuple[PlanLine, ...], Field(description="the costed plan, a list of lines")] = ()
    other_plans: Annotated[tuple[OtherPlan, ...], Field(description="other plans, each with a name and lines")] = ()
    source: Annotated[tuple[Source, ...], Field(description="where the facts come from, a list")] = ()
    minimum_group: Annotated[
        int,
        Field(strict=True, ge=SMALLEST_GROUP, le=10, description="a whole number from 5 to 10", examples=["5"]),
    ] = SMALLEST_GROUP
    private: Annotated[Text | None, Field(description="a note in words that only the private edition shows")] = None


class Engagement(Frozen):
    """One commission as one edition may show it.

    `voices` hold what may be shown beside who said it; `pools` hold what may be shown only without;
    `withheld` says, by question id, why answers to it are held back. `heard` counts the voices that answered
    something, where that may be said; `lone_voice` says that there is only one such, in every edition.
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

    @property
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

    def list_responses(self, question: str) -> tuple[Response, ...]:
        """Return every value this edition may show for a question: attributed ones first, then the pool's."""
        labels = self.labels
        attributed = tuple(
            Response(value=answer.value, voice=labels[voice.id])
            for voice in self.voices
            if (answer := voice.answers.get(question)) is not None and answer.value is not None
        )
        pool = self.pools.get(question, Pool())
        return attributed + tuple(Response(value=value) for value in pool.values)

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
        """Ten hexadecimal digits that change whenever anything this edition holds changes."""
        return hashlib.sha256(self.model_dump_json().encode()).hexdigest()[:10]


def list_words(answer: Answer | AgreedAnswer, voice: str | None) -> list[Remark]:
    """Return the words that stand beside an answer."""
    given = (("note", answer.note), ("evidence", answer.evidence), ("private", answer.private))
    return [Remark(text=text, kind=kind, voice=voice) for kind, text in given if text]
