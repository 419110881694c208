"""Through the real batch: what an edition may not show is in no file of it, and what it must show is on its page."""

from __future__ import annotations

import base64
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from canaries import EDITIONS, EVERYTHING, LEVELS, MAY, MUST, find_words, write_rounds
from chromium import find_chromium
from opened import open_file

MAPS = ("beforemapfrom", "canarymapfrom")
ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def outputs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    project = tmp_path_factory.mktemp("project")
    shutil.copytree(ROOT / "notebooks", project / "notebooks")
    write_rounds(project / "parameters")
    reports = [word for report in ("summary", "report", "brief", "log", "portfolio") for word in ("--report", report)]
    log = _run_batch(project, "docx", *reports, *_list_options(EDITIONS))
    (project / "outputs" / "log.txt").write_text(log, encoding="utf-8")
    return project / "outputs"


def _run_batch(project: Path, format_: str, *arguments: str) -> str:
    batch = [sys.executable, "-c", "from workbook.cli import main; main()", "batch", "canaries", "--jobs", "2"]
    environment = {**os.environ, "WORKBOOK_HOME": str(project), "WORKBOOK_CHROMIUM": find_chromium(os.environ) or ""}
    command = [*batch, "--format", format_, *arguments]
    done = subprocess.run(command, capture_output=True, text=True, env=environment, timeout=300, check=False)
    assert done.returncode == 0, done.stderr + done.stdout
    return done.stdout + done.stderr


def _list_options(editions: tuple[str, ...]) -> list[str]:
    return [word for edition in editions for word in ("--edition", edition)]


def _list_files(outputs: Path, edition: str) -> list[Path]:
    files = [path for path in outputs.rglob("*") if path.is_file()]
    return [path for path in files if _name_edition(path) in (edition, None)]


def _name_edition(path: Path) -> str | None:
    if path.name == "log.txt":
        return None
    return next((edition for edition in EDITIONS if f".{edition}." in path.name), "private")


@pytest.mark.parametrize("before", range(3))
def test_a_word_is_found_in_any_way_of_writing_it(before: int) -> None:
    """Raw, or packed in base64 after any number of other bytes; and in a later text than the first."""
    for word in EVERYTHING:
        packed = base64.b64encode(b"-" * before + word.encode() + b" and more").decode()
        assert find_words({word, "canarynowhere"}, ["nothing", f"<p>{packed}</p>"]) == [word]
        assert find_words({word}, iter(["nothing", "-" * before + word])) == [word]


@pytest.mark.parametrize("edition", ["partners", "public"])
def test_nothing_an_edition_may_not_show_is_in_any_of_its_files(outputs: Path, edition: str) -> None:
    """No forbidden word stands in a page, an executed notebook, a file's name or the log, raw or encoded."""
    files = _list_files(outputs, edition)
    assert {".html", ".docx", ".ipynb"} <= {path.suffix for path in files}
    assert _find_forbidden(files, edition) == []


# tests/share/pdf opens those of the report, which are long.
@pytest.mark.slow
def test_nothing_an_edition_may_not_show_is_in_a_pdf_of_the_batch(outputs: Path, chromium: str) -> None:
    """What is printed of a page holds no more than the page."""
    _run_batch(outputs.parent, "pdf", *_list_options(EDITIONS[1:]))
    for edition in EDITIONS[1:]:
        files = [path for path in _list_files(outputs, edition) if path.suffix == ".pdf"]
        assert files
        assert _find_forbidden(files, edition) == []


def _find_forbidden(files: list[Path], edition: str) -> list[tuple[str, str]]:
    return [(path.name, word) for path in files for word in find_words(EVERYTHING - MAY[edition], open_file(path))]


@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("report", ["report"])
def test_what_an_edition_must_show_is_on_its_page(outputs: Path, edition: str, report: str) -> None:
    """Every word that consent allows is there, so that an empty page cannot pass."""
    suffix = "" if edition == "private" else f".{edition}"
    page = (outputs / "canaries" / f"{report}{suffix}.html").read_text(encoding="utf-8")
    assert [word for word in sorted(MUST[edition]) if word not in page] == []


@pytest.mark.parametrize("edition", EDITIONS)
def test_no_word_of_the_last_round_is_on_a_page_of_this_one(outputs: Path, edition: str) -> None:
    """Nor is a promise that the edition may not show; one that it may is in the log."""
    texts = [text for path in _list_files(outputs, edition) for text in open_file(path)]
    hidden = [f"before{level}" for level in (*LEVELS, "facts", "agreedprivate")]
    assert not [word for word in hidden if any(word in text for text in texts)]
    place = EDITIONS.index(edition)
    for marked in EDITIONS[:place]:
        assert not any(f"canarypromise{marked}" in text for text in texts)
    suffix = "" if edition == "private" else f".{edition}"
    log = (
        (outputs / "canaries" / f"log{suffix}.html").read_text(encoding="utf-8").lower()
    )  # a sentence may begin with it
    assert all(f"canarypromise{marked}" in log for marked in EDITIONS[place:])


@pytest.mark.parametrize("edition", EDITIONS)
def test_a_map_of_two_rounds_stays_in_the_editions_it_is_marked_for(outputs: Path, edition: str) -> None:
    """What is new and what is gone stand in the report of whoever may see both maps, and in no file of the public."""
    texts = {path.name: list(open_file(path)) for path in _list_files(outputs, edition)}
    found = {word: [name for name, told in texts.items() if any(word in text for text in told)] for word in MAPS}
    report = "report.html" if edition == "private" else f"report.{edition}.html"
    assert all((report in names) is (edition != "public") for names in found.values())
    assert edition != "public" or not any(found.values())


def test_the_names_of_voice_files_stay_private(outputs: Path) -> None:
    """A voice's file may be called after a person; its name leaves with no other edition."""
    for edition in ("partners", "public"):
        for path in _list_files(outputs, edition):
            assert not any("file-" in text.replace("profile-", "") for text in open_file(path)), path.name
