"""What was measured is written section by section, and nothing that another benchmark or a person wrote is lost."""

from __future__ import annotations

import sys
from pathlib import Path
from types import ModuleType

import pytest

BENCHMARKS = Path(__file__).parents[1] / "benchmarks"
MET, MISSED = ("a thing", "its peer", 0.5, "≤ 1", True), ("a thing", "its peer", 2.0, "≤ 1", False)
WHY = "\n\nWhy missed: a reason that a person gave."


@pytest.fixture
def results(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The program that writes, on a copy of what was measured."""
    monkeypatch.syspath_prepend(BENCHMARKS)
    module = sys.modules.get("results") or __import__("results")
    copy = tmp_path / "RESULTS.md"
    copy.write_text((BENCHMARKS / "RESULTS.md").read_text(encoding="utf-8"), encoding="utf-8")
    monkeypatch.setattr(module, "RESULTS", copy)
    return module


def read_sections(results: ModuleType) -> dict[str, str]:
    """Return the sections by their headings."""
    _, *parts = results.RESULTS.read_text(encoding="utf-8").split("\n## ")
    return {part.partition("\n")[0]: part.partition("\n")[2].strip() for part in parts}


def test_a_section_written_anew_leaves_the_others_as_they_are(results: ModuleType) -> None:
    """Formats and ways through are measured by other programs; their figures stay."""
    before = read_sections(results)
    results.write_section("check", [MISSED], seconds=1, rounds=3)
    after = read_sections(results)
    assert list(after)[: len(before)] == list(before)
    assert {"Word, spreadsheet and PDF", "The ways through"} <= after.keys()
    changed = {name for name in before if before[name] != after[name]}
    assert changed <= {"Check", results.TARGETS}


def test_why_a_target_is_missed_stays_until_it_is_met(results: ModuleType) -> None:
    """A person's reason is kept with a row that misses, and goes with the first one that does not."""
    results.write_section("check", [MISSED], seconds=1, rounds=3)
    text = results.RESULTS.read_text(encoding="utf-8")
    section = "## Check\n" + read_sections(results)["Check"].split("\n\nWhy ")[0]
    results.RESULTS.write_text(text.partition("## Check")[0] + section + WHY + "\n", encoding="utf-8")
    results.write_section("check", [MISSED], seconds=1, rounds=3)
    assert read_sections(results)["Check"].endswith(WHY.strip())
    assert "| a thing | its peer | 2.00 | ≤ 1 | missed |" in read_sections(results)[results.TARGETS]
    results.write_section("check", [MET], seconds=1, rounds=3)
    assert "Why" not in read_sections(results)["Check"]
    assert "| a thing | its peer | 0.50 | ≤ 1 | met |" in read_sections(results)[results.TARGETS]


def test_what_was_measured_at_this_commit_is_known(results: ModuleType) -> None:
    """A run that was cut short goes on where it stopped; more rounds are another run."""
    results.write_section("check", [MET], seconds=1, rounds=3)
    assert (results.is_measured("check", 3), results.is_measured("check", 1)) == (True, False)
