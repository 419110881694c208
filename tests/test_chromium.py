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
    """Without root the reason names the command."""
    monkeypatch.setattr(chromium.os, "geteuid", lambda: 1000, raising=False)
    assert "apt-get install -y chromium" in chromium.install_chromium(tmp_path / "installed")


def test_install_runs_once_for_all_workers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A second worker takes the first one's outcome, also when that was a failure."""
    runs: list[int] = []
    monkeypatch.setattr(chromium.os, "geteuid", lambda: 0, raising=False)
    monkeypatch.setattr(chromium.shutil, "which", lambda name: f"/usr/bin/{name}")
    monkeypatch.setattr(chromium, "_run_apt", lambda: runs.append(1) or "apt-get update failed")
    outcomes = [chromium.install_chromium(tmp_path / "installed") for _ in range(2)]
    assert outcomes == ["apt-get update failed"] * 2
    assert len(runs) == 1
