"""Advice that rests on one voice says so in every chapter, and no longer once a second voice answers too."""

from __future__ import annotations

from typing import Any

import pytest

from builders import make_engagement, make_facts, make_voice
from workbook.analysis.voices.scales import Lone, find_lone
from workbook.model.chapters import load_chapter
from workbook.views import discovery, learning_modes, practices, system_map

RATED = {
    f"practices.{facet.id}.{side}": n
    for facet in load_chapter("practices").facets
    for n, side in ((1, "today"), (3, "wanted"))
}
FACTORS = [{"id": name, "label": f"the {name}", "kind": "practice"} for name in ("trust", "time")]
LINK = {"from": "trust", "to": "time", "sign": "more", "certainty": "guessed"}
ANSWERS: dict[str, tuple[Any, Any, dict[str, Any]]] = {
    "discovery": (
        discovery,
        discovery.read_discovery,
        {
            **{f"discovery.{name}": 3 for name in ("aims", "power", "clarity", "understanding")},
            "discovery.months": 24,
            "discovery.before": "some",
        },
    ),
    "learning_modes": (
        learning_modes,
        learning_modes.read_learning_modes,
        {"learning_modes.with": {name: {"mode": 4} for name in ("funder", "grantees", "people")}},
    ),
    "practices": (practices, practices.read_practices, RATED),
    "system_map": (system_map, system_map.read_system_map, {"system_map.factors": FACTORS, "system_map.links": [LINK]}),
}


@pytest.mark.parametrize("chapter", sorted(ANSWERS))
def test_advice_from_one_voice_names_it(chapter: str) -> None:
    """One voice is named as whose verdict it is; two are not; of a call the page's head says whose reading it is."""
    view, read, answers = ANSWERS[chapter]
    alone, both = make_voice("Grants manager", answers), make_voice("Trustee", answers)
    assert "a verdict as you see it (Grants manager)" in view.write_follows(read(make_engagement(alone)))
    assert "a verdict as" not in view.write_follows(read(make_engagement(alone, both)))
    assert "a verdict as" not in view.write_follows(read(make_engagement(alone, facts=make_facts(kind="public-call"))))
    assert "a verdict as" not in view.write_follows(read(make_engagement()))


def test_only_answers_that_say_something_count() -> None:
    """Whoever does not know yet is no second voice, in a cell neither; an agreed answer leaves nobody alone."""
    said = make_voice("A", {"safety.ground": {"grantees": {"hangs": "yes"}}})
    unsure = make_voice("B", {"safety.ground": {"grantees": {"hangs": "unsure"}, "people": "unsure"}})
    assert find_lone(make_engagement(said, unsure), "safety.") == Lone("A", "whole", "own")
    assert find_lone(make_engagement(said, unsure), "permission.") is None
    agreed = {"safety.ground": {"people": {"hangs": "no"}}}
    assert find_lone(make_engagement(said, agreed=agreed), "safety.") is None


def test_who_sees_it_is_said_as_it_is() -> None:
    """The commissioner's own voice is "you" in its own copy; another organisation's is one voice, in every copy."""
    answers = {"safety.ground": {"grantees": {"hangs": "yes"}}}
    other = find_lone(make_engagement(make_voice("A", answers, organisation="A grantee")), "safety.")
    own = find_lone(make_engagement(make_voice("A", answers, organisation="A funder")), "safety.")
    shown = find_lone(make_engagement(make_voice("A", answers), edition="partners"), "safety.")
    assert [one and one.manner for one in (own, other, shown)] == ["own", "one", "part"]
