"""Chapters: the words and questions of `content/`, typed.

A chapter may ask the same few questions of each of its facets. `facet_questions` words them once with the
facet's own statement put in, and the ids run `chapter.facet.question`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from types import MappingProxyType
from typing import Annotated, Any

from pydantic import Field, TypeAdapter, ValidationError

from workbook.content import list_chapter_names, name_content, read_content, read_original
from workbook.errors import ContentError
from workbook.model.base import Frozen, Text
from workbook.model.engagement import Engagement, Facts
from workbook.model.marks import mark_question
from workbook.model.own_lists import name_aside
from workbook.model.questions import AnyQuestion, Option, Question
from workbook.model.wordings import Wording


class TwoWays(Frozen):
    """The chapter's subject, read as evaluation soil and as learning seeds."""

    evaluation: Text
    learning: Text


class Facet(Frozen):
    """One of several things a chapter asks the same questions about.

    `asks` words each of the chapter's facet questions for this facet, `asks_for_others` those that are put otherwise
    to people who are not the commissioner's own; `moves` are steps that would help.
    """

    id: Annotated[str, Field(pattern=r"^[a-z0-9_]{1,40}$")]
    title: Text
    asks: dict[str, Text]
    asks_for_others: dict[str, Text] = Field(default_factory=dict)
    moves: tuple[Text, ...] = ()
    help: dict[str, str] = Field(default_factory=dict)
    words: dict[str, str] = Field(default_factory=dict)


class Chapter(Wording):
    """One chapter: its words, its questions, its judgements.

    `words_call` stand in for `words` where a public call is read from outside; of [one|other] in them the second holds
    once the call has closed, of (one|other) where whoever read it left a question of the chapter unanswered.
    `words_late` stand in for `words` elsewhere once proposals can no longer be sent; of [one|other] in them the second
    holds once the work has begun.
    """

    number: int
    title: Text
    sources: tuple[str, ...] = ()
    why: Text
    why_for_others: str = ""
    two_ways: TwoWays
    facet_questions: dict[str, dict[str, Any]] = Field(default_factory=dict)
    facets: tuple[Facet, ...] = ()
    questions: tuple[AnyQuestion, ...] = ()
    lists: dict[str, tuple[Option, ...]] = Field(default_factory=dict)
    words_call: dict[str, Any] = Field(default_factory=dict)
    words_late: dict[str, Any] = Field(default_factory=dict)
    needs: str = Field(default="", description="the fact without which nothing of the chapter is asked")

    def is_asked(self, facts: Facts) -> bool:
        """Whether a commission is asked anything of this chapter."""
        return bool(self.questions) and (not self.needs or bool(getattr(facts, self.needs)))


_FACET_QUESTION: TypeAdapter[Question] = TypeAdapter(AnyQuestion)


def load_chapter(name: str) -> Chapter:
    """Return a chapter; raises ContentError naming file and field where its words do not have the right shape."""
    return _load_chapter(name, name_content())


@cache
def _load_chapter(name: str, _content: str) -> Chapter:
    return _make_chapter(name, read_content(name))


def load_chapter_of(engagement: Engagement, name: str) -> Chapter:
    """Return a chapter in the words that fit an engagement.

    Of a call read from outside, those for whoever reads it; of any other, those for the day up to which its facts hold.
    """
    facts = engagement.facts
    if engagement.is_read_from_outside:
        return _load_call(name, facts.is_closed, _is_read_whole(engagement, name), name_content())
    if facts.stage == "open":
        return load_chapter(name)
    return _load_late(name, facts.stage == "begun", name_content())


def _is_read_whole(engagement: Engagement, name: str) -> bool:
    """Whether who read a call answered each question of a chapter, "the call is silent" being an answer.

    The brief is made from every chapter, so that each counts.
    """
    chapter = load_chapter(name)
    questions = chapter.questions if name != "brief" else list_questions(engagement.facts).values()
    return all(engagement.list_responses(question.id) for question in questions)


@cache
def _load_call(name: str, is_closed: bool, is_whole: bool, _content: str) -> Chapter:
    chapter = load_chapter(name)
    words = _put_over(chapter.words, chapter.words_call, (2 if is_closed else 1, 1 if is_whole else 2))
    return chapter.model_copy(update={"words": words})


@cache
def _load_late(name: str, has_begun: bool, _content: str) -> Chapter:
    chapter = load_chapter(name)
    words = _put_over(chapter.words, chapter.words_late, (2 if has_begun else 1, 1))
    return chapter.model_copy(update={"words": words})


def _put_over(words: Any, other: Any, choice: tuple[int, int]) -> Any:
    """Put the words for a call over those of a chapter, place by place, each choice in them made."""
    if isinstance(words, dict) and isinstance(other, dict):
        return {key: _put_over(one, other[key], choice) if key in other else one for key, one in words.items()}
    if not isinstance(other, str):
        return other
    timely = re.sub(r"\[([^|\]]*)\|([^\]]*)\]", rf"\{choice[0]}", other)
    return re.sub(r"\(([^()|]*)\|([^()]*)\)", rf"\{choice[1]}", timely)


def _make_chapter(name: str, words: dict[str, Any]) -> Chapter:
    try:
        chapter = Chapter.model_validate({"id": name, **words})
        return chapter.model_copy(update={"questions": chapter.questions + _ask_facets(chapter)})
    except ValidationError as error:
        faults = "; ".join(f"{'.'.join(map(str, fault['loc']))}: {fault['msg']}" for fault in error.errors())
        raise ContentError(f"{name}.yaml does not have the shape of a chapter. {faults}") from error


def list_chapters() -> tuple[Chapter, ...]:
    """Return every chapter: each content file with a `number`, in the order of it."""
    return tuple(load_chapter(name) for name in list_chapter_names())


def list_asked_chapters(facts: Facts) -> tuple[Chapter, ...]:
    """Return the chapters that ask this commission something, in the workbook's order."""
    return tuple(chapter for chapter in list_chapters() if chapter.is_asked(facts))


def list_marks() -> Mapping[str, str]:
    """Return the mark of every question by id: the same in every language, another where it asks something else."""
    return _list_marks(name_content())


@lru_cache(maxsize=8)
def _list_marks(_content: str) -> Mapping[str, str]:
    chapters = (_make_chapter(chapter.id, read_original(chapter.id)) for chapter in list_chapters())
    return MappingProxyType({one.id: mark_question(one) for chapter in chapters for one in chapter.questions})


def list_questions(facts: Facts) -> Mapping[str, Question]:
    """Return every question of every chapter that is asked, by id, with lists taken from the engagement's facts."""
    return _list_known(_These(facts), name_content())


@dataclass(frozen=True, eq=False)
class _These:
    """The very facts, known again without a look at each of their fields: they never change."""

    facts: Facts

    def __hash__(self) -> int:
        return id(self.facts)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _These) and other.facts is self.facts


@lru_cache(maxsize=64)
def _list_known(these: _These, content: str) -> Mapping[str, Question]:
    return _list_questions(these.facts, content)


@lru_cache(maxsize=64)
def _list_questions(facts: Facts, _content: str) -> Mapping[str, Question]:
    lists = collect_lists(facts)
    asked = (question for chapter in list_asked_chapters(facts) for question in chapter.questions)
    return MappingProxyType({question.id: question.fill_lists(lists) for question in asked})


def collect_lists(facts: Facts) -> Mapping[str, tuple[Option, ...]]:
    """Return the lists a question may take its rows or options from."""
    lists = {name: options for chapter in list_chapters() for name, options in chapter.lists.items()}
    for chapter in list_chapters():
        if chapter.facets:
            lists[f"{chapter.id}_facets"] = tuple(Option(id=f.id, label=f.title) for f in chapter.facets)
    asked, aside = (
        tuple(Option(id=one.id, label=one.name, group=one.group) for one in audiences)
        for audiences in (facts.audiences, facts.audiences_set_aside)
    )
    promised = tuple(Option(id=one.id, label=one.what) for one in facts.promises)
    return {**lists, "audiences": asked, name_aside("audiences"): aside, "promises": promised}


def _ask_facets(chapter: Chapter) -> tuple[Question, ...]:
    return tuple(
        _FACET_QUESTION.validate_python(
            {
                **template,
                "id": f"{chapter.id}.{facet.id}.{name}",
                "text": facet.asks.get(name) or str(template.get("text", "")).format(title=facet.title),
                "help": facet.help.get(name, template.get("help", "")),
                "for_others": {**template.get("for_others", {}), "text": facet.asks_for_others.get(name, "")},
            }
        )
        for facet in chapter.facets
        for name, template in chapter.facet_questions.items()
    )
