"""A question and a facet added in a copy of `content/` are found in check, notebook and page, with no Python."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from builders import write_engagement
from workbook.content import find_content_folder

ROOT = Path(__file__).parents[2]
FACET = """facets:
  - id: money
    title: Money that moves
    words: {seed: money that can move, soil: money tied to lines}
    asks:
      seed: We hope money can move as people learn.
      soil: Money is now tied to the lines of a budget.
    moves: [Let grantees move a tenth of the grant without asking.]
"""
QUESTION = """questions:
  - id: framing.first_setback
    kind: long_text
    text: What was the last setback you heard of in time?
    ask: someone who runs a project
"""
# Seven of eleven facets are enough for a verdict, and so for steps that would help.
RATED = ("purpose", "accountability", "judgement", "questions", "timing", "setbacks")
VOICE = (
    "schema: 1\nrole: Grants manager\nconsent: role\nanswers:\n  framing.money.seed: 4\n  framing.money.soil: 3\n"
    + "".join(f"  framing.{facet}.{side}: 1\n" for facet in RATED for side in ("seed", "soil"))
)
ANSWER = "  framing.first_setback: The boiler broke in May\n"
FACTS = "schema: 1\ntitle: A commission\ncommissioner: A funder\n"


def _run(project: Path, *arguments: str, content: Path | None = None) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "WORKBOOK_HOME": str(project)}
    if content:
        environment["WORKBOOK_CONTENT"] = str(content)
    return subprocess.run(
        [sys.executable, *arguments],
        capture_output=True,
        text=True,
        env=environment,
        cwd=project,
        timeout=120,
        check=False,
    )


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("project")
    shutil.copytree(ROOT / "notebooks", folder / "notebooks")
    shutil.copytree(find_content_folder(), folder / "content")
    framing = folder / "content" / "framing.yaml"
    words = (
        framing.read_text(encoding="utf-8").replace("facets:\n", FACET, 1).replace("\nquestions:\n", f"\n{QUESTION}", 1)
    )
    framing.write_text(words, encoding="utf-8")
    files = {"engagement.yaml": FACTS, "voices/manager.yaml": VOICE + ANSWER}
    write_engagement(folder / "parameters" / "mine", files)
    return folder


COMMAND = ("-c", "from workbook.cli import main; main()")


def test_the_check_knows_them(project: Path) -> None:
    """Answers to the new questions are accepted with the new words, and are unknown without them."""
    assert _run(project, *COMMAND, "check").returncode == 0
    without = _run(project, *COMMAND, "check", content=find_content_folder())
    assert without.returncode == 1
    assert "framing.money.seed" in without.stderr
    assert "framing.first_setback" in without.stderr


def test_the_page_shows_them(project: Path) -> None:
    """The facet stands in the figure and among the tensions, the answer in their own words."""
    done = _run(project, *COMMAND, "batch", "--report", "report")
    assert done.returncode == 0, done.stdout + done.stderr
    page = (project / "outputs" / "mine" / "report.html").read_text(encoding="utf-8")
    assert "Money that moves" in page
    assert "Let grantees move a tenth of the grant without asking" in page
    assert "What was the last setback you heard of in time?" in page
    assert "The boiler broke in May" in page


def test_the_notebook_shows_them(project: Path) -> None:
    """The chapter's own notebook draws the facet and lists the question with its answer."""
    arguments = ("-m", "papermill", "notebooks/01_framing.ipynb", "out.ipynb", "-p", "engagement", "mine")
    done = _run(project, *arguments)
    assert done.returncode == 0, done.stderr
    notebook = (project / "out.ipynb").read_text(encoding="utf-8")
    assert "Money that moves" in notebook
    assert "The boiler broke in May" in notebook


def test_words_older_than_a_file_do_without_it(project: Path) -> None:
    """A project whose words are older than a newer version's file makes its pages: the file that ships is read."""
    (project / "content" / "language.yaml").unlink()
    done = _run(project, *COMMAND, "batch", "mine")
    assert done.returncode == 0, done.stdout + done.stderr
