"""Several engagements side by side, as one edition may show them."""

from __future__ import annotations

from pydantic import Field

from workbook.model.answers import Edition
from workbook.model.base import Frozen
from workbook.model.engagement import Engagement


class LeftOut(Frozen):
    """An engagement that could not be loaded. `problems` is how many faults its files hold; 0 if it is not there."""

    name: str
    problems: int = 0


class Portfolio(Frozen):
    """Engagements in the order asked for, and those left out.

    `pages` lists, by engagement, the reports that stand as pages of this edition in the folder `outputs`.
    """

    edition: Edition
    engagements: tuple[Engagement, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    pages: dict[str, tuple[str, ...]] = Field(default_factory=dict)
