"""A Chromium for the tests that look at pages and forms: found, or installed where that can be done."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

from filelock import FileLock

NAMES = ("/usr/bin/chromium", "chromium", "google-chrome", "chromium-browser")
ADVICE = "set CHROMIUM to a Chromium or Chrome, or as root type: apt-get update && apt-get install -y chromium"
FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update")
WCAG = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa")


def find_chromium(environment: Mapping[str, str]) -> str | None:
    """Return the path of a Chromium, the one CHROMIUM names before any other."""
    given = environment.get("CHROMIUM")
    return next((path for name in ([given] if given else NAMES) if (path := shutil.which(name))), None)


def install_chromium(lock: Path) -> str | None:
    """Install Debian's Chromium once per session where that can be done; return why it could not."""
    if not (hasattr(os, "geteuid") and os.geteuid() == 0 and shutil.which("apt-get")):
        return f"no Chromium was found, and it can only be installed here by root with apt-get: {ADVICE}"
    with FileLock(f"{lock}.lock"):
        if lock.exists():
            return lock.read_text(encoding="utf-8") or None
        fault = _run_apt()
        lock.write_text(fault or "", encoding="utf-8")
        return fault


def read_axe() -> str:
    """Return the script of axe-core, which finds faults of access in a page."""
    import axe_playwright_python

    return next(Path(axe_playwright_python.__file__).parent.rglob("axe.min.js")).read_text(encoding="utf-8")


def _run_apt() -> str | None:
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for arguments in (["update"], ["install", "-y", "--no-install-recommends", "chromium"]):
        try:
            done = subprocess.run(
                ["apt-get", "-q", *arguments], capture_output=True, text=True, timeout=600, env=environment, check=False
            )
        except subprocess.TimeoutExpired:
            return f"apt-get {arguments[0]} took over ten minutes: {ADVICE}"
        if done.returncode:
            return f"apt-get {arguments[0]} failed ({done.stderr.strip()[-200:]}): {ADVICE}"
    return None
