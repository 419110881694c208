"""Where things lie on this machine: the project somebody works in, and what ships with the workbook."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path

HOME = "WORKBOOK_HOME"
SHIPPED = ("example", "example-second-year", "space-to-connect", "transitions", "youth-led-creativity")
"""The engagements that ship: one invented, in two rounds, and three read from public calls."""
PARAMETERS, CONTENT = "parameters", "content"


def find_project_folder(start: Path | None = None) -> Path | None:
    """Return the nearest folder upwards that holds `parameters/`, None where there is none.

    `WORKBOOK_HOME` names the folder to begin at.
    """
    home = os.environ.get(HOME)
    here = (Path(home) if home else start or Path.cwd()).resolve()
    return next((folder for folder in (here, *here.parents) if (folder / PARAMETERS).is_dir()), None)


def find_own_content() -> Path | None:
    """Return the project's own `content/`, None where it keeps no words of its own. It is looked for once a place."""
    try:
        return _find_own_content(os.environ.get(HOME, ""), os.getcwd())  # noqa: PTH109 - called at every word
    except FileNotFoundError:  # the folder one stands in was removed
        return None


@cache
def _find_own_content(_home: str, _here: str) -> Path | None:
    project = find_project_folder()
    folder = project / CONTENT if project else None
    return folder if folder and any(folder.glob("*.yaml")) else None


def find_cache_folder() -> Path | None:
    """Return this user's folder for what can be made again, which need not be there yet; None without a home."""
    try:
        home = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    except RuntimeError:
        return None
    return home / "soil-and-seeds"


def find_shipped() -> Path:
    """Return the folder of what ships: notebooks, engagements, documents. In a checkout it is the checkout itself."""
    package = Path(__file__).parent
    inside = package / "shipped"
    return inside if inside.is_dir() else package.parents[1]


def find_settings() -> Path:
    """Return this user's folder for the workbook's settings."""
    from platformdirs import user_config_path

    return user_config_path("soil-and-seeds", appauthor=False)
