"""An engagement in which every field of every consent level holds a word that is found nowhere else."""

from __future__ import annotations

import base64
import html
import json
import urllib.parse
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from workbook.model.chapters import list_questions
from workbook.model.engagement import Facts
from workbook.model.questions import ChoiceQuestion, GridQuestion, PointsQuestion, Question, ScaleQuestion, TextQuestion

LEVELS = ("named", "role", "unnamed", "aggregate", "none", "missing")
# Enough people without a name that what they wrote may be shown to partners: it could be any of five.
COPIES = {"unnamed": 3, "aggregate": 2}
FIELDS = ("name", "role", "organisation", "private", "answer", "note", "evidence", "privatenote")
FACTS: dict[str, Any] = {
    "title": "A commission",
    "commissioner": "A funder",
    "budget": 100000,
    "currency": "GBP",
    "audiences": [
        {"id": "funder", "name": "The funder", "group": "funders"},
        {"id": "grantees", "name": "Grantees", "group": "delivery"},
    ],
    "private": "canaryfactsprivate",
}


STEM = "canary"
"""How each of the words begins, and so how it begins in each way of writing it."""


def name_canary(level: str, field: str) -> str:
    """Return the word that stands in a field of the voice of a consent level."""
    return f"{STEM}{level}{field}"


EDITIONS = ("private", "partners", "public")
ATTRIBUTED = ("answer", "note", "evidence")
EVERYTHING = {name_canary(level, field) for level in LEVELS for field in FIELDS} | {
    "canaryfactsprivate",
    "canaryagreedprivate",
    *(f"canaryagreed{edition}{part}" for edition in EDITIONS for part in ("note", "answer")),
}
PARTNERS = {
    *(name_canary("named", field) for field in ("name", "role", *ATTRIBUTED)),
    *(name_canary("role", field) for field in ("role", *ATTRIBUTED)),
    *(name_canary("unnamed", field) for field in ATTRIBUTED),
    *(f"canaryagreed{edition}{part}" for edition in ("partners", "public") for part in ("note", "answer")),
}
PUBLIC = {word for word in PARTNERS if not word.startswith(("canaryunnamed", "canaryagreedpartners"))}
# What may be shown, and what of it must be: an organisation is kept beside a name but no page needs it.
MAY = {
    "private": EVERYTHING,
    "partners": PARTNERS | {name_canary("named", "organisation")},
    "public": PUBLIC | {name_canary("named", "organisation")},
}
MUST = {
    "private": EVERYTHING - {name_canary(level, "organisation") for level in LEVELS},
    "partners": PARTNERS,
    "public": PUBLIC,
}


def write_ways(word: str) -> Iterator[str]:
    """Yield a word raw, escaped and encoded."""
    yield word
    yield html.escape(word)
    yield urllib.parse.quote(word)
    for offset in range(3):
        code = base64.b64encode(b"\0" * offset + word.encode()).decode()
        yield code[(0, 2, 3)[offset] + bool(offset) :].rstrip("=")[:-2]


def find_words(words: Iterable[str], texts: Iterable[str]) -> list[str]:
    """Return those of these words that a text holds in any of the ways; a text without their beginning has none."""
    beginnings = list(write_ways(STEM))
    found = [text for text in texts if any(one in text for one in beginnings)]
    return [word for word in sorted(words) if any(way in text for way in write_ways(word) for text in found)]


def write_canaries(parameters: Path, slug: str = "canaries") -> None:
    """Write the engagement: a voice per consent level, agreed answers for each edition, a private note everywhere."""
    folder = parameters / slug
    (folder / "voices").mkdir(parents=True)
    questions = list_questions(Facts.model_validate(FACTS))
    _write(folder / "engagement.yaml", {"schema": 1, **FACTS})
    people = [(level, copy) for level in LEVELS for copy in range(COPIES.get(level, 1))]
    for number, (level, copy) in enumerate(people):
        _write(folder / "voices" / f"file-{level}-{copy}.yaml", _make_voice(level, number, questions))
    _write(folder / "agreed.yaml", _make_agreed())


def write_rounds(parameters: Path, slug: str = "canaries", last: str = "canaries-before") -> None:
    """Write two rounds of it: in the last one each word begins otherwise, and everybody says that they are the same."""
    write_canaries(parameters, last)
    for path in (parameters / last).rglob("*.yaml"):
        path.write_text(path.read_text("utf-8").replace("canary", "before"), encoding="utf-8")
    write_canaries(parameters, slug)
    promises = [
        {"id": f"p-{edition}", "what": f"canarypromise{edition}", "to": ["grantees"], "edition": edition}
        for edition in EDITIONS
    ]
    folder = parameters / slug
    facts = json.loads((folder / "engagement.yaml").read_text("utf-8"))
    _write(folder / "engagement.yaml", {**facts, "follows": last, "promises": promises})
    for name, word in ((last, "beforemap"), (slug, "canarymap")):
        _agree_on_map(parameters / name / "agreed.yaml", word)
    for number, path in enumerate(sorted((folder / "voices").iterdir())):
        voice = json.loads(path.read_text("utf-8"))
        said = {f"p-{edition}": {"kept": ("kept", "not")[number % 2]} for edition in EDITIONS}
        voice["answers"] |= {"rounds.received": {"value": said, "note": "canarypromisenote"}}
        _write(path, {**voice, "same_as": path.stem})


def _agree_on_map(path: Path, word: str) -> None:
    """Let the group have agreed on a map for partners, whose factors are words found nowhere else."""
    ends = [{"id": f"{word}{end}", "label": f"{word}{end}"} for end in ("from", "to")]
    links = [{"from": ends[0]["id"], "to": ends[1]["id"], "sign": "more", "strength": 1, "certainty": "guessed"}]
    agreed = json.loads(path.read_text("utf-8"))
    given = {"system_map.factors": ends, "system_map.links": links}
    agreed["answers"] |= {key: {"value": value, "edition": "partners"} for key, value in given.items()}
    _write(path, agreed)


def _make_voice(level: str, number: int, questions: dict[str, Question]) -> dict[str, Any]:
    canary = {field: name_canary(level, field) for field in FIELDS}
    voice: dict[str, Any] = {"schema": 1, **{key: canary[key] for key in ("name", "role", "organisation", "private")}}
    if level != "missing":
        voice["consent"] = level
    voice["date"] = "2026-03-31"
    voice["answers"] = {}
    for question in questions.values():
        value = make_answer(question, canary["answer"], number)
        beside = {"note": canary["note"], "evidence": canary["evidence"], "private": canary["privatenote"]}
        voice["answers"][question.id] = {"value": value, **beside}
    return voice


def make_answer(question: Question, words: str, number: int = 0) -> Any:
    """Return a valid answer to a question of any kind, with `words` wherever it holds words."""
    if isinstance(question, TextQuestion):
        return words
    if isinstance(question, ScaleQuestion):
        return number % len(question.steps)
    if isinstance(question, ChoiceQuestion):
        chosen = [option.id for option in question.options[:1]]
        return chosen if question.kind == "choices" else chosen[0]
    if isinstance(question, PointsQuestion):
        return {option.id: 100 if option is question.options[0] else 0 for option in question.options}
    if isinstance(question, GridQuestion):
        row = {cell.id: make_answer(cell, words, number) for cell in question.cells}
        if question.ordered:
            row = dict.fromkeys(row, 1)
        return [row] if question.kind == "table" else {option.id: row for option in question.rows}
    return "2026-03-31" if question.kind == "date" else question.minimum


def _make_agreed() -> dict[str, Any]:
    def agree(edition: str, value: Any) -> dict[str, Any]:
        return {
            "value": value,
            "note": f"canaryagreed{edition}note",
            "private": "canaryagreedprivate",
            "edition": edition,
        }

    return {
        "schema": 1,
        "private": "canaryagreedprivate",
        "answers": {
            "framing.switching_why": agree("private", "canaryagreedprivateanswer"),
            "framing.said_aloud": agree("partners", "canaryagreedpartnersanswer"),
            "framing.stays_evaluation": agree("public", "canaryagreedpublicanswer"),
        },
    }


def _write(path: Path, data: dict[str, Any]) -> None:
    # JSON is YAML.
    path.write_text(json.dumps(data, indent=1), encoding="utf-8")
