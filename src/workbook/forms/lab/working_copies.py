"""The notebooks as people work on them: copies under `outputs/SLUG/workbook/` that know their engagement.

A copy of a chapter ends with its form, under which the reading follows every answer; the first page keeps its
facts below. Answers are in the voices' files and never in a notebook, so a copy can be made again at any time; one
that a person edited is kept aside.
"""

from __future__ import annotations

import hashlib
import json
import re
import shutil
from contextlib import suppress
from pathlib import Path
from typing import Any

from workbook.errors import InputError, NotFoundError, WorkbookError
from workbook.markup import element
from workbook.model.chapters import list_chapters
from workbook.model.wordings import load_wording
from workbook.storage import find_slug, make_folder, write_atomically
from workbook.trust import is_trusted, read_notebook

MARK = "soil_and_seeds"  # the extension looks for it in a notebook's metadata
FORM = "form"
START = "start_here"
# Cells that would not follow what the forms above them change.
SHOWN_BY_FORM = tuple(
    f"wb.start_here.{view}("
    for view in ("list_facts", "list_open_points", "list_learning_questions", "show_progress", "read_start_here")
)
# Whoever is in a copy has the forms.
HOW_TO_OPEN = re.compile(r"[^\n]*`workbook open [^\n]*\n+")

Notebook = dict[str, Any]


WORKBOOK, APP = "workbook", "app"


def make_working_copies(slug: str) -> Path:
    """Make or refresh the copies of an engagement, and return their folder."""
    project = find_slug(slug).parent.parent
    folder = _make_own_folder(project, slug, WORKBOOK)
    for path in _list_notebooks(project):
        with suppress(InputError):  # what is no notebook is not copied
            _put(folder / path.name, make_copy(read_notebook(path), slug))
    return folder


def make_app_copies(slug: str) -> Path:
    """Make copies anew of the notebooks that may run, in a folder with nothing else: what shows one there runs it."""
    project = find_slug(slug).parent.parent
    shutil.rmtree(project / "outputs" / slug / APP, ignore_errors=True)
    folder = _make_own_folder(project, slug, APP)
    for path in list_running(project):
        write_notebook(folder / path.name, make_copy(read_notebook(path), slug))
    return folder


def list_running(project: Path) -> list[Path]:
    """Return the notebooks of a project whose copies run by themselves: those that ship, and what the user approved."""
    return [path for path in _list_notebooks(project) if _may_run(path)]


def list_strange(project: Path) -> list[Path]:
    """Return the notebooks of a project whose copies wait until somebody runs them."""
    return [path for path in _list_notebooks(project) if not _may_run(path)]


def _may_run(path: Path) -> bool:
    try:
        return is_trusted(path)
    except InputError:
        return False


def _list_notebooks(project: Path) -> list[Path]:
    return sorted((project / "notebooks").glob("*.ipynb"))


def _make_own_folder(project: Path, slug: str, name: str) -> Path:
    folder = project / "outputs" / slug / name
    for one in (folder.parent, folder):
        if one.is_symlink():
            raise WorkbookError(f"{one} is a link. Remove it; the workbook makes the folder itself.")
    return make_folder(folder)


def make_copy(notebook: Notebook, slug: str) -> Notebook:
    """Return a notebook set to an engagement, without outputs, and with its chapter's form where it asks something."""
    cells = [_clear(cell, slug) for cell in notebook["cells"]]
    chapter = _find_chapter(cells)
    if chapter:
        place = _place_form(cells, chapter)
        # What a chapter shows after its form stands under the form, where it follows the answers.
        cells = _drop_shown_by_form(cells) if chapter == START else cells[: place + 1]
        cells[place]["outputs"] = [_say_what_to_press()]
    metadata = {key: one for key, one in notebook["metadata"].items() if key in ("kernelspec", "language_info")}
    copy = {**notebook, "cells": cells, "metadata": {**metadata, MARK: {"chapter": chapter, "engagement": slug}}}
    copy["metadata"][MARK]["made"] = _hash(copy)
    return copy


def _clear(cell: Notebook, slug: str) -> Notebook:
    tags = [tag for tag in cell["metadata"].get("tags", []) if tag != "nbval-check-output"]
    cleared = {**cell, "metadata": {"tags": tags} if tags else {}}
    if cell["cell_type"] == "code":
        cleared |= {"outputs": [], "execution_count": None}
    elif "`workbook open " in (told := "".join(cell["source"])):
        cleared["source"] = HOW_TO_OPEN.sub("", told)
    if "parameters" in tags:
        source = re.sub(r"(?m)^engagement = .*$", f'engagement = "{slug}"', "".join(cell["source"]))
        cleared["source"] = source
    return cleared


def _find_chapter(cells: list[Notebook]) -> str:
    """Return the chapter a notebook introduces, if that is one people fill in."""
    known = {chapter.id for chapter in list_chapters() if chapter.questions} | {START}
    sources = "\n".join("".join(cell["source"]) for cell in cells)
    found = re.search(r'wb\.introduce\("(\w+)"\)', sources)
    return found[1] if found and found[1] in known else ""


def _place_form(cells: list[Notebook], chapter: str) -> int:
    """Return the place of the form's cell, put after the chapter's introduction where the notebook has none."""
    for place, cell in enumerate(cells):
        if FORM in cell["metadata"].get("tags", []):
            return place
    introduced = next(place for place, cell in enumerate(cells) if "wb.introduce(" in "".join(cell["source"]))
    form: Notebook = {
        "cell_type": "code",
        "id": "form",
        "metadata": {"tags": [FORM]},
        "execution_count": None,
        "source": f'wb.fill(engagement, "{chapter}")',
        "outputs": [],
    }
    cells.insert(introduced + 1, form)
    return introduced + 1


def _drop_shown_by_form(cells: list[Notebook]) -> list[Notebook]:
    """Return cells without those that show what the form shows, and without the text that leads up to each."""
    shown = [any(one in "".join(cell["source"]) for one in SHOWN_BY_FORM) for cell in cells]
    leads = [after and cell["cell_type"] == "markdown" for cell, after in zip(cells, [*shown[1:], False], strict=True)]
    return [cell for cell, one, lead in zip(cells, shown, leads, strict=True) if not (one or lead)]


def _say_what_to_press() -> Notebook:
    """Return the output that stands where the form will, for the case that the notebook cannot run by itself."""
    words = load_wording("lab").get_word("press")
    html = element("p", element("strong", words), style="font-size: 2rem", class_="ss-press")
    return {"output_type": "display_data", "metadata": {}, "data": {"text/html": str(html), "text/plain": words}}


def _put(path: Path, copy: Notebook) -> None:
    """Write a copy; one that a person edited is first moved to a name of its own."""
    if path.exists() and is_edited(path):
        path.rename(_choose_backup(path))
    write_notebook(path, copy)


def write_notebook(path: Path, notebook: Notebook) -> None:
    """Write a notebook."""
    write_atomically(path, json.dumps(notebook, indent=1, ensure_ascii=False) + "\n")


def is_edited(path: Path) -> bool:
    """Whether a person changed a copy, or whatever else it is that lies there."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
        return bool(found["metadata"][MARK]["made"] != _hash(found))
    except (ValueError, KeyError, TypeError):
        return True


def clear_outputs(path: Path) -> None:
    """Take out what a notebook showed and keep what a person wrote; one that cannot be read is removed."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
        cells = [
            {**cell, "outputs": [], "execution_count": None} if cell["cell_type"] == "code" else cell
            for cell in found["cells"]
        ]
    except (ValueError, KeyError, TypeError):
        path.unlink()
        return
    metadata = {key: one for key, one in found.get("metadata", {}).items() if key != "widgets"}
    cleared = {**found, "cells": cells, "metadata": metadata}
    write_notebook(path, cleared)


def _choose_backup(path: Path) -> Path:
    names = (path.with_name(f"{path.stem}.edited-{number}.ipynb") for number in range(1, 10_000))
    free = next((name for name in names if not name.exists()), None)
    if free is None:
        raise NotFoundError(f"There are too many copies of {path.name} that were edited. Move some away.")
    return free


def _hash(notebook: Notebook) -> str:
    """Return a short hash of what a person can edit: the cells' kinds and sources."""
    sources = [[cell["cell_type"], "".join(cell["source"])] for cell in notebook["cells"]]
    return hashlib.sha256(json.dumps(sources).encode()).hexdigest()[:16]
