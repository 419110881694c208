"""A chapter made in a copy, step by step as docs/add-a-chapter.md says, is taken by check, form, page and contract."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
RECIPE = (ROOT / "docs" / "add-a-chapter.md").read_text(encoding="utf-8")
STEP = re.compile(r"^## [0-9]\. [^`\n]*`([^`]+)`\n(.*?)(?=^## |\Z)", re.MULTILINE | re.DOTALL)
BLOCK = re.compile(r"^```\w+\n(.*?)^```", re.MULTILINE | re.DOTALL)
COMMAND = "from workbook.cli import main; main()"
FORM = """
from pathlib import Path
from workbook.forms.lab.session import Session
session = Session(Path("parameters/example"), "pace")
voice = sorted(path.stem for path in Path("parameters/example/voices").glob("*.yaml"))[0]
print([reply["kind"] for reply in session.respond({"kind": "open", "voice": voice})])
answer = {"kind": "answer", "voice": voice, "question": "pace.fits", "answer": {"value": 1}, "base": None}
print([reply.get("html", reply["kind"]) for reply in session.respond(answer)])
"""


def _run(copy: Path, *arguments: str) -> str:
    kept = ("PATH", "HOME", "LANG")
    environment = {key: os.environ[key] for key in kept if key in os.environ}
    environment |= {"PYTHONPATH": str(copy / "src"), "WORKBOOK_HOME": str(copy), "XDG_CACHE_HOME": str(copy / "cache")}
    done = subprocess.run(
        [sys.executable, *arguments], cwd=copy, env=environment, capture_output=True, text=True, timeout=120
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def _replace_layer(copy: Path, line: str) -> None:
    """Put a layer in the place of the one that has all its names but the new one."""
    path = copy / "pyproject.toml"
    names = set(re.findall(r"\w+", line)) - {"pace"}
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    place = next(at for at, old in enumerate(lines) if set(re.findall(r"\w+", old)) >= names and "|" in old)
    lines[place] = re.sub(r'(?=",?\n)', " | pace", lines[place], count=1)
    path.write_text("".join(lines), encoding="utf-8")


def _follow(copy: Path) -> None:
    for place, text in STEP.findall(RECIPE):
        blocks = BLOCK.findall(text)
        assert blocks, place
        if place == "pyproject.toml":
            assert len(blocks) <= 3
            for block in blocks:
                _replace_layer(copy, block)
        elif place.endswith(".ipynb"):
            _run(copy, "-c", blocks[0])
        else:
            (copy / place).write_text(blocks[0], encoding="utf-8")


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a copy of the project with the recipe's chapter in it."""
    copy = tmp_path_factory.mktemp("project") / "copy"
    copy.mkdir()
    for name in ("src", "notebooks"):
        shutil.copytree(ROOT / name, copy / name, ignore=shutil.ignore_patterns("__pycache__", "*.egg-info"))
    shutil.copytree(ROOT / "parameters" / "example", copy / "parameters" / "example")
    shutil.copy(ROOT / "pyproject.toml", copy)
    _follow(copy)
    return copy


def test_check_takes_a_new_chapter(copy: Path) -> None:
    """`workbook check` reads an answer to the new question, and refuses one that it does not know."""
    assert "no problems" in _run(copy, "-c", COMMAND, "check", "example")


def test_form_takes_a_new_chapter(copy: Path) -> None:
    """The form opens, saves an answer, and its reading follows."""
    shown = _run(copy, "-c", FORM)
    assert "state" in shown
    assert "The pace does not fit the time that people have." in shown


def test_page_and_agenda_take_a_new_chapter(copy: Path) -> None:
    """A `share` cell puts the chapter on the summary, and its point is on the agenda without being named anywhere."""
    path = copy / "notebooks" / "10_summary.ipynb"
    notebook = json.loads(path.read_text(encoding="utf-8"))
    cell = {
        "cell_type": "code",
        "id": "pace",
        "metadata": {"tags": ["share"]},
        "source": "wb.pace.summarise(wb.pace.read_pace(commission))",
        "outputs": [],
        "execution_count": None,
    }
    notebook["cells"].insert(-1, cell)
    path.write_text(json.dumps(notebook), encoding="utf-8")
    _run(copy, "-c", FORM)
    _run(copy, "-c", COMMAND, "batch", "example")
    page = (copy / "outputs" / "example" / "summary.html").read_text(encoding="utf-8")
    assert '<h2 id="pace">The pace does not fit the time that people have.' in page
    agenda = "from workbook.analysis.agenda.collect import collect_agenda as c; import workbook as wb; "
    assert "pace.fits" in _run(copy, "-c", f"{agenda}print([one.subject for one in c(wb.load('example'))])")


def test_import_contract_takes_a_new_chapter(copy: Path) -> None:
    """With its two lines the contract holds; without them it says which module has no place."""
    command = ("-c", "from importlinter.cli import lint_imports_command as c; c()")
    assert "0 broken" in _run(copy, *command)
    whole = (copy / "pyproject.toml").read_text(encoding="utf-8")
    (copy / "pyproject.toml").write_text(whole.replace(" | pace", ""), encoding="utf-8")
    with pytest.raises(AssertionError, match="pace"):
        _run(copy, *command)
    (copy / "pyproject.toml").write_text(whole, encoding="utf-8")
