"""A map that somebody drew elsewhere -> the two tables of the chapter on the system map, as one voice's answers.

Read are a workbook with a sheet of factors (or elements) and one of links (or connections), and GraphML.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from workbook import storage
from workbook.analysis.system_map.tables import fold_name
from workbook.errors import InputError, Problem
from workbook.forms.questionnaire.voice_file import keep_earlier
from workbook.forms.saving.saving import create_voice, find_voice_file, read_data, save_answer
from workbook.intake.given_file import open_bytes
from workbook.intake.sheets import read_sheets
from workbook.intake.taken import read_text
from workbook.model.chapters import load_chapter
from workbook.model.choices import Consent
from workbook.model.questions import MOST_ROWS
from workbook.model.wordings import load_wording

Row = Mapping[str, Any]
_QUESTIONS = ("system_map.factors", "system_map.links")
_LONGEST_SHOWN = 60
SHEETS = {"factors": ("factors", "elements"), "links": ("links", "connections")}


@dataclass(frozen=True)
class GivenMap:
    """Factors and links as the file has them, by the headings label, description, type, from, to and so on."""

    factors: Sequence[Row]
    links: Sequence[Row]


@dataclass(frozen=True)
class TakenIn:
    """What was filed, and under which voice."""

    voice: str
    factors: int
    links: int
    was_there: bool = False
    hints: tuple[str, ...] = ()


def take_in_map(slug: str, path: Path, *, voice: str) -> TakenIn:
    """File a map as the answers of a voice, which is made where there is none of that name.

    Raises InputError with everything in the file that is no map, and changes nothing then.
    """
    folder = storage.find_slug(slug)
    storage.load_engagement(folder)
    hints: list[str] = []
    factors, links = read_map(path, hints)
    if not any(one.stem == voice for one in (folder / storage.VOICES_FOLDER).glob("*.yaml")):
        voice = create_voice(folder, voice, Consent.NONE)
    file = find_voice_file(folder, voice)
    if was_there := any(key in read_data(file).get("answers", {}) for key in _QUESTIONS):
        keep_earlier(file)
    for question, rows in zip(_QUESTIONS, (factors, links), strict=True):
        # What the person agreed to for other answers says nothing of a map that somebody else hands in.
        save_answer(folder, voice, question, {"value": rows, "consent": Consent.NONE.value})
    return TakenIn(voice, len(factors), len(links), was_there, tuple(hints))


def say_taken_in(slug: str, taken: TakenIn) -> str:
    """Say what was filed, and where consent is to be set: a map from outside comes with none."""
    path = f"parameters/{slug}/{storage.VOICES_FOLDER}/{taken.voice}.yaml"
    words = load_wording("intake")
    said = words.get_word("map_filed").format(voice=taken.voice, factors=taken.factors, links=taken.links, path=path)
    return "\n".join([said, *([words.get_word("map_kept")] if taken.was_there else ()), *taken.hints])


def read_map(path: Path, hints: list[str] | None = None) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Return the two tables as the chapter's questions take them; `hints` gets what of the file says nothing here."""
    readers: dict[str, Callable[[Path], GivenMap]] = {".xlsx": _read_workbook, ".graphml": _read_graphml}
    reader = readers.get(path.suffix.lower())
    if reader is None:
        raise InputError([Problem(path.name, "", "a map as .xlsx or .graphml", "save it as one of these")])
    given = reader(path)
    factors = [one for row in given.factors if (one := _make_factor(row))]
    links = [one for row in given.links if (one := _make_link(row))]
    if hints is not None:
        hints += _list_left(given)
    problems = list(_find_problems(path.name, factors, links))
    if problems:
        raise InputError(problems)
    return factors, links


def _list_left(given: GivenMap) -> Iterator[str]:
    """Say what stands in the file and is read as nothing."""
    words = load_wording("intake")
    columns = {"links": ("type", "strength", "certainty"), "factors": ("type",)}
    for kind, rows in (("factors", given.factors), ("links", given.links)):
        for row in rows:
            made = _make_factor(row) if kind == "factors" else _make_link(row)
            names = [one for one in (read_text(_word(row, key)) for key in ("label", "from", "to")) if one]
            if not made and kind == "links" and names:
                yield words.get_word("map_half").format(name=names[0])
            for column in columns[kind] if made else ():
                said = read_text(_word(row, column))
                key = {("factors", "type"): "kind", ("links", "type"): "sign"}.get((kind, column), column)
                if said and said != _open() and key not in (made or {}):
                    place = f"{kind}: {' to '.join(names[-2:])}"
                    yield words.get_word("map_left").format(place=place, column=column, said=said[:_LONGEST_SHOWN])


def _find_problems(name: str, factors: Sequence[Row], links: Sequence[Row]) -> Iterable[Problem]:
    if not factors:
        remedy = "name a sheet Factors, with the columns Label, Description and Type"
        yield Problem(name, "factors", "factors, each with a label", remedy)
    for what, rows in (("factors", factors), ("links", links)):
        if len(rows) > MOST_ROWS:
            yield Problem(name, what, f"at most {MOST_ROWS}", f"take some out: there are {len(rows)}")
    known: set[str] = set()
    for row in factors:
        if fold_name(row["id"]) in known:
            yield Problem(name, f"factors: {row['id']}", "each label once", "give one of the two another label")
        known.add(fold_name(row["id"]))
    for row in links:
        for end in (row["from"], row["to"]):
            if fold_name(end) not in known:
                remedy = "add it to the factors, or correct the name"
                yield Problem(name, f"links: {row['from']} to {row['to']}", f"a factor called {end}", remedy)


def _read_workbook(path: Path) -> GivenMap:
    sheets = {name.casefold(): rows for name, rows in read_sheets(path).items()}
    found = {
        kind: next((_read_rows(sheets[name]) for name in names if name in sheets), []) for kind, names in SHEETS.items()
    }
    return GivenMap(found["factors"], found["links"])


def _read_rows(rows: Sequence[Sequence[Any]]) -> list[Row]:
    for number, row in enumerate(rows[:5]):
        heads = [str(cell).casefold().strip().replace(" ", "_") for cell in row]
        if "label" in heads or {"from", "to"} <= set(heads):
            return [dict(zip(heads, line, strict=False)) for line in rows[number + 1 :]]
    return []


def _read_graphml(path: Path) -> GivenMap:
    from networkx import parse_graphml

    raw = open_bytes(path)
    if b"<!DOCTYPE" in raw or b"<!ENTITY" in raw:  # a file could grow without end in the reader
        raise InputError([Problem(path.name, "", "GraphML without a DOCTYPE", "save it from a map program again")])
    try:
        graph = parse_graphml(raw.decode("utf-8"))
    except Exception as error:  # noqa: BLE001 whatever the library cannot make of a file is the same to its sender
        remedy = f"save it from a map program again ({error})"
        raise InputError([Problem(path.name, "", "a GraphML file that can be read", remedy)]) from None
    if not graph.is_directed():
        expected = "links with a direction"
        raise InputError([Problem(path.name, "", expected, "draw arrows, so that each link says what brings what")])
    labels = {node: read_text(data.get("label")) or str(node) for node, data in graph.nodes(data=True)}
    factors = [{**data, "label": labels[node]} for node, data in graph.nodes(data=True)]
    links = [{**data, "from": labels[one], "to": labels[other]} for one, other, data in graph.edges(data=True)]
    return GivenMap(factors, links)


def _make_factor(row: Row) -> dict[str, Any] | None:
    label = read_text(_word(row, "label"))
    if not label or label == _open():
        return None
    described = read_text(_word(row, "description"))
    kind = _choose(_word(row, "type"), {one.id: one.label for one in _list("factor_kinds")})
    made = {"id": label, "label": described if described and described != _open() else label}
    return made | ({"kind": kind} if kind else {})


def _make_link(row: Row) -> dict[str, Any] | None:
    ends = [read_text(_word(row, side)) for side in ("from", "to")]
    if not all(ends) or _open() in ends:
        return None
    signs: Mapping[str, Any] = load_wording("intake").words["signs"]
    sign = next((key for key, names in signs.items() if _word(row, "type").casefold().strip() in names), "")
    steps = next(one.steps for one in _columns() if one.id == "strength")
    strength = _choose(_word(row, "strength"), {str(number): step for number, step in enumerate(steps)})
    certainty = _choose(_word(row, "certainty"), {one.id: one.label for one in _list("certainties")})
    mind = read_text(_word(row, "change_mind"))
    made: dict[str, Any] = {"from": ends[0], "to": ends[1]}
    made |= {key: value for key, value in (("sign", sign), ("certainty", certainty)) if value}
    made |= {"strength": int(strength)} if strength else {}
    return made | ({"change_mind": mind} if mind and mind != _open() else {})


def _choose(text: str, names: Mapping[str, str]) -> str:
    """Return the id that a text names, by the id itself or by its label; nothing where it names none."""
    wanted = text.casefold().strip()
    return next((key for key, label in names.items() if wanted in (key.casefold(), label.casefold())), "")


def _word(row: Row, name: str) -> str:
    value = row.get(name)
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value or "")


def _list(name: str) -> Sequence[Any]:
    return load_chapter("system_map").lists[name]


def _columns() -> Sequence[Any]:
    question = next(one for one in load_chapter("system_map").questions if one.id == "system_map.links")
    columns: Sequence[Any] = getattr(question, "columns", ())
    return columns


def _open() -> str:
    said: str = load_wording("export").words["map"]["open"]
    return said
