"""A project made from what ships, with one engagement of somebody's own in it."""

from __future__ import annotations

from pathlib import Path

import pytest

from workbook.places import HOME
from workbook.projects.making import make_project


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A new project, which every command finds."""
    monkeypatch.setenv(HOME, str(tmp_path / "mine"))
    return make_project(tmp_path / "mine")
