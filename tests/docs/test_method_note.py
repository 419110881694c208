"""The method note: its worked example and its table of defaults are recomputed from its text."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pytest

from workbook.analysis.resources.resources import best_split, uptake
from workbook.analysis.resources.split import responses_bought
from workbook.analysis.resources.value import evsi, preposterior_sd
from workbook.model.chapters import load_chapter
from workbook.model.wordings import load_wording
from workbook.theme import format_number

NOTE = (Path(__file__).parents[2] / "docs" / "method.md").read_text(encoding="utf-8")


def read_example() -> dict[str, float]:
    part = NOTE.split("## A worked example, by hand")[1].split("\n## ")[0]
    rows = re.findall(r"^\| (.+?) \| ([\d.]+) \|$", part, re.MULTILINE)
    return {name.split(" =")[0].split("(")[0].strip(): float(figure) for name, figure in rows}


def test_the_worked_example_comes_out_as_written() -> None:
    """Every line of the example follows from the lines before it."""
    told = read_example()
    n = responses_bought(told["data"], told["setup"], told["unit cost"])
    known = evsi(told["mean"], told["prior_sd"], told["obs_sd"], n)
    acts = uptake(told["money"] - told["data"], told["baseline"], told["ceiling"], told["scale"])
    assert n == told["n"]
    assert preposterior_sd(told["prior_sd"], told["obs_sd"], n) == pytest.approx(told["s"], abs=5e-7)
    assert known == pytest.approx(told["evsi"], abs=5e-7)
    assert acts == pytest.approx(told["uptake"], abs=5e-7)
    assert acts * known == pytest.approx(told["value"], abs=5e-7)


def test_no_step_beats_the_one_of_the_example() -> None:
    """The split of the example is the best there is, and all of it on data is worth what the note says."""
    told = read_example()
    found = best_split(
        told["money"],
        lambda data: evsi(0.0, 1.0, told["obs_sd"], responses_bought(data, told["setup"], told["unit cost"])),
        lambda use: uptake(use, told["baseline"], told["ceiling"], told["scale"]),
        step=500,
    )
    assert found.data == told["data"]
    assert found.value == pytest.approx(told["value"], abs=5e-7)
    assert float(np.asarray(found.values)[-1]) == pytest.approx(told["value with all of it on data"], abs=5e-7)


def test_the_note_lists_every_default_as_it_is() -> None:
    """Each setting of the trade-off and of the rule of evidence stands in the note, with its meaning and its source."""
    settings = {**load_chapter("resources").settings, **load_wording("evidence").settings}
    for name, setting in settings.items():
        values = setting.value if isinstance(setting.value, tuple) else (setting.value,)
        told = ", ".join(format_number(value, 3) for value in values)
        assert f"| `{name}` | {told} | {setting.meaning} | {setting.source} |" in NOTE
