"""What answers leave open, question by question: every "we do not know yet", every strong disagreement.

Only what an edition may show is looked at (`list_responses`, `get_agreed`, `withheld`). An agreed answer that is
known settles its question, or its cell of a grid, and leaves nothing open there.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace

from workbook.analysis.agenda_points import Dispute
from workbook.analysis.voices.grids import NumberReading, name_cell, read_choice, read_points, split_cells
from workbook.analysis.voices.scales import read_scale
from workbook.model.answers import Response
from workbook.model.base import UNSURE
from workbook.model.chapters import Chapter, Facet, list_asked_chapters, list_questions, load_chapter
from workbook.model.editions.rounds import ABOUT_PROMISES
from workbook.model.engagement import Engagement
from workbook.model.questions import (
    CellQuestion,
    ChoiceQuestion,
    GridQuestion,
    Option,
    PointsQuestion,
    Question,
    ScaleQuestion,
)

Camp = tuple[Response, ...]


@dataclass(frozen=True)
class LooseEnd:
    """What is open about one question, or about one row of a matrix.

    `unsure` of `asked` answers say "we do not know yet"; in a row, the column with most of them counts.
    `columns` are the open columns of a grid; `whole` says that they are all there are.
    """

    question: Question
    chapter: str
    name: str
    facet: Facet | None = None
    row: Option | None = None
    columns: tuple[Option, ...] = ()
    whole: bool = True
    unsure: int = 0
    asked: int = 0
    group_unsure: bool = False
    dispute: Dispute | None = None

    @property
    def subject(self) -> str:
        """What it is about: a facet, a row, or the question itself."""
        about = self.facet.id if self.facet else self.row.id if self.row else self.name
        return f"{self.chapter}.{about}"

    @property
    def is_unsure(self) -> bool:
        """Whether somebody, or the group, does not know."""
        return self.unsure > 0 or self.group_unsure

    @property
    def share(self) -> float:
        """The share of answers that leave it open, 0 to 1."""
        if self.group_unsure or not self.asked:
            return 1.0
        involved = self.dispute.involved if self.dispute else 0
        return min(1.0, max(self.unsure, involved) / self.asked)


def list_loose_ends(engagement: Engagement, *, settled: Collection[str] = ()) -> tuple[LooseEnd, ...]:
    """Return what is open, in the order of chapters and questions; `settled` are questions that the facts answer."""
    questions = list_questions(engagement.facts)
    return tuple(
        end
        for chapter in list_asked_chapters(engagement.facts)
        for question in chapter.questions
        if question.id not in settled
        for end in _read_question(engagement, _place_question(chapter, questions[question.id]))
    )


def _place_question(chapter: Chapter, question: Question) -> LooseEnd:
    """Find the facet a question belongs to, if it belongs to one."""
    about, _, name = question.id.removeprefix(f"{chapter.id}.").rpartition(".")
    facet = next((facet for facet in chapter.facets if facet.id == about), None)
    return LooseEnd(question, chapter.id, name if facet else question.id.removeprefix(f"{chapter.id}."), facet)


def _read_question(engagement: Engagement, end: LooseEnd) -> Iterator[LooseEnd]:
    question = end.question
    if isinstance(question, GridQuestion) and question.kind == "matrix":
        yield from _read_matrix(engagement, question, end)
        return
    found = _read_open(engagement, question.id, end)
    if isinstance(question, GridQuestion):
        found = found or _read_table(engagement, question, end)
    elif _is_open(engagement, question.id):
        found = _add_dispute(found or end, _find_dispute(engagement, question))
    if found and (found.is_unsure or found.dispute):
        yield found


def _is_open(engagement: Engagement, key: str) -> bool:
    return engagement.get_agreed(key) in (None, UNSURE)


def _read_open(engagement: Engagement, key: str, end: LooseEnd) -> LooseEnd | None:
    """Count who does not know, unless an agreed answer settles it."""
    if not _is_open(engagement, key):
        return None
    responses = engagement.list_responses(key)
    unsure = sum(response.is_unsure for response in responses)
    group = engagement.get_agreed(key) == UNSURE
    if not unsure and not group:
        return None
    return replace(end, unsure=unsure, asked=len(responses), group_unsure=group)


def _add_dispute(end: LooseEnd, dispute: tuple[Dispute, int] | None) -> LooseEnd:
    if dispute is None:
        return end
    return replace(end, dispute=dispute[0], asked=max(end.asked, dispute[1]))


def _find_dispute(engagement: Engagement, question: Question) -> tuple[Dispute, int] | None:
    """Return a strong disagreement and how many answers were given, or None."""
    match question:
        case ScaleQuestion():
            scale = read_scale(engagement, question)
            if scale.differs:
                asked = len(scale.responses) + len(scale.unsure)
                return Dispute(question.id, question.text, scale), asked
        case ChoiceQuestion(kind="choice"):
            return _find_camps(engagement, question)
        case PointsQuestion():
            return _find_apart(engagement, question)
    return None


def _find_camps(engagement: Engagement, question: ChoiceQuestion) -> tuple[Dispute, int] | None:
    """Return the camps of a choice, where the option most often chosen is held by too few to carry the rest."""
    choice = read_choice(engagement, question)
    most = max((len(choice.list_for(option)) for option in choice.chosen), default=0)
    carried = load_chapter("discovery").get_number("choice_share") * len(choice.responses)
    if not choice.differs or most >= carried:
        return None
    labels = {option.id: option.label for option in question.options}
    camps = tuple((labels[option], choice.list_for(option)) for option in choice.chosen)
    return Dispute(question.id, question.text, camps=camps), len(choice.responses) + len(choice.unsure)


def _find_apart(engagement: Engagement, question: PointsQuestion) -> tuple[Dispute, int] | None:
    """Return the widest split over the points of one item: enough voices well below the middle, and enough above."""
    words = load_chapter("discovery")
    labels = {option.id: option.label for option in question.options}
    split = [(row, numbers) for row, numbers in read_points(engagement, question).items() if _is_split(numbers)]
    if not split:
        return None
    row, widest = max(split, key=lambda pair: pair[1].gap)
    below, above = _split_points(widest)
    sides = (("points_less", below), ("points_more", above))
    camps = tuple((_word_points(words, name, side, widest.middle or 0), side) for name, side in sides)
    return Dispute(question.id, labels[row], camps=camps, quoted=False), len(widest.responses) + len(widest.unsure)


def _word_points(words: Chapter, name: str, side: Camp, middle: float) -> str:
    """Give a camp's points as typed where each of it may be named, else on which side of the middle it lies."""
    if not all(response.voice for response in side):
        return words.get_word(f"agenda.{name}").format(points=f"{middle:g}")
    low, high = (f"{pick(response.value for response in side):g}" for pick in (min, max))
    return words.get_word(f"agenda.{'points_given' if low == high else 'points_run'}").format(
        points=low, low=low, high=high
    )


def _split_points(numbers: NumberReading) -> tuple[Camp, Camp]:
    apart, middle = load_chapter("discovery").get_number("points_apart"), numbers.middle or 0.0
    below = tuple(r for r in numbers.responses if r.value <= middle - apart)
    return below, tuple(r for r in numbers.responses if r.value >= middle + apart)


def _is_split(numbers: NumberReading) -> bool:
    side = load_chapter("discovery").get_number("points_side")
    least = max(1, math.ceil(side * len(numbers.responses)))
    return all(len(camp) >= least for camp in _split_points(numbers))


def _read_matrix(engagement: Engagement, question: GridQuestion, end: LooseEnd) -> Iterator[LooseEnd]:
    """Read a matrix row by row; where every row is open alike and nobody differs, it is one question."""
    rows = list(_read_rows(engagement, question, end))
    alike = {(row.columns, row.unsure, row.asked, row.group_unsure, row.dispute) for row in rows}
    if len(rows) == len(question.rows) and len(alike) == 1 and rows[0].dispute is None:
        yield replace(rows[0], row=None)
    else:
        yield from rows


def _read_rows(engagement: Engagement, question: GridQuestion, end: LooseEnd) -> Iterator[LooseEnd]:
    """Read each cell of a matrix as a question of its own, and put those of a row together."""
    cells = [(row.id, cell.id) for row in question.rows for cell in question.cells]
    split = split_cells(engagement, question, cells)
    for row in question.rows:
        cells_open = (
            _read_cell(split, cell, replace(end, row=row, columns=(Option(id=cell.id, label=cell.text),)))
            for cell in question.cells
        )
        if open_ := [cell for cell in cells_open if cell]:
            yield _join_cells(open_, whole=len(open_) == len(question.cells))


def _is_said_by_sides(question: Question) -> bool:
    """Whether those who promised and those it was promised to answer it: `rounds.list_points` compares the two."""
    return question.id in ABOUT_PROMISES


def _read_cell(split: Engagement, cell: CellQuestion, end: LooseEnd) -> LooseEnd | None:
    key = name_cell(end.question.id, end.row.id if end.row else "", cell.id)
    found = _read_open(split, key, end)
    compared = isinstance(cell, ScaleQuestion | ChoiceQuestion) and not _is_said_by_sides(end.question)
    if compared and _is_open(split, key):
        statement = f"{end.row.label}: {cell.text}" if end.row else cell.text
        found = _add_dispute(found or end, _find_dispute(split, cell.model_copy(update={"id": key, "text": statement})))
    return found if found and (found.is_unsure or found.dispute) else None


def _join_cells(cells: list[LooseEnd], *, whole: bool) -> LooseEnd:
    """Put the open cells of one row together, the most unsure first; the widest disagreement stands for all."""
    cells = sorted(cells, key=lambda cell: -cell.unsure)
    widest = max(cells, key=lambda cell: cell.dispute.involved if cell.dispute else 0)
    return replace(
        cells[0],
        columns=tuple(column for cell in cells for column in cell.columns),
        whole=whole,
        unsure=max(cell.unsure for cell in cells),
        asked=max(cell.asked for cell in cells),
        group_unsure=any(cell.group_unsure for cell in cells),
        dispute=widest.dispute,
    )


def _read_table(engagement: Engagement, question: GridQuestion, end: LooseEnd) -> LooseEnd | None:
    """Find what is unsure inside the rows of a table: the group's where it agreed on one, else the voices'."""
    agreed = engagement.get_agreed(question.id)
    values = [agreed] if agreed is not None else [r.value for r in engagement.list_responses(question.id)]
    open_ = [
        {key for row in value for key, cell in row.items() if cell == UNSURE} if isinstance(value, list) else set()
        for value in values
    ]
    columns = tuple(Option(id=c.id, label=c.label) for c in question.columns if any(c.id in keys for keys in open_))
    if not columns:
        return None
    if agreed is not None:
        return replace(end, columns=columns, whole=False, group_unsure=True)
    return replace(end, columns=columns, whole=False, unsure=sum(map(bool, open_)), asked=len(values))
