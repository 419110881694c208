"""A draft of a mapping: a file's headings matched with both wordings of each question, the rest left to somebody.

Headings are matched whole, without their case, their kinds of quotation marks and their spaces. What values mean is
never guessed: where they are not the words of the question, they are listed and wait to be named.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from workbook import storage
from workbook.errors import InputError, NotFoundError, Problem
from workbook.forms.questionnaire.sent_file import show_text
from workbook.forms.ways.addresses import PERSON, Address, Asked, is_several, list_addresses, list_asked, name_address
from workbook.forms.ways.assemble import is_unsure, read_consent, read_said
from workbook.forms.ways.files import choose_sheet
from workbook.forms.ways.mapping import FILL_IN, SCHEMA, find_mapping
from workbook.forms.ways.survey import list_headings
from workbook.forms.ways.tables import Row, read_sheets
from workbook.model.answers import Consent
from workbook.model.base import UNSURE
from workbook.model.choices import Recipient
from workbook.model.questions import ChoiceQuestion, GridQuestion, PointsQuestion, Question, ScaleQuestion
from workbook.model.slips.spelling import fold_words
from workbook.model.wordings import load_wording
from workbook.yaml_writer import write_entry, write_text

MOST_VALUES = 12
# Between several options in one cell.
SPLITS = (";", ", ", ",", "|", "\n", " ")
# What survey tools put between a question and one of its rows; a closing bracket may follow.
BETWEEN = (" - ", ".", ": ", " [", " ")
LONGEST_HEADING = 400

NO_ROLE = [
    "# Nobody is filed without a role: name its column under person, or one that holds for all rows, as",
    "#   role: {always: Grantee}",
]
NO_CONSENT = ["# Without consent nobody's words travel: name its column under person, if the survey asked for it."]


@dataclass(frozen=True)
class Draft:
    """A mapping that was drafted: where it is, how many questions it reads, and which headings it leaves out."""

    path: Path
    found: int
    left: tuple[str, ...]
    to_fill_in: int


def draft_mapping(slug: str, file: Path, *, name: str = "", sheet: str = "") -> Draft:
    """Write a draft of a mapping for a file and return it; raises NotFoundError rather than overwrite one."""
    folder = storage.find_slug(slug)
    path = find_mapping(slug, name or _make_name(file))
    if path.exists():
        raise NotFoundError(f"{path.name} is there already and was not touched. Choose another name: --as NAME")
    rows = choose_sheet(read_sheets(file), sheet, file)
    names_in_row, header_rows = _find_heads(rows)
    headings = list_headings(rows, names_in_row)
    if len([head for head in headings if head]) < 2:
        expected = "headings in the first row"
        raise InputError([Problem(show_text(file.name), "", expected, "export the answers again, with headings")])
    drafter = _Drafter(slug, headings, rows[header_rows:], storage.load_engagement(folder).facts)
    text = drafter.write(sheet, names_in_row=names_in_row, header_rows=header_rows)
    storage.make_folder(path.parent)
    storage.write_atomically(path, text)
    return Draft(path, len(drafter.answers), drafter.list_left(), text.count(f'"{FILL_IN}"'))


def _make_name(file: Path) -> str:
    return re.sub(r"[^a-z0-9]+", "-", file.stem.lower()).strip("-")[:60].strip("-") or "survey"


def _find_heads(rows: Sequence[Row]) -> tuple[int, int]:
    """Return the row of the headings and how many rows are none: Qualtrics writes codes, words and import ids."""
    third = [str(cell) for cell in rows[2]] if len(rows) > 2 else []
    return (2, 3) if any("ImportId" in cell for cell in third) else (1, 1)


class _Drafter:
    """The headings of one file, and what has been found for them."""

    def __init__(self, slug: str, headings: Sequence[str], rows: Sequence[Row], facts: Any) -> None:
        self.slug, self.headings, self.rows = slug, headings, rows
        self.folded = [fold_words(head[:LONGEST_HEADING]) for head in headings]
        self.used: set[int] = set()
        own, others = (list_asked(facts, recipient=one) for one in (Recipient.COMMISSIONER, Recipient.OTHERS))
        worded = {one.question.id: one for one in others}
        self.person = dict(self._match_person())
        self.answers = dict(self._match(own, worded))

    def _match_person(self) -> Iterator[tuple[str, Any]]:
        words: dict[str, Any] = load_wording("forms").words["questionnaire"]
        for key in PERSON:
            # A heading such as "Name" may be the tool's own, of whoever was signed in: only our words are matched.
            place = self._find([f"ss_{key}", *([words[key]] if key in words else [])])
            if place is not None:
                yield key, self._make_person(key, place)

    def _make_person(self, key: str, place: int) -> Any:
        heading = self._name(place)
        strange = [one for one in self._list_values(place) if read_consent(one) not in list(Consent)]
        if key != "consent" or not strange:
            return heading
        return {"column": heading, "values": dict.fromkeys(strange, FILL_IN)}

    def _match(self, own: Sequence[Asked], others: Mapping[str, Asked]) -> Iterator[tuple[str, Any]]:
        for asked in own:
            wordings = [asked, *([others[asked.question.id]] if asked.question.id in others else [])]
            texts = [text for one in wordings for text in _list_texts(one)]
            source = self._match_one(asked.question, texts)
            if source is not None:
                yield asked.question.id, source

    def _match_one(self, question: Question, texts: Sequence[str]) -> Any:
        """Return the source of one question's answer; None where no heading is its."""
        if isinstance(question, PointsQuestion | GridQuestion) or self._stands_apart(question, texts):
            columns = dict(self._match_parts(question, texts))
            return {"columns": columns} if columns else None
        place = self._find([question.id, name_address(Address(question.id)), *texts])
        if place is None:
            return None
        split = self._find_split(question, place) if is_several(question) else {}
        strange = self._list_strange(question, place, sign=split.get("split", ""))
        named = {"values": dict.fromkeys(strange, FILL_IN)} if strange else {}
        return {"column": self._name(place), **split, **named} if split or named else self._name(place)

    def _stands_apart(self, question: Question, texts: Sequence[str]) -> bool:
        """Whether several options have a column each, since no heading is the question alone."""
        return is_several(question) and not any(fold_words(text) in self.folded for text in texts)

    def _find_split(self, question: Question, place: int) -> dict[str, str]:
        """Return the sign at which every cell of a column falls into known options; nothing where none does."""
        for sign in SPLITS:
            parts = {part.strip() for one in self._list_values(place) for part in one.split(sign) if part.strip()}
            if parts and not self._list_strange_of(question, parts):
                return {"split": sign}
        return {}

    def _match_parts(self, question: Question, texts: Sequence[str]) -> Iterator[tuple[str, str | int]]:
        for address in list_addresses(question):
            if address.part != "value":
                continue
            labels = _list_labels(question, address)
            named = [
                f"{text}{mark}{label}" for text in texts for label in labels for mark in (" - ", ".", ": ", " [", " ")
            ]
            place = self._find([name_address(address), *named, *(f"{one}]" for one in named)])
            if place is not None:
                yield ".".join(part for part in (address.row, address.column) if part), self._name(place)

    def _find(self, candidates: Sequence[str]) -> int | None:
        wanted = {fold_words(one) for one in candidates}
        ends = tuple(one for one in wanted if re.fullmatch(r"[a-z0-9_.]+", one))
        for place, head in enumerate(self.folded):
            is_end = any(re.search(rf"(?:^|[/\-.:]){re.escape(one)}$", head) for one in ends)
            if place not in self.used and head and (head in wanted or is_end or _without_number(head) in wanted):
                self.used.add(place)
                return place
        return None

    def _name(self, place: int) -> str | int:
        """Name a column by its heading, by its number where several have that heading."""
        return self.headings[place] if self.folded.count(self.folded[place]) == 1 else place + 1

    def _list_values(self, place: int) -> list[str]:
        said = (str(row[place]).strip() for row in self.rows if place < len(row))
        return list(dict.fromkeys(one.removesuffix(".0") for one in said if one))

    def _list_strange(self, question: Question, place: int, *, sign: str = "") -> list[str]:
        """Return the values of a scale or a choice that are none of its words; free text is never listed."""
        values = self._list_values(place)
        parts = [part.strip() for one in values for part in one.split(sign)] if sign else values
        return self._list_strange_of(question, dict.fromkeys(parts))[:MOST_VALUES]

    def _list_strange_of(self, question: Question, values: Iterable[str]) -> list[str]:
        if not isinstance(question, ScaleQuestion | ChoiceQuestion):
            return []
        options = [option.id for option in getattr(question, "options", ())]
        single = question.model_copy(update={"kind": "choice"}) if isinstance(question, ChoiceQuestion) else question
        given = [one for one in values if one and not is_unsure(one)]
        if isinstance(single, ScaleQuestion):
            return [one[:200] for one in given if not _is_step(single, one)]
        return [one[:200] for one in given if read_said(single, one) not in options]

    def list_left(self) -> tuple[str, ...]:
        """Return the headings that nothing was found for."""
        return tuple(
            show_text(head, 100) for place, head in enumerate(self.headings) if head and place not in self.used
        )

    def write(self, sheet: str, *, names_in_row: int, header_rows: int) -> str:
        """Return the mapping's file."""
        lines = [
            "# Which column answers which question. Only what is named here is read. docs/ways-in.md says more.",
            f"schema: {SCHEMA}",
            f"engagement: {self.slug}",
            *([f"sheet: {write_text(sheet)}"] if sheet else []),
            f"names_in_row: {names_in_row}",
            f"header_rows: {header_rows}",
            '# The sign before fractions in this file, "." or ",": say it where numbers have any.',
            'decimal: ""',
            f"# Words that mean: we do not know yet. {UNSURE} is one always.",
            "unsure: []",
            *(["person:", *_indent(self.person)] if self.person else ["person: {}"]),
        ]
        lines += NO_ROLE if "role" not in self.person else []
        lines += NO_CONSENT if "consent" not in self.person else []
        lines += ["answers:", *_indent(self.answers)] if self.answers else ["answers: {}"]
        left = self.list_left()
        lines += ["# No question was found for these headings:", *(f"#   {head}" for head in left)] if left else []
        return "\n".join(lines) + "\n"


def _indent(entries: Mapping[str, Any]) -> list[str]:
    return [line for key, value in entries.items() for line in write_entry(key, value, 2)]


def _list_texts(asked: Asked) -> list[str]:
    text = asked.question.text
    return [text, *([f"{asked.group}: {text}", f"{asked.group} {text}"] if asked.group else [])]


def _list_labels(question: Question, address: Address) -> list[str]:
    if isinstance(question, GridQuestion):
        row = next(one.label for one in question.rows if one.id == address.row)
        column = next(one.label for one in question.columns if one.id == address.column)
        alone = [row] if len(question.columns) == 1 else []
        return [*alone, *(f"{row}{mark}{column}" for mark in (" - ", ".", ": ", " – ", "][", " "))]
    return [option.label for option in getattr(question, "options", ()) if option.id == address.row]


def _is_step(question: ScaleQuestion, text: str) -> bool:
    return fold_words(text) in {fold_words(step) for step in question.steps}


def _without_number(head: str) -> str:
    """Return a heading without what a tool puts in front: "3. How far?", "Q3 - How far?", "G01Q02[SQ001]. How far?"."""
    return re.sub(r"^(?:q?\d+[.):]?\s*(?:[-–.]\s*)?|[a-z][a-z0-9]{0,19}(?:\[[a-z0-9_]+\])*\.\s+)", "", head)
