"""One point for the discovery agenda: what is to be asked, of whom, and why it comes where it does."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Reason = Literal["unsure", "disagreement", "tension", "gap", "guess"]


@dataclass(frozen=True)
class AgendaPoint:
    """Something a learning partner would ask at the first meeting.

    `subject` names what it is about, so that two chapters never put the same point (`framing.setbacks`,
    `permission.grantees`). `weight` says how much it holds up, from 1 to 3 for one answer, more where
    several things hang on it; points are put in falling order of it.
    """

    subject: str
    chapter: str
    reason: Reason
    text: str
    whom: str
    weight: float
