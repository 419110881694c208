"""What people wrote: answers in words, and the notes and evidence beside any answer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
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
GOAL = "system_map.goal"
"""The question that is answered by a factor's short name."""


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
    names = _name_factors(engagement, questions["system_map.factors"])
    groups = [one for title, question in asked for one in _group(engagement, shared, title, question, names)]
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


def _name_factors(engagement: Engagement, question: Question) -> dict[str, str]:
    """Return what a factor of the map is called in words, by its short name: the group's words before a voice's."""
    values = [engagement.get_agreed(question.id), *(one.value for one in engagement.list_responses(question.id))]
    rows = [row for value in reversed(values) if isinstance(value, list) for row in value]
    return {row["id"]: row["label"] for row in rows if row.get("id") and row.get("label") not in (None, UNSURE)}


def _group(
    engagement: Engagement, shared: Engagement | None, title: str, question: Question, names: Mapping[str, str]
) -> Iterator[RemarkGroup]:
    """Yield what was written to a question; what would change a mind about a link of the map stands apart, as that."""
    answers, ratings = _list_answers(engagement, question, names), tuple(_list_ratings(engagement, question))
    drawn = frozenset(_list_drawn(engagement, question, names))
    mind = DRAWN.get(question.id)
    apart = [cell.text for cell in getattr(question, "cells", ()) if cell.id == mind]
    told = {question.text: (() if apart else answers) + engagement.list_remarks(question.id)}
    for heading, remarks in (told | dict.fromkeys(apart, answers)).items():
        hidden = () if shared is None else tuple(
            one for one in remarks if not _is_shared(one, engagement, shared, question, names)
        )  # fmt: skip
        yield RemarkGroup(title, heading, remarks, hidden, ratings, drawn)


def _list_drawn(engagement: Engagement, question: Question, names: Mapping[str, str]) -> Iterator[str]:
    """Yield the answers that a drawn map shows whole: what would change a mind about a link is not drawn."""
    if question.id not in DRAWN or not isinstance(question, GridQuestion):
        return
    values = [engagement.get_agreed(question.id), *(one.value for one in engagement.list_responses(question.id))]
    for row in (row for value in values if isinstance(value, list) for row in value):
        if row.get(DRAWN[question.id]) in (None, UNSURE):
            yield from _list_texts(question, [row], names)


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


def _is_shared(
    remark: Remark, engagement: Engagement, shared: Engagement, question: Question, names: Mapping[str, str]
) -> bool:
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
    return remark.text in {
        text for value in pool.values for text in _list_texts(question, value, names)
    } or remark.text in {one.text for one in pool.remarks}


def _list_answers(engagement: Engagement, question: Question, names: Mapping[str, str]) -> tuple[Remark, ...]:
    """Return the words that answer a question, the group's first."""
    if not question.is_words:
        return ()
    given: list[tuple[str | None, Any]] = [(GROUP, engagement.get_agreed(question.id))]
    given += [(one.voice, one.value) for one in engagement.list_responses(question.id)]
    texts = [(voice, text) for voice, value in given for text in _list_texts(question, value, names)]
    return tuple(Remark(text=text, kind="answer", voice=voice) for voice, text in texts)


def _list_texts(question: Question, value: Any, names: Mapping[str, str]) -> tuple[str, ...]:
    """Return what is written in an answer: a text whole, of a grid each row that holds words, with the row's name.

    Where a row holds several, each stands behind its column's label: what is out of bounds is no promise.
    """
    if value in (None, UNSURE):
        return ()
    if isinstance(question, TextQuestion):
        return (names.get(value, value) if question.id == GOAL else value,)
    if not isinstance(question, GridQuestion):
        return ()
    written = [cell for cell in question.cells if isinstance(cell, TextQuestion) and cell.id not in _tie(question)]
    label = "{label}: {text}" if len(written) > 1 else "{text}"
    texts = [
        (name, "; ".join(
            label.format(label=cell.text, text=row[cell.id])
            for cell in written if row.get(cell.id) not in (None, UNSURE)
        ))
        for name, row in _name_rows(question, value, names)
        if isinstance(row, dict)
    ]  # fmt: skip
    return tuple(f"{name}: {text}" if name else text for name, text in texts if text)


def _tie(question: Question) -> tuple[str, ...]:
    return SHORT.get(question.id, ())


def _name_rows(question: GridQuestion, value: Any, names: Mapping[str, str]) -> Iterator[tuple[str, Any]]:
    """Yield each row with its name; a link of the map is named by its two ends."""
    if not isinstance(value, list):
        yield from ((row.label, value.get(row.id)) for row in question.rows)
        return
    ends = _tie(question)[:2]
    for row in value:
        named = [names.get(row.get(end, ""), row.get(end, "")) for end in ends] if len(ends) > 1 else []
        yield " to ".join(named), row


def _list_private(engagement: Engagement) -> tuple[Remark, ...]:
    labels = engagement.labels
    notes = [(engagement.facts.commissioner, engagement.facts.private), (GROUP, engagement.agreed.private)]
    notes += [(labels[voice.id], voice.private) for voice in engagement.voices]
    return tuple(Remark(text=text, kind="private", voice=voice) for voice, text in notes if text)
