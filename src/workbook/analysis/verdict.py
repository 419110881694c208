"""The verdict: learning partner, both, evaluation or too early, by the rules of `content/verdict.yaml`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from workbook.analysis.framing import FramingReading
from workbook.errors import ContentError
from workbook.model.base import Frozen
from workbook.model.wordings import load_wording

Mark = Literal["partner", "both", "evaluation", "early"]
MARKS: tuple[Mark, ...] = ("partner", "both", "evaluation", "early")


class Rule(Frozen):
    """One rule: the patterns it is for, what else must hold (None where it does not matter), and what it gives."""

    patterns: tuple[str, ...]
    stays: bool | None = None
    split: bool | None = None
    mark: Mark
    sentence: str


@dataclass(frozen=True)
class Verdict:
    """Which of the four is marked, and the name of the sentence that says why."""

    mark: Mark
    sentence: str


def read_verdict(reading: FramingReading) -> Verdict:
    """Return what the first rule that fits gives; raises ContentError where none does."""
    stays = reading.words["stays_evaluation"].settled is not None
    split = bool(reading.list_in("evaluation_ground") and reading.list_in("learning_ground"))
    for rule in list_rules():
        if reading.pattern in rule.patterns and rule.stays in (None, stays) and rule.split in (None, split):
            return Verdict(rule.mark, rule.sentence)
    raise ContentError(f"verdict.yaml: words.chosen_by should have a rule for the pattern {reading.pattern}.")


def list_rules() -> tuple[Rule, ...]:
    """Return the rules in the order in which they are tried."""
    return tuple(Rule.model_validate(rule) for rule in load_wording("verdict").words["chosen_by"])
