"""Commands as they can be pasted where they are shown: by name where the shell finds it, else by its path.

What shows a command writes `workbook check SLUG`; what prints it lets `make_pasteable` put the way to it in front.
"""

from __future__ import annotations

import os
import re
import shutil
import sys
import sysconfig
from functools import cache
from pathlib import Path

TYPED = "WORKBOOK_TYPED"  # how whoever started this process would type the command
NAME = "workbook"
NAMES = [
    *("init", "new", "check", "batch", "trust", "open", "questionnaire", "mapping", "collect", "withdraw", "export"),
    *("map", "rename", "archive", "delete", "doctor", "pack"),
]
# A sentence may speak of a command, as "a file that workbook export made" does: that is not there to be pasted.
_COMMAND = re.compile(rf"(?<!that )(?<!next )(?<![\w./\\'\"-])workbook (?=(?:{'|'.join(NAMES)})\b)")


def make_pasteable(text: str) -> str:
    """Return text in which each command of the workbook begins as it has to be typed here."""
    return _COMMAND.sub(lambda _: f"{name_command()} ", text) if f"{NAME} " in text else text


def name_command(*, elsewhere: bool = False) -> str:
    """Return how the command is typed here, or `elsewhere` after a change of folder: its name, or its path."""
    here = None if elsewhere else _find_here()
    return os.environ.get(TYPED) or _find_command(os.environ.get("PATH", ""), here)


def name_pip() -> str:
    """Return how this Python's own pip is typed: any other would put a package elsewhere."""
    return f"{_quote(_shorten(Path(sys.executable), _find_here()))} -m pip"


@cache
def _find_command(path: str, here: Path | None) -> str:
    own = Path(sysconfig.get_path("scripts")) / (f"{NAME}.exe" if os.name == "nt" else NAME)
    found = shutil.which(NAME, path=path)
    if not own.is_file() or (found and Path(found).resolve() == own.resolve()):
        return NAME
    return _quote(_shorten(own, here))


def _find_here() -> Path | None:
    try:
        return Path.cwd()
    except FileNotFoundError:  # the folder one stands in was removed
        return None


def _shorten(path: Path, here: Path | None) -> str:
    return str(path.relative_to(here)) if here and path.is_relative_to(here) else str(path)


def _quote(path: str) -> str:
    return f'"{path}"' if " " in path else path
