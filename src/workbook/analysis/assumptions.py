"""Every number that embodies a judgement, wherever in `content/` it stands."""

from __future__ import annotations

from dataclasses import dataclass

from workbook.content import list_chapter_names, list_content, read_content
from workbook.model.chapters import list_chapters
from workbook.model.wordings import Setting, Wording, load_wording

_NOT_WORDING = frozenset({"sources", "glossary"})


@dataclass(frozen=True)
class Assumption:
    """One setting and the file it stands in."""

    file: str
    title: str
    name: str
    setting: Setting


def list_assumptions() -> tuple[Assumption, ...]:
    """Return every setting: those of the chapters in order, then those that belong to none."""
    chapters = [(chapter.id, chapter.title, chapter) for chapter in list_chapters()]
    apart = {*list_chapter_names(), *_NOT_WORDING}
    others = [(name, _title(name), load_wording(name)) for name in list_content() if name not in apart]
    files: list[tuple[str, str, Wording]] = [*chapters, *others]
    return tuple(
        Assumption(file=f"{name}.yaml", title=title, name=key, setting=setting)
        for name, title, wording in files
        for key, setting in wording.settings.items()
    )


def _title(name: str) -> str:
    title = read_content(name).get("title")
    return title if isinstance(title, str) else name.replace("_", " ").capitalize()
