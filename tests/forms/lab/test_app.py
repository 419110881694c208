"""`workbook open SLUG --app`: the same working copies shown by Voilà, driven in a real Chromium.

Voilà is an extra of the package. Where it is not installed, the tests of its pages are skipped.
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
import tempfile
import time
import tomllib
import urllib.request
from collections.abc import Iterator
from importlib.metadata import metadata
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.error import HTTPError

import pytest
from filelock import FileLock

from forms.lab_support import FORM, ROOT, Lab, list_covered, open_lab
from workbook.storage import read_engagement

LOCAL = re.compile(r"(https?|wss?)://127\.0\.0\.1:|data:|blob:|about:")
CODE_IN_SIGHT = """() => [...document.querySelectorAll("pre, code, .jp-InputArea, .cm-editor")]
    .filter((node) => node.checkVisibility() && /wb\\.|import |engagement =/.test(node.textContent)).length"""
SIDEWAYS = """() => [...document.querySelectorAll("*")].filter((node) => node.scrollWidth > node.clientWidth + 1
    && ["auto", "scroll"].includes(getComputedStyle(node).overflowX) && !node.closest(".scroll, .ss-sheet textarea"))
    .map((node) => node.className)"""
STORY = "[data-question='framing.story'] textarea"
SECRET = "Only the officer said this."
NO_VOILA = """
import sys
sys.modules["voila"] = None  # as if it were not installed
from workbook.cli import main
main()
"""


class App(Lab):
    """`workbook open commission --app`, and what its pages asked other machines for that our policy did not stop."""

    def start(self) -> None:
        """Start the server, and wait until it answers: at an address that starts no kernel."""
        program = "from workbook.cli import main; main()"
        command = [sys.executable, "-c", program, "open", "commission", "--app", "--no-browser"]
        # Two tests that start at the same moment would both be given the first free port.
        with FileLock(Path(tempfile.gettempdir()) / "workbook-test-port.lock"):
            self.server = subprocess.Popen(
                command, env=self._environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
            )
            assert self.server.stdout
            self.address = next(line.strip() for line in self.server.stdout if "127.0.0.1" in line)
            while not self._answers():
                assert self.server.poll() is None

    def start_browser(self) -> None:
        """Start the browser, and note what its pages were refused."""
        super().start_browser()
        self.refused: list[str] = []
        self.context.on("requestfailed", self._note_refusal)

    def fetch(self, path: str, *, token: bool = True) -> str:
        """Return what the server serves at a path of its own."""
        server, key = self.address.split("/voila/")[0], self.address.split("token=")[1]
        with urllib.request.urlopen(f"{server}/{path}" + (f"?token={key}" if token else ""), timeout=30) as page:
            text: str = page.read().decode()
            return text

    def _answers(self) -> bool:
        try:
            return bool(self.fetch("api/status"))
        except OSError:
            time.sleep(0.05)
            return False

    def _note_refusal(self, request: Any) -> None:
        if request.failure == "csp":
            self.refused.append(request.url)


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory, chromium: str) -> Iterator[App]:
    """One server and one browser for the module."""
    if find_spec("voila") is None:
        pytest.skip('Voilà is not installed. To test it, type: .venv/bin/pip install "soil-and-seeds[app]"')
    for opened in open_lab(tmp_path_factory.mktemp("app"), chromium, App):
        assert isinstance(opened, App)
        officer = opened.folder / "voices" / "officer.yaml"
        officer.write_text(f"schema: 1\nrole: Officer\nanswers:\n  framing.story: {SECRET}\n", encoding="utf-8")
        yield opened


def _wait_saved(page: Any) -> None:
    page.wait_for_function(f"""() => /^Saved at/.test(document.querySelector("{FORM} .ss-save").textContent)""")


def _read_voice(app: App, voice: str = "trustee") -> dict[str, Any]:
    found = next(one for one in read_engagement(app.folder).voices if one.id == voice)
    return {question: answer.value for question, answer in found.answers.items()}


def test_the_app_opens_on_its_start_page_and_a_link_leads_to_a_chapter(app: App) -> None:
    """A heading, no code; who is answering is chosen by keyboard; the chapter has a title and no scrolling sideways."""

    def look(page: Any) -> list[Any]:
        first = [page.title(), page.locator("h1").all_inner_texts(), page.evaluate(CODE_IN_SIGHT)]
        page.locator(".ss-who select").focus()
        for key in ("t", "Tab", "Enter"):
            page.keyboard.press(key)
        page.wait_for_function("() => document.querySelector('.ss-form .ss-chapters').textContent.includes('answered')")
        page.locator(".ss-form a[data-notebook='01_framing.ipynb']").first.press("Enter")
        page.wait_for_selector(f"{FORM} .ss-sheet")
        count = page.locator(f"{FORM} .ss-count").text_content().strip()
        language = page.locator("html").get_attribute("lang")
        return [first, page.title(), page.evaluate(CODE_IN_SIGHT), count[:5], language]

    start, *chapter = app.drive(look, voice="", chapter="")
    assert start == ["Start here – commission – Soil & Seeds", ["Start here"], 0]
    assert chapter == ["Framing – commission – Soil & Seeds", 0, "1 of ", "en-GB"]


@pytest.mark.slow
def test_an_answer_by_keyboard_is_saved_read_and_there_after_a_reload(app: App) -> None:
    """The voice's file holds it at once, the reading is drawn again, a new kernel shows both; nobody else's answer."""
    question = f"{FORM} [data-question='framing.purpose.seed']"

    def answer(page: Any) -> list[Any]:
        reading = f"{FORM} .ss-reading-body"
        page.wait_for_function("(selector) => document.querySelector(selector).innerHTML", arg=reading)
        before = page.locator(reading).first.inner_html()
        changed = "([selector, before]) => !['', before].includes(document.querySelector(selector)?.innerHTML ?? '')"
        page.locator(f"{question} input").first.focus()
        for key in ("Space", "ArrowDown", "ArrowDown"):
            page.keyboard.press(key)
        while _read_voice(app).get("framing.purpose.seed") != 2:  # each key gives an answer; the last one stands
            page.wait_for_timeout(50)
        _wait_saved(page)
        page.wait_for_function(changed, arg=[reading, before])
        page.reload()
        page.wait_for_selector(f"{question} input:checked")
        checked = page.locator(f"{question} input").evaluate_all("(all) => all.findIndex((one) => one.checked)")
        page.wait_for_function(changed, arg=[reading, before])
        return [checked, SECRET in page.content()]

    assert app.drive(answer) == [2, False]


@pytest.mark.slow
def test_what_is_typed_is_saved_when_its_page_is_left(app: App) -> None:
    """Voilà ends kernel and connection of a page that is left: the words get there first."""

    def leave(page: Any) -> None:
        _let_voila_end_kernels(app)
        page.locator(STORY).first.focus()
        page.keyboard.insert_text("Typed and left.")
        page.reload()
        page.wait_for_function(f"""() => document.querySelector("{STORY}")?.value === "Typed and left." """)

    app.drive(leave)
    assert _read_voice(app)["framing.story"] == "Typed and left."


def test_who_was_asked_and_stays_goes_on_answering(app: App) -> None:
    """The browser asks because something was on its way; the form still has its kernel afterwards."""

    def stay(page: Any) -> bool:
        _let_voila_end_kernels(app)
        page.locator(STORY).first.focus()
        page.keyboard.press("Control+a")
        page.keyboard.insert_text("Typed and stayed.")
        # What a page is told before the browser asks; nothing more happens to it if the person stays.
        asked = page.evaluate("() => !dispatchEvent(new Event('beforeunload', { cancelable: true }))")
        _wait_saved(page)
        count = page.locator(f"{FORM} .ss-count").text_content()
        page.locator(f"{FORM} [data-question='framing.timing.seed'] input").nth(3).check()
        changed = f"""(count) => document.querySelector("{FORM} .ss-count").textContent !== count"""
        page.wait_for_function(changed, arg=count)
        return bool(asked)

    assert app.drive(stay)
    assert _read_voice(app)["framing.story"] == "Typed and stayed."
    assert _read_voice(app)["framing.timing.seed"] == 3


@pytest.mark.slow
def test_the_form_has_no_fault_of_access_in_the_app(app: App) -> None:
    """Axe finds none in the form and its reading; no window scrolls sideways, nor is anything covered at 400 %."""

    def look(page: Any) -> list[Any]:
        page.locator(f"{FORM} summary").first.press("Enter")
        faults = page.find_axe_faults()
        widths = []
        for width in (320, 640, 1280):
            page.set_viewport_size({"width": width, "height": 800})
            widths.append(page.evaluate(SIDEWAYS))
        return [faults, widths, list_covered(page, size=(320, 256), form=FORM)]

    faults, widths, (stops, covered) = app.drive(look)
    assert stops > 60
    assert covered == []
    assert faults == []
    assert widths == [[], [], []]


def test_what_is_saved_is_said_at_the_bottom_edge_and_a_chapter_prints_whole(app: App) -> None:
    """Wherever the person scrolled to; on paper nothing is cut off after the first page."""

    def look(page: Any) -> list[Any]:
        page.locator(f"{FORM} [data-question='framing.purpose.soil'] input").nth(1).check()
        _wait_saved(page)
        gap = page.locator(f"{FORM} .ss-saving").evaluate(
            "(line) => Math.abs(innerHeight - line.getBoundingClientRect().bottom)"
        )
        return [gap, page.pdf(format="A4").count(b"/Type /Page\n")]

    gap, pages = app.drive(look)
    assert gap <= 1
    assert pages > 2


def test_no_page_of_the_app_holds_an_answer(app: App) -> None:
    """Answers come by message to the form that asks for its voice's, so another person's page never had them."""
    source = app.fetch("voila/render/01_framing.ipynb")
    assert "application/vnd.jupyter.widget-view+json" in source
    assert SECRET not in source
    assert app.drive(lambda page: page.locator(STORY).first.input_value(), voice="officer") == SECRET


def test_the_app_serves_nothing_without_its_token(app: App) -> None:
    """Neither a page nor a file nor a kernel; with it, no file of answers and no notebook's source."""
    for path in ("voila/render/01_framing.ipynb", "voila", "voila/tree", "api/kernels", "files/01_framing.ipynb"):
        assert "ss-form" not in (refused := _fetch_or_refuse(app, path, token=False)), path
        assert refused in ("403", "login"), path
    for path in ("voila/files/01_framing.ipynb", "files/../../../parameters/commission/voices/officer.yaml"):
        assert _fetch_or_refuse(app, path, token=True) in ("403", "404"), path


def test_no_request_of_the_app_left_the_machine_and_no_script_failed(app: App) -> None:
    """Voilà's own page asks for fonts and formulas elsewhere; the policy stops it before anything is sent."""
    assert len(app.requests) > 100
    outside = [url for url in app.requests if not LOCAL.match(url)]
    assert set(outside) - set(app.refused) == set()
    assert app.errors == []


def test_without_voila_the_command_says_what_to_type_and_it_is_right(tmp_path: Path) -> None:
    """One sentence and no server; what it names is an extra of this package that brings Voilà."""
    (tmp_path / "parameters" / "commission").mkdir(parents=True)
    kept = {key: one for key, one in os.environ.items() if not key.startswith("WORKBOOK")}
    done = subprocess.run(
        [sys.executable, "-c", NO_VOILA, "open", "commission", "--app", "--no-browser"],
        env={**kept, "WORKBOOK_HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    said = " ".join((done.stdout + done.stderr).split())
    assert done.returncode == 1
    assert "Traceback" not in said
    assert not (tmp_path / "outputs").exists()
    python, name, extra = re.search(r'Type: (.+) -m pip install "([\w-]+)\[(\w+)\]"', said).groups()  # type: ignore[union-attr]
    assert Path(*shlex.split(python)).absolute() == Path(sys.executable)
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert name == project["name"]
    assert any(one.startswith("voila") for one in project["optional-dependencies"][extra])
    assert extra in (metadata(name).get_all("Provides-Extra") or [])
    assert f'pip install "{name}[{extra}]"' in (ROOT / "README.md").read_text(encoding="utf-8")


def _let_voila_end_kernels(app: App) -> None:
    """Leave the cookie that Voilà needs to end a kernel: any other Jupyter on this machine may have set it."""
    cookie = {"name": "_xsrf", "value": f"2|11111111|{'2' * 32}|1700000000", "url": "http://127.0.0.1/"}
    app.context.add_cookies([cookie])


def _fetch_or_refuse(app: App, path: str, *, token: bool) -> str:
    """Return what is served, or the status it is refused with; `login` for the page that asks for the token."""
    try:
        text = app.fetch(path, token=token)
    except HTTPError as refusal:
        return str(refusal.code)
    return "login" if 'action="/login' in text else text
