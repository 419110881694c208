"""Chapter 00: the facts of the commission, and how far each chapter is answered."""

from __future__ import annotations

from dataclasses import dataclass

from workbook.analysis.turnout import Turnout, read_turnout
from workbook.model.answers import Edition
from workbook.model.base import UNSURE
from workbook.model.chapters import Chapter, list_asked_chapters, load_chapter
from workbook.model.engagement import Engagement, Facts


@dataclass(frozen=True)
class VoiceProgress:
    """How many of a chapter's questions one voice has answered, and how many of those with "do not know yet"."""

    voice: str
    answered: int
    unsure: int


@dataclass(frozen=True)
class ChapterProgress:
    """How far one chapter is answered: by each voice, and by the group."""

    number: int
    title: str
    questions: int
    voices: tuple[VoiceProgress, ...]
    agreed: int


@dataclass(frozen=True)
class StartReading:
    """The facts, who answered, and the progress where this edition may show it (None where it may not).

    `heard` counts the voices that answered, None where that may not be said; `voices` are those that may be named,
    `readers` those of them that read a public call from outside.
    """

    chapter: Chapter
    slug: str
    facts: Facts
    heard: int | None
    voices: tuple[str, ...]
    readers: tuple[str, ...]
    progress: tuple[ChapterProgress, ...] | None
    turnout: Turnout | None


def read_start_here(engagement: Engagement) -> StartReading:
    """Read the facts of an engagement and what has been answered."""
    private, chapters = engagement.edition is Edition.PRIVATE, list_asked_chapters(engagement.facts)
    return StartReading(
        chapter=load_chapter("start_here"),
        slug=engagement.slug,
        facts=engagement.facts,
        heard=engagement.heard,
        voices=tuple(engagement.labels[voice.id] for voice in engagement.voices if voice.has_answered),
        readers=engagement.readers,
        progress=tuple(_read_progress(engagement, c) for c in chapters) if private else None,
        turnout=read_turnout(engagement),
    )


def _read_progress(engagement: Engagement, chapter: Chapter) -> ChapterProgress:
    asked = {question.id for question in chapter.questions}
    labels = engagement.labels
    voices = []
    for voice in engagement.voices:
        given = [answer for question, answer in voice.answers.items() if question in asked]
        voices.append(VoiceProgress(labels[voice.id], len(given), sum(answer.value == UNSURE for answer in given)))
    agreed = sum(question in asked for question in engagement.agreed.answers)
    return ChapterProgress(chapter.number, chapter.title, len(asked), tuple(voices), agreed)
