"""Where the group wants to be on a chapter's scales: a table in its form, kept under `targets` of agreed.yaml.

Each target is an entry of its own. One that somebody else changed meanwhile stays as they left it; the form says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from workbook.forms.saving.answers_file import Place
from workbook.forms.saving.saving import GROUP, find_voice_file, hold_lock, read_data, write_entries
from workbook.forms.sheet.sheet import describe_question
from workbook.model.base import UNSURE
from workbook.model.chapters import Chapter, list_questions, load_chapter
from workbook.model.choices import Edition
from workbook.model.engagement import Facts
from workbook.model.questions import AnswerFaults, Column, Fault, GridQuestion, Option, ScaleQuestion
from workbook.model.rounds import A_DAY, Target
from workbook.model.wordings import load_wording

KEY = "targets"
Raw = dict[str, Any]


class Targets:
    """The targets of one chapter of one engagement."""

    def __init__(self, folder: Path, chapter: str, facts: Facts) -> None:
        self.folder = folder
        self.id = f"{chapter}.{KEY}"
        self._facts = facts
        questions, found = list_questions(facts), load_chapter(chapter)
        asked = ((one.id, questions.get(one.id)) for one in found.questions)
        self._scales = {key: one for key, one in asked if isinstance(one, ScaleQuestion)}
        self._labels = {key: _name_scale(found, one) for key, one in self._scales.items()}
        self._steps = list(dict.fromkeys(step for one in self._scales.values() for step in one.steps))

    @cached_property
    def question(self) -> GridQuestion:
        """The table that asks for them."""
        words = load_wording("together").words[KEY]
        columns = words["columns"]
        about = tuple(Option(id=_name_option(key), label=label) for key, label in self._labels.items())
        steps = tuple(Option(id=f"step{place}", label=step) for place, step in enumerate(self._steps))
        editions = tuple(Option(id=one.value, label=words["editions"][one.value]) for one in Edition)
        choices = (("about", about, True), ("step", steps, True), ("edition", editions, False))
        given = {
            name: Column(id=name, label=columns[name], kind="choice", options=options, required=required)
            for name, options, required in choices
        }
        given |= {name: Column(id=name, label=columns[name], kind="text") for name in ("by", "who")}
        in_order = tuple(given[name] for name in ("about", "step", "by", "who", "edition"))
        table = GridQuestion(id=self.id, kind="table", text=words["text"], help=words["help"], columns=in_order)
        return table.fill_lists({})

    def describe(self) -> list[Raw]:
        """Return the table as the form takes it; nothing where a chapter has no scale."""
        if not self._scales:
            return []
        described = describe_question(self.question, load_wording("together").words[KEY]["title"], self._facts)
        columns = [{**one, "sure": True} for one in described["columns"]]
        return [{**described, "columns": columns, "sure": True, "plain": True}]

    @property
    def are_set(self) -> bool:
        """Whether the group has set any of this chapter."""
        return bool(self.show(read_data(find_voice_file(self.folder, GROUP))))

    def show(self, data: Mapping[str, Any]) -> dict[str, Raw]:
        """Return what the group's file holds for this chapter, as the table's answer by its id."""
        kept = _list_kept(data, self._scales)
        rows = [self._show_row(key, one) for key, one in kept.items()]
        return {self.id: {"value": rows}} if rows else {}

    def answer(self, message: Raw) -> Raw:
        """Save what a form sent, and return the reply."""
        known = (message.get("base"), *(message.get("earlier") or ()))
        try:
            return {"kind": "saved", "answer": self.save(message.get("answer"), known), "was_taken_back": False}
        except AnswerFaults as wrong:
            return {"kind": "refused", "problems": [{"question": self.id, **vars(fault)} for fault in wrong.faults]}

    def save(self, answer: Raw | None, known: Iterable[Raw | None]) -> Raw | None:
        """Write what was changed since the form showed one of the answers in `known`; return what then stands.

        Raises AnswerFaults with everything that is wrong, and where somebody else changed the same target meanwhile.
        """
        wanted = self._read(answer)
        seen = [self._read(one) for one in known]
        with hold_lock(self.folder):
            path = find_voice_file(self.folder, GROUP)
            standing = _list_kept(read_data(path), self._scales)
            before = seen[0] if seen else {}
            changed = [key for key in {**before, **wanted} if wanted.get(key) != before.get(key)]
            met = [
                key for key in changed if standing.get(key) not in [wanted.get(key), *(one.get(key) for one in seen)]
            ]
            if met:
                raise AnswerFaults([self._tell_met(key) for key in met])
            entries: dict[Place, Raw | None] = {
                (KEY, key): wanted.get(key) for key in changed if standing.get(key) != wanted.get(key)
            }
            if entries:
                write_entries(path, entries)
            return self.show(read_data(path)).get(self.id)

    def _read(self, answer: Raw | None) -> dict[str, Raw]:
        """Return each target of an answer, by the question it is for."""
        rows = self.question.read_value(answer.get("value")) if answer else []
        found: dict[str, Raw] = {}
        faults: list[Fault] = []
        for number, row in enumerate(rows, 1):
            key = _name_question(row["about"])
            if key in found:
                faults.append(self._make_fault("twice", f"row {number}.about"))
            found[key] = self._read_row(key, row, number, faults)
        if faults:
            raise AnswerFaults(faults)
        return found

    def _read_row(self, key: str, row: Raw, number: int, faults: list[Fault]) -> Raw:
        steps, step = self._scales[key].steps, self._steps[int(row["step"].removeprefix("step"))]
        if step not in steps:
            faults.append(self._make_fault("step", f"row {number}.step", steps=", ".join(steps)))
            return {}
        by = str(row.get("by", "")).strip()
        given = {"value": steps.index(step), "by": UNSURE if by.casefold() == UNSURE else by, "who": row.get("who")}
        target = {name: one for name, one in (given | {"edition": row.get("edition")}).items() if one not in (None, "")}
        try:
            Target.model_validate(target)
        except ValidationError:
            faults.append(Fault(f"row {number}.by", A_DAY, load_wording("together").get_word(f"{KEY}.day")))
        return target

    def _show_row(self, key: str, target: Raw) -> Raw:
        step = self._steps.index(self._scales[key].steps[target["value"]])
        shown = {name: str(target[name]) for name in ("by", "who", "edition") if target.get(name) is not None}
        return {"about": _name_option(key), "step": f"step{step}", **shown}

    def _tell_met(self, key: str) -> Fault:
        return self._make_fault("met", "", about=self._labels[key])

    def _make_fault(self, name: str, inside: str, **given: str) -> Fault:
        words = load_wording("together").words[KEY][name]
        return Fault(inside, words["expected"].format(**given), words["remedy"].format(**given))


def _list_kept(data: Mapping[str, Any], scales: Mapping[str, ScaleQuestion]) -> dict[str, Raw]:
    """Return the targets of these scales that can be shown: what a person typed wrongly is left to `workbook check`."""
    kept = data.get(KEY)
    given = kept.items() if isinstance(kept, Mapping) else ()
    return {key: dict(one) for key, one in given if key in scales and _fits(one, scales[key])}


def _fits(target: Any, scale: ScaleQuestion) -> bool:
    step = target.get("value") if isinstance(target, Mapping) else None
    return isinstance(step, int) and 0 <= step < len(scale.steps)


def _name_scale(chapter: Chapter, question: ScaleQuestion) -> str:
    facet = next((one for one in chapter.facets if question.id.startswith(f"{chapter.id}.{one.id}.")), None)
    return f"{facet.title}: {question.text}" if facet else question.text


def _name_option(question: str) -> str:
    return question.replace(".", "-")


def _name_question(option: str) -> str:
    return option.replace("-", ".")
