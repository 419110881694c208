"""`workbook open` on a small engagement, and a Chromium on it: for the tests that drive JupyterLab itself."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request
import uuid
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import psutil
import pytest
from filelock import FileLock
from ruamel.yaml import YAML

from chromium import FLAGS, WCAG, read_axe
from workbook.machine import PLAIN

ROOT = Path(__file__).parents[2]
HERE = Path(__file__).parent
FACTS = {
    "schema": 1,
    "title": "A commission",
    "commissioner": "A funder",
    "currency": "GBP",
    "audiences": [
        {"id": "funder", "name": "The funder", "group": "funders"},
        {"id": "grantees", "name": "Grantees", "group": "delivery"},
        {"id": "people", "name": "People who benefit", "group": "people"},
    ],
}
TRUSTEE = """\
# Typed by hand, on the train.
schema: 1
role: 'Trustee'   # the chair
consent: role
answers:
  framing.purpose.soil: 4  # said twice
"""
FORM = ".ss-form[aria-label*='Framing']"
AXE = """async (tags) => {
  const hushed = () => document.querySelector("select[aria-hidden]");  // a list that was just put there, for a moment
  while (hushed()) await new Promise((done) => setTimeout(done, 20));
  return axe.run({include: [".ss-form"]}, {runOnly: {type: "tag", values: tags}, resultTypes: ["violations"]})
    .then((found) => found.violations.flatMap((rule) => rule.nodes.map((one) => `${rule.id}: ${one.html}`)));
}"""


def open_lab(project: Path, chromium: str, kind: type[Lab] | None = None) -> Iterator[Lab]:
    """Give JupyterLab and a Chromium on a new project."""
    opened = (kind or Lab)(project, chromium)
    try:
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("WORKBOOK_CONTENT", str(project / "content"))
            yield opened
    finally:
        opened.close()


class Lab:
    """`workbook open` on a project, and a Chromium in a thread of its own, which playwright needs."""

    way = "everything"  # what a person has chosen; nothing for somebody who comes for the first time
    slug = "commission"  # of its own for each test file: its port is then free again after a server was killed

    def __init__(self, project: Path, chromium: str) -> None:
        self.folder = project / "parameters" / self.slug
        _make_project(project, self.folder)
        self.copies = project / "outputs" / self.slug / "workbook"
        self.requests: list[str] = []
        self.errors: list[str] = []
        self._profile = project / "chromium"
        self._launch = {"executable_path": chromium, "viewport": {"width": 1280, "height": 900}, "locale": "en-GB"}
        kept = {key: one for key, one in os.environ.items() if not key.startswith("WORKBOOK") or key == PLAIN}
        self._environment = {**kept, "WORKBOOK_HOME": str(project), "WORKBOOK_CONTENT": str(project / "content")}
        self._thread = ThreadPoolExecutor(max_workers=1)
        browsing = self._thread.submit(self._start_playwright)
        self.start()
        browsing.result()

    # ---- the server and its kernels

    def start(self) -> None:
        """Start the server, and wait until it answers."""
        main = "from workbook.cli import main; main()"
        command = [sys.executable, "-c", main, "open", self.slug, "--no-browser"]
        # Two tests that start at the same moment would both be given the same free port.
        with FileLock(Path(tempfile.gettempdir()) / "workbook-test-port.lock"):
            self.server = subprocess.Popen(
                command,
                env=self._environment,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                text=True,
            )
            assert self.server.stdout
            self.address = next(line.strip() for line in self.server.stdout if "127.0.0.1" in line)
            while not _answers(self.address):
                assert self.server.poll() is None

    def stop(self, how: signal.Signals = signal.SIGTERM) -> None:
        """End the server."""
        self.server.send_signal(how)
        self.server.communicate(timeout=30)

    def find_kernel(self, notebook: str) -> str | None:
        """Return the kernel that the server has for a notebook."""
        place, _, token = self.address.partition("?")
        with urllib.request.urlopen(f"{place.partition('/doc/')[0]}/api/sessions?{token}") as reply:
            found = {one["path"]: str(one["kernel"]["id"]) for one in json.load(reply)}
        return found.get(notebook)

    def list_kernels(self) -> list[int]:
        """List the kernels of this engagement: the processes whose connection file lies in its runtime folder."""
        runtime = str(self.copies / ".lab-")
        lines = [(process.pid, process.info["cmdline"] or ()) for process in psutil.process_iter(["cmdline"])]
        return [pid for pid, line in lines if any(runtime in part for part in line) and "ipykernel_launcher" in line]

    # ---- the browser

    def call(self, script: Callable[[], Any]) -> Any:
        """Run something in the browser's thread."""
        return self._thread.submit(script).result(timeout=120)

    def drive(self, script: Callable[[Any], Any], *, voice: str = "trustee", chapter: str = "01_framing") -> Any:
        """Give `script` a new page on which one chapter is open for a voice, and return what it returns."""
        return self.call(lambda: self._drive(script, voice, chapter))

    def start_browser(self) -> None:
        """Start a Chromium with a profile that is kept, in the browser's thread."""
        # No other Chromium on this machine has this word in its command.
        self._mark = f"--workbook-test={uuid.uuid4()}"
        # One context for all pages: what JupyterLab consists of is read and compiled once.
        chromium = self._playwright.chromium
        self.context = chromium.launch_persistent_context(self._profile, args=[*FLAGS, self._mark], **self._launch)

    def find_browser(self) -> int:
        """Return the process group of this Chromium."""
        found = (
            process for process in psutil.process_iter(["cmdline"]) if self._mark in (process.info["cmdline"] or ())
        )
        return os.getpgid(next(found).pid)

    def close(self) -> None:
        """End browser and server."""
        self.call(lambda: (self.context.close(), self._playwright.stop()))
        self._thread.shutdown()
        self.stop()

    def open_page(self, context: Any, voice: str = "", chapter: str = "") -> Any:
        """Open a chapter in a context, as the link of the command does."""
        page = context.new_page()
        page.set_default_timeout(30_000)
        page.on("request", lambda request: self.requests.append(request.url))
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on(
            "dialog", lambda dialog: dialog.accept() if dialog.type == "beforeunload" else self.errors.append("dialog")
        )
        if self.way:
            key = f"soil-and-seeds:way:{self.slug}"
            page.add_init_script(f"sessionStorage.getItem('{key}') ?? sessionStorage.setItem('{key}', '{self.way}')")
        if voice:
            page.add_init_script(f"sessionStorage.setItem('soil-and-seeds:voice:{self.slug}', '{voice}')")
        page.goto(self.address.replace("00_start_here", chapter or "00_start_here"))
        page.wait_for_selector(".ss-form .ss-sheet" if voice else ".ss-who select")
        page.find_axe_faults = lambda: self._find_axe_faults(page)
        return page

    def _start_playwright(self) -> None:
        from playwright.sync_api import sync_playwright

        self._axe = read_axe()
        self._playwright = sync_playwright().start()
        self.start_browser()

    def _drive(self, script: Callable[[Any], Any], voice: str, chapter: str) -> Any:
        page = self.open_page(self.context, voice, chapter)
        try:
            return script(page)
        finally:
            # The first page is the empty one that Chromium opens with.
            for one in self.context.pages[1:]:
                one.close()

    def _find_axe_faults(self, page: Any) -> list[str]:
        page.evaluate(self._axe)
        found: list[str] = page.evaluate(AXE, list(WCAG))
        return found


COVERED = """() => { const one = document.activeElement.getBoundingClientRect();
  const [x, y] = [one.left + Math.min(one.width, 20) / 2, one.top + Math.min(one.height, 20) / 2];
  const over = document.elementFromPoint(x, y);
  return over?.closest(".ss-saving, .ss-verdict") && !document.activeElement.closest(".ss-saving, .ss-verdict")
    ? document.activeElement.outerHTML.slice(0, 80) : ""; }"""


def list_covered(page: Any, *, size: tuple[int, int], form: str = ".ss-form") -> tuple[int, list[str]]:
    """Press Tab through a form in a window of a size; return how many stops, and those under something that sticks."""
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.locator(f"{form} .ss-who select").focus()
    stops, covered = 0, []
    while page.evaluate("Boolean(document.activeElement.closest('.ss-form'))"):
        stops += 1
        covered.append(page.evaluate(COVERED))
        page.keyboard.press("Tab")
    return stops, [one for one in covered if one]


def choose_who(page: Any, voice: str, form: str = "") -> None:
    """Choose who answers, and confirm it."""
    page.locator(f"{form} .ss-who select").select_option(voice)
    page.locator(f"{form} .ss-who .ss-button").press("Enter")
    if voice == "_new":  # the first field takes the focus once it can be heard
        page.wait_for_function("document.activeElement.name === 'role'")


def _make_project(project: Path, folder: Path) -> None:
    """Make a project with one engagement, whose framing chapter also asks one question of each kind."""
    shutil.copytree(ROOT / "notebooks", project / "notebooks")
    shutil.copytree(ROOT / "src" / "workbook" / "content", project / "content")
    yaml = YAML(typ="safe", pure=True)
    path = project / "content" / "framing.yaml"
    framing = yaml.load(path.read_text(encoding="utf-8"))
    framing["questions"] += yaml.load((HERE / "every_kind" / "framing.yaml").read_text(encoding="utf-8"))["questions"]
    path.write_text(json.dumps(framing), encoding="utf-8")
    (folder / "voices").mkdir(parents=True)
    (folder / "engagement.yaml").write_text(json.dumps(FACTS), encoding="utf-8")
    (folder / "voices" / "trustee.yaml").write_text(TRUSTEE, encoding="utf-8")
    (folder / "voices" / "officer.yaml").write_text("schema: 1\nrole: Officer\n", encoding="utf-8")


def _answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(address, timeout=5):
            return True
    except OSError:
        time.sleep(0.05)
        return False
