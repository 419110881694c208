"""Which browser this machine can print with."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "microsoft-edge", "msedge")
PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
)


def find_chromium() -> str:
    """Return the program that `WORKBOOK_CHROMIUM` names, or the first browser found; nothing where there is none."""
    if not hasattr(os, "posix_spawn"):
        return ""
    chosen = os.environ.get("WORKBOOK_CHROMIUM")
    if chosen is not None:
        return shutil.which(chosen) or ""
    found = (shutil.which(name) for name in NAMES)
    return next((one for one in found if one), next((one for one in PLACES if Path(one).is_file()), ""))
