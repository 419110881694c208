"""The export as one JSON document with a version, and the schema that other tools can check it by."""

from __future__ import annotations

import json
from typing import Any, Literal

from pydantic import Field

from workbook.analysis.summary import read_summary
from workbook.export.parts import split_pools
from workbook.export.readings import list_readings
from workbook.model.answers import Edition
from workbook.model.base import Frozen
from workbook.model.chapters import list_chapters, list_questions
from workbook.model.engagement import Engagement
from workbook.model.questions import AnyQuestion
from workbook.storage import SCHEMA

FORMAT: Literal["soil-and-seeds export"] = "soil-and-seeds export"
VERSION: Literal[1] = 1
_DERIVED = {"cells"}  # worked out from a table's columns


class Found(Frozen):
    """What one chapter finds, in the sentences of its pages."""

    chapter: str
    finding: str
    evaluation: str = Field(description="the answers read as evaluation")
    learning: str = Field(description="the answers read as learning")
    follows: str = Field(description="what follows from it")


class ToAsk(Frozen):
    """One thing to ask, and why; the list is in order, that which most hangs on first."""

    text: str
    whom: tuple[str, ...]
    chapter: str
    reasons: tuple[str, ...]
    questions: tuple[str, ...] = Field(description="the ids of the questions that it comes from")


class Export(Frozen):
    """One engagement as one edition may show it, with its questions and what they say.

    In `engagement.pools`, which hold answers that may not be said to be anybody's, a name such as
    `audiences.points/grantees` is a question and a part of its answer. Nothing ties the parts of one person together.
    """

    format: Literal["soil-and-seeds export"]
    version: Literal[1] = Field(description="the version of this shape: it changes when an older reader would fail")
    files: int = Field(
        ge=1, description="the version of the shape of the files that engagement, voices and agreed have"
    )
    edition: Edition
    fingerprint: str = Field(description="ten digits that change when anything in the engagement does")
    engagement: Engagement
    questions: tuple[AnyQuestion, ...]
    readings: tuple[Found, ...]
    agenda: tuple[ToAsk, ...]


def write_document(engagement: Engagement) -> bytes:
    """Return the document's bytes. What has no value is left out."""
    return (json.dumps(make_document(engagement), ensure_ascii=False, indent=1) + "\n").encode()


def make_document(engagement: Engagement) -> dict[str, Any]:
    """Return the document as plain mappings and lists."""
    summary = read_summary(engagement)
    questions = list_questions(engagement.facts)
    titles = {chapter.id: chapter.title for chapter in list_chapters()}
    agenda = [
        ToAsk(text=one.text, whom=one.whom, chapter=titles[one.chapter], reasons=one.reasons, questions=one.questions)
        for one in summary.discovery.agenda
    ]
    parted = engagement.model_copy(update={"pools": split_pools(engagement)})
    return {
        "format": FORMAT,
        "version": VERSION,
        "files": SCHEMA,
        "edition": str(engagement.edition),
        "fingerprint": engagement.fingerprint,
        "engagement": _leave_out_nothing(parted.model_dump(mode="json", exclude={"last"})),
        "questions": [
            one.model_dump(mode="json", exclude_defaults=True, exclude=_DERIVED) for one in questions.values()
        ],
        "readings": [
            Found(chapter=row[0], finding=row[1], evaluation=row[2], learning=row[3], follows=row[4]).model_dump()
            for row in list_readings(summary)
        ],
        "agenda": [one.model_dump(mode="json") for one in agenda],
    }


def _leave_out_nothing(value: Any) -> Any:
    """Leave out what has no value, but for answers of which only the words beside them may be shown."""
    if isinstance(value, dict):
        return {key: _leave_out_nothing(one) for key, one in value.items() if one is not None or key == "value"}
    return [_leave_out_nothing(one) for one in value] if isinstance(value, list) else value


def make_schema() -> dict[str, Any]:
    """Return the JSON Schema of the document, made from the models, so that it is never behind them."""
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **Export.model_json_schema(mode="validation")}


def write_schema() -> str:
    """Return `docs/export.schema.json` as it should stand now."""
    return json.dumps(make_schema(), ensure_ascii=False, indent=1) + "\n"
