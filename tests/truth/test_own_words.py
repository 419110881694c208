"""What people wrote stands as what it was written to be: no limit as a promise, no doubt as a claim."""

from __future__ import annotations

from typing import Any

from builders import make_engagement, make_voice
from truth.made_pages import read_text
from workbook.analysis.remarks import read_remarks
from workbook.model.answers import Agreed, AgreedAnswer
from workbook.model.engagement import Engagement
from workbook.views.remarks import summarise

FACTORS = [{"id": "say", "label": "a say in the plan"}, {"id": "trust", "label": "trust in the worker"}]
LINK = {"from": "say", "to": "trust", "sign": "more", "change_mind": "Those who were asked trust no more"}


def show(engagement: Engagement) -> str:
    """Return the words of the section that holds what people wrote."""
    return read_text(str(summarise(read_remarks(engagement), is_map_drawn=True).html))


def tell(answers: dict[str, Any]) -> str:
    """Return the words of the section where one person gave these answers."""
    return show(make_engagement(make_voice("Worker", answers)))


def test_what_is_out_of_bounds_reads_as_that() -> None:
    """Behind who asked and before what was promised it would read as a term that somebody agreed to."""
    terms = {"grantees": {"asked_by": "Nobody yet", "bounds": "League tables", "promised": "Their grant"}}
    text = tell({"permission.terms": terms})
    assert "Asked by: Nobody yet; Out of bounds: League tables; Promised in return: Their grant" in text
    assert "Out of bounds" not in tell({"permission.terms": {"grantees": {"asked_by": "Nobody yet"}}})


def test_what_would_change_a_mind_is_no_claim() -> None:
    """It stands under its own heading, behind the link it would undo, and not as what somebody says is so."""
    text = tell({"system_map.factors": FACTORS, "system_map.links": {"value": [LINK], "note": "Seen twice"}})
    asked, _, mind = text.partition("What would change our mind")
    assert "Seen twice" in asked
    assert "Those who were asked" not in asked
    assert "a say in the plan to trust in the worker: Those who were asked trust no more" in mind


def test_a_goal_is_named_in_words() -> None:
    """Not by the short name that ties rows together; one that no factor has stands as it was typed."""
    assert "The group: a say in the plan" in show(
        make_engagement(agreed={"system_map.factors": FACTORS, "system_map.goal": "say"})
    )
    assert "Worker: calm" in tell({"system_map.factors": FACTORS, "system_map.goal": "calm"})


def test_a_note_beside_what_is_agreed_is_not_told_as_agreed() -> None:
    """That somebody was not in the room is nothing a group agrees on."""
    noted = AgreedAnswer(value=3, note="The trustee was not in the room", private="She left angry")
    text = show(make_engagement().model_copy(update={"agreed": Agreed(answers={"discovery.aims": noted})}))
    assert "The group: The trustee was not in the room" in text
    assert "Private note on what the group agreed (not to be shared): She left angry" in text
