"""How the tests come by their Chromium."""

from __future__ import annotations

from pathlib import Path

import pytest

import chromium


def test_named_chromium_is_taken_alone(tmp_path: Path) -> None:
    """The Chromium that the environment names is taken, and no other when that one is not there."""
    named = tmp_path / "my-chromium"
    named.write_text("#!/bin/sh\n", encoding="utf-8")
    named.chmod(0o755)
    assert chromium.find_chromium({"CHROMIUM": str(named)}) == str(named)
    assert chromium.find_chromium({"CHROMIUM": str(tmp_path / "none")}) is None


def test_refusal_to_install_says_what_to_type(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without root and without any Chromium the reason names the command."""
    _let_there_be(monkeypatch, user=1000)
    assert "apt-get install -y chromium-headless-shell" in chromium.install_chromium(tmp_path / "installed")


def test_install_runs_once_for_all_workers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A second worker takes the first one's outcome, also when that was a failure."""
    runs: list[str] = []
    _let_there_be(monkeypatch)
    monkeypatch.setattr(chromium, "_run_apt", lambda *packages: runs.append(packages[0]) or "apt-get update failed")
    outcomes = [chromium.install_chromium(tmp_path / "installed") for _ in range(2)]
    assert outcomes == ["apt-get update failed"] * 2
    assert runs == ["chromium-headless-shell", "chromium"]


@pytest.mark.parametrize("user", [0, 1000])
def test_a_whole_chromium_will_do_where_no_light_one_can_be_had(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, user: int
) -> None:
    """It is no fault then, and the whole one is taken; a light one that is there is taken before it."""
    _let_there_be(monkeypatch, "chromium", user=user)
    monkeypatch.setattr(chromium, "_run_apt", lambda *packages: "apt-get update failed")
    assert chromium.install_chromium(tmp_path / "installed") is None
    assert chromium.find_chromium({}) == "/usr/bin/chromium"
    _let_there_be(monkeypatch, "chromium", "chromium-headless-shell", user=user)
    assert chromium.find_chromium({}) == "/usr/bin/chromium-headless-shell"


def _let_there_be(monkeypatch: pytest.MonkeyPatch, *programs: str, user: int = 0) -> None:
    there = ("apt-get", *programs)
    monkeypatch.setattr(chromium.os, "geteuid", lambda: user, raising=False)
    monkeypatch.setattr(chromium.shutil, "which", lambda name: f"/usr/bin/{name}" if name in there else None)
