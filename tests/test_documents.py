"""The documents say what is there: paths exist, commands are described, pictures are shown."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from workbook.places import SHIPPED

ROOT = Path(__file__).parent.parent
DOCUMENTS = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), ROOT / "parameters" / "README.md"])
each_document = pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))


@each_document
def test_every_link_leads_to_something(path: Path) -> None:
    """A link or a picture inside the repository exists."""
    links = re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", path.read_text(encoding="utf-8"))
    missing = [link for link in links if "://" not in link and not (path.parent / link).exists()]
    assert missing == []


@pytest.mark.parametrize("document", ["README.md", "CONTRIBUTING.md", "docs/make-it-yours.md"])
def test_every_path_named_is_there(document: str) -> None:
    """A path in backticks that begins with a folder of ours exists."""
    text = (ROOT / document).read_text(encoding="utf-8")
    named = re.findall(r"`((?:src|docs|parameters|notebooks|tests|benchmarks)/[\w./-]+)`", text)
    examples = ("my-commission", "CHAPTER", "SLUG", "NAME")
    assert [name for name in named if not (ROOT / name).exists() and not any(word in name for word in examples)] == []


def test_every_make_command_named_exists() -> None:
    """`make NAME` in a document is a rule of the Makefile."""
    rules = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), flags=re.MULTILINE))
    named = {name for path in DOCUMENTS for name in re.findall(r"`make ([a-z]+)`", path.read_text(encoding="utf-8"))}
    assert named
    assert named <= rules


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-lowest.lock"])
def test_a_lock_file_holds_versions_and_no_addresses(lock: str) -> None:
    """Every line pins one package; none says where to fetch it from."""
    lines = (ROOT / lock).read_text(encoding="utf-8").split("\n")
    assert len(lines) > 100
    assert [line for line in lines if line and not re.fullmatch(r"[\w.\[\]-]+==[\w.+!]+( ; .+)?", line)] == []


def test_nobodys_own_engagement_is_tracked() -> None:
    """Git tracks the shipped engagements and nothing else under parameters and outputs."""
    done = subprocess.run(
        ["git", "ls-files", "parameters", "outputs"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    if done.returncode:
        pytest.skip("this is no git checkout, so there is nothing to ask about what is tracked")
    folders = {name.split("/")[1] for name in done.stdout.split()}
    assert folders <= {"README.md", *SHIPPED}


def test_ci_calls_the_test_command_of_the_readme() -> None:
    """What CI runs is what a reader of the README runs."""
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert "make test" in script
    assert "make test" in (ROOT / "README.md").read_text(encoding="utf-8")
