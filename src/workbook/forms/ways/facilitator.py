"""The workbook for a facilitator: a row for each answer, a column for each person, lists to choose from.

The first two columns are hidden: the name of what stands in a row, and the mark of its question. Everything is written
as text, so that no answer becomes a formula or a date.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from workbook import storage
from workbook.errors import WorkbookError
from workbook.forms.questionnaire.asked_of import load_to_ask
from workbook.forms.questionnaire.output import KIND, choose_output
from workbook.forms.questionnaire.questionnaire import FORM_SCHEMA
from workbook.forms.sheet.sheet import choose_audiences
from workbook.forms.ways.addresses import (
    PERSON,
    Address,
    Asked,
    is_several,
    list_asked,
    list_names,
    name_address,
    name_person,
)
from workbook.forms.ways.tables import read_sheets
from workbook.model.answers import Consent
from workbook.model.chapters import list_marks
from workbook.model.choices import Recipient
from workbook.model.engagement import Engagement, Facts
from workbook.model.questions import (
    ChoiceQuestion,
    GridQuestion,
    NumberQuestion,
    PointsQuestion,
    Question,
    ScaleQuestion,
)
from workbook.model.ways import EVERYTHING, Way
from workbook.model.wordings import load_wording
from workbook.optional import need

PEOPLE = 30
HEAD_ROWS = 3
FIRST_PERSON = 4


@dataclass(frozen=True)
class Line:
    """One row: its name and mark (none for a heading), its words, what may be chosen, and whether it is folded away."""

    name: str
    mark: str
    text: str
    how: str = ""
    choices: tuple[str, ...] = ()
    is_number: bool = False
    is_folded: bool = False
    is_heading: bool = False


@dataclass
class _Lists:
    """The hidden sheet of what can be chosen, one column for each list."""

    columns: dict[tuple[str, ...], int] = field(default_factory=dict)

    def find(self, choices: tuple[str, ...]) -> str:
        column = self.columns.setdefault(choices, len(self.columns))
        from xlsxwriter.utility import xl_col_to_name

        letter = xl_col_to_name(column)
        return f"=Lists!${letter}$1:${letter}${len(choices)}"


def write_facilitator_workbook(
    slug: str,
    *,
    chapters: Sequence[str] = (),
    recipient: Recipient = Recipient.OTHERS,
    way: Way = EVERYTHING,
    audiences: Sequence[str] = (),
    output: Path | None = None,
) -> Path:
    """Make an engagement's workbook and return its path: `outputs/SLUG/questionnaire.xlsx` where none is given."""
    need("xlsxwriter", extra="office")
    engagement = load_to_ask(slug, recipient, audiences).engagement
    about = choose_audiences(engagement.facts, audiences)
    asked = list_asked(engagement.facts, chapters=chapters, recipient=recipient, way=way, audiences=about)
    list_names(one.question for one in asked)
    path = choose_output(slug, "questionnaire.xlsx", output, says_why_not=_say_filled_in)
    return storage.write_bytes(path, _write(engagement, [*_list_person(engagement.facts), *_list_lines(asked)]))


def is_filled_in(path: Path) -> bool:
    """Whether somebody has typed into a workbook; one that cannot be read may hold anything."""
    try:
        rows = next(iter(read_sheets(path).values()), [])
    except WorkbookError:
        return True
    return any(cell not in (None, "") for row in rows[HEAD_ROWS:] for cell in row[FIRST_PERSON:])


def _say_filled_in(path: Path) -> str:
    """Return what to do with a workbook that somebody has typed into; nothing where no cell is filled in."""
    if not is_filled_in(path):
        return ""
    return "answers are typed into it: collect it, then move it away or delete it"


def name_file_of(engagement: str) -> str:
    """Return what the first cell says: the kind of file, its shape, and the engagement it belongs to."""
    return f"{KIND} {FORM_SCHEMA} {engagement}"


def _list_person(facts: Facts) -> Iterator[Line]:
    forms = load_wording("forms")
    words: dict[str, Any] = forms.words["questionnaire"]
    levels = tuple(words["consent_levels"][level] for level in Consent)
    sheet: dict[str, str] = forms.words["workbook"]
    helps = {name: words[f"{name}_help"] for name in ("role", "last_time", "consent")} | {"date": sheet["date_help"]}
    for name in (one for one in PERSON if one != "last_time" or facts.follows):
        text = sheet["date"] if name == "date" else words[name]
        yield Line(name_person(name), "", text, helps.get(name, ""), levels if name == "consent" else ())


def _list_lines(asked: Sequence[Asked]) -> Iterator[Line]:
    marks, chapter = list_marks(), ""
    for one in asked:
        if one.chapter.id != chapter:
            chapter = one.chapter.id
            yield Line("", "", one.chapter.title, is_heading=True)
        yield from _list_question(one, marks[one.question.id])


def _list_question(asked: Asked, mark: str) -> Iterator[Line]:
    question = asked.question
    text = f"{asked.group}: {question.text}" if asked.group else question.text
    lines = [*_list_answers(question, text, mark)]
    if not lines:
        return
    yield from lines
    words = load_wording("forms").words["sheet"]
    levels = tuple(text for level, text in words["consent"].items() if level != "default")
    for part, said, choices in (("note", words["note"], ()), ("consent", words["who_may_see"], levels)):
        address = Address(question.id, part=part)  # type: ignore[arg-type]  # both are parts
        yield Line(name_address(address), mark, f"{said} ({text})", "", choices, is_folded=True)


def _list_answers(question: Question, text: str, mark: str) -> Iterator[Line]:
    words = load_wording("forms").words["sheet"]
    unsure, yes = words["unsure"], load_wording("forms").words["workbook"]["yes"]
    whole = Line(name_address(Address(question.id, part="unsure")), mark, f"{text} – {words['unsure_all']}", "", (yes,))
    if isinstance(question, PointsQuestion | ChoiceQuestion) and (
        isinstance(question, PointsQuestion) or is_several(question)
    ):
        yield Line("", "", text, question.help, is_heading=True)
        for option in question.options:
            points = isinstance(question, PointsQuestion)
            name = name_address(Address(question.id, option.id))
            choices = () if points else (yes,)
            yield Line(name, mark, f"    {option.label}", option.help, choices, is_number=points)
        yield whole
    elif isinstance(question, GridQuestion):
        yield from _list_matrix(question, text, mark, whole) if question.kind == "matrix" else ()
    else:
        yield _make_line(name_address(Address(question.id)), mark, text, question, unsure)


def _list_matrix(question: GridQuestion, text: str, mark: str, whole: Line) -> Iterator[Line]:
    unsure = load_wording("forms").get_word("sheet.unsure")
    yield Line("", "", text, question.help, is_heading=True)
    for row in question.rows:
        for column, cell in zip(question.columns, question.cells, strict=True):
            if column.is_asked(row):
                name = name_address(Address(question.id, row.id, column.id))
                yield _make_line(name, mark, f"    {row.label} – {column.label}", cell, unsure)
    yield whole


def _make_line(name: str, mark: str, text: str, question: Question, unsure: str) -> Line:
    if isinstance(question, ScaleQuestion):
        return Line(name, mark, text, question.help, (*question.steps, unsure))
    if isinstance(question, ChoiceQuestion):
        return Line(name, mark, text, question.help, (*(option.label for option in question.options), unsure))
    unit = f" ({question.unit})" if isinstance(question, NumberQuestion) and question.unit else ""
    return Line(name, mark, f"{text}{unit}", question.help, is_number=isinstance(question, NumberQuestion))


# ---- the file


def _write(engagement: Engagement, lines: Sequence[Line]) -> bytes:
    import xlsxwriter

    words: dict[str, str] = load_wording("forms").words["workbook"]
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, options) as book:
        title = words["title"].format(title=engagement.facts.title)
        book.set_properties({"title": title, "keywords": name_file_of(engagement.slug)})
        styles = _Styles(book)
        sheet = book.add_worksheet("Answers")
        _write_head(sheet, styles, engagement, title)
        lists = _Lists()
        for number, line in enumerate(lines, HEAD_ROWS):
            _write_line(sheet, styles, number, line, lists)
        _write_lists(book, lists)
    return stream.getvalue()


class _Styles:
    """How cells look; every answer is text, so that nothing typed becomes a date or a formula."""

    def __init__(self, book: Any) -> None:
        wrap = {"text_wrap": True, "valign": "top"}
        self.title = book.add_format({"bold": True, "font_size": 16})
        self.heading = book.add_format({**wrap, "bold": True, "bg_color": "#E8EEF4"})
        self.words = book.add_format(wrap)
        self.answer = book.add_format({**wrap, "num_format": "@"})
        self.number = book.add_format({**wrap})


def _write_head(sheet: Any, styles: _Styles, engagement: Engagement, title: str) -> None:
    words: dict[str, str] = load_wording("forms").words["workbook"]
    sheet.write_string(0, 0, name_file_of(engagement.slug))
    sheet.write_string(0, 2, title, styles.title)
    sheet.write_string(1, 2, words["how"].format(commissioner=engagement.facts.commissioner), styles.words)
    sheet.write_string(2, 2, words["question"], styles.heading)
    sheet.write_string(2, 3, words["help"], styles.heading)
    for number in range(PEOPLE):
        sheet.write_string(2, FIRST_PERSON + number, words["person"].format(number=number + 1), styles.heading)
    sheet.set_column(0, 1, 10, None, {"hidden": True})
    sheet.set_column(2, 2, 60)
    sheet.set_column(3, 3, 32)
    sheet.set_column(FIRST_PERSON, FIRST_PERSON + PEOPLE - 1, 24, styles.answer)
    sheet.set_row(1, 90)
    sheet.freeze_panes(HEAD_ROWS, FIRST_PERSON)
    sheet.outline_settings(True, False, False, False)


def _write_line(sheet: Any, styles: _Styles, number: int, line: Line, lists: _Lists) -> None:
    style = styles.heading if line.is_heading else styles.words
    for column, text in enumerate((line.name, line.mark, line.text, line.how)):
        if text:
            sheet.write_string(number, column, text, style)
    if line.is_folded:
        sheet.set_row(number, None, None, {"level": 1, "hidden": True})
    if not line.name:
        return
    last = FIRST_PERSON + PEOPLE - 1
    if line.is_number:
        for column in range(FIRST_PERSON, last + 1):
            sheet.write_blank(number, column, None, styles.number)
    if line.choices:
        words: dict[str, str] = load_wording("forms").words["workbook"]
        rule = {"validate": "list", "source": lists.find(line.choices), "error_title": words["choose_title"]}
        sheet.data_validation(number, FIRST_PERSON, number, last, {**rule, "error_message": words["choose"]})


def _write_lists(book: Any, lists: _Lists) -> None:
    sheet = book.add_worksheet("Lists")
    for choices, column in lists.columns.items():
        for row, text in enumerate(choices):
            sheet.write_string(row, column, text)
    sheet.hide()
