"""The figures the trade-off reckons with, as people gave them, each with where it comes from.

For every figure: what was agreed, else the middle of the voices with the range they span, else (for the cost of a
response) what the plan tells, else a default of `content/resources.yaml`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from workbook.analysis.resources.doubts import Doubt, Range
from workbook.analysis.resources.plan import CostedPlan
from workbook.analysis.voices.grids import MatrixReading, NumberReading, read_matrix
from workbook.analysis.voices.scales import ScaleReading, read_scale
from workbook.model.chapters import Chapter, list_questions
from workbook.model.engagement import Engagement
from workbook.model.questions import GridQuestion, ScaleQuestion

Origin = Literal["agreed", "voices", "plan", "default", "unsure", "withheld"]
Unit = Literal["money", "people", "chance", "multiple"]

OF_TEN = 10


@dataclass(frozen=True)
class Input:
    """One figure: money in the currency, people of ten, a chance of 0 to 1, or a multiple of today's doubt.

    `voices` counts the voices behind it, 0 where it comes from elsewhere.
    """

    doubt: Doubt
    figure: Range
    unit: Unit
    origin: Origin
    voices: int = 0

    @property
    def is_ours(self) -> bool:
        """Whether the figure is a default of ours."""
        return self.origin in ("default", "unsure", "withheld")


@dataclass(frozen=True)
class Elicited:
    """Every figure by its doubt, and the readings behind them. `certain` says that the answer is taken as known."""

    inputs: dict[Doubt, Input]
    sure: ScaleReading
    vary: ScaleReading
    costs: MatrixReading
    use: dict[str, MatrixReading]
    certain: bool

    @property
    def ours(self) -> tuple[Input, ...]:
        """The figures that are defaults of ours."""
        return tuple(one for one in self.inputs.values() if one.is_ours)

    @property
    def cells(self) -> tuple[ScaleReading | NumberReading, ...]:
        """What voices and the group say to each question and cell that a figure comes from."""
        numbers = (one for matrix in (self.costs, *self.use.values()) for one in matrix.numbers.values())
        return self.sure, self.vary, *numbers


def read_inputs(engagement: Engagement, chapter: Chapter, plan: CostedPlan | None, money: float) -> Elicited:
    """Read every figure. `money` is what is split, which defaults in money are shares of."""
    questions = list_questions(engagement.facts)
    matrices = {name: _read_grid(engagement, questions[f"resources.{name}"]) for name in _GRIDS}
    sure, vary = (_read_steps(engagement, questions[f"resources.{name}"]) for name in ("sure", "vary"))
    found = [
        _read_scale_input("mean", sure, chapter, ("chance_right", "sure_default")),
        _read_scale_input("obs_sd", vary, chapter, ("vary_multiple", "vary_default")),
        *_read_costs(matrices["data_costs"], chapter, plan, money),
        *_read_use(matrices, chapter, money),
    ]
    return Elicited(
        inputs={one.doubt: one for one in found},
        sure=sure,
        vary=vary,
        costs=matrices["data_costs"],
        use={name: matrix for name, matrix in matrices.items() if name != "data_costs"},
        certain=sure.value is not None and sure.value >= len(sure.steps) - 1,
    )


_GRIDS = ("data_costs", "use_report", "use_support", "use_spend")


def _read_grid(engagement: Engagement, question: object) -> MatrixReading:
    assert isinstance(question, GridQuestion)
    return read_matrix(engagement, question)


def _read_steps(engagement: Engagement, question: object) -> ScaleReading:
    assert isinstance(question, ScaleQuestion)
    return read_scale(engagement, question)


def read_triple(matrix: MatrixReading, row: str) -> tuple[Range, Origin, int] | None:
    """Read low, likely and high of a row over voices; None where nobody gave a likeliest figure.

    Agreed figures stand by themselves. Else the likeliest is the middle of the voices, and the ends are the
    lowest and the highest that anybody gave.
    """
    low, likely, high = (matrix.numbers.get((row, column), _NOTHING) for column in ("low", "likely", "high"))
    if likely.agreed is not None:
        ends = [one.agreed for one in (low, high) if one.agreed is not None] + [likely.agreed]
        return Range(min(ends), likely.agreed, max(ends)), "agreed", 0
    if likely.middle is None:
        return None
    given = [response.value for one in (low, likely, high) for response in one.responses]
    return Range(min(given), likely.middle, max(given)), "voices", len(likely.responses)


_NOTHING = NumberReading("")


def _make_default(chapter: Chapter, setting: str, factor: float = 1.0) -> Range:
    value = chapter.settings[setting].value
    low, likely, high = value if isinstance(value, tuple) else (value, value, value)
    return Range(low * factor, likely * factor, high * factor)


def _tell_origin(matrix: MatrixReading, row: str) -> Origin:
    cells = [one for place, one in matrix.numbers.items() if place[0] == row]
    if any(one.withheld for one in cells):
        return "withheld"
    return "unsure" if any(one.unsure or one.agreed_unsure for one in cells) else "default"


def _read_row(matrix: MatrixReading, row: str, doubt: Doubt, unit: Unit, default: Range) -> Input:
    found = read_triple(matrix, row)
    if found is None:
        return Input(doubt, default, unit, _tell_origin(matrix, row))
    figure, origin, voices = found
    return Input(doubt, figure, unit, origin, voices)


def _read_costs(matrix: MatrixReading, chapter: Chapter, plan: CostedPlan | None, money: float) -> list[Input]:
    setup, unit = (
        _read_row(matrix, row, Doubt(field), "money", _make_default(chapter, setting, money))
        for row, field, setting in (("setup_cost", "setup", "setup_share"), ("unit_cost", "unit_cost", "unit_share"))
    )
    from_plan = _cost_of_response(chapter, plan, setup.figure.likely)
    if unit.is_ours and from_plan:
        unit = Input(unit.doubt, from_plan, "money", "plan")
    return [unit, setup]


def _cost_of_response(chapter: Chapter, plan: CostedPlan | None, setup: float) -> Range | None:
    """What one response costs in the plan with its share of analysis and reports: all data money after `setup`."""
    if plan is None or not plan.responses or plan.cost_of("data_collection") == 0:
        return None
    each = (plan.cost_of_side("data") - setup) / plan.responses
    lower, upper = chapter.settings["unit_doubt"].value  # type: ignore[misc]
    return Range(each * lower, each, each * upper) if each > 0 else None


def _read_use(matrices: dict[str, MatrixReading], chapter: Chapter, money: float) -> list[Input]:
    asked: tuple[tuple[str, str, Unit, str, float], ...] = (
        ("use_report", "baseline", "people", "report_of_ten", 1.0),
        ("use_support", "ceiling", "people", "support_of_ten", 1.0),
        ("use_spend", "scale", "money", "spend_share", money),
    )
    return [
        _read_row(matrices[question], row.id, Doubt(field, row.id), unit, _make_default(chapter, setting, factor))
        for row in matrices["use_report"].question.rows
        for question, field, unit, setting, factor in asked
    ]


def _read_scale_input(field: str, scale: ScaleReading, chapter: Chapter, settings: tuple[str, str]) -> Input:
    """Turn worded steps into figures: the answer to reckon with, and half a step beyond the voices on either side."""
    values, default = settings
    levels = chapter.settings[values].value
    assert isinstance(levels, tuple)
    step = chapter.get_number(default) if scale.value is None else scale.value
    about = [step, *(response.value for response in scale.responses)]
    doubt = chapter.get_number("step_doubt")
    ends = (max(min(about) - doubt, 0), step, min(max(about) + doubt, len(levels) - 1))
    low, likely, high = (float(np.interp(end, range(len(levels)), levels)) for end in ends)
    unit: Unit = "chance" if field == "mean" else "multiple"
    unsaid: Origin = "unsure" if scale.unsure or scale.agreed_unsure else "default"
    origin: Origin = "withheld" if scale.withheld == "small_group" else unsaid
    if scale.value is not None:
        origin = "voices" if scale.agreed is None else "agreed"
    voices = len(scale.responses) if origin == "voices" else 0
    return Input(Doubt(field), Range(low, likely, high), unit, origin, voices)
