"""Open answers worded as questions that a person would ask aloud, with those asked together made one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from workbook.analysis.agenda.loose_ends import LooseEnd
from workbook.analysis.agenda_points import AgendaEntry, Reason
from workbook.analysis.audiences.names import name_audience
from workbook.model.chapters import Chapter
from workbook.model.engagement import Audience
from workbook.model.questions import GridQuestion
from workbook.theme import join_words

Ends = Sequence[LooseEnd]


def make_entries(ends: Iterable[LooseEnd], words: Chapter, *, kept: Iterable[str] = ()) -> tuple[AgendaEntry, ...]:
    """Return an entry for each subject, those asked together as one.

    `words` is the discovery chapter. A subject in `kept` stays by itself, since a chapter has a point about it.
    """
    subjects: dict[str, list[LooseEnd]] = {}
    for end in ends:
        subjects.setdefault(end.subject, []).append(end)
    alone = set(kept)
    groups: dict[tuple[Any, ...], list[LooseEnd]] = {}
    for subject, group in subjects.items():
        own = subject in alone or any(end.dispute for end in group)
        key = ("subject", subject) if own else _find_company(group, words)
        groups.setdefault(key, []).extend(group)
    return tuple(_make_entry(group, words) for group in groups.values())


def _find_company(ends: Ends, words: Chapter) -> tuple[Any, ...]:
    """Say with what else something is asked: by a list in the words, else of the same kind, else of the same person."""
    first = ends[0]
    if first.facet:
        return ("facets", first.chapter, *(end.name for end in ends))
    if first.row:
        return ("rows", first.chapter, *((end.question.id, end.columns) for end in ends))
    for name, together in words.words["together"].items():
        if first.question.id in together["questions"]:
            return ("together", name)
    return ("whom", first.chapter, first.question.ask or first.name)


def _make_entry(ends: Ends, words: Chapter) -> AgendaEntry:
    first = ends[0]
    disputed, unsure = [end for end in ends if end.dispute], [end for end in ends if end.is_unsure]
    main = max(disputed, key=lambda end: end.dispute.involved if end.dispute else 0) if disputed else None
    widest = max(unsure or ends, key=lambda end: (end.group_unsure, end.unsure / end.asked if end.asked else 0))
    found: dict[Reason, list[LooseEnd]] = {"disagreement": disputed, "unsure": unsure}
    return AgendaEntry(
        subject=first.subject,
        chapter=first.chapter,
        reasons=tuple(reason for reason, concerned in found.items() if concerned),
        text=_word_dispute(main, words) if main else _word_ends(ends, words),
        whom=_list_whom(disputed or ends),
        questions=tuple(dict.fromkeys(end.question.id for end in ends)),
        base=max(end.question.weight * end.share for end in ends),
        unsure=widest.unsure,
        asked=widest.asked,
        group_unsure=any(end.group_unsure for end in ends),
        unsure_about=_keep_question(_word_ends([widest], words)) if unsure else "",
        unsure_in_part=isinstance(widest.question, GridQuestion) and len(widest.question.cells) > 1,
        disputes=tuple(end.dispute for end in disputed if end.dispute),
        main=main.dispute if main else None,
    )


def _list_whom(ends: Ends) -> tuple[str, ...]:
    """Return whom to ask, nobody twice: words that begin longer words of the list are left out."""
    asks = list(dict.fromkeys(end.question.ask for end in ends if end.question.ask))
    return tuple(ask for ask in asks if not any(other != ask and other.startswith(ask) for other in asks))


def _keep_question(text: str) -> str:
    """Return the first question of a text, without what follows it."""
    first, mark, _ = text.partition("?")
    return first + mark


def _word_ends(ends: Ends, words: Chapter) -> str:
    """Word what is unknown: as its list in the words does, else by facets, else by rows, else question by question."""
    asked = {end.question.id for end in ends}
    company = _find_company(ends[:1], words)
    if company[0] == "together" and asked == set(words.words["together"][company[1]]["questions"]):
        return str(words.words["together"][company[1]]["text"])
    if ends[0].facet:
        return _word_facets(ends, words)
    if ends[0].row:
        return _word_rows(ends, words)
    return _join_texts([_word_columns(end, words) for end in ends], words)


def _word_facets(ends: Ends, words: Chapter) -> str:
    facets = {end.facet.id: end.facet for end in ends if end.facet}
    names = list(dict.fromkeys(end.name for end in ends))
    if len(facets) == 1:
        return " ".join(_word_facet(end, words) for end in ends[: int(words.get_number("agenda_texts"))])
    titles = [facet.title.lower() for facet in facets.values()]
    clauses = [_find_template(ends[0].chapter, name, "several", words) for name in names]
    known = list(dict.fromkeys(clause or words.get_word("agenda.clause_other") for clause in clauses))
    return words.get_word("agenda.several").format(facets=_name_some(titles, words), clauses=join_words(known))


def _word_facet(end: LooseEnd, words: Chapter) -> str:
    template = _find_template(end.chapter, end.name, "one", words)
    given = {**end.facet.words, "title": end.facet.title} if end.facet else {}
    try:
        return template.format(**given) if template else _word_question(end, words)
    except KeyError:
        return _word_question(end, words)


def _find_template(chapter: str, name: str, number: str, words: Chapter) -> str:
    return str(words.words["facets"].get(f"{chapter}.{name}", {}).get(number, ""))


def _word_rows(ends: Ends, words: Chapter) -> str:
    """Word what is open about rows of a matrix, each question once for all the rows it is open in."""
    rows: dict[str, str] = {}
    questions: dict[str, LooseEnd] = {}
    for end in ends:
        if end.row:
            rows.setdefault(end.row.id, _name_row(end))
            questions.setdefault(end.question.id, end)
    named = _name_some(list(rows.values()), words)
    texts = [text for end in questions.values() for text in _word_row(end, named, words)]
    return _join_texts(texts, words)


def _word_row(end: LooseEnd, rows: str, words: Chapter) -> list[str]:
    """Word one question for rows: by a text of its own, else by a text for each open column, else as it stands."""
    texts: dict[str, str] = words.words["rows"]
    columns = {column.id: _lower_first(column.label) for column in end.columns}
    own = texts.get(end.question.id)
    by_column = [texts[key] for column in columns if (key := f"{end.question.id}.{column}") in texts]
    if own or by_column:
        joined = join_words(list(columns.values()))
        found = [text.format(rows=rows, columns=joined) for text in ([own] if own else by_column)]
        return found if end.whole or by_column or "{columns}" in (own or "") else [_add_columns(found[0], end, words)]
    return [words.get_word("agenda.rows").format(text=_word_columns(end, words), rows=rows)]


def _name_row(end: LooseEnd) -> str:
    """Name a row as it stands inside a sentence."""
    if end.row is None:
        return ""
    if getattr(end.question, "rows_from", "") == "audiences":
        return name_audience(Audience(id=end.row.id, name=end.row.label, group="other"))
    return _lower_first(end.row.label)


def _word_one(end: LooseEnd, words: Chapter) -> str:
    """Word the one question that is disputed."""
    if end.facet:
        return _word_facet(end, words)
    if not end.row or not end.dispute:
        return _word_question(end, words)
    column = end.dispute.question.rpartition(".")[2]
    columns = tuple(one for one in end.columns if one.id == column)
    return _word_rows([replace(end, columns=columns, whole=end.whole and len(end.columns) == 1)], words)


def _word_columns(end: LooseEnd, words: Chapter) -> str:
    text = _word_question(end, words)
    return text if end.whole else _add_columns(text, end, words)


def _add_columns(text: str, end: LooseEnd, words: Chapter) -> str:
    columns = "; ".join(_lower_first(column.label).rstrip("?") for column in end.columns)
    return words.get_word("agenda.columns").format(text=text, columns=columns)


def _lower_first(text: str) -> str:
    return text[:1].lower() + text[1:]


def _word_question(end: LooseEnd, words: Chapter) -> str:
    """Word one question: as the words do for it alone, else as it stands, else as a statement to judge."""
    text = str(words.words["alone"].get(end.question.id, end.question.text))
    return text if "?" in text else words.get_word("agenda.statement").format(text=text.rstrip(". "))


def _word_dispute(end: LooseEnd, words: Chapter) -> str:
    """Word the disagreement that most answers take part in."""
    if end.question.kind == "points" and end.dispute:
        return words.get_word("agenda.dispute_points").format(row=end.dispute.statement)
    return words.get_word("agenda.dispute").format(text=_word_one(end, words))


def _join_texts(texts: Sequence[str], words: Chapter) -> str:
    distinct = list(dict.fromkeys(texts))
    most = int(words.get_number("agenda_texts"))
    left = len(distinct) - most
    further = words.get_word("agenda.further_one" if left == 1 else "agenda.further").format(count=left)
    return " ".join([*distinct[:most], further] if left > 0 else distinct)


def _name_some(names: Sequence[str], words: Chapter) -> str:
    most = int(words.get_number("agenda_named"))
    left = len(names) - most
    if left <= 0:
        return join_words(list(names))
    return join_words([*names[:most], words.get_word("agenda.several_more").format(count=left)])
