"""Where things lie: the project, its engagements, the files of one. Nothing is opened here."""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Sequence
from pathlib import Path

from workbook.errors import NotFoundError, WorkbookError
from workbook.model.base import DEVICES, SLUG_PATTERN
from workbook.model.voice_names import rank_id
from workbook.places import HOME, PARAMETERS, SHIPPED, find_project_folder

FACTS_FILE, AGREED_FILE, VOICES_FOLDER = "engagement.yaml", "agreed.yaml", "voices"
EARLIER_FOLDER, SET_ASIDE, SURVEYS_FOLDER = "earlier", "set-aside", "surveys"
ARCHIVE = "archive"

# What Windows, macOS and sync programs leave in every folder they show.
LEFT_BY_SYSTEMS = frozenset(
    (
        *("desktop.ini", "thumbs.db", "ehthumbs.db", "ehthumbs_vista.db", "system volume information"),
        *("icon\r", "network trash folder", "temporary items", "lost+found"),
    )
)
# What editors, browsers and sync programs leave beside a file.
LEFT_BY_PROGRAMS = (
    "~", "#", ".bak", ".tmp", ".temp", ".swp", ".swo", ".orig", ".rej", ".part", ".partial", ".crdownload", ".download",
    ".lnk", ".url", ".webloc", ".lock", ".icloud", ".ds_store", ".gdoc", ".gsheet", ".gdlink",
)  # fmt: skip
# Dropbox, Nextcloud, Syncthing, OneDrive, Google Drive, Explorer and Finder name their copies so.
_COPY = re.compile(
    r"(?i:conflict(ed)?[ _-]copy|case conflict|\.sync-conflict-|_conflict-\d| \(\d+\)$| \(conflict.*\)$"
    r"| - copy( \(\d+\))?$| copy( \d+)?$|^copy of )|-[A-Z][A-Z0-9-]{4,}$"
)


def find_project(start: Path | None = None) -> Path:
    """Return the nearest folder upwards that holds `parameters/`; `WORKBOOK_HOME` names another."""
    found = find_project_folder(start)
    if found:
        refuse_unwritable_name(found)
        return found
    if home := os.environ.get(HOME):
        raise NotFoundError(
            f"No workbook was found in {home}, which {HOME} names, nor in any folder above it. "
            f"Let {HOME} name the folder of your workbook, or unset it and go into that folder: cd my-workbook\n"
            "To make one, type: workbook init my-workbook"
        )
    raise NotFoundError(
        f"No workbook was found: neither {start or Path.cwd()} nor any folder above it holds a "
        "folder called parameters.\n"
        "To make one, type: workbook init my-workbook. If you have one, go into its folder first: cd my-workbook"
    )


def refuse_unwritable_name(folder: Path) -> None:
    """Raise WorkbookError where a folder's path has signs that no text can hold, as names from old machines may."""
    try:
        str(folder).encode()
    except UnicodeEncodeError:
        raise WorkbookError(
            f"{folder} has signs in its name that are not UTF-8, so no page could name it. Rename that folder."
        ) from None


def list_slugs(project: Path) -> tuple[str, ...]:
    """Return the names of all engagements under `parameters/`, in order of the alphabet."""
    return list_folders(project / "parameters")


def list_folders(folder: Path) -> tuple[str, ...]:
    """Return the names of the folders that are engagements, in order of the alphabet; strays are passed over."""
    found = (path.name for path in folder.iterdir() if path.is_dir() and not is_passed_over(path))
    return tuple(sorted(name for name in found if _is_meant(folder / name)))


def list_strays(folder: Path) -> tuple[str, ...]:
    """Return the names of folders beside the engagements that are none, and that nobody's computer put there."""
    found = (path.name for path in folder.iterdir() if path.is_dir() and not is_passed_over(path))
    return tuple(sorted(name for name in found if not _is_meant(folder / name)))


def _is_meant(folder: Path) -> bool:
    """Whether a folder can be an engagement's: by its name, and by holding at least one of the files of one."""
    holds = any((folder / name).exists() for name in (FACTS_FILE, AGREED_FILE, VOICES_FOLDER))
    return bool(re.fullmatch(SLUG_PATTERN, folder.name)) and holds


def read_as_number(name: str) -> bool:
    """Whether another tool would take an engagement's name for a number, a truth value or nothing."""
    if name in ("true", "false", "null", "none", "yes", "no", "on", "off"):
        return True
    try:
        float(name)
    except ValueError:
        return bool(re.fullmatch(r"0[xob][0-9a-f]+", name))
    return True


def refuse_new_name(name: str) -> None:
    """Raise NotFoundError where a new engagement cannot be called that, here or where somebody copies it to."""
    if not re.fullmatch(SLUG_PATTERN, name):
        raise NotFoundError(
            f"{name!r} cannot be an engagement's name. Use 1 to 60 small letters, digits and hyphens: my-engagement."
        )
    if name.startswith("-"):
        raise NotFoundError(
            f"{name!r} cannot be an engagement's name: commands would take it for an option. "
            f"Type {propose_name(name) or 'my-engagement'}."
        )
    if read_as_number(name):
        raise NotFoundError(explain_number(name))
    if name in DEVICES:
        raise NotFoundError(f"{name} cannot be an engagement's name: Windows keeps it for itself. Type {name}-one.")


def refuse_archived(name: str) -> None:
    """Raise NotFoundError where an engagement of this name was put away: the two could not both be there again."""
    if (find_project() / ARCHIVE / name / PARAMETERS).is_dir():
        raise NotFoundError(
            f"{name} is in the archive. Choose another name, or take it back: workbook archive {name} --back"
        )


LONGEST_NAME = 60


def propose_name(words: str) -> str:
    """Return a name that an engagement may have, made of words; nothing where they hold no letter and no digit."""
    plain = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode()
    name = re.sub(r"[^a-z0-9]+", "-", plain.replace("'", "").lower()).strip("-")[:LONGEST_NAME].strip("-")
    if not name:
        return ""
    return f"{name}-one" if name in DEVICES else f"round-{name}"[:LONGEST_NAME] if read_as_number(name) else name


def explain_number(name: str) -> str:
    """Say why such a name is refused, and what to do."""
    return (
        f"{name} cannot be an engagement's name: other tools would read it as a number, or as yes or no, "
        f"and mix up its pages. Put a word in front of it, such as round-{name}."
    )


def leave_shipped_out(slugs: Sequence[str]) -> tuple[str, ...]:
    """Return the engagements that did not ship with the workbook, or all of them where there are no others."""
    return tuple(slug for slug in slugs if slug not in SHIPPED) or tuple(slugs)


def find_slug(name: str) -> Path:
    """Return the folder of an engagement given by its name."""
    if not re.fullmatch(SLUG_PATTERN, name):
        raise NotFoundError(
            f"{name!r} cannot be the name of an engagement: a name has 1 to 60 small letters, digits and hyphens, "
            "such as example."
        )
    if read_as_number(name):
        raise NotFoundError(explain_number(name))
    project = find_project()
    folder = project / "parameters" / name
    if not folder.is_dir():
        if (project / ARCHIVE / name / PARAMETERS).is_dir():
            raise NotFoundError(f"{name} is in the archive. To take it back, type: workbook archive {name} --back")
        known = ", ".join(list_slugs(project)) or "none yet"
        raise NotFoundError(
            f"There is no engagement called {name}. Known: {known}.\nTo make it, type: workbook new {name}"
        )
    if not folder.resolve().is_relative_to((project / "parameters").resolve()):
        raise NotFoundError(f"{folder} leads out of parameters by a link. Put the folder itself there.")
    return folder


def find_outputs(slug: str) -> Path:
    """Return the folder of what is made of an engagement, which may not be there yet; raises where it is a link."""
    folder = find_project() / "outputs" / slug
    if folder.is_symlink():
        raise NotFoundError(f"{folder} is a link. Remove it; the next command makes the folder itself.")
    return folder


def list_links(folder: Path) -> tuple[Path, ...]:
    """Return what in an engagement's folder leads somewhere else: none of it is followed."""
    return tuple(sorted(path for path in folder.iterdir() if path.is_symlink()))


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
    """Return the files of a folder of voices, those of one role in the order of their numbers; strays passed over."""
    found = (
        path for path in folder.iterdir() if not is_passed_over(path) and not _is_copy(path) and not _is_stray(path)
    )
    return sorted(found, key=lambda path: (rank_id(path.stem), path.name))


def list_copies(folder: Path) -> list[Path]:
    """Return the files that a sync program or a file manager made of a voice's: somebody has to look at them."""
    return sorted(path for path in folder.iterdir() if not is_passed_over(path) and _is_copy(path))


def list_stray_files(folder: Path) -> list[Path]:
    """Return the folders and files among the voices that are none, and that nobody's computer put there."""
    return sorted(path for path in folder.iterdir() if not is_passed_over(path) and _is_stray(path))


def is_passed_over(path: Path) -> bool:
    """Whether a system, an editor or a sync program put this there, and nobody means anything by it."""
    name = path.name.lower()
    return name.startswith((".", "_", "~", "#", "$")) or name in LEFT_BY_SYSTEMS or name.endswith(LEFT_BY_PROGRAMS)


def _is_copy(path: Path) -> bool:
    """Whether a name says that this is a second copy of a voice's file."""
    return path.suffix == ".yaml" and path.is_file() and bool(_COPY.search(path.stem))


def _is_stray(path: Path) -> bool:
    """Whether this is a folder that holds no voice's file by its name: `voices/old`."""
    return path.is_dir() and path.suffix != ".yaml"


def name_file(path: Path) -> str:
    """Name a file as errors do: with the engagement's folder, and `voices` where it lies there."""
    parts = path.parts[-3:] if path.parent.name == VOICES_FOLDER else path.parts[-2:]
    return "/".join(parts)
