"""`docs/keys.md`: every key of an engagement's files, made from the models."""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from workbook.model.answers import Agreed, AgreedAnswer, Answer, Voice
from workbook.model.engagement import (
    Audience,
    Facts,
    Invited,
    LearningQuestion,
    MoneyCeiling,
    MoneyRange,
    OtherPlan,
    PlanLine,
    Source,
    Step,
)
from workbook.model.kept_answers import KeptAnswers
from workbook.model.rounds import Promise, Spent, Target
from workbook.model.withdrawn import Withdrawn

HEAD = """# Every key of the files

What `engagement.yaml`, the files under `voices/`, `agreed.yaml` and `withdrawn.yaml` may hold. Made from the models:
type `make docs` after a change of them. Beside these keys each file begins with `schema: 2`; older files go on working.
"""

PARTS: tuple[tuple[str, tuple[tuple[str, type[BaseModel]], ...]], ...] = (
    (
        "engagement.yaml",
        (
            ("The file", Facts),
            ("Each of `audiences`", Audience),
            ("Each of `learning_questions`", LearningQuestion),
            ("Each of `timetable`", Step),
            ("Each of `invited`", Invited),
            ("`answers_kept`", KeptAnswers),
            ("Each of `plan`, and of the `lines` of `other_plans`", PlanLine),
            ("Each of `other_plans`", OtherPlan),
            ("Each of `source`", Source),
            ("Each of `promises`", Promise),
            ("Each of `spent`", Spent),
            ("A sum that is a range", MoneyRange),
            ("A sum of which only the most is known", MoneyCeiling),
        ),
    ),
    ("voices/VOICE.yaml", (("The file", Voice), ("Each of `answers`, where it is more than a value", Answer))),
    (
        "agreed.yaml",
        (
            ("The file", Agreed),
            ("Each of `answers`, where it is more than a value", AgreedAnswer),
            ("Each of `targets`", Target),
        ),
    ),
    ("withdrawn.yaml, which workbook withdraw writes", (("The file", Withdrawn),)),
)
# Taken from the file's own name, never written into it.
NOT_WRITTEN = {(Voice, "id")}


def write_keys() -> str:
    """Return `docs/keys.md` as it should stand now."""
    parts = [HEAD]
    for file, models in PARTS:
        parts.append(f"## {file}\n")
        for title, model in models:
            rows = "\n".join(_list_rows(model))
            parts.append(f"### {title}\n\n| key | what it holds | if left out | example |\n|---|---|---|---|\n{rows}\n")
    return "\n".join(parts)


def _list_rows(model: type[BaseModel]) -> Iterator[str]:
    for name, field in model.model_fields.items():
        if (model, name) not in NOT_WRITTEN:
            example = (field.examples or [""])[0]
            cells = (f"`{name}`", field.description or "", _write_default(field), f"`{example}`" if example else "")
            yield "| " + " | ".join(str(cell).replace("|", "\\|") for cell in cells) + " |"


def _write_default(field: FieldInfo) -> str:
    if field.is_required():
        return "it is needed"
    default = field.get_default(call_default_factory=True, validated_data={})
    return f"`{str(default).lower()}`" if default or default is False else "nothing"
