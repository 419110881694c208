"""What people wrote: answers in words, and the notes and evidence beside any answer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from workbook.model.answers import Consent, Edition, Remark
from workbook.model.base import UNSURE
from workbook.model.chapters import list_chapters, list_questions
from workbook.model.editions import redact
from workbook.model.engagement import GROUP, Engagement
from workbook.model.questions import ChoiceQuestion, Question, ScaleQuestion, TextQuestion

BRIEF = "brief"  # its answers are the words of the brief itself


@dataclass(frozen=True)
class RemarkGroup:
    """Everything written to one question; `unshared` are those remarks that no shared edition shows.

    Only the private edition knows them; in the others there are none. `ratings` hold, by voice, what readers of a
    call rated, in words: a reason says nothing without it.
    """

    chapter: str
    question: str
    remarks: tuple[Remark, ...]
    unshared: tuple[Remark, ...] = ()
    ratings: tuple[tuple[str, str], ...] = ()

    def get_rating(self, remark: Remark) -> str | None:
        """The rating that a reader of a call gives a reason for; None for other words."""
        return dict(self.ratings).get(remark.voice or "") if remark.kind == "evidence" else None


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
    shared = _show_partners(engagement)
    groups = [_group(engagement, shared, title, question) for title, question in asked]
    return RemarksReading(
        groups=tuple(group for group in groups if group.remarks),
        private=_list_private(engagement),
        withheld=any(
            isinstance(question, TextQuestion) and question.id in engagement.withheld for _, question in asked
        ),
        minimum_group=engagement.facts.minimum_group,
        is_call=engagement.is_read_from_outside,
    )


def _show_partners(engagement: Engagement) -> Engagement | None:
    """Return what the widest shared edition for words shows; None outside the private edition."""
    if engagement.edition is not Edition.PRIVATE:
        return None
    words = {name: question.is_words for name, question in list_questions(engagement.facts).items()}
    return redact(engagement, Edition.PARTNERS, words=words)


def _group(engagement: Engagement, shared: Engagement | None, title: str, question: Question) -> RemarkGroup:
    remarks, ratings = _list(engagement, question), tuple(_list_ratings(engagement, question))
    if shared is None:
        return RemarkGroup(title, question.text, remarks, ratings=ratings)
    kept = {remark for remark in remarks if not _is_shared(remark, engagement, shared, question.id)}
    return RemarkGroup(title, question.text, remarks, tuple(one for one in remarks if one in kept), ratings)


def _list_ratings(engagement: Engagement, question: Question) -> Iterator[tuple[str, str]]:
    """Yield what each reader of a call answered, where that is a step or an option, in words."""
    labels = engagement.labels
    for voice in engagement.voices:
        answer = voice.answers.get(question.id)
        if not voice.reads_call or answer is None or answer.value is None:
            continue
        if answer.is_unsure:
            yield labels[voice.id], UNSURE
        elif isinstance(question, ScaleQuestion):
            yield labels[voice.id], question.steps[answer.value]
        elif isinstance(question, ChoiceQuestion) and isinstance(answer.value, str):
            yield labels[voice.id], next(one.label for one in question.options if one.id == answer.value)


def _is_shared(remark: Remark, engagement: Engagement, shared: Engagement, question: str) -> bool:
    """Whether the partners edition shows a remark; what it does not show, the public one does not either."""
    if remark.kind == "private":
        return False
    if remark.voice == GROUP:
        return question in shared.agreed.answers
    labels = engagement.labels
    voice = next(voice for voice in engagement.voices if labels[voice.id] == remark.voice)
    consent = voice.consent_of(question)
    if consent is not Consent.UNNAMED:
        return consent.attributes
    # Words without a name are shown where enough people gave some, and then all of them.
    pool = shared.pools.get(question)
    return pool is not None and remark.text in (*pool.values, *(one.text for one in pool.remarks))


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
