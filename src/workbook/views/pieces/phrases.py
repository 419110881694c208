"""Pieces of sentences that permission and safety share: who differs, which audiences, the words somebody gave."""

from __future__ import annotations

from collections.abc import Sequence

from workbook.analysis.audiences.names import join_names, name_audience
from workbook.analysis.voices.scales import ScaleReading
from workbook.model.engagement import Audience
from workbook.model.wordings import load_wording
from workbook.views.pieces import voices

MOST_NAMED = 5


def name_audiences(audiences: Sequence[Audience]) -> str:
    """Return audiences as a sentence lists them; of more than `MOST_NAMED`, the rest are counted."""
    names = [name_audience(audience) for audience in audiences]
    if (left := len(names) - MOST_NAMED) > 1:
        rest = load_wording("voices").get_word("others").format(count=voices.write_count(left))
        names = [*names[:MOST_NAMED], rest]
    return join_names(names)


def name_sides(scale: ScaleReading) -> str:
    """Say between whom a disagreement lies, as the end of a sentence does."""
    sides = voices.name_sides(scale)
    return sides[:1].lower() + sides[1:]
