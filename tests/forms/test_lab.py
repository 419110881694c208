"""The forms in JupyterLab itself, driven in a real Chromium: one server and one browser for the module."""

from __future__ import annotations

import importlib.util
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from ruamel.yaml import YAML

from workbook.storage import read_engagement

ROOT = Path(__file__).parents[2]
HERE = Path(__file__).parent
FACTS = {
    "schema": 1,
    "title": "A commission",
    "commissioner": "A funder",
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
AXE = """(tags) => axe.run({include: [".ss-form"]}, {runOnly: {type: "tag", values: tags}, resultTypes: ["violations"]})
    .then((found) => found.violations.flatMap((rule) => rule.nodes.map((one) => `${rule.id}: ${one.html}`)))"""
CODE_IN_SIGHT = """() => [...document.querySelectorAll(".jp-CodeCell .jp-InputArea-editor, .jp-InputPlaceholder")]
    .filter((node) => node.checkVisibility() && node.getBoundingClientRect().height > 0).length"""


def _load_page_browser() -> ModuleType:
    spec = importlib.util.spec_from_file_location("lab_page_browser", HERE.parent / "pages" / "browser.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _make_project(project: Path) -> Path:
    """Make a project whose framing chapter also asks one question of each kind, and return its engagement."""
    shutil.copytree(ROOT / "notebooks", project / "notebooks")
    shutil.copytree(ROOT / "src" / "workbook" / "content", project / "content")
    yaml = YAML(typ="safe", pure=True)
    path = project / "content" / "framing.yaml"
    framing = yaml.load(path.read_text(encoding="utf-8"))
    framing["questions"] += yaml.load((HERE / "every_kind" / "framing.yaml").read_text(encoding="utf-8"))["questions"]
    path.write_text(json.dumps(framing), encoding="utf-8")
    folder = project / "parameters" / "commission"
    (folder / "voices").mkdir(parents=True)
    (folder / "engagement.yaml").write_text(json.dumps(FACTS), encoding="utf-8")
    (folder / "voices" / "trustee.yaml").write_text(TRUSTEE, encoding="utf-8")
    (folder / "voices" / "officer.yaml").write_text("schema: 1\nrole: Officer\n", encoding="utf-8")
    return folder


class Lab:
    """`workbook open` on a project, and a Chromium in a thread of its own, which playwright needs."""

    def __init__(self, project: Path, executable: str, browser: ModuleType) -> None:
        self.folder = _make_project(project)
        self.copies = project / "outputs" / "commission" / "workbook"
        self.requests: list[str] = []
        self.errors: list[str] = []
        self._wcag = list(browser.WCAG)
        kept = {key: one for key, one in os.environ.items() if not key.startswith("WORKBOOK")}
        self._environment = {**kept, "WORKBOOK_HOME": str(project), "WORKBOOK_CONTENT": str(project / "content")}
        self.start()
        self._thread = ThreadPoolExecutor(max_workers=1)
        self._thread.submit(self._start_browser, executable, browser.FLAGS).result()

    def start(self) -> None:
        """Start the server, and wait until it answers."""
        command = [sys.executable, "-c", "from workbook.cli import main; main()", "open", "commission", "--no-browser"]
        self.server = subprocess.Popen(
            command, env=self._environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
        )
        assert self.server.stdout
        self.address = next(line.strip() for line in self.server.stdout if "127.0.0.1" in line)
        while not _answers(self.address):
            assert self.server.poll() is None

    def stop(self, how: signal.Signals = signal.SIGTERM) -> None:
        """End the server."""
        self.server.send_signal(how)
        self.server.communicate(timeout=30)

    def close(self) -> None:
        """End browser and server."""
        self._thread.submit(lambda: (self._chromium.close(), self._playwright.stop())).result()
        self._thread.shutdown()
        self.stop()

    def drive(self, script: Callable[[Any], Any], *, voice: str = "trustee", chapter: str = "01_framing") -> Any:
        """Give `script` a page of a new window on which one chapter is open for a voice, and return what it returns."""
        return self._thread.submit(self._drive, script, voice, chapter).result(timeout=120)

    def _start_browser(self, executable: str, flags: tuple[str, ...]) -> None:
        import axe_playwright_python
        from playwright.sync_api import sync_playwright

        package = Path(axe_playwright_python.__file__).parent
        self._axe = next(package.rglob("axe.min.js")).read_text(encoding="utf-8")
        self._playwright = sync_playwright().start()
        self._chromium = self._playwright.chromium.launch(executable_path=executable, args=list(flags))

    def _drive(self, script: Callable[[Any], Any], voice: str, chapter: str) -> Any:
        context = self._chromium.new_context(viewport={"width": 1280, "height": 900}, locale="en-GB")
        try:
            return script(self.open_page(context, voice, chapter))
        finally:
            context.close()

    def open_page(self, context: Any, voice: str = "", chapter: str = "") -> Any:
        """Open a chapter in a context, as the link of the command does."""
        page = context.new_page()
        page.set_default_timeout(30_000)
        page.on("request", lambda request: self.requests.append(request.url))
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on(
            "dialog", lambda dialog: dialog.accept() if dialog.type == "beforeunload" else self.errors.append("dialog")
        )
        if voice:
            page.add_init_script(f"localStorage.setItem('soil-and-seeds:voice:commission', '{voice}')")
        page.goto(self.address.replace("00_start_here", chapter or "00_start_here"))
        page.wait_for_selector(".ss-form .ss-sheet" if voice else ".ss-form select")
        page.find_axe_faults = lambda: self._find_axe_faults(page)
        return page

    def _find_axe_faults(self, page: Any) -> list[str]:
        page.evaluate(self._axe)
        found: list[str] = page.evaluate(AXE, self._wcag)
        return found


def _answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(address, timeout=5):
            return True
    except OSError:
        time.sleep(0.05)
        return False


@pytest.fixture(scope="module")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    """Start JupyterLab and a Chromium; skip, saying what to type, where there is none."""
    for package in ("playwright", "axe_playwright_python"):
        pytest.importorskip(package, reason=f"{package} is missing: install the dev dependency group")
    browser = _load_page_browser()
    executable = browser.find_chromium(os.environ)
    if executable is None:
        pytest.skip(f"no Chromium was found: {browser.ADVICE}")
    opened = Lab(tmp_path_factory.mktemp("lab"), executable, browser)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("WORKBOOK_CONTENT", str(opened.folder.parents[1] / "content"))
        yield opened
    opened.close()


def _wait_saved(page: Any) -> None:
    page.wait_for_function(
        f"""() => /^(Saved|Taken back) at/.test(document.querySelector("{FORM} .ss-save").textContent)"""
    )


def _read_voice(lab: Lab, voice: str = "trustee") -> dict[str, Any]:
    found = next(one for one in read_engagement(lab.folder).voices if one.id == voice)
    return {question: answer.value for question, answer in found.answers.items()}


def test_the_start_page_opens_by_itself_and_leads_to_a_chapter(lab: Lab) -> None:
    """No code, no pop-up; who is answering is chosen by keyboard, and a link opens the chapter's form."""

    def look(page: Any) -> list[Any]:
        pop_ups = page.locator(".jp-Dialog, .jp-toast, .Toastify__toast").count()
        page.locator(".ss-form select").focus()
        page.keyboard.press("t")
        page.wait_for_selector(".ss-form .ss-chapters a")
        hidden = page.evaluate(CODE_IN_SIGHT)
        page.locator(".ss-form a[data-notebook='01_framing.ipynb']").press("Enter")
        page.wait_for_selector(f"{FORM} .ss-sheet")
        return [pop_ups, hidden, page.evaluate(CODE_IN_SIGHT), page.locator(f"{FORM} .ss-count").text_content().strip()]

    context = lab._thread.submit(lambda: lab._chromium.new_context(viewport={"width": 1280, "height": 900})).result()
    found = lab._thread.submit(lambda: look(lab.open_page(context))).result()
    lab._thread.submit(context.close).result()
    assert found[:3] == [0, 0, 0]
    assert found[3].startswith("1 of ")


def test_one_of_every_kind_by_keyboard_is_saved_as_typed_and_there_after_a_reload(
    lab: Lab, fill_every_kind: Callable[[Any], dict[str, Any]]
) -> None:
    """The voice's file holds exactly what was typed, its comments stay, and hostile words run nothing."""

    def fill(page: Any) -> list[Any]:
        before = page.locator(f"{FORM} .ss-reading-body").first.inner_html()
        expected = fill_every_kind(page)
        _wait_saved(page)
        after = page.locator(f"{FORM} .ss-reading-body").first.inner_html()
        page.reload()
        page.wait_for_selector(f"{FORM} .ss-sheet")
        words = page.locator("[data-question='framing.story'] textarea").first.input_value()
        scale = page.locator("[data-question='framing.purpose.seed'] input:checked").get_attribute("id")
        again = page.locator(f"{FORM} .ss-reading-body").first.inner_html()
        return [expected, before != after, again == after, words, bool(scale), page.evaluate("'ran' in window")]

    expected, changed, same, words, scale, ran = lab.drive(fill)
    assert _read_voice(lab) == {"framing.purpose.soil": 4, **expected}
    text = (lab.folder / "voices" / "trustee.yaml").read_text(encoding="utf-8")
    assert text.startswith(TRUSTEE)
    assert (changed, same, scale, ran) == (True, True, True, False)
    assert words == expected["framing.story"]


def test_the_form_has_no_fault_of_access(lab: Lab) -> None:
    """Axe finds none in the form and its reading; in a narrow window nothing needs scrolling sideways."""

    def look(page: Any) -> list[Any]:
        page.locator(f"{FORM} summary").first.press("Enter")
        faults = page.find_axe_faults()
        widths = []
        for width in (320, 640):
            page.set_viewport_size({"width": width, "height": 800})
            widths.append(
                page.evaluate(f"""() => {{ const form = document.querySelector("{FORM}");
                return form.scrollWidth - form.clientWidth; }}""")
            )
        return [faults, widths]

    faults, widths = lab.drive(look)
    assert faults == []
    assert widths == [0, 0]


def test_two_windows_of_one_voice_show_each_others_answers_and_keep_both_of_a_conflict(lab: Lab) -> None:
    """The other's answer appears; where both changed the same one, both are shown and one is chosen."""
    seed = "[data-question='framing.timing.seed'] input"
    words = "[data-question='framing.said_aloud'] textarea"

    def answer(page: Any) -> list[Any]:
        other = lab.open_page(page.context, "trustee", "01_framing")
        other.locator(seed).nth(1).check()
        _wait_saved(other)
        page.wait_for_function(f"""() => document.querySelectorAll("{FORM} {seed}")[1].checked""")
        told = page.locator(f"{FORM} .ss-save").first.text_content()
        for window, text in ((page, "from here"), (other, "from there")):
            window.evaluate("window.stopped = true")
            window.locator(words).first.fill(text)
        for window in (page, other):
            window.locator(words).first.blur()
            window.wait_for_timeout(0)
        page.wait_for_selector(f"{FORM} .ss-conflict")
        shown = page.locator(f"{FORM} .ss-conflict").text_content()
        page.get_by_role("button", name="Use the other one").click()
        page.wait_for_selector(f"{FORM} .ss-conflict", state="detached")
        return [told, shown]

    told, shown = lab.drive(answer)
    assert "another window" in told
    assert "from here" in shown
    assert "from there" in shown
    assert _read_voice(lab)["framing.said_aloud"] in ("from here", "from there")
    assert _read_voice(lab)["framing.timing.seed"] == 1


def test_someone_new_and_two_people_side_by_side(lab: Lab) -> None:
    """A new voice is made by keyboard with role and consent; its answers touch nobody else's."""
    before = (lab.folder / "voices" / "trustee.yaml").read_text(encoding="utf-8")

    def answer(page: Any) -> None:
        page.locator(f"{FORM} select").first.select_option("_new")
        page.keyboard.type("Young adviser")
        page.get_by_label("Without my name or role").check()
        page.get_by_role("button", name="Start answering").press("Enter")
        page.wait_for_function(f"""() => document.querySelector("{FORM} select").value === "young-adviser" """)
        page.locator(f"{FORM} [data-question='framing.purpose.seed'] input").nth(3).check()
        _wait_saved(page)

    lab.drive(answer, voice="officer")
    voice = next(one for one in read_engagement(lab.folder).voices if one.id == "young-adviser")
    assert (voice.role, voice.consent) == ("Young adviser", "unnamed")
    assert _read_voice(lab, "young-adviser") == {"framing.purpose.seed": 3}
    assert (lab.folder / "voices" / "trustee.yaml").read_text(encoding="utf-8") == before


def test_a_killed_kernel_comes_back_with_every_answer(lab: Lab) -> None:
    """The form returns by itself, and takes the next answer."""

    def answer(page: Any) -> str:
        page.locator(f"{FORM} [data-question='framing.change.seed'] input").nth(2).check()
        _wait_saved(page)
        page.locator(FORM).evaluate("(form) => form.setAttribute('data-marked', '')")
        for process in _list_kernels(lab):
            os.kill(process, signal.SIGKILL)
        page.wait_for_selector(f"{FORM}[data-marked]", state="detached")
        page.wait_for_selector(f"{FORM} .ss-sheet")
        page.wait_for_selector(".jp-Dialog", state="detached")
        page.locator(f"{FORM} [data-question='framing.change.soil'] input").nth(1).check()
        _wait_saved(page)
        return str(page.locator(f"{FORM} [data-question='framing.change.seed'] input:checked").count())

    assert lab.drive(answer) == "1"
    assert {key: one for key, one in _read_voice(lab).items() if ".change." in key} == {
        "framing.change.seed": 2,
        "framing.change.soil": 1,
    }


def test_no_notebook_holds_an_answer_and_no_widget_state_is_stored(lab: Lab) -> None:
    """The working copies' metadata are what was made, and the shipped notebooks are as they were."""
    for path in lab.copies.glob("*.ipynb"):
        notebook = json.loads(path.read_text(encoding="utf-8"))
        assert set(notebook["metadata"]) <= {"kernelspec", "language_info", "soil_and_seeds"}
        assert all(set(cell["metadata"]) <= {"tags", "trusted"} for cell in notebook["cells"])
        assert "Only this." not in path.read_text(encoding="utf-8")
    for path in (ROOT / "notebooks").glob("*.ipynb"):
        assert (lab.folder.parents[1] / "notebooks" / path.name).read_bytes() == path.read_bytes()


def test_a_killed_server_loses_no_acknowledged_answer(lab: Lab) -> None:
    """The form says so in plain words; opened again, every answer is there."""

    def answer(page: Any) -> str:
        page.locator(f"{FORM} [data-question='framing.product.seed'] input").nth(4).check()
        _wait_saved(page)
        lab.stop(signal.SIGKILL)
        page.locator(f"{FORM} [data-question='framing.product.soil'] input").nth(1).check()
        page.wait_for_selector(f"{FORM} .ss-alert:not(:empty)")
        return str(page.locator(f"{FORM} .ss-alert").text_content())

    assert "workbook open commission" in lab.drive(answer)
    assert _read_voice(lab)["framing.product.seed"] == 4
    lab.start()
    assert (
        lab.drive(lambda page: page.locator(f"{FORM} [data-question='framing.product.seed'] input:checked").count())
        == 1
    )


def test_no_request_left_the_machine_and_no_script_failed(lab: Lab) -> None:
    """Everything that was asked for in the tests before, JupyterLab's own requests with it."""
    assert len(lab.requests) > 100
    outside = [url for url in lab.requests if not re.match(r"(https?|wss?)://127\.0\.0\.1:|data:|blob:|about:", url)]
    assert outside == []
    assert lab.errors == []
    with urllib.request.urlopen(lab.address, timeout=10) as page:
        assert page.headers["Content-Security-Policy"].startswith("default-src 'self' ")


def _list_kernels(lab: Lab) -> list[int]:
    """List the kernels of this server: the processes whose connection file lies in its runtime folder."""
    runtime = str(lab.copies / ".lab" / "runtime")
    lines = subprocess.run(["ps", "-wweo", "pid,args"], capture_output=True, text=True, check=True).stdout.splitlines()
    found = [int(line.split()[0]) for line in lines if runtime in line and "ipykernel" in line]
    assert found
    return found
