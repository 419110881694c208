"""The tables that every form of the export is made from: plain cells, no gap unsaid."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from workbook.analysis.assumptions import list_assumptions
from workbook.analysis.summary import SummaryReading, read_summary
from workbook.export.answers import list_answers, list_remarks, spread_answers
from workbook.export.asked import describe_question
from workbook.export.readings import list_readings
from workbook.model.base import UNSURE
from workbook.model.chapters import list_asked_chapters, list_chapters, list_questions
from workbook.model.engagement import Engagement, PlanLine
from workbook.model.wordings import Wording, load_wording

Cell = str | float | int
APART = frozenset({"plan", "other_plans", "source"})
"""Facts that have a table of their own."""


@dataclass(frozen=True)
class Table:
    """A table: `key` names it in files, `name` on a sheet's tab; each row has as many cells as there are columns."""

    key: str
    name: str
    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


def make_tables(engagement: Engagement) -> tuple[Table, ...]:
    """Return every table of an engagement, as its edition may show it; one without a row is left out."""
    words = load_wording("export")
    summary = read_summary(engagement)
    voices, spread = spread_answers(engagement, words)
    made = (
        _make_table(words, "facts", _list_facts(engagement, words)),
        _make_table(words, "questions", _list_questions(engagement, words)),
        _make_table(words, "answers", spread, more=voices),
        _make_table(words, "answers_listed", list_answers(engagement, words)),
        _make_table(words, "remarks", list_remarks(engagement, words)),
        _make_table(words, "readings", list_readings(summary)),
        _make_table(words, "agenda", _list_agenda(summary)),
        _make_table(words, "plan", _list_plans(engagement, words)),
        _make_table(words, "sources", _list_sources(engagement)),
        _make_table(words, "assumptions", _list_assumptions()),
    )
    return tuple(table for table in made if table.rows)


def _make_table(words: Wording, key: str, rows: Iterable[Sequence[Any]], *, more: Sequence[str] = ()) -> Table:
    given: Mapping[str, Any] = words.words["tables"][key]
    nothing = words.get_word("not_given")
    return Table(
        key=key,
        name=given["name"],
        title=given["title"],
        columns=(*given["columns"], *more),
        rows=tuple(tuple(nothing if cell in ("", None) else cell for cell in row) for row in rows),
    )


def _list_facts(engagement: Engagement, words: Wording) -> Iterator[tuple[Cell, ...]]:
    """Yield every field of the facts, so that a new one comes by itself; a list has a row for each item."""
    facts = engagement.facts
    for key in type(facts).model_fields:
        value = facts.model_dump(mode="json").get(key)
        if key in APART or value in (None, [], {}):
            continue
        label = key.replace("_", " ").capitalize()
        for place, cell in _flatten(value, key):
            yield label, place, words.get_word("not_known") if cell == UNSURE else cell


def _flatten(value: Any, place: str) -> Iterator[tuple[str, Cell]]:
    if isinstance(value, dict):
        for key, one in value.items():
            yield from _flatten(one, f"{place}.{key}")
    elif isinstance(value, list):
        for number, one in enumerate(value, 1):
            yield from _flatten(one, f"{place}.{number}")
    elif value is not None:
        yield place, value if isinstance(value, str | int | float) and not isinstance(value, bool) else str(value)


def _list_questions(engagement: Engagement, words: Wording) -> Iterator[tuple[Cell, ...]]:
    questions = list_questions(engagement.facts)
    for chapter in list_asked_chapters(engagement.facts):
        for asked in chapter.questions:
            one = questions[asked.id]
            only = words.get_word("yes" if one.commissioner_only else "no")
            yield one.id, one.text, chapter.title, one.kind, describe_question(one, words), one.weight, only


def _list_agenda(summary: SummaryReading) -> Iterator[tuple[Cell, ...]]:
    titles = {chapter.id: chapter.title for chapter in list_chapters()}
    for place, entry in enumerate(summary.discovery.agenda, 1):
        whom = "; ".join(one for one in entry.whom if one)
        reasons = ", ".join(entry.reasons)
        yield place, entry.text, whom, titles[entry.chapter], reasons, ", ".join(entry.questions)


def _list_plans(engagement: Engagement, words: Wording) -> Iterator[tuple[Cell, ...]]:
    names = {audience.id: audience.name for audience in engagement.facts.audiences}
    yield from (_make_line(words.get_word("plan"), line, names) for line in engagement.facts.plan)
    for other in engagement.facts.other_plans:
        yield from (_make_line(other.name, line, names) for line in other.lines)


def _make_line(plan: str, line: PlanLine, names: Mapping[str, str]) -> tuple[Cell, ...]:
    audiences = "; ".join(names[one] for one in line.audiences if one in names)
    category, ways = line.category.replace("_", " "), "; ".join(one.replace("_", " ") for one in line.mechanisms)
    return plan, line.activity, category, line.quantity, line.unit, line.unit_cost, line.cost, audiences, ways


def _list_sources(engagement: Engagement) -> Iterator[tuple[Cell, ...]]:
    for source in engagement.facts.source:
        yield source.title, source.organisation, source.year or "", source.where or ""


def _list_assumptions() -> Iterator[tuple[Cell, ...]]:
    for one in list_assumptions():
        value = one.setting.value
        number: Cell = ", ".join(map(str, value)) if isinstance(value, tuple) else value
        yield one.file, one.name, one.setting.meaning, number, one.setting.source
