"""Which browser this machine can print with."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

OPTIONS = (
    "--headless",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-extensions",
    "--no-first-run",
    "--host-resolver-rules=MAP * ~NOTFOUND",
)

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "microsoft-edge", "msedge")
PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    "C:/Program Files (x86)/Microsoft/Edge/Application/msedge.exe",
    "C:/Program Files/Microsoft/Edge/Application/msedge.exe",
    "C:/Program Files/Google/Chrome/Application/chrome.exe",
    "C:/Program Files (x86)/Google/Chrome/Application/chrome.exe",
)
GONE = (
    "The browser {program} ended or went silent, so no PDF was made. Close other programs and try again; "
    "WORKBOOK_CHROMIUM names another browser."
)


def find_chromium() -> str:
    """Return the program that `WORKBOOK_CHROMIUM` names, or the first browser found; nothing where there is none."""
    chosen = os.environ.get("WORKBOOK_CHROMIUM")
    if chosen is not None:
        return shutil.which(chosen) or ""
    found = (shutil.which(name) for name in NAMES)
    return next((one for one in found if one), next((one for one in PLACES if Path(one).is_file()), ""))


def write_command(program: str, profile: Path) -> list[str]:
    """Return how a browser without a window is started, with nothing of anybody's own profile and no network."""
    # Chromium's sandbox does not run as root; the page has no script to hold.
    root = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    return [program, *OPTIONS, *root, f"--user-data-dir={profile}"]
