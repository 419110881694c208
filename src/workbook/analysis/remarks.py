"""What people wrote: answers in words, and the notes and evidence beside any answer."""

from __future__ import annotations

from dataclasses import dataclass

from workbook.model.answers import Remark
from workbook.model.base import UNSURE
from workbook.model.chapters import list_chapters, list_questions
from workbook.model.engagement import GROUP, Engagement
from workbook.model.questions import Question, TextQuestion

BRIEF = "brief"  # its answers are the words of the brief itself


@dataclass(frozen=True)
class RemarkGroup:
    """Everything written to one question."""

    chapter: str
    question: str
    remarks: tuple[Remark, ...]


@dataclass(frozen=True)
class RemarksReading:
    """Everything written, in the order of chapters and questions.

    `private` are notes on the commission or on a whole voice; `withheld` says that some words may not be shown.
    """

    groups: tuple[RemarkGroup, ...]
    private: tuple[Remark, ...]
    withheld: bool
    minimum_group: int
    is_call: bool

    @property
    def count(self) -> int:
        """How many remarks there are."""
        return sum(len(group.remarks) for group in self.groups)


def read_remarks(engagement: Engagement) -> RemarksReading:
    """Collect what this edition may show of what people wrote."""
    questions = list_questions(engagement.facts)
    chapters = [chapter for chapter in list_chapters() if chapter.id != BRIEF]
    asked = [(chapter.title, questions[q.id]) for chapter in chapters for q in chapter.questions]
    groups = [RemarkGroup(title, question.text, _list(engagement, question)) for title, question in asked]
    return RemarksReading(
        groups=tuple(group for group in groups if group.remarks),
        private=_list_private(engagement),
        withheld=any(
            isinstance(question, TextQuestion) and question.id in engagement.withheld for _, question in asked
        ),
        minimum_group=engagement.facts.minimum_group,
        is_call=engagement.facts.kind == "public-call",
    )


def _list(engagement: Engagement, question: Question) -> tuple[Remark, ...]:
    beside = engagement.list_remarks(question.id)
    if not isinstance(question, TextQuestion) or question.kind == "text":
        return beside  # a few words, such as who takes a step, are shown by the chapter that asks for them
    agreed = engagement.get_agreed(question.id)
    answers = [] if agreed in (None, UNSURE) else [Remark(text=agreed, kind="answer", voice=GROUP)]
    answers += [
        Remark(text=response.value, kind="answer", voice=response.voice)
        for response in engagement.list_responses(question.id)
        if not response.is_unsure
    ]
    return (*answers, *beside)


def _list_private(engagement: Engagement) -> tuple[Remark, ...]:
    labels = engagement.labels
    notes = [(engagement.facts.commissioner, engagement.facts.private), (GROUP, engagement.agreed.private)]
    notes += [(labels[voice.id], voice.private) for voice in engagement.voices]
    return tuple(Remark(text=text, kind="private", voice=voice) for voice, text in notes if text)
