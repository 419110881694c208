"""What the last round agreed on stands beside each question, in a line that can be read."""

from __future__ import annotations

import shutil
from pathlib import Path

from workbook.forms.lab.session import Session

PARAMETERS = Path(__file__).parents[3] / "parameters"


def test_of_a_long_table_the_first_rows_stand_and_the_rest_is_counted(tmp_path: Path) -> None:
    """A map of fifteen factors and twenty-three links is no help as one sentence; a short answer stands whole."""
    for name in ("example", "example-second-year"):
        shutil.copytree(PARAMETERS / name, tmp_path / name)
    (state, *_) = Session(tmp_path / "example-second-year", "system_map").respond({"kind": "open", "voice": "trustee"})
    told = {one["id"]: one["help"].partition("Agreed in the last round: ")[2] for one in state["sheet"]["questions"]}
    assert told["system_map.factors"].startswith("1: ")
    assert told["system_map.factors"].endswith("; 12 more")
    assert told["system_map.factors"].count(";") == 3
    assert told["system_map.links"].endswith("; 20 more")
    assert told["system_map.goal"] == "staying"
