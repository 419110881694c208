"""Answers, and the voices that give them."""

from typing import Annotated, Any, Literal

from pydantic import Field

from workbook.model.base import MARK_PATTERN, UNSURE, Frozen, IsoDate, Name, Slug, Text
from workbook.model.choices import Consent, Edition
from workbook.model.rounds import Target, is_left_out

Mark = Annotated[str, Field(pattern=rf"^{MARK_PATTERN}$", description="the mark of the question that was answered")]

__all__ = ["Agreed", "AgreedAnswer", "Answer", "Consent", "Edition", "Voice"]


class Answer(Frozen):
    """One answer, with what was said beside it."""

    value: Annotated[Any, Field(description="the answer itself, or unsure")]
    note: Annotated[Text | None, Field(description="words to show beside the answer")] = None
    evidence: Annotated[Text | None, Field(description="what the answer rests on, in words")] = None
    private: Annotated[Text | None, Field(description="a note in words that only the private edition shows")] = None
    consent: Annotated[
        Consent | None, Field(description="one of named, role, unnamed, aggregate or none", examples=["role"])
    ] = None

    @property
    def is_unsure(self) -> bool:
        """Whether the answer is "we do not know yet"."""
        return bool(self.value == UNSURE)


class Voice(Frozen):
    """One respondent: who they are, how far their answers may travel, and the answers by question id."""

    id: Annotated[str, Field(pattern=r"^[a-z0-9-]{1,80}$")]
    role: Annotated[
        Name, Field(description="what this person is in the commission, in words", examples=["Grants manager"])
    ]
    name: Annotated[Name | None, Field(description="the person's name, only if they want it kept")] = None
    organisation: Annotated[Name | None, Field(description="the organisation's name, in words")] = None
    consent: Annotated[
        Consent, Field(description="one of named, role, unnamed, aggregate or none", examples=["role"])
    ] = Consent.NONE
    date: Annotated[
        IsoDate | None, Field(description="the day of the answers, as year-month-day", examples=["2026-03-31"])
    ] = None
    respondent: Annotated[
        str | None,
        Field(pattern=r"^[a-z0-9]{8,40}$", description="the mark the form gave this person, to know them again by"),
    ] = None
    saved: Annotated[
        int | None, Field(strict=True, ge=1, le=10**6, description="how often this person had saved their answers")
    ] = None
    released_as: Annotated[
        str | None,
        Field(
            pattern=r"^[0-9a-f]{16}$",
            description="random, by which the record of releases knows a person to whom no form gave a mark",
        ),
    ] = None
    another_person: Annotated[
        bool, Field(strict=True, description="true, where somebody knows that this is no double of another voice")
    ] = False
    same_as: Annotated[
        Slug | None,
        Field(
            description="the name of this person's file in the last round, where they say that it was theirs",
            examples=["grants-manager"],
            exclude_if=is_left_out,
        ),
    ] = None
    reads_call: Annotated[
        bool,
        Field(
            strict=True,
            description="true where this is a reading of a published call, by somebody outside; false for an answer",
            examples=["true"],
        ),
    ] = False
    private: Annotated[Text | None, Field(description="a note in words that only the private edition shows")] = None
    answers: dict[str, Answer] = Field(default_factory=dict, description="answers by question id")
    asked: dict[str, Mark] = Field(default_factory=dict, description="the marks of the questions that were answered")

    @property
    def label(self) -> str:
        """How a page names this voice."""
        return f"{self.name} ({self.role})" if self.name else self.role

    @property
    def has_answered(self) -> bool:
        """Whether this voice says anything at all; "we do not know yet" says something, an empty file does not."""
        return any(one.value not in (None, {}) or one.note or one.evidence for one in self.answers.values())

    def consent_of(self, question: str) -> Consent:
        """Return how far this voice's answer to a question may travel."""
        return self.answers[question].consent or self.consent


class AgreedAnswer(Frozen):
    """An answer the group settled on. `edition` is the widest edition it may appear in."""

    value: Annotated[Any, Field(description="the answer itself, or unsure")]
    note: Annotated[Text | None, Field(description="words to show beside the answer")] = None
    evidence: Annotated[Text | None, Field(description="what the answer rests on, in words")] = None
    private: Annotated[Text | None, Field(description="a note in words that only the private edition shows")] = None
    edition: Annotated[Edition | None, Field(description="one of private, partners or public", examples=["public"])] = (
        None
    )


class Agreed(Frozen):
    """What the group settled on, by question id."""

    date: Annotated[
        IsoDate | None, Field(description="the day it was agreed, as year-month-day", examples=["2026-03-31"])
    ] = None
    edition: Annotated[Edition, Field(description="one of private, partners or public", examples=["partners"])] = (
        Edition.PARTNERS
    )
    private: Annotated[Text | None, Field(description="a note in words that only the private edition shows")] = None
    answers: dict[str, AgreedAnswer] = Field(default_factory=dict, description="answers by question id")
    asked: dict[str, Mark] = Field(default_factory=dict, description="the marks of the questions that were answered")
    targets: Annotated[
        dict[str, Target],
        Field(description="where the group wants to be on a scale, by question id", exclude_if=is_left_out),
    ] = Field(default_factory=dict)

    def target_edition_of(self, question: str) -> Edition:
        """Return the widest edition a target may appear in."""
        return self.targets[question].edition or self.edition

    def edition_of(self, question: str) -> Edition:
        """Return the widest edition an agreed answer may appear in.

        What is written in chapter 11 is written for bidders: it is public, unless it or the whole file is marked.
        """
        if marked := self.answers[question].edition:
            return marked
        invites = question.startswith("brief.") and self.edition is not Edition.PRIVATE
        return Edition.PUBLIC if invites else self.edition


class Remark(Frozen):
    """Words given to a question or beside its answer; `voice` is None where it may not be said whose they are."""

    text: str
    kind: Literal["answer", "note", "evidence", "private"]
    voice: str | None = None


class Pool(Frozen):
    """What unattributed voices answered to one question: values in order of size, remarks in order of the alphabet.

    Neither order says who gave what, and nothing links one question's pool to another's.
    """

    values: tuple[Any, ...] = ()
    remarks: tuple[Remark, ...] = ()


class Response(Frozen):
    """One value given to a question; `voice` is None where it may not be said whose it is."""

    value: Any
    voice: str | None = None

    @property
    def is_unsure(self) -> bool:
        """Whether the answer is "we do not know yet"."""
        return bool(self.value == UNSURE)
