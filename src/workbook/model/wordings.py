"""Words and judgements that belong to no single chapter, typed: `content/voices.yaml` and its like."""

from __future__ import annotations

from functools import cache
from typing import Any

from pydantic import Field, ValidationError

from workbook.content import name_content, read_content
from workbook.errors import ContentError
from workbook.model.base import Frozen, Text


class Setting(Frozen):
    """A number that embodies a judgement: what it is, why, and who says so; `page` puts it on the summary too."""

    value: float | tuple[float, ...]
    meaning: Text
    source: Text
    page: bool = False


class Wording(Frozen):
    """One content file: its words and its judgements. Chapters add questions to this."""

    id: str
    settings: dict[str, Setting] = Field(default_factory=dict)
    words: dict[str, Any] = Field(default_factory=dict)

    def get_number(self, name: str) -> float:
        """Return a setting that is one number."""
        value = self.settings[name].value
        if isinstance(value, tuple):
            raise ContentError(f"{self.id}.yaml: settings.{name} should be one number, not a list.")
        return value

    def get_word(self, name: str) -> str:
        """Return one sentence or template by its name; dots go into nested mappings."""
        found: Any = self.words
        for part in name.split("."):
            found = found.get(part) if isinstance(found, dict) else None
        if not isinstance(found, str):
            raise ContentError(f"{self.id}.yaml: words.{name} should be a piece of text.")
        return found


def load_wording(name: str) -> Wording:
    """Return a content file that is not a chapter; raises ContentError where its shape is wrong."""
    return _load_wording(name, name_content())


@cache
def _load_wording(name: str, _content: str) -> Wording:
    try:
        return Wording.model_validate({"id": name, **read_content(name)})
    except ValidationError as error:
        faults = "; ".join(f"{'.'.join(map(str, fault['loc']))}: {fault['msg']}" for fault in error.errors())
        raise ContentError(f"{name}.yaml does not have the shape of a file of words. {faults}") from error
