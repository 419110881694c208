"""The forms in JupyterLab itself, driven in a real Chromium: one server and one browser for the module."""

from __future__ import annotations

import json
import os
import re
import signal
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from forms.lab_support import FORM, ROOT, TRUSTEE, Lab, choose_who, list_covered, open_lab
from workbook.storage import read_engagement
from workbook.views.pieces.blocks import make_block, make_paragraph

CODE_IN_SIGHT = """() => [...document.querySelectorAll(".jp-CodeCell .jp-InputArea-editor, .jp-InputPlaceholder")]
    .filter((node) => node.checkVisibility() && node.getBoundingClientRect().height > 0).length"""
ON_SCREEN = """() => [location.pathname.split("/").pop(), ...[...document.querySelectorAll(".ss-form")]
    .filter((form) => form.checkVisibility()).map((form) => form.getAttribute("aria-label")?.split(": ")[1])]"""
START, FRAMING, DISCOVERY, AUDIENCES = (
    ["00_start_here.ipynb", "Start here", "The facts of the commission"],
    ["01_framing.ipynb", "Framing"],
    ["02_discovery.ipynb", "Discovery"],
    ["03_audiences.ipynb", "Whose learning"],
)


MODES, SPENDING = ["04_learning_modes.ipynb", "Learning for, learning with"], ["05_resources.ipynb", "Resources"]
# What a commissioner has no use for: JupyterLab's own words, in sight anywhere in the window, its title too.
JARGON = """() => [document.title, document.body.innerText].join(" ")
    .match(/kernel|python|jupyter|ipynb|\\bcell \\d|Ln \\d|\\bidle\\b|Mode: /gi) ?? []"""
IS_SHOWN = "(words) => document.querySelector('.jp-Notebook')?.innerText.includes(words)"
MENUS = "#jp-menu-panel, #jp-bottom-panel, .jp-SideBar"


SHADOWED = ("json", "numpy", "ipykernel", "ipywidgets", "workbook", "sitecustomize")


class WindowsLab(Lab):
    """With an engagement that no other test has, in a folder in which files are called like modules."""

    slug = "harbour"

    def __init__(self, project: Path, chromium: str) -> None:
        self.ran = project / "ran"
        for folder in (project, project / "outputs" / self.slug / "workbook"):
            folder.mkdir(parents=True, exist_ok=True)
            for name in SHADOWED:
                (folder / f"{name}.py").write_text(f"open({str(self.ran)!r}, 'w').close()", encoding="utf-8")
        super().__init__(project, chromium)


@pytest.fixture(scope="module")
def lab(tmp_path_factory: pytest.TempPathFactory, chromium: str) -> Iterator[Lab]:
    """One server and one browser for the module."""
    yield from open_lab(tmp_path_factory.mktemp("lab"), chromium, WindowsLab)


def _wait_saved(page: Any) -> None:
    page.wait_for_function(
        f"""() => /^(Saved|Taken back) at/.test(document.querySelector("{FORM} .ss-save")?.textContent)"""
    )


def _wait_for(page: Any, chapter: list[str]) -> None:
    """Wait until the address and the form on screen are this chapter's."""
    page.wait_for_function(f"(wanted) => String(({ON_SCREEN})()) === String(wanted)", arg=chapter)


def _follow_link(page: Any, chapter: list[str]) -> None:
    page.locator(f".ss-form a[data-notebook='{chapter[0]}']").filter(visible=True).last.click()


def _read_voice(lab: Lab, voice: str = "trustee") -> dict[str, Any]:
    found = next(one for one in read_engagement(lab.folder).voices if one.id == voice)
    return {question: answer.value for question, answer in found.answers.items()}


def test_the_start_page_opens_by_itself_and_leads_to_a_chapter(lab: Lab) -> None:
    """No code, no pop-up; who is answering is chosen by keyboard, and a link opens the chapter's form."""

    def look(page: Any) -> list[Any]:
        pop_ups = page.locator(".jp-Dialog, .jp-toast, .Toastify__toast").count()
        told = [page.locator(".ss-progress > p.ss-help").text_content()]
        page.locator(".ss-who select").focus()
        for key in ("t", "Tab", "Enter"):
            page.keyboard.press(key)
        page.wait_for_selector(".ss-form .ss-onward a")
        told.append(page.locator(".ss-progress > p.ss-help").text_content())
        hidden = page.evaluate(CODE_IN_SIGHT)
        page.locator(".ss-form a[data-notebook='01_framing.ipynb']").first.press("Enter")
        page.wait_for_selector(f"{FORM} .ss-sheet")
        return [
            *(pop_ups, hidden, page.evaluate(CODE_IN_SIGHT)),
            page.locator(f"{FORM} .ss-count").text_content().strip(),
            ["Choose who you are" in text for text in told],
        ]

    found = lab.drive(look, voice="", chapter="")
    assert found[:3] == [0, 0, 0]
    assert found[3].startswith("1 of ")
    assert found[4] == [True, False]


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
    """Axe finds none in the form and its reading; in a narrow window nothing needs scrolling sideways or is covered."""

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
        return [faults, widths, list_covered(page, size=(320, 256), form=FORM)]

    faults, widths, (stops, covered) = lab.drive(look)
    assert stops > 60
    assert covered == []
    assert faults == []
    assert widths == [0, 0]


@pytest.mark.slow
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
        # A window in the background does not look at the files: its person answers without having seen this one.
        other.evaluate("Object.defineProperty(document, 'visibilityState', { value: 'hidden', configurable: true })")
        for window, text in ((page, "from here"), (other, "from there")):
            window.locator(words).first.fill(text)
            window.locator(words).first.blur()
            _wait_saved(window)
        other.evaluate("delete document.visibilityState")
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


@pytest.mark.slow
def test_someone_new_and_two_people_side_by_side(lab: Lab) -> None:
    """A new voice is made by keyboard with role and consent; its answers touch nobody else's."""
    before = (lab.folder / "voices" / "trustee.yaml").read_text(encoding="utf-8")

    def answer(page: Any) -> None:
        choose_who(page, "_new", FORM)
        page.keyboard.type("Young adviser")
        page.get_by_label("Without saying whose they are").check()
        page.get_by_role("button", name="Start answering").press("Enter")
        page.wait_for_function(f"""() => document.querySelector("{FORM} select").value === "young-adviser" """)
        page.locator(f"{FORM} [data-question='framing.purpose.seed'] input").nth(3).check()
        _wait_saved(page)

    lab.drive(answer, voice="officer")
    voice = next(one for one in read_engagement(lab.folder).voices if one.id == "young-adviser")
    assert (voice.role, voice.consent) == ("Young adviser", "unnamed")
    assert _read_voice(lab, "young-adviser") == {"framing.purpose.seed": 3}
    assert (lab.folder / "voices" / "trustee.yaml").read_text(encoding="utf-8") == before


def test_no_letter_takes_the_form_out_of_the_notebook(lab: Lab) -> None:
    """Once a chapter is open the focus is on the form, the next Tab on its first field, and no letter is a command."""

    def press(page: Any) -> list[Any]:
        page.wait_for_function("document.activeElement.matches('.ss-form')")
        kinds = """[...document.querySelectorAll('.jp-NotebookPanel:not(.lm-mod-hidden) .jp-Cell')]
            .map(({ className }) => /jp-(Code|Markdown|Raw)Cell/.exec(className)[0])"""
        before = page.evaluate(kinds)
        for key in ("m", "x", "d", "d", "a", "b", "y", "r", "Shift+Enter"):
            page.keyboard.press(key)
        page.locator(".jp-MarkdownOutput h1").first.click()  # the words above the form are no place for commands either
        for key in ("Escape", "m", "x", "d", "d", "a", "b"):
            page.keyboard.press(key)
        page.locator(f"{FORM}").focus()
        page.keyboard.press("Tab")
        return [before == page.evaluate(kinds), page.evaluate("document.activeElement.matches('.ss-who select')")]

    assert lab.drive(press) == [True, True]


@pytest.mark.slow
def test_links_back_forward_and_reload_show_the_chapter_that_the_address_names(lab: Lab) -> None:
    """Each with its form, begun by itself; what is typed is handed over before its chapter leaves the screen."""
    words = f"{FORM} [data-question='framing.said_aloud'] textarea[id$='-input']"

    def wander(page: Any) -> list[Any]:
        choose_who(page, "officer")
        _follow_link(page, FRAMING)
        _wait_for(page, FRAMING)
        page.locator(words).press_sequentially("on the way")
        page.go_back()
        _wait_for(page, START)
        page.go_forward()
        _wait_for(page, FRAMING)
        kept = [page.locator(words).input_value()]
        _follow_link(page, DISCOVERY)
        _wait_for(page, DISCOVERY)
        page.reload()
        _wait_for(page, DISCOVERY)
        for go, chapter in ((page.go_back, FRAMING), (page.go_back, START), (page.go_forward, FRAMING)):
            go()
            _wait_for(page, chapter)
        kept.append(page.locator(words).input_value())
        for chapter in (DISCOVERY, FRAMING, DISCOVERY):
            page.evaluate("document.querySelectorAll('.ss-chapters').forEach((list) => { list.open = true; })")
            _follow_link(page, chapter)
            _wait_for(page, chapter)
        page.reload()
        _wait_for(page, DISCOVERY)
        page.go_back()
        _wait_for(page, FRAMING)
        return [*kept, page.locator(words).input_value()]

    assert lab.drive(wander, voice="", chapter="") == ["on the way"] * 3
    assert _read_voice(lab, "officer")["framing.said_aloud"] == "on the way"


@pytest.mark.slow
def test_back_before_a_chapter_has_come_leaves_it_in_the_back(lab: Lab) -> None:
    """It runs there, and does not come to the front by itself; two steps back at once arrive at the second."""

    def hurry(page: Any) -> list[Any]:
        for chapter in (DISCOVERY, AUDIENCES):
            _follow_link(page, chapter)
            page.wait_for_function(f"location.pathname.endsWith('{chapter[0]}')")
            if chapter is DISCOVERY:
                _wait_for(page, chapter)
        page.go_back()
        page.wait_for_selector(f".ss-form[aria-label$='{AUDIENCES[1]}'] .ss-sheet", state="attached")
        shown = [page.evaluate(ON_SCREEN)]
        page.reload()
        _wait_for(page, DISCOVERY)
        page.go_forward()
        _wait_for(page, AUDIENCES)
        page.reload()
        _wait_for(page, AUDIENCES)
        page.evaluate("() => { history.back(); history.back(); }")
        _wait_for(page, FRAMING)
        page.go_forward()
        _wait_for(page, DISCOVERY)
        return shown

    assert lab.drive(hurry, voice="officer") == [DISCOVERY]


def test_jupyterlab_steps_back_and_one_key_brings_it(lab: Lab) -> None:
    """No word of a programmer's in sight; F8 shows menus and code from within a form, and hides them again."""

    def look(page: Any) -> list[Any]:
        def count() -> list[int]:
            return [page.locator(MENUS).filter(visible=True).count(), page.evaluate(CODE_IN_SIGHT)]

        found = [page.evaluate(JARGON), count()]
        page.locator("[data-question='framing.story'] textarea").first.focus()
        for _ in range(2):
            page.keyboard.press("F8")
            found.append(count())
        return found

    words, before, shown, after = lab.drive(look)
    assert words == []
    assert before == after == [0, 0]
    assert all(shown)


@pytest.mark.slow
def test_the_kernel_left_longest_ago_ends_and_comes_back_unnoticed(lab: Lab) -> None:
    """Of five chapters three have a kernel; the first takes an answer as soon as it is shown again."""

    def wander(page: Any) -> list[int]:
        for chapter in (DISCOVERY, AUDIENCES, MODES, SPENDING):
            page.evaluate("document.querySelectorAll('.ss-chapters').forEach((list) => { list.open = true; })")
            _follow_link(page, chapter)
            _wait_for(page, chapter)
        counts = [_wait_for_kernels(lab, 3)]
        for _ in range(4):
            page.go_back()
        _wait_for(page, FRAMING)
        page.locator(f"{FORM} [data-question='framing.evidence.seed'] input").nth(3).check()
        _wait_saved(page)
        return [*counts, _wait_for_kernels(lab, 3)]

    assert max(lab.drive(wander)) <= 3
    assert _read_voice(lab)["framing.evidence.seed"] == 3


@pytest.mark.slow
def test_chapters_that_are_passed_by_begin_no_kernel(lab: Lab) -> None:
    """Leafing through five chapters there are three kernels or so; there were up to nine."""

    def leaf(page: Any) -> Iterator[int]:
        for chapter in (DISCOVERY, AUDIENCES, MODES, SPENDING):
            page.evaluate("document.querySelectorAll('.ss-chapters').forEach((list) => { list.open = true; })")
            _follow_link(page, chapter)
            _wait_for(page, chapter)
        yield _wait_for_kernels(lab, 3)
        for step in 3 * [*4 * ["go_back"], *4 * ["go_forward"]]:
            getattr(page, step)()
            page.wait_for_timeout(150)  # as somebody does who looks for a chapter
            yield len(lab.list_kernels())

    assert max(lab.drive(lambda page: list(leaf(page)))) <= 4


def _wait_for_kernels(lab: Lab, most: int) -> int:
    """Wait until no more than this many live, and return how many do."""
    until = time.monotonic() + 30
    while len(lab.list_kernels()) > most and time.monotonic() < until:
        time.sleep(0.1)
    return len(lab.list_kernels())


@pytest.mark.slow
def test_a_killed_kernel_comes_back_with_every_answer(lab: Lab) -> None:
    """The form returns by itself, and takes the next answer."""

    def answer(page: Any) -> str:
        page.locator(f"{FORM} [data-question='framing.change.seed'] input").nth(2).check()
        _wait_saved(page)
        page.locator(FORM).evaluate("(form) => form.setAttribute('data-marked', '')")
        for process in lab.list_kernels():
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


def test_figures_readings_and_amounts_survive_where_a_notebook_is_not_trusted(lab: Lab) -> None:
    """What is stored keeps every drawing as an image with its words, and an amount in dollars is no mathematics."""
    notebook = json.loads((ROOT / "notebooks" / "10_summary.ipynb").read_text(encoding="utf-8"))
    first, *_, last = (cell["outputs"][0]["data"] for cell in notebook["cells"] if cell.get("outputs"))
    first["text/html"] = make_block(make_paragraph("Of $21,000 in all, $9,000 goes to use."))._repr_html_()
    last["text/html"] = "<p class='sum'>Here $x$ is mathematics.</p>"
    (lab.copies / "cloned.ipynb").write_text(json.dumps(notebook), encoding="utf-8")

    def look(page: Any) -> list[Any]:
        page.goto(lab.address.replace("00_start_here", "cloned"))
        page.wait_for_selector(".jp-OutputArea-output .rests", state="attached")
        page.wait_for_selector(".sum mjx-container")
        outputs = page.locator(".jp-OutputArea-output")
        drawn = outputs.locator("img").evaluate_all("(all) => all.map((one) => one.complete && one.naturalWidth > 0)")
        told = outputs.locator("img").evaluate_all("(all) => all.map((one) => one.alt)")
        sets = outputs.locator("svg, style, :not(.sum) > mjx-container").count()
        return [drawn, told, " ".join(outputs.all_inner_texts()), sets]

    drawn, told, text, sets = lab.call(lambda: look(lab.context.new_page()))
    assert len(drawn) > 20
    assert all(drawn)
    # JupyterLab itself says "Image" of one whose words stand beside it.
    assert {words.partition(".")[0] for words in told} == {"Image", "What each split of the money is expected to do"}
    assert "Of $21,000 in all, $9,000 goes to use." in text
    assert "Read as learning" in text
    assert sets == 0


@pytest.mark.slow
def test_a_strange_notebook_that_is_opened_runs_nothing(lab: Lab) -> None:
    """Put among the working copies, with the marks of one or the name of one kept aside: a chapter runs, not it."""
    notebook = json.loads((lab.copies / "01_framing.ipynb").read_text(encoding="utf-8"))
    ran = lab.folder.parents[1] / "ran"
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            cell["source"] = f"open({str(ran)!r}, 'w').close()"
    planted = ("99_planted", "01_framing.edited-1")
    for name in planted:
        (lab.copies / f"{name}.ipynb").write_text(json.dumps(notebook), encoding="utf-8")

    def look(page: Any) -> None:
        for name in planted:
            page.goto(lab.address.replace("00_start_here", name))
            page.wait_for_function(IS_SHOWN, arg=str(ran))
        lab.open_page(page.context, "trustee", "01_framing").close()  # by now a chapter's cells have run

    lab.drive(look)
    assert not ran.exists()
    for name in planted:
        (lab.copies / f"{name}.ipynb").unlink()


@pytest.mark.slow
def test_a_killed_server_loses_no_acknowledged_answer(lab: Lab) -> None:
    """The form says so in plain words, comes back with the next server, and sends what it could not."""

    def answer(page: Any) -> list[str]:
        page.locator(f"{FORM} [data-question='framing.product.seed'] input").nth(4).check()
        _wait_saved(page)
        lab.stop(signal.SIGKILL)
        page.locator(f"{FORM} [data-question='framing.product.soil'] input").nth(1).check()
        page.wait_for_selector(f"{FORM} .ss-alert:not(:empty)")
        told = str(page.locator(f"{FORM} .ss-alert").text_content())
        standing = _read_voice(lab)["framing.product.seed"]
        lab.start()
        _wait_saved(page)
        page.wait_for_selector(".jp-Dialog", state="detached")
        return [told, standing]

    told, standing = lab.drive(answer)
    assert "workbook open harbour" in told
    assert standing == 4
    assert {key: one for key, one in _read_voice(lab).items() if ".product." in key} == {
        "framing.product.seed": 4,
        "framing.product.soil": 1,
    }


def test_no_file_that_is_called_like_a_module_ran(lab: WindowsLab) -> None:
    """Neither in the server nor in a kernel, whose folder they lie in."""
    assert list(lab.copies.glob("*.py"))
    assert not lab.ran.exists()


def test_no_request_left_the_machine_and_no_script_failed(lab: Lab) -> None:
    """Everything that was asked for in the tests before, JupyterLab's own requests with it."""
    assert len(lab.requests) > 100
    outside = [url for url in lab.requests if not re.match(r"(https?|wss?)://127\.0\.0\.1:|data:|blob:|about:", url)]
    assert outside == []
    # What a page's own requests come to while its server is killed, as a test before has done.
    assert [error for error in lab.errors if error != "Failed to fetch"] == []
    with urllib.request.urlopen(lab.address, timeout=10) as page:
        assert page.headers["Content-Security-Policy"].startswith("default-src 'self' ")
