"""Flat answers -> the answers of a voice, in the shape of a file that the questionnaire saved.

Words are matched to options and steps, numbers are read, and nothing is guessed: what cannot be matched is handed on as
it came, and refused by the checks that refuse it everywhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from workbook.forms.ways.addresses import Address, list_addresses, name_address
from workbook.forms.ways.numbers import find_other_currency, read_number
from workbook.model.answers import Consent
from workbook.model.base import UNSURE
from workbook.model.questions import (
    ChoiceQuestion,
    DateQuestion,
    GridQuestion,
    NumberQuestion,
    PointsQuestion,
    Question,
    ScaleQuestion,
)
from workbook.model.slips.spelling import fold_words
from workbook.model.wordings import load_wording

Flat = Mapping[Address, Any]
Raw = dict[str, Any]
YES = frozenset({"yes", "x", "1", "true", "✓", "✔", "y"})
NO = frozenset({"no", "0", "false", "n", "-", "n/a"})


@dataclass
class Assembled:
    """The answers that flat ones make, and a sentence on what stands in the way of some, with the name of the place."""

    answers: Raw = field(default_factory=dict)
    faults: list[tuple[str, str]] = field(default_factory=list)


def assemble(flat: Flat, questions: Iterable[Question], *, decimal: str = "") -> Assembled:
    """Return the answers that stand at flat addresses; `decimal` is the sign before fractions where a file says it."""
    made = Assembled()
    for question in questions:
        given = {one: flat[one] for one in list_addresses(question) if not _is_blank(flat.get(one))}
        if given:
            _Maker(made, question, given, decimal).make()
    return made


class _Maker:
    """One question's answer."""

    def __init__(self, made: Assembled, question: Question, given: Flat, decimal: str) -> None:
        self.made, self.question, self.given, self.decimal = made, question, given, decimal

    def make(self) -> None:
        value = self._make_value()
        note = self.given.get(Address(self.question.id, part="note"))
        level = self.given.get(Address(self.question.id, part="consent"))
        if value is None:
            if note is not None:
                self._complain(Address(self.question.id, part="note"), "words stand beside no answer; give one")
            return
        answer: Raw = {"value": value}
        if note is not None:
            answer["note"] = str(note)
        if level is not None:
            answer["consent"] = read_consent(level)
        self.made.answers[self.question.id] = answer

    def _make_value(self) -> Any:
        question, whole = self.question, Address(self.question.id, part="unsure")
        unsure = self._is_ticked(whole)
        if isinstance(question, PointsQuestion):
            value: Any = self._make_points(question)
        elif isinstance(question, ChoiceQuestion) and question.kind == "choices":
            value = self._make_choices(question)
        elif isinstance(question, GridQuestion):
            value = self._make_matrix(question)
        else:
            value = self._read(question, Address(question.id))
        if unsure and value is not None:
            self._complain(whole, "both an answer and that it is not known; take one of the two out")
        return UNSURE if unsure else value

    def _make_points(self, question: PointsQuestion) -> Any:
        cell = NumberQuestion(kind="number", id=question.id, text=question.text, maximum=100)
        given = {option.id: self._read(cell, Address(question.id, option.id)) for option in question.options}
        if all(value is None for value in given.values()):
            return None
        return {key: 0 if value is None else value for key, value in given.items()}

    def _make_choices(self, question: ChoiceQuestion) -> Any:
        ticked = [
            option.id
            for option in question.options
            if self._is_ticked(Address(question.id, option.id), label=option.label)
        ]
        whole = self.given.get(Address(question.id))
        if whole is None:
            return ticked or None
        named = whole if isinstance(whole, list) else str(whole).split()
        read = [read_said(question.model_copy(update={"kind": "choice"}), one) for one in named]
        in_order = [option.id for option in question.options if option.id in read]
        return UNSURE if read == [UNSURE] else [*in_order, *(one for one in read if one not in in_order)]

    def _make_matrix(self, question: GridQuestion) -> Any:
        table: Raw = {}
        for row in question.rows:
            cells = {
                cell.id: value
                for cell in question.cells
                if (value := self._read(cell, Address(question.id, row.id, cell.id))) is not None
            }
            unsure = Address(question.id, row.id, part="unsure")
            if self._is_ticked(unsure):
                if cells:
                    self._complain(unsure, "both an answer and that it is not known; take one of the two out")
                table[row.id] = UNSURE
            elif cells:
                asked = sum(column.is_asked(row) for column in question.columns)
                is_all = len(cells) == asked and all(value == UNSURE for value in cells.values())
                table[row.id] = UNSURE if is_all else cells
        return table or None

    def _read(self, question: Question, address: Address) -> Any:
        raw = self.given.get(address)
        if raw is None:
            return None
        if isinstance(raw, str) and is_unsure(raw):
            return UNSURE
        if isinstance(question, NumberQuestion):
            if other := find_other_currency(raw, question):
                self._complain(address, f'an amount in {question.unit}; "{raw}" is in {other}')
                return None
            values = read_number(raw, question, decimal=self.decimal)
            if len(values) > 1:
                self._complain(address, f'"{raw}" may mean {values[0]:g} or {values[1]:g}; write one of these')
            return values[0] if len(values) == 1 else raw
        return read_said(question, raw)

    def _is_ticked(self, address: Address, *, label: str = "") -> bool:
        """Whether a column of its own says yes, or, as some tools write it, the words of its option."""
        raw = self.given.get(address)
        if raw is None or fold_words(str(raw)) in NO:
            return False
        if fold_words(str(raw)) not in {*YES, fold_words(label)} and not is_unsure(str(raw)):
            self._complain(address, f'yes, or nothing; there is "{str(raw)[:40]}"')
        return True

    def _complain(self, address: Address, what: str) -> None:
        self.made.faults.append((name_address(address), what))


def read_said(question: Question, raw: Any) -> Any:
    """Return what words or codes mean to a question; what they mean nothing to is handed back as it came."""
    if isinstance(question, ScaleQuestion):
        return _read_step(question, raw)
    if isinstance(question, ChoiceQuestion):
        known = {fold_words(option.label): option.id for option in question.options}
        known |= {option.id: option.id for option in question.options}
        return known.get(fold_words(str(raw)), raw)
    if isinstance(question, DateQuestion) and isinstance(raw, date | datetime):
        return raw.date().isoformat() if isinstance(raw, datetime) else raw.isoformat()
    if isinstance(raw, float) and raw == int(raw):
        return str(int(raw))
    return raw.replace("\r\n", "\n").replace("\r", "\n") if isinstance(raw, str) else str(raw)


def _read_step(question: ScaleQuestion, raw: Any) -> Any:
    words = {fold_words(step): number for number, step in enumerate(question.steps)}
    text = fold_words(str(raw))
    if text in words:
        return words[text]
    return int(text) if text.isdecimal() and len(text) < 3 else raw


def is_unsure(text: str) -> bool:
    """Whether a text is our way of saying "we do not know yet"."""
    said = fold_words(text).rstrip(".")
    words = load_wording("forms")
    known = (UNSURE, words.get_word("sheet.unsure"), words.get_word("sheet.unsure_all"))
    return said in {fold_words(one) for one in known}


def read_consent(raw: Any) -> str:
    """Return a level of consent from its id or one of its labels; anything else as it came, to be refused."""
    words = load_wording("forms").words
    text = fold_words(str(raw))
    for level in Consent:
        labels = (level.value, words["questionnaire"]["consent_levels"][level], words["sheet"]["consent"][level])
        if text in {fold_words(label) for label in labels}:
            return level.value
    return str(raw)


def _is_blank(value: Any) -> bool:
    return value is None or (isinstance(value, str) and not value.strip())
