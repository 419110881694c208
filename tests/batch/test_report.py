"""What is printed of a batch."""

import io
from pathlib import Path

import pytest
from rich.console import Console

from workbook.batch.outcomes import Outcome
from workbook.batch.report import print_outcomes, show_progress


@pytest.fixture
def outcomes(project):
    project.add_notebook()
    good, bad = project.plan("good", "a-much-longer-name")
    return (
        Outcome(good, "made", 1.25, page=good.page),
        Outcome(bad, "notebook failed", 2.0, "ValueError: [red]seven[/red]\n\x1b[2Jsecond line", earlier_page=bad.page),
    )


def print_to_text(outcomes, *, terminal: bool) -> str:
    console = Console(file=io.StringIO(), force_terminal=terminal, width=60, color_system=None)
    with show_progress(len(outcomes), console=console) as tell:
        for outcome in outcomes:
            tell(outcome.job, None)
            tell(outcome.job, outcome)
    print_outcomes(outcomes, console=console)
    return console.file.getvalue()


def test_log_has_one_line_for_each_finished_job(outcomes):
    """Without a terminal there are no bars and no control codes, and long lines are not broken."""
    text = print_to_text(outcomes, terminal=False)
    lines = text.splitlines()
    assert lines[0] == "made: good summary private (1.2 s)"
    assert lines[1] == "notebook failed: a-much-longer-name summary private (2.0 s)"
    assert "\x1b" not in text
    assert any(str(outcomes[0].page) in line and line.startswith("good ") for line in lines)


def test_failures_follow_the_table_with_their_reasons(outcomes):
    """Each failure is explained in full under the table, and the count is honest."""
    text = print_to_text(outcomes, terminal=False)
    assert text.endswith(
        "\na-much-longer-name summary private: notebook failed\n"
        "    ValueError: [red]seven[/red]\n    \ufffd[2Jsecond line\n\n1 of 2 made.\n"
    )


def test_page_of_an_earlier_run_is_called_old(outcomes):
    """The table never shows an old page as if it had been made now."""
    row = next(line for line in print_to_text(outcomes, terminal=False).splitlines() if line.startswith("a-much"))
    assert row.endswith(f"old: {outcomes[1].earlier_page}")


def test_paths_under_the_working_folder_are_short(outcomes, monkeypatch):
    """Where the page lies under the folder one is in, its path can be clicked and read."""
    monkeypatch.chdir(outcomes[0].job.root)
    assert str(Path("outputs/good/summary.html")) in print_to_text(outcomes, terminal=False)
    assert str(outcomes[0].page) not in print_to_text(outcomes, terminal=False)


def test_terminal_shows_the_same(outcomes):
    """On a terminal, too, a path stays in one piece and square brackets in a message stay as they are."""
    text = print_to_text(outcomes, terminal=True)
    assert str(outcomes[0].page) in text
    assert "[red]seven[/red]" in text
    assert "1 of 2 made." in text
