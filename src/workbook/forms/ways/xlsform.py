"""An XLSForm of the same questions, for KoboToolbox, ODK Central and Enketo: plain questions, each with its own name.

No question depends on where it stands: a matrix is a group for each row, since a table of radio buttons has no names
for a screen reader. Why, and who may see one answer, are asked at a chapter's end, of the questions chosen there.
"""

from __future__ import annotations

import hashlib
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from workbook import storage
from workbook.forms.questionnaire.asked_of import load_to_ask
from workbook.forms.questionnaire.output import choose_output
from workbook.forms.sheet.sheet import choose_audiences
from workbook.forms.ways.addresses import (
    Address,
    Asked,
    is_several,
    list_addresses,
    list_asked,
    list_names,
    name_address,
)
from workbook.forms.ways.facilitator import name_file_of
from workbook.forms.ways.own_form import FORM_COLUMN, MARKS_COLUMN
from workbook.model.answers import Consent
from workbook.model.base import UNSURE
from workbook.model.chapters import list_marks
from workbook.model.choices import Recipient
from workbook.model.engagement import Engagement
from workbook.model.questions import (
    POINTS,
    ChoiceQuestion,
    DateQuestion,
    GridQuestion,
    NumberQuestion,
    PointsQuestion,
    Question,
    ScaleQuestion,
)
from workbook.model.ways import EVERYTHING, Way
from workbook.model.wordings import load_wording
from workbook.optional import need
from workbook.theme import format_number

COLUMNS = (
    *("type", "name", "label", "hint", "required", "relevant", "constraint", "constraint_message", "calculation"),
    "appearance",
)
Row = dict[str, str]


@dataclass
class _Form:
    """The rows of a form, and its lists of choices, each there once."""

    rows: list[Row] = field(default_factory=list)
    lists: dict[tuple[tuple[str, str], ...], str] = field(default_factory=dict)

    def add(self, type_: str, name: str, label: str = "", **more: str) -> None:
        self.rows.append({"type": type_, "name": name, "label": _clean(label), **{k: v for k, v in more.items() if v}})

    def name_list(self, choices: Sequence[tuple[str, str]]) -> str:
        return self.lists.setdefault(tuple(choices), f"list_{len(self.lists) + 1}")


def write_xlsform(
    slug: str,
    *,
    chapters: Sequence[str] = (),
    recipient: Recipient = Recipient.OTHERS,
    way: Way = EVERYTHING,
    audiences: Sequence[str] = (),
    output: Path | None = None,
) -> Path:
    """Make an engagement's XLSForm and return its path: `outputs/SLUG/xlsform.xlsx` where none is given."""
    need("xlsxwriter", extra="office")
    engagement = load_to_ask(slug, recipient, audiences).engagement
    about = choose_audiences(engagement.facts, audiences)
    asked = list_asked(engagement.facts, chapters=chapters, recipient=recipient, way=way, audiences=about)
    list_names(one.question for one in asked)
    path = choose_output(slug, "xlsform.xlsx", output)
    return storage.write_bytes(path, _write(_make_form(engagement, asked), engagement))


def _make_form(engagement: Engagement, asked: Sequence[Asked]) -> _Form:
    form = _Form()
    form.add("calculate", FORM_COLUMN, calculation=f"'{name_file_of(engagement.slug)}'")
    form.add("today", "ss_date")
    _add_person(form, engagement)
    chapters = {one.chapter.id: one.chapter for one in asked}
    for chapter in chapters.values():
        mine = [one for one in asked if one.chapter.id == chapter.id and list_addresses(one.question)]
        if not mine:
            continue
        marks = " ".join(f"{one.question.id}={list_marks()[one.question.id]}" for one in mine)
        form.add("calculate", f"{MARKS_COLUMN}_{chapter.id}", calculation=f"'{marks}'")
        form.add("begin_group", f"ss_chapter_{chapter.id}", chapter.title)
        form.add("note", f"ss_why_{chapter.id}", chapter.why_for_others or chapter.why)
        for one in mine:
            _add_question(form, one.question, _word(one))
        _add_more(form, chapter.id, mine)
        form.add("end_group", "")
    return form


def _add_person(form: _Form, engagement: Engagement) -> None:
    words: dict[str, Any] = load_wording("forms").words["questionnaire"]
    facts = engagement.facts
    form.add("begin_group", "ss_about", words["about_title"])
    form.add("note", "ss_lead", words["lead"].format(commissioner=facts.commissioner))
    form.add("text", "ss_role", words["role"], hint=words["role_help"], required="yes")
    form.add("text", "ss_name", words["name"])
    form.add("text", "ss_organisation", words["organisation"])
    if facts.follows:
        form.add("text", "ss_last_time", words["last_time"], hint=words["last_time_help"])
    meanings = words["consent_meanings"]
    levels = [
        (level.value, f"{words['consent_levels'][level]}. {meanings[level].format(commissioner=facts.commissioner)}")
        for level in Consent
    ]
    form.add(f"select_one {form.name_list(levels)}", "ss_consent", words["consent"], hint=words["consent_help"])
    form.add("end_group", "")


def _word(asked: Asked) -> str:
    return f"{asked.group}: {asked.question.text}" if asked.group else asked.question.text


def _add_question(form: _Form, question: Question, text: str) -> None:
    if isinstance(question, PointsQuestion):
        _add_points(form, question, text)
    elif isinstance(question, GridQuestion):
        _add_matrix(form, question, text)
    else:
        _add_one(form, question, name_address(Address(question.id)), text, help_=question.help)
        if not isinstance(question, ScaleQuestion | ChoiceQuestion):
            _add_unsure(form, Address(question.id, part="unsure"), text)


def _add_one(form: _Form, question: Question, name: str, text: str, *, help_: str = "") -> None:
    unsure = load_wording("forms").get_word("sheet.unsure")
    if isinstance(question, ScaleQuestion):
        steps = [*((str(number), step) for number, step in enumerate(question.steps)), (UNSURE, unsure)]
        form.add(f"select_one {form.name_list(steps)}", name, text, hint=help_)
    elif isinstance(question, ChoiceQuestion):
        options = [*((option.id, option.label) for option in question.options), (UNSURE, unsure)]
        listed = form.name_list(options)
        if is_several(question):
            alone = f"not(selected(., '{UNSURE}')) or count-selected(.) = 1"
            said = load_wording("forms").get_word("xlsform.unsure_alone")
            form.add(f"select_multiple {listed}", name, text, hint=help_, constraint=alone, constraint_message=said)
        else:
            form.add(f"select_one {listed}", name, text, hint=help_)
    elif isinstance(question, NumberQuestion):
        _add_number(form, question, name, text, help_)
    elif isinstance(question, DateQuestion):
        form.add("date", name, text, hint=help_)
    else:
        form.add("text", name, text, hint=help_, appearance="multiline")


def _add_number(form: _Form, question: NumberQuestion, name: str, text: str, help_: str) -> None:
    """Ask for digits as text where there may be fractions: some programs turn 0,5 in a number field into 5."""
    unit = f" ({question.unit})" if question.unit else ""
    fault: dict[str, str] = load_wording("forms").words["sheet"]["fault"]
    low, high = format_number(question.minimum, 6), format_number(question.maximum, 6)
    open_ended = question.maximum >= 1e12
    kind = ("whole" if question.whole else "number") + ("_from" if open_ended else "")
    said = fault[kind].format(low=low, high=high, unit=unit)
    bounds = f". >= {question.minimum:g}" + ("" if open_ended else f" and . <= {question.maximum:g}")
    if question.whole:
        form.add("integer", name, text + unit, hint=help_, constraint=bounds, constraint_message=said)
        return
    value = "number(translate(., ',', '.'))"
    limits = bounds.replace(". ", f"{value} ")
    rule = f"regex(., '^[0-9]+([.,][0-9]{{1,2}})?$') and {limits}"
    form.add("text", name, text + unit, hint=help_, constraint=rule, constraint_message=said, appearance="numbers")


def _add_points(form: _Form, question: PointsQuestion, text: str) -> None:
    names = [name_address(Address(question.id, option.id)) for option in question.options]
    base = name_address(Address(question.id))
    form.add("begin_group", f"{base}_ssgroup", text)
    if question.help:
        form.add("note", f"{base}_sshelp", question.help)
    for name, option in zip(names, question.options, strict=True):
        bounds = f". >= 0 and . <= {POINTS}"
        form.add("integer", name, f"{option.label}", hint=option.help, constraint=bounds)
    _add_unsure(form, Address(question.id, part="unsure"), text)
    total = " + ".join(f"coalesce(${{{name}}}, 0)" for name in names)
    form.add("calculate", f"{base}_sstotal", calculation=total)
    given = " or ".join(f"${{{name}}} != ''" for name in names)
    told = load_wording("forms").get_word("xlsform.points").format(total=f"${{{base}_sstotal}}")
    # A note that is required and cannot be filled in: nothing is sent while it is there.
    form.rows.append(
        {
            "type": "note",
            "name": f"{base}_sscheck",
            "label": told,
            "required": "yes",
            "relevant": f"({given}) and ${{{base}_sstotal}} != {POINTS}",
        }
    )
    form.add("end_group", "")


def _add_matrix(form: _Form, question: GridQuestion, text: str) -> None:
    base = name_address(Address(question.id))
    form.add("begin_group", f"{base}_ssgroup", text)
    if question.help:
        form.add("note", f"{base}_sshelp", question.help)
    for row in question.rows:
        asked = [(c, cell) for c, cell in zip(question.columns, question.cells, strict=True) if c.is_asked(row)]
        if not asked:
            continue
        form.add("begin_group", f"{name_address(Address(question.id, row.id))}_ssgroup", row.label)
        for column, cell in asked:
            name = name_address(Address(question.id, row.id, column.id))
            _add_one(form, cell, name, f"{row.label}: {column.label}", help_=column.help)
        _add_unsure(form, Address(question.id, row.id, part="unsure"), row.label)
        form.add("end_group", "")
    _add_unsure(form, Address(question.id, part="unsure"), text)
    form.add("end_group", "")


def _add_unsure(form: _Form, address: Address, text: str) -> None:
    words: dict[str, str] = load_wording("forms").words["sheet"]
    said = words["unsure"]
    listed = form.name_list([("yes", load_wording("forms").get_word("workbook.yes"))])
    form.add(f"select_multiple {listed}", name_address(address), f"{said} ({text})")


def _add_more(form: _Form, chapter: str, asked: Sequence[Asked]) -> None:
    """Ask at a chapter's end for which answers somebody wants to say why, or who may see them, and ask it of those."""
    words: dict[str, Any] = load_wording("forms").words["sheet"]
    listed = form.name_list([(name_address(Address(one.question.id)), _word(one)) for one in asked])
    choose = f"ss_more_{chapter}"
    form.add(f"select_multiple {listed}", choose, words["more"])
    levels = form.name_list([(level, text) for level, text in words["consent"].items() if level != "default"])
    for one in asked:
        name = name_address(Address(one.question.id))
        shown = f"selected(${{{choose}}}, '{name}')"
        note, consent = (name_address(Address(one.question.id, part=part)) for part in ("note", "consent"))
        form.add("text", note, f"{words['note']} ({_word(one)})", relevant=shown, appearance="multiline")
        form.add(f"select_one {levels}", consent, f"{words['who_may_see']} ({_word(one)})", relevant=shown)


def _clean(text: str) -> str:
    """Return words in which nothing reads as a reference to another question."""
    return re.sub(r"\$(?=\{)", "$ ", text)


def _write(form: _Form, engagement: Engagement) -> bytes:
    import xlsxwriter

    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, options) as book:
        _write_rows(book.add_worksheet("survey"), COLUMNS, form.rows)
        choices = [
            {"list_name": name, "name": code, "label": _clean(label)}
            for listed, name in form.lists.items()
            for code, label in listed
        ]
        _write_rows(book.add_worksheet("choices"), ("list_name", "name", "label"), choices)
        title = load_wording("forms").get_word("questionnaire.title").format(title=engagement.facts.title)
        settings = {
            "form_title": _clean(title),
            "form_id": f"soil-and-seeds-{engagement.slug}",
            "version": _number_version(form),
        }
        _write_rows(book.add_worksheet("settings"), tuple(settings), [settings])
    return stream.getvalue()


def _number_version(form: _Form) -> str:
    return hashlib.sha256(repr((form.rows, list(form.lists))).encode()).hexdigest()[:12]


def _write_rows(sheet: Any, columns: Sequence[str], rows: Sequence[Row]) -> None:
    for place, name in enumerate(columns):
        sheet.write_string(0, place, name)
    for number, row in enumerate(rows, 1):
        for place, name in enumerate(columns):
            if row.get(name):
                sheet.write_string(number, place, row[name])
