"""An empty project to take files into."""

from __future__ import annotations

from pathlib import Path

import pytest


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "parameters").mkdir()
    monkeypatch.setenv("WORKBOOK_HOME", str(tmp_path))
    return tmp_path
