"""Where things lie: the project, its engagements, the files of one. Nothing is opened here."""

from __future__ import annotations

import os
import re
from pathlib import Path

from workbook.errors import NotFoundError
from workbook.model.base import SLUG_PATTERN
from workbook.model.voice_names import rank_id
from workbook.places import HOME, find_project_folder

FACTS_FILE, AGREED_FILE, VOICES_FOLDER = "engagement.yaml", "agreed.yaml", "voices"


def find_project(start: Path | None = None) -> Path:
    """Return the nearest folder upwards that holds `parameters/`; `WORKBOOK_HOME` names another."""
    found = find_project_folder(start)
    if found:
        return found
    raise NotFoundError(
        f"No workbook was found: neither {os.environ.get(HOME) or start or Path.cwd()} nor any folder above it holds a "
        "folder called parameters.\n"
        "To make one, type: workbook init my-workbook. If you have one, go into its folder first: cd my-workbook"
    )


def list_slugs(project: Path) -> tuple[str, ...]:
    """Return the names of all folders under `parameters/`, in order of the alphabet."""
    return list_folders(project / "parameters")


def list_folders(folder: Path) -> tuple[str, ...]:
    """Return the names of the folders that may be engagements, in order of the alphabet."""
    found = (path.name for path in folder.iterdir() if path.is_dir() and not path.name.startswith((".", "_")))
    return tuple(sorted(found))


def find_slug(name: str) -> Path:
    """Return the folder of an engagement given by its name."""
    if not re.fullmatch(SLUG_PATTERN, name):
        raise NotFoundError(
            f"{name!r} cannot be the name of an engagement: a name has 1 to 60 small letters, digits and hyphens, "
            "such as example."
        )
    project = find_project()
    folder = project / "parameters" / name
    if not folder.is_dir():
        known = ", ".join(list_slugs(project)) or "none yet"
        raise NotFoundError(
            f"There is no engagement called {name}. Known: {known}.\nTo make it, type: workbook new {name}"
        )
    if not folder.resolve().is_relative_to((project / "parameters").resolve()):
        raise NotFoundError(f"{folder} leads out of parameters by a link. Put the folder itself there.")
    return folder


def find_engagement(engagement: str | Path) -> Path:
    """Return the folder of an engagement, given by its name or by a folder's path."""
    name = str(engagement)
    if re.fullmatch(SLUG_PATTERN, name):
        return find_slug(name)
    folder = Path(name).expanduser()
    if not folder.is_dir():
        raise NotFoundError(
            f"{name!r} is neither the name of an engagement nor the path of its folder.\n"
            "A name has 1 to 60 small letters, digits and hyphens, such as example; "
            "a path leads to a folder that exists, such as parameters/example."
        )
    if not re.fullmatch(SLUG_PATTERN, folder.resolve().name):
        raise NotFoundError(
            f"The folder {folder.resolve().name!r} cannot be an engagement: rename it with 1 to 60 small letters, "
            "digits and hyphens, such as my-engagement."
        )
    return folder.resolve()


def find_folder_of_all(name: str) -> Path:
    """Return the folder whose engagements make a portfolio, given by a name, by that folder or by one of them."""
    if re.fullmatch(SLUG_PATTERN, name):
        return find_project() / "parameters"
    folder = Path(name).expanduser().resolve()
    if not folder.is_dir():
        raise NotFoundError(f"{name!r} is no folder. Type the path of a folder that holds engagements: parameters.")
    return folder.parent if (folder / FACTS_FILE).is_file() else folder


def list_voice_files(folder: Path) -> list[Path]:
    """Return the files of a folder of voices, those of one role in the order of their numbers."""
    found = (path for path in folder.iterdir() if not path.name.startswith((".", "_")))
    return sorted(found, key=lambda path: (rank_id(path.stem), path.name))


def name_file(path: Path) -> str:
    """Name a file as errors do: with the engagement's folder, and `voices` where it lies there."""
    parts = path.parts[-3:] if path.parent.name == VOICES_FOLDER else path.parts[-2:]
    return "/".join(parts)
