"""How long from `workbook open` to a form that can be filled in, beside plain JupyterLab with a notebook of one cell.

Both are run in turn, each in a folder of its own with a fresh Chromium profile, and timed from the start of the
command. Plain JupyterLab's time ends when the cell, run as soon as its kernel is ready, shows its output.

`--day` measures a working day instead: every chapter opened twice, one after the other, as somebody walks through them
and comes back once a form replies; and the most that all kernels that live hold together meanwhile (Linux: PSS, in
which memory that two processes share counts half for each).
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import re
import secrets
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
ROUNDS = 3
GOAL = 1.1
MOST_MEMORY = 400  # MB
ONE_CELL = {
    "cells": [
        {"cell_type": "code", "id": "one", "metadata": {}, "execution_count": None, "outputs": [], "source": "6 * 7"}
    ],
    "metadata": {"kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}},
    "nbformat": 4,
    "nbformat_minor": 5,
}
# A form that comes back after its kernel was ended is another one than the form that was left.
LEAVE = """() => {
    document.querySelectorAll(".ss-chapters").forEach((list) => { list.open = true; });
    document.querySelectorAll(".ss-form").forEach((form) => { form.dataset.left = ""; });
}"""
IS_OPEN = """(name) => location.pathname.endsWith(name)
    && [...document.querySelectorAll(".ss-form:not([data-left]) .ss-sheet")].some((one) => one.checkVisibility())"""
READY = """async () => { const panel = window.jupyterapp?.shell?.currentWidget;
    if (!panel?.sessionContext?.isReady) return false; await panel.sessionContext.session.kernel.info; return true; }"""


def time_workbook(chromium: Any, folder: Path) -> float:
    """Return the seconds from `workbook open` until the form takes the choice of a voice."""
    for name in ("notebooks", "parameters"):
        shutil.copytree(ROOT / name, folder / name)
    command = [sys.executable, "-c", "from workbook.cli import main; main()", "open", "example", "--no-browser"]
    return _time(chromium, command, {"WORKBOOK_HOME": str(folder)}, _wait_for_form)


def measure_day(chromium: Any, folder: Path) -> list[float]:
    """Return what the kernels hold together, in MB, while a chapter is opened and until its form replies: the most."""
    found: list[float] = []

    def walk(page: Any) -> None:
        _wait_for_form(page)
        page.locator(".ss-who select").select_option("trustee")
        page.locator(".ss-who .ss-button").click()
        page.wait_for_selector(".ss-chapters a", state="attached")
        page.locator(".ss-through button", has_text="Everything").filter(visible=True).last.click()
        names = page.eval_on_selector_all(".ss-chapters a", "(all) => all.map((one) => one.dataset.notebook)")
        for name in list(dict.fromkeys(names)) * 2:
            with _watch(folder, found):
                page.evaluate(LEAVE)
                page.locator(f".ss-form a[data-notebook='{name}']").filter(visible=True).last.click()
                page.wait_for_function(IS_OPEN, arg=name)
                page.wait_for_timeout(1000)  # what was left longest ago ends meanwhile

    for name in ("notebooks", "parameters"):
        shutil.copytree(ROOT / name, folder / name)
    command = [sys.executable, "-c", "from workbook.cli import main; main()", "open", "example", "--no-browser"]
    _time(chromium, command, {"WORKBOOK_HOME": str(folder)}, walk)
    return found


@contextlib.contextmanager
def _watch(folder: Path, found: list[float]) -> Iterator[None]:
    """Note the most that the kernels hold together at any moment while something goes on."""
    seen, over = [0.0], threading.Event()

    def look() -> None:
        while not over.wait(0.1):
            seen.append(_add_up(folder))

    thread = threading.Thread(target=look)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()
        found.append(max(seen))


def _add_up(folder: Path) -> float:
    """Add up what the kernels hold whose connection files lie in a folder."""
    import psutil

    total = 0
    for process in psutil.process_iter(["cmdline"]):
        line = process.info["cmdline"] or ()
        if "ipykernel_launcher" in line and any(str(folder) in part for part in line):
            with contextlib.suppress(psutil.Error):
                total += process.memory_full_info().pss
    return total / 2**20


def time_plain(chromium: Any, folder: Path) -> float:
    """Return the seconds from `jupyter lab` until the one cell shows its output."""
    (folder / "one.ipynb").write_text(json.dumps(ONE_CELL), encoding="utf-8")
    token = secrets.token_hex(16)
    places = {f"JUPYTER_{name}_DIR": str(folder / name.lower()) for name in ("CONFIG", "DATA", "RUNTIME")}
    command = [sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root", f"--notebook-dir={folder}"]
    command += [
        "--ServerApp.port=8790",
        "--LabApp.expose_app_in_browser=True",
        "--LabApp.default_url=/lab/tree/one.ipynb",
    ]
    settings = folder / "settings"
    command += [f"--LabApp.user_settings_dir={settings}", f"--LabApp.workspaces_dir={folder / 'workspaces'}"]
    address = f"http://127.0.0.1:8790/lab/tree/one.ipynb?token={token}"
    return _time(
        chromium, command, {**places, "JUPYTER_TOKEN": token, "JUPYTER_PREFER_ENV_PATH": "1"}, _run_cell, address
    )


def _time(
    chromium: Any, command: list[str], environment: dict[str, str], wait: Callable[[Any], None], address: str = ""
) -> float:
    begun = time.perf_counter()
    with subprocess.Popen(
        command, env={**os.environ, **environment}, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as server:
        assert server.stdout
        while not address:
            found = re.search(r"http://\S+", server.stdout.readline())
            address = found[0] if found else ""
        context = chromium.new_context(viewport={"width": 1280, "height": 900})
        try:
            while not _answers(address):
                time.sleep(0.02)
            page = context.new_page()
            page.set_default_timeout(60_000)
            page.goto(address, wait_until="commit")
            wait(page)
            seconds = time.perf_counter() - begun
        finally:
            context.close()
            server.terminate()
    return seconds


def _wait_for_form(page: Any) -> None:
    page.wait_for_selector(".ss-who select:enabled")


def _run_cell(page: Any) -> None:
    page.wait_for_selector(".jp-Notebook .jp-CodeCell")
    while not page.evaluate(READY):
        page.wait_for_timeout(20)
    page.evaluate("() => window.jupyterapp.commands.execute('notebook:run-all-cells')")
    page.wait_for_selector(".jp-OutputArea-output:has-text('42')")


def _answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(address, timeout=5):
            return True
    except OSError:
        return False


def main() -> int:
    """Print both times and their ratio; the exit status is 1 where the goal is missed."""
    from playwright.sync_api import sync_playwright

    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--day", action="store_true", help="measure the memory of a working day")
    is_day = parser.parse_args().day
    times: dict[str, list[float]] = {"workbook": [], "plain": []}
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as place:
        chromium = playwright.chromium.launch(
            executable_path=os.environ.get("CHROMIUM", "/usr/bin/chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        if is_day:
            return _print_day(measure_day(chromium, Path(place)))
        for number in range(ROUNDS):
            for name, measure in (("workbook", time_workbook), ("plain", time_plain)):
                folder = Path(place) / f"{name}-{number}"
                folder.mkdir()
                times[name].append(measure(chromium, folder))
        chromium.close()
    ours, plain = (statistics.median(times[name]) for name in ("workbook", "plain"))
    print(f"workbook open to a form: {ours:.1f} s; plain JupyterLab and one cell: {plain:.1f} s (middle of {ROUNDS})")
    print(f"ratio: {ours / plain:.2f} (goal: at most {GOAL})")
    return int(ours / plain > GOAL)


def _print_day(held: list[float]) -> int:
    told = ", ".join(f"{one:.0f}" for one in held)
    print(f"MB that the kernels hold together at most during each of {len(held)} openings: {told}")
    print(f"most: {max(held):.0f} MB (goal: under {MOST_MEMORY})")
    return int(max(held) >= MOST_MEMORY)


if __name__ == "__main__":
    raise SystemExit(main())
