"""The commands as people type them: new, check, batch."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from builders import SMALLEST

ROOT = Path(__file__).parent.parent
SAMPLE = ("example",)


def _run(project: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "WORKBOOK_HOME": str(project), "COLUMNS": "200"}
    command = [sys.executable, "-c", "from workbook.cli import main; main()", *arguments]
    return subprocess.run(command, capture_output=True, text=True, env=environment, timeout=300, check=False)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project with the shipped notebooks and no engagement."""
    shutil.copytree(ROOT / "notebooks", tmp_path / "notebooks")
    (tmp_path / "parameters").mkdir()
    return tmp_path


def _read_pages(project: Path) -> dict[str, bytes]:
    return {str(path.relative_to(project)): path.read_bytes() for path in sorted(project.glob("outputs/*/*.html"))}


def test_a_new_engagement_is_valid_and_never_overwrites(project: Path) -> None:
    """`workbook new` makes a file that `workbook check` accepts; a second time it refuses and touches nothing."""
    assert _run(project, "new", "my-own").returncode == 0
    path = project / "parameters" / "my-own" / "engagement.yaml"
    assert _run(project, "check", "my-own").returncode == 0
    path.write_text(SMALLEST, encoding="utf-8")
    again = _run(project, "new", "my-own")
    assert again.returncode == 1
    assert "was not touched" in again.stderr
    assert path.read_text(encoding="utf-8") == SMALLEST


@pytest.mark.parametrize("slug", ["My Own", "../up", "a" * 61, "", "ünder"])
def test_a_new_engagement_needs_a_plain_name(project: Path, slug: str) -> None:
    """A name that could lead elsewhere makes nothing."""
    assert _run(project, "new", slug).returncode == 1
    assert list((project / "parameters").iterdir()) == []


def test_the_templates_words_are_named_and_never_go_out(project: Path) -> None:
    """The check says which lines are still the template's; forms and shared pages are made once they are not."""
    _run(project, "new", "my-own")
    path = project / "parameters" / "my-own" / "engagement.yaml"
    text = path.read_text(encoding="utf-8").replace("# workstreams:", "workstreams:")
    path.write_text(text, encoding="utf-8")
    checked = _run(project, "check", "my-own")
    assert checked.returncode == 0
    fields = [line.split(": ")[2] for line in checked.stdout.splitlines() if "the template's words" in line]
    assert fields == ["title", "commissioner", "workstreams"]
    for command in (("questionnaire", "my-own"), ("batch", "my-own", "--edition", "public", "--report", "brief")):
        done = _run(project, *command)
        assert done.returncode == 1
        assert "type your own (the commission's title, in words)" in done.stdout + done.stderr
    assert not list(project.glob("outputs/my-own/*.html"))
    own = text.replace("Name your commission here", "Ours").replace(
        "commissioner: Your organisation", "commissioner: Us"
    )
    path.write_text(own, encoding="utf-8")
    assert _run(project, "questionnaire", "my-own").returncode == 0


def test_a_new_engagement_makes_a_page_at_once(project: Path) -> None:
    """Before anybody has answered anything there is a page for the commissioner, which says so."""
    _run(project, "new", "my-own")
    done = _run(project, "batch", "my-own")
    assert done.returncode == 0, done.stdout + done.stderr
    page = (project / "outputs" / "my-own" / "summary.html").read_text(encoding="utf-8")
    assert "No voice yet" in page


def test_the_same_files_give_the_same_bytes(project: Path) -> None:
    """One job at a time or four, first run or second: the pages are the same to the byte."""
    for slug in SAMPLE:
        shutil.copytree(ROOT / "parameters" / slug, project / "parameters" / slug)
    editions = ("--edition", "private", "--edition", "public")
    assert _run(project, "batch", "--jobs", "1", *editions).returncode == 0
    first = _read_pages(project)
    assert len(first) == 2 * len(SAMPLE)
    assert _run(project, "batch", "--jobs", "4", "--force", *editions).returncode == 0
    assert _read_pages(project) == first


def test_one_bad_engagement_does_not_stop_the_others(project: Path) -> None:
    """An invalid engagement, a notebook that raises, a kernel that dies and one that never ends, each named as such."""
    notebook = json.loads((project / "notebooks" / "10_summary.ipynb").read_text(encoding="utf-8"))
    trouble = (
        "import os, time\n"
        "{'raises': lambda: 1 / 0, 'dies': lambda: os.kill(os.getpid(), 9), 'hangs': lambda: time.sleep(600)}"
        ".get(engagement, str)()"
    )
    cell = {
        "cell_type": "code",
        "id": "trouble",
        "metadata": {},
        "source": trouble,
        "outputs": [],
        "execution_count": None,
    }
    notebook["cells"].insert(3, cell)
    path = project / "notebooks" / "10_summary.ipynb"
    path.write_text(json.dumps(notebook), encoding="utf-8")
    assert _run(project, "trust", str(path)).returncode == 0
    for slug in ("fine", "raises", "dies", "hangs", "wrong"):
        _run(project, "new", slug)
    (project / "parameters" / "wrong" / "engagement.yaml").write_text(SMALLEST + "budget: -1\n", encoding="utf-8")
    done = _run(project, "batch", "--jobs", "2", "--job-seconds", "10")
    assert done.returncode == 1
    rows = {line.split()[0]: line for line in done.stdout.splitlines() if "  summary  " in line}
    says = {
        "fine": "made",
        "raises": "notebook failed",
        "dies": "kernel died",
        "hangs": "timed out",
        "wrong": "invalid",
    }
    assert {slug: words for slug, words in says.items() if words not in rows.get(slug, "")} == {}
    assert list(_read_pages(project)) == ["outputs/fine/summary.html"]
    assert "0 or more" in done.stdout + done.stderr
    assert [path.name for path in (project / "outputs").iterdir() if path.name.startswith(".making")] == []


def test_an_unknown_report_or_engagement_says_what_there_is(project: Path) -> None:
    """A slip in a name is answered with the names there are."""
    _run(project, "new", "my-own")
    assert "summary" in _run(project, "batch", "--report", "sumary").stderr
    assert "invalid" in _run(project, "batch", "my-onw").stdout


def test_with_no_engagement_the_batch_says_how_to_make_one(project: Path) -> None:
    """An empty workbook is no error of the program: it says what to type."""
    done = _run(project, "batch")
    assert done.returncode == 1
    assert "workbook new" in done.stderr


def test_every_command_is_described_in_the_readme() -> None:
    """A command without a line in the README does not exist for its users."""
    from workbook.cli import COMMANDS

    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert [name for name in COMMANDS if f"workbook {name}" not in readme] == []
