"""Chapter 11: everything the invitation to a partner is drafted from.

An invitation is sent out, so words get into it on stricter terms than into a summary: what the group agreed, or
where only one voice has answered and consented to be named or shown by role, that voice's words. In a shared edition
one voice that is shown may be one of many that are not: there the engagement itself must have a single voice. Nothing
else that a person wrote is read here; `keep_settled_words` takes it out before any chapter is read.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from workbook.analysis.agenda.collect import collect_points
from workbook.analysis.audiences.audiences import AudiencesReading, read_audiences
from workbook.analysis.discovery.discovery import DiscoveryReading, read_discovery
from workbook.analysis.framing import FramingReading, read_framing
from workbook.analysis.learning_modes import LearningModesReading, read_learning_modes
from workbook.analysis.permission import PermissionReading, read_permission
from workbook.analysis.practices import PracticesReading, read_practices
from workbook.analysis.resources.resources import ResourcesReading, read_resources
from workbook.analysis.safety import SafetyReading, read_safety
from workbook.analysis.start_here import StartReading, read_start_here
from workbook.analysis.turnout import Turnout, read_turnout
from workbook.model.answers import Answer, Edition, Pool, Voice
from workbook.model.base import UNSURE
from workbook.model.chapters import Chapter, list_questions, load_chapter, load_chapter_of
from workbook.model.engagement import Engagement, Facts

Status = Literal["known", "one_voice", "several", "unsure", "open", "not_shown"]

WRITTEN = (
    "framing.switching",
    "framing.switching_why",
    "framing.said_aloud",
    "framing.stays_evaluation",
    "framing.evaluator",
    "discovery.limits",
    "permission.challenge",
    "permission.areas",
    "safety.promise",
    "safety.first",
)
"""Questions of other chapters of which the invitation says what is settled, beside all of this chapter's own."""

BARE = {"note": None, "evidence": None, "private": None}
"""What is taken off an answer before a chapter is read."""


@dataclass(frozen=True)
class Said:
    """What is settled on one question in words: the words, where there are any, and how far they are settled.

    `by_group` says that the group itself agreed on it, be it that it does not know yet.
    """

    status: Status
    words: str = ""
    by_group: bool = False


@dataclass(frozen=True)
class BriefReading:
    """The chapter's result: every chapter read without unsettled words, and what is settled in words by question id.

    `order_note` is what the group wrote beside the order it agreed on; `agreed_steps` are the practices, by id, for
    which it agreed on a first step and on who takes it.
    """

    chapter: Chapter
    slug: str
    facts: Facts
    edition: Edition
    fingerprint: str
    draft: bool
    agreed_on: date | None
    order_note: str
    said: dict[str, Said]
    agreed_steps: frozenset[str]
    start_here: StartReading
    framing: FramingReading
    discovery: DiscoveryReading
    audiences: AudiencesReading
    learning_modes: LearningModesReading
    resources: ResourcesReading
    permission: PermissionReading
    safety: SafetyReading
    practices: PracticesReading
    turnout: Turnout | None

    @property
    def is_whole(self) -> bool:
        """Whether this edition holds every answer, so that what is missing was never said."""
        return self.framing.edition is Edition.PRIVATE

    @property
    def is_evaluation(self) -> bool:
        """Whether the framing asks for an evaluation."""
        return self.framing.pattern == "evaluation"


def read_brief(engagement: Engagement) -> BriefReading:
    """Read what the invitation of an engagement is drafted from."""
    settled = keep_settled_words(engagement)
    readings = _read_chapters(settled)
    order = engagement.agreed.answers.get("audiences.order")
    return BriefReading(
        chapter=load_chapter_of(engagement, "brief"),
        slug=engagement.slug,
        facts=engagement.facts,
        edition=engagement.edition,
        fingerprint=engagement.fingerprint,
        draft=engagement.draft,
        agreed_on=engagement.agreed.date,
        order_note=(order.note or "") if order else "",
        said=_read_said(engagement, settled),
        agreed_steps=_find_agreed_steps(engagement),
        start_here=read_start_here(settled),
        turnout=read_turnout(engagement),
        discovery=read_discovery(settled, points=collect_points(settled, readings)),
        **readings,
    )


def _read_chapters(settled: Engagement) -> dict[str, Any]:
    """Read each chapter that an invitation is drafted from once, but discovery, which asks them for its agenda."""
    permission, safety = read_permission(settled), read_safety(settled)
    return {
        "framing": read_framing(settled),
        "audiences": read_audiences(settled),
        "learning_modes": read_learning_modes(settled),
        "resources": read_resources(settled, openness=safety.openness, standing=permission.standing),
        "permission": permission,
        "safety": safety,
        "practices": read_practices(settled),
    }


def keep_settled_words(engagement: Engagement) -> Engagement:
    """Return the engagement without anybody's words, but for agreed ones and those of a lone voice that may be shown.

    "We do not know yet" is kept, notes and private notes are not.
    """
    words = {name for name, question in list_questions(engagement.facts).items() if question.is_words}
    lone = {name for name, count in _count_words(engagement).items() if count == 1 and is_alone(engagement, name)}

    def keep(voice: Voice, question: str, answer: Answer) -> bool:
        shown = question in lone and voice.consent_of(question).attributes
        return question not in words or answer.is_unsure or shown

    voices = tuple(
        voice.model_copy(
            update={
                "private": None,
                "answers": {
                    question: answer.model_copy(update=BARE) if any(getattr(answer, one) for one in BARE) else answer
                    for question, answer in voice.answers.items()
                    if keep(voice, question, answer)
                },
            }
        )
        for voice in engagement.voices
    )
    pools = {name: Pool(values=_keep_values(pool, name in words)) for name, pool in engagement.pools.items()}
    facts = engagement.facts.model_copy(update={"private": None})
    return engagement.model_copy(update={"facts": facts, "voices": voices, "pools": pools})


def is_alone(engagement: Engagement, question: str) -> bool:
    """Whether the only answer shown to a question is the only one there is."""
    whole = engagement.told_as is Edition.PRIVATE or engagement.lone_voice
    return whole and question not in engagement.withheld


def _keep_values(pool: Pool, in_words: bool) -> tuple[object, ...]:
    return tuple(value for value in pool.values if not in_words or value == UNSURE)


def _count_words(engagement: Engagement) -> Counter[str]:
    """Count, for each question, the answers given that say something."""
    given = [
        question
        for voice in engagement.voices
        for question, answer in voice.answers.items()
        if not answer.is_unsure and answer.value is not None
    ]
    pooled = [name for name, pool in engagement.pools.items() for value in pool.values if value != UNSURE]
    return Counter([*given, *pooled])


def _read_said(engagement: Engagement, settled: Engagement) -> dict[str, Said]:
    own = [question.id for question in load_chapter("brief").questions]
    return {question: _find_said(question, engagement, settled) for question in (*own, *WRITTEN)}


def _find_said(question: str, engagement: Engagement, settled: Engagement) -> Said:
    """Find what is settled on one question. The words of a lone voice that did not consent are left out.

    A shared edition may hold an agreed answer back, so what voices leave open may be settled in another edition.
    """
    agreed = engagement.get_agreed(question)
    if agreed not in (None, UNSURE):
        return Said("known", str(agreed), by_group=True)
    if agreed == UNSURE:
        return Said("unsure", by_group=True)
    given = engagement.list_responses(question)
    known = [response for response in given if not response.is_unsure]
    if len(known) == 1 and is_alone(engagement, question):
        shown = [response.value for response in settled.list_responses(question) if not response.is_unsure]
        return Said("one_voice", str(shown[0]) if shown else "")
    if len(known) > 1:
        return Said("several")
    if engagement.told_as is not Edition.PRIVATE:
        return Said("not_shown")
    return Said("unsure" if given else "open")


def _find_agreed_steps(engagement: Engagement) -> frozenset[str]:
    def is_agreed(question: str) -> bool:
        return engagement.get_agreed(question) not in (None, UNSURE)

    facets = (facet.id for facet in load_chapter("practices").facets)
    return frozenset(f for f in facets if all(is_agreed(f"practices.{f}.{name}") for name in ("step", "owner")))
