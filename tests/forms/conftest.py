"""A browser for the forms, and an engagement whose one chapter asks a question of each kind."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from builders import AUDIENCES, make_facts
from chromium import FLAGS, WCAG, read_axe
from workbook.content import find_content_folder
from workbook.forms.sheet.sheet import describe_sheet, read_sheet_script
from workbook.theme import read_stylesheet

HERE = Path(__file__).parent
AXE = """async (tags) => {
  const hushed = () => document.querySelector("select[aria-hidden]");  // a list that was just put there, for a moment
  while (hushed()) await new Promise((done) => setTimeout(done, 20));
  return axe.run(document, {runOnly: {type: "tag", values: tags}, resultTypes: ["violations"]})
    .then((found) => found.violations.flatMap((rule) => rule.nodes.map(
      (one) => `${rule.id}: ${one.html} ${one.failureSummary}`)));
}"""
FACTS = {
    "schema": 1,
    "title": "A commission",
    "commissioner": "A funder",
    "currency": "GBP",
    "audiences": list(AUDIENCES),
}


SIZE = {"width": 1280, "height": 900}


@dataclass
class Seen:
    """What a page did that it should not have done."""

    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)


class FormBrowser:
    """One Chromium in a thread of its own: playwright keeps an event loop running in the thread that starts it."""

    def __init__(self, executable: str) -> None:
        self._thread = ThreadPoolExecutor(max_workers=1)
        self._thread.submit(self._start, executable).result()

    def drive(self, path: Path, script: Callable[[Any], Any], *, fresh: bool = False, **context: Any) -> Any:
        """Open a file, give its page to `script`, and return what that returns.

        One page serves one script after the other, emptied in between, since a new one starts a process. `fresh`, or
        settings of a context other than its size, give the script a page of its own: it may then change more of it than
        what a file's own scripts can. Fails if the page asked for anything outside itself, complained, or showed a
        dialogue.
        """
        own = fresh or set(context) - {"viewport"}
        return self._thread.submit(self._drive_own if own else self._drive_shared, path, script, context).result()

    def close(self) -> None:
        """End the browser and its thread."""
        self._thread.submit(self._stop).result()
        self._thread.shutdown()

    def _start(self, executable: str) -> None:
        from playwright.sync_api import sync_playwright

        self._axe = read_axe()
        self._playwright = sync_playwright().start()
        self._chromium = self._playwright.chromium.launch(executable_path=executable, args=list(FLAGS))
        self._shared, self._seen = self._open_page({}), Seen()

    def _stop(self) -> None:
        self._chromium.close()
        self._playwright.stop()

    def _drive_shared(self, path: Path, script: Callable[[Any], Any], options: dict[str, Any]) -> Any:
        page = self._shared
        page.set_viewport_size(options.get("viewport", SIZE))
        try:
            answer = self._run(page, path, script)
        except BaseException:
            page.context.close()
            self._shared = self._open_page({})
            raise
        for other in page.context.pages:
            if other is not page:
                other.close()
        page.bring_to_front()
        page.emulate_media(media="null")
        page.goto("about:blank")  # what a page does when it is left is done before all is emptied
        page.goto((HERE / "empty.html").as_uri())
        page.evaluate("() => { localStorage.clear(); sessionStorage.clear(); }")
        return answer

    def _drive_own(self, path: Path, script: Callable[[Any], Any], options: dict[str, Any]) -> Any:
        page = self._open_page(options)
        try:
            return self._run(page, path, script)
        finally:
            page.context.close()

    def _run(self, page: Any, path: Path, script: Callable[[Any], Any]) -> Any:
        self._seen = Seen()
        page.goto(path.resolve().as_uri(), wait_until="load")
        answer = script(page)
        assert self._seen == Seen()
        return answer

    def _open_page(self, options: dict[str, Any]) -> Any:
        before = options.pop("before", "")
        context = self._chromium.new_context(**{"viewport": SIZE, "locale": "en-GB", **options})
        page = context.new_page()
        page.set_default_timeout(30_000)
        page.add_init_script(before)
        page.on("console", lambda said: self._seen.complaints.append(said.text) if said.type == "error" else None)
        page.on("pageerror", lambda error: self._seen.complaints.append(str(error)))
        page.on("dialog", lambda dialog: (self._seen.complaints.append(dialog.message), dialog.dismiss()))
        context.route(
            re.compile("^(?!file:|data:|blob:|about:)"),
            lambda route: (self._seen.requests.append(route.request.url), route.abort()),
        )
        page.find_axe_faults = lambda: self._find_axe_faults(page)
        return page

    def _find_axe_faults(self, page: Any) -> list[str]:
        page.evaluate(self._axe)
        found: list[str] = page.evaluate(AXE, list(WCAG))
        return found


@pytest.fixture(scope="session")
def form_browser(chromium: str) -> Iterator[FormBrowser]:
    """Start one Chromium for the session."""
    opened = FormBrowser(chromium)
    yield opened
    opened.close()


@pytest.fixture
def every_kind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Read the words of a chapter with every kind of question, in a project with one engagement; return the project."""
    content = tmp_path / "content"
    content.mkdir()
    shutil.copy(HERE / "every_kind" / "framing.yaml", content)
    for name in ("forms.yaml", "language.yaml"):
        shutil.copy(find_content_folder() / name, content)
    monkeypatch.setenv("WORKBOOK_CONTENT", str(content))
    monkeypatch.setenv("WORKBOOK_HOME", str(tmp_path))
    folder = tmp_path / "parameters" / "commission"
    folder.mkdir(parents=True)
    (folder / "engagement.yaml").write_text(json.dumps(FACTS), encoding="utf-8")
    return tmp_path


@pytest.fixture
def sheet_page(every_kind: Path) -> Path:
    """Return a page that draws the sheet of every kind and logs what it is told: `answers`, `drafts`, `sheet`."""
    sheet = json.dumps(describe_sheet(make_facts(), "framing")).replace("<", "\\u003c")
    script = f"""{read_sheet_script()}
        window.answers = []; window.drafts = [];
        window.sheet = renderSheet(document.getElementById("root"), {sheet}, {{
          onAnswer: (id, answer) => answers.push([id, answer]),
          onDraft: (id, answer) => drafts.push([id, answer]) }});"""
    path = every_kind / "sheet.html"
    path.write_text(
        f'<!doctype html><html lang="en-GB"><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
        f"<title>Sheet</title><style>{read_stylesheet('sheet')}</style><main><h1>Sheet</h1>"
        f'<div id="root"></div></main><script type="module">{script}</script></html>',
        encoding="utf-8",
    )
    return path


def tab_to(page: Any, selector: str) -> None:
    """Press Tab until what has the focus matches a selector."""
    for _ in range(200):
        page.keyboard.press("Tab")
        if page.evaluate("(selector) => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"Tab never reaches {selector}")


# Days that read the same in every order of day and month, since a date field takes its order from the machine.
FILLED = {
    "framing.purpose.seed": 2,
    "framing.pick": "two",
    "framing.several": ["red", "green"],
    "framing.words": "=1+1 <b>“bold”</b>",
    "framing.story": "First line\n  second \u202eline\u202c & <script>window.ran = 1</script>",
    "framing.count": 12,
    "framing.cost": 1200.5,
    "framing.day": "2026-03-03",
    "framing.points": {"funder": 60, "grantees": 40, "people": 0},
    "framing.each": {"funder": {"step": 1, "months": 18, "said": "Only this."}, "grantees": "unsure"},
    "framing.range": {"small": {"low": 5, "high": 10}},
    "framing.things": [{"name": "Trust", "kind": "soft", "since": "2026-02-02"}, {"name": "Time"}],
}


def _type_lines(keys: Any, text: str) -> None:
    """Type a text, each new line by the key that a person presses for it."""
    first, *others = text.split("\n")
    keys.insert_text(first)
    for line in others:
        keys.press("Enter")
        keys.insert_text(line)


def _fill_every_kind(page: Any) -> dict[str, Any]:
    keys = page.keyboard
    first = "[data-question='framing.{}'] .ss-frame {}".format
    tab_to(page, first("purpose.seed", "input"))
    for key in ("Space", "ArrowDown", "ArrowDown"):
        keys.press(key)
    tab_to(page, first("pick", "input"))
    for key in ("Space", "ArrowDown"):
        keys.press(key)
    tab_to(page, first("several", "input"))
    for key in ("Space", "Tab", "Tab", "Space"):
        keys.press(key)
    for name in ("words", "story"):
        tab_to(page, first(name, "textarea"))
        _type_lines(keys, FILLED[f"framing.{name}"])
    for name, typed in (("count", "12"), ("cost", "£1,200.50"), ("day", "03032026")):
        tab_to(page, first(name, "input"))
        keys.type(typed)
    tab_to(page, first("points", "input"))
    for key in ("6", "0", "Tab", "4", "0"):
        keys.press(key)
    tab_to(page, first("each", "select"))
    for typed in ("Half", "18", "Only this."):
        keys.type(typed)
        keys.press("Tab")
    tab_to(page, first("each", "tr:nth-child(2) input[type=checkbox]"))
    keys.press("Space")
    tab_to(page, first("range", "input"))
    for key in ("5", "Tab", "1", "0"):
        keys.press(key)
    tab_to(page, first("things", ".ss-add"))
    keys.press("Enter")
    for typed in ("Trust", "Soft", "02022026"):
        keys.type(typed)
        keys.press("Tab")
    tab_to(page, first("things", ".ss-add"))
    keys.press("Enter")
    keys.type("Time")
    keys.press("Tab")
    return FILLED


@pytest.fixture
def fill_every_kind() -> Callable[[Any], dict[str, Any]]:
    """Return a function that answers one question of each kind with keys alone and returns the values that gives."""
    return _fill_every_kind


@pytest.fixture
def press_tab_to() -> Callable[[Any, str], None]:
    """Return a function that presses Tab until what has the focus matches a selector."""
    return tab_to
