"""Several engagements side by side, as one edition may show them."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from pydantic import Field, SkipValidation

from workbook.model.answers import Edition
from workbook.model.base import Frozen
from workbook.model.engagement import Engagement


class LeftOut(Frozen):
    """An engagement that could not be loaded. `problems` is how many faults its files hold; 0 if it is not there."""

    name: str
    problems: int = 0


class Portfolio(Frozen):
    """Engagements in the order asked for, each perhaps read only when it is its turn, and those left out.

    `pages` lists, by engagement, the reports that stand as pages of this edition in the folder `outputs`.
    """

    edition: Edition
    engagements: SkipValidation[Sequence[Engagement]] = ()
    left_out: tuple[LeftOut, ...] = ()
    pages: dict[str, tuple[str, ...]] = Field(default_factory=dict)

    @property
    def draft(self) -> bool:
        """Whether any engagement is held here as it was not released."""
        return any(one.draft for one in self.engagements)

    @property
    def fingerprint(self) -> str:
        """Ten hexadecimal digits that change whenever anything this edition holds changes, or it is released."""
        digest, draft = hashlib.sha256(self.model_dump_json(exclude={"engagements"}).encode()), False
        for one in self.engagements:
            digest.update(one.model_dump_json(exclude={"draft"}).encode())
            draft = draft or one.draft
        digest.update(b"draft" if draft else b"")
        return digest.hexdigest()[:10]
