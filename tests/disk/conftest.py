"""A project with the example in it, on the disk that is tried."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

EXAMPLE = Path(__file__).parents[2] / "parameters" / "example"


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return its folder, in which commands find it."""
    shutil.copytree(EXAMPLE, tmp_path / "parameters" / "example")
    monkeypatch.setenv("WORKBOOK_HOME", str(tmp_path))
    return tmp_path
