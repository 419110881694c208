"""What people wrote: answers in words, and the notes and evidence beside any answer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from workbook.model.answers import Consent, Edition, Remark
from workbook.model.base import UNSURE
from workbook.model.chapters import list_asked_chapters, list_questions
from workbook.model.editions import redact
from workbook.model.engagement import GROUP, Engagement
from workbook.model.questions import ChoiceQuestion, GridQuestion, Question, ScaleQuestion, TextQuestion

DRAWN = {"system_map.factors": None, "system_map.links": "change_mind"}
"""The questions whose answers a map draws, and the column of each that it leaves out."""
SHORT = {"system_map.factors": ("id",), "system_map.links": ("from", "to")}
"""Columns that hold short names, by which rows are tied together, and no words for people."""


@dataclass(frozen=True)
class RemarkGroup:
    """Everything written to one question; `unshared` are those remarks that no shared edition shows.

    Only the private edition knows them; in the others there are none. `ratings` hold, by voice, what readers of a
    call rated, in words: a reason says nothing without it. `drawn` are the answers that a drawn map shows in full.
    """

    chapter: str
    question: str
    remarks: tuple[Remark, ...]
    unshared: tuple[Remark, ...] = ()
    ratings: tuple[tuple[str, str], ...] = ()
    drawn: frozenset[str] = frozenset()

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
    chapters = list_asked_chapters(engagement.facts)
    asked = [(chapter.title, questions[q.id]) for chapter in chapters for q in chapter.questions]
    shared = _show_partners(engagement)
    groups = [_group(engagement, shared, title, question) for title, question in asked]
    return RemarksReading(
        groups=tuple(group for group in groups if group.remarks),
        private=_list_private(engagement),
        withheld=any(question.is_words and question.id in engagement.withheld for _, question in asked),
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
    drawn = frozenset(_list_drawn(engagement, question))
    if shared is None:
        return RemarkGroup(title, question.text, remarks, ratings=ratings, drawn=drawn)
    kept = {remark for remark in remarks if not _is_shared(remark, engagement, shared, question)}
    return RemarkGroup(title, question.text, remarks, tuple(one for one in remarks if one in kept), ratings, drawn)


def _list_drawn(engagement: Engagement, question: Question) -> Iterator[str]:
    """Yield the answers that a drawn map shows whole: what would change a mind about a link is not drawn."""
    if question.id not in DRAWN or not isinstance(question, GridQuestion):
        return
    values = [engagement.get_agreed(question.id), *(one.value for one in engagement.list_responses(question.id))]
    for row in (row for value in values if isinstance(value, list) for row in value):
        if row.get(DRAWN[question.id]) in (None, UNSURE):
            yield from _list_texts(question, [row])


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


def _is_shared(remark: Remark, engagement: Engagement, shared: Engagement, question: Question) -> bool:
    """Whether the partners edition shows a remark; what it does not show, the public one does not either."""
    if remark.kind == "private":
        return False
    if remark.voice == GROUP:
        return question.id in shared.agreed.answers
    labels = engagement.labels
    voice = next(voice for voice in engagement.voices if labels[voice.id] == remark.voice)
    consent = voice.consent_of(question.id)
    if consent is not Consent.UNNAMED:
        return consent.attributes
    # Words without a name are shown where enough people gave some, and then all of them.
    pool = shared.pools.get(question.id)
    if pool is None:
        return False
    return remark.text in {text for value in pool.values for text in _list_texts(question, value)} or remark.text in {
        one.text for one in pool.remarks
    }


def _list(engagement: Engagement, question: Question) -> tuple[Remark, ...]:
    beside = engagement.list_remarks(question.id)
    if not question.is_words:
        return beside
    agreed = engagement.get_agreed(question.id)
    answers = [Remark(text=text, kind="answer", voice=GROUP) for text in _list_texts(question, agreed)]
    answers += [
        Remark(text=text, kind="answer", voice=response.voice)
        for response in engagement.list_responses(question.id)
        for text in _list_texts(question, response.value)
    ]
    return (*answers, *beside)


def _list_texts(question: Question, value: Any) -> tuple[str, ...]:
    """Return what is written in an answer: a text whole, of a grid each row that holds words, with the row's name."""
    if value in (None, UNSURE):
        return ()
    if isinstance(question, TextQuestion):
        return (value,)
    if not isinstance(question, GridQuestion):
        return ()
    short = SHORT.get(question.id, ())
    written = [cell.id for cell in question.cells if isinstance(cell, TextQuestion) and cell.id not in short]
    if isinstance(value, list):
        rows = [("", row) for row in value]
    else:
        rows = [(row.label, value.get(row.id)) for row in question.rows]
    texts = [
        (label, "; ".join(row[key] for key in written if row.get(key) not in (None, UNSURE)))
        for label, row in rows
        if isinstance(row, dict)
    ]
    return tuple(f"{label}: {text}" if label else text for label, text in texts if text)


def _list_private(engagement: Engagement) -> tuple[Remark, ...]:
    labels = engagement.labels
    notes = [(engagement.facts.commissioner, engagement.facts.private), (GROUP, engagement.agreed.private)]
    notes += [(labels[voice.id], voice.private) for voice in engagement.voices]
    return tuple(Remark(text=text, kind="private", voice=voice) for voice, text in notes if text)
