"""Numbers no finer than the rule that gives them."""

from __future__ import annotations

import math


def round_money(amount: float) -> float:
    """Round to two figures, since the rule is no finer than that."""
    return float(round(amount, 1 - math.floor(math.log10(amount)))) if amount > 0 else 0.0


def round_half_up(value: float) -> int:
    """Round to a whole number, a half always upwards."""
    return math.floor(value + 0.5)
