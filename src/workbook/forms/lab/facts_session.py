"""The form of facts and its kernel: as a chapter's form, but what it asks is nobody's own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from markupsafe import Markup

from workbook.errors import InputError
from workbook.forms.facts.asked import FACTS_SHEET, describe_facts, list_fact_questions, load_facts_words
from workbook.forms.facts.saving import check_fact, choose_fact, is_same_fact, save_fact, show_facts, spell_problems
from workbook.forms.lab.session import Message, Session, describe_conflict
from workbook.forms.saving.saving import FACTS, list_set_aside
from workbook.markup import join
from workbook.model.engagement import Engagement
from workbook.views import start_here


class FactsSession(Session):
    """The facts of one engagement, open in a notebook."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder, FACTS_SHEET)
        self._parts = {"reading": self._draw_reading}
        self._given: dict[str, Message] = {}

    def _describe_sheet(self, _: str | None = None) -> Message:
        return describe_facts(self.state.last.facts, self.way)

    def _answer(self, message: Message) -> Iterator[Message]:
        key, answer = str(message.get("question")), message.get("answer")
        self.state.refresh()
        problems = check_fact(self.state.last.facts, key, answer)
        if problems:
            yield {"kind": "refused", "problems": problems}
            return
        try:
            base, earlier = message.get("base"), message.get("earlier") or ()
            saved = save_fact(self.folder, key, answer, base=base, earlier=earlier)
        except InputError as error:
            yield {"kind": "refused", "problems": spell_problems(error, key)}
            return
        self.state.refresh()
        self._given[key] = saved.answer or {}
        yield {"kind": "saved", "answer": saved.answer, "was_taken_back": saved.was_taken_back, **self._describe(FACTS)}
        yield from self._draw(message)

    def _settle(self, message: Message) -> Iterator[Message]:
        other, key, take = message.get("other"), str(message.get("question")), bool(message.get("take"))
        if isinstance(other, dict):
            choose_fact(self.folder, key, other, standing=message.get("standing"), take=take)
        yield from self._look({**message, "stamp": ""})

    def _draw_reading(self, engagement: Engagement) -> Markup:
        reading = start_here.read_start_here(engagement)
        views = (start_here.list_facts, start_here.list_open_points, start_here.list_learning_questions)
        return join([view(reading).html for view in views])

    def _draw_further(self, _: Engagement) -> Markup:
        return Markup("")

    def _find_voice(self, _: object) -> str | None:
        return FACTS

    def _describe(self, voice: str | None) -> Message:
        answers = {key: self._keep_order(key, one) for key, one in show_facts(self.folder).items()}
        questions = list_fact_questions(self.state.last.facts)
        waiting = list_set_aside(self.folder, FACTS)
        conflicts = [
            describe_conflict(questions[key], answers.get(key), others[-1])
            for key, others in waiting.items()
            if key in questions and others
        ]
        told_apart = {"conflicts": conflicts, "stamp": self.state.stamp, "sheet": self._describe_sheet()}
        words = {"reading": load_facts_words().get_word("reading")}
        told: dict[str, Any] = {"voice": voice, "voices": [], "chapters": [], "edition": "", "answers": answers}
        return {**told, **told_apart, "own_words": words}

    def _keep_order(self, key: str, answer: Message) -> Message:
        """Return rows in the order in which this form last sent them: what is set aside moves in the file alone."""
        given = self._given.get(key)
        return given if given and is_same_fact(self.folder, key, given, answer) else answer
