"""What those who answer are told of their answers: who keeps them, why, until when, who sees them, whom to ask."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from workbook.model.base import Frozen, IsoDate, Text


class KeptAnswers(Frozen):
    """How the answers are kept; what is left out, the questionnaire says is missing."""

    by: Annotated[
        Text | None, Field(description="who keeps the answers, in words", examples=["The programme team, on its drive"])
    ] = None
    why: Annotated[
        Text | None, Field(description="what they are kept for, in words", examples=["To write the call for a partner"])
    ] = None
    until: Annotated[
        IsoDate | None,
        Field(description="the day until which they are kept, as year-month-day", examples=["2027-03-31"]),
    ] = None
    seen_by: Annotated[
        Text | None, Field(description="who may see what of them, in words", examples=["Two people of the team, all"])
    ] = None
    ask: Annotated[
        Text | None,
        Field(description="whom to ask, and how to reach them, in words", examples=["The programme officer, by phone"]),
    ] = None
