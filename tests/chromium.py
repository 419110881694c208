"""A Chromium for the tests that look at pages and forms: found, or installed where that can be done."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

from filelock import FileLock

LIGHT = "chromium-headless-shell"  # the same engine without a window: a page in it costs a third of the time
# The program that drives a browser needs the first, which a whole Chromium brings; pages are measured in the second.
NEEDED = ("libatomic1", "fonts-liberation")
# Debian's command of that name is a shell that waits for the program: who kills it leaves the browser.
NAMES = (f"/usr/lib/chromium/{LIGHT}", LIGHT, "/usr/bin/chromium", "chromium", "google-chrome", "chromium-browser")
ADVICE = f"set CHROMIUM to a Chromium or Chrome, or as root type: apt-get update && apt-get install -y {LIGHT}"
FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update")
WCAG = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa")


def find_chromium(environment: Mapping[str, str]) -> str | None:
    """Return the path of a Chromium, the one CHROMIUM names before any other, then a light one."""
    given = environment.get("CHROMIUM")
    return next((path for name in ([given] if given else NAMES) if (path := shutil.which(name))), None)


def install_chromium(lock: Path) -> str | None:
    """Install Debian's light Chromium once per session where that can be done; return why there is none at all.

    Where only a whole one is there, or can be had, the tests take that.
    """
    with FileLock(f"{lock}.lock"):
        if lock.exists():
            return lock.read_text(encoding="utf-8") or None
        fault = None if shutil.which(LIGHT) else _install()
        lock.write_text(fault or "", encoding="utf-8")
        return fault


def _install() -> str | None:
    there = find_chromium({})
    if not (hasattr(os, "geteuid") and os.geteuid() == 0 and shutil.which("apt-get")):
        return None if there else f"no Chromium was found, and only root can install it, with apt-get: {ADVICE}"
    if not _run_apt(LIGHT, *NEEDED) or there:
        return None
    return _run_apt("chromium", *NEEDED)


def read_axe() -> str:
    """Return the script of axe-core, which finds faults of access in a page."""
    import axe_playwright_python

    return next(Path(axe_playwright_python.__file__).parent.rglob("axe.min.js")).read_text(encoding="utf-8")


def _run_apt(*packages: str) -> str | None:
    """Install packages from the lists that are there, else from new ones; nothing is removed for it."""
    install = ("install", "-y", "--no-install-recommends", "--no-remove", *packages)
    if not _call_apt(*install):
        return None
    return _call_apt("update") or _call_apt(*install)


def _call_apt(*arguments: str) -> str | None:
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    command = ["apt-get", "-q", "-o", "Acquire::http::Timeout=20", "-o", "Acquire::Retries=1", *arguments]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=600, env=environment, check=False)
    except subprocess.TimeoutExpired:
        return f"apt-get {arguments[0]} took over ten minutes: {ADVICE}"
    if done.returncode:
        return f"apt-get {arguments[0]} failed ({done.stderr.strip()[-200:]}): {ADVICE}"
    return None
