"""Who stands against whom across points and chapters, and that no shared edition says so."""

from __future__ import annotations

import re
from typing import Any

import pytest

from builders import make_engagement, make_voice
from truth.made_pages import make_pages
from workbook.analysis.sides import Alone, Opposed
from workbook.analysis.summary import read_summary
from workbook.model.answers import Edition
from workbook.model.chapters import list_questions, load_chapter
from workbook.model.editions import redact
from workbook.model.engagement import Engagement
from workbook.views.sides import list_patterns, write_headline

FACETS = [facet.id for facet in load_chapter("framing").facets]


def rate(seed: int, soil: int, facets: list[str] = FACETS) -> dict[str, Any]:
    """Return ratings of hope and habit."""
    return {f"framing.{f}.{side}": value for f in facets for side, value in (("seed", seed), ("soil", soil))}


def make(first: dict[str, Any], **changes: Any) -> Engagement:
    """Return an engagement of four voices, of which the first gives other answers than the rest."""
    voices = [
        make_voice("Auditor", first, organisation="A funder", **changes),
        make_voice("Director", rate(4, 1), organisation="A funder", **changes),
        make_voice("Worker", rate(4, 1), organisation="A club", **changes),
        make_voice("Parent", rate(3, 1), organisation="A club", **changes),
    ]
    return make_engagement(*voices)


def test_who_stands_alone_is_named_with_how_often() -> None:
    """On nine of ten habits one voice is alone; on the tenth another joins it."""
    first = {**rate(4, 4, FACETS[:9]), **rate(4, 1, FACETS[9:])}
    reading = read_summary(make(first)).sides
    assert reading.alone == (Alone("Auditor", "habits", 9, 10),)
    told = "Auditor stands alone on nine of ten statements on what people are held to now"
    assert write_headline(reading, 9) == f"{told}; nine strong disagreements in all"
    assert read_summary(make(rate(4, 1))).sides.alone == ()


def test_who_stands_against_whom_is_counted_over_what_both_rated() -> None:
    """The pair most often on opposite sides comes first; answers nearer than two sides count for nobody."""
    reading = read_summary(make(rate(0, 1))).sides
    assert Opposed("Auditor", "Director", 10, 20) in reading.voices
    assert (reading.within, reading.between) == (10, 20)
    assert "Of 30 pairs of opposite answers, 10 lie within one organisation and 20 between two." in list_patterns(
        reading
    )


def test_organisations_against_each_other_are_named() -> None:
    """Where both of one stand on one side and both of another on the other, it lies between organisations."""
    voices = [
        make_voice(role, rate(seed, 2), organisation=home)
        for role, seed, home in (("A", 0, "Trust"), ("B", 1, "Trust"), ("C", 4, "Club"), ("D", 3, "Club"))
    ]
    reading = read_summary(make_engagement(*voices)).sides
    assert reading.organisations == (Opposed("Club", "Trust", 10, 10),)
    assert any("Everybody heard from Club stands on one side" in text for text in list_patterns(reading))


@pytest.mark.parametrize("edition", [Edition.PARTNERS, Edition.PUBLIC])
@pytest.mark.parametrize("consent", ["named", "unnamed", "aggregate", "none"])
def test_no_shared_edition_singles_anybody_out(edition: Edition, consent: str) -> None:
    """The pattern could show who somebody is, whatever each consented to for single answers."""
    engagement = make(rate(0, 4), consent=consent)
    words = {name: question.is_words for name, question in list_questions(engagement.facts).items()}
    shared = redact(engagement, edition, words=words)
    assert not read_summary(shared).sides.is_found
    assert not re.search("stands? (alone|on opposite)", " ".join(make_pages(shared).values()))
    private = make_pages(redact(engagement, Edition.PRIVATE, words=words))
    assert "Auditor stands alone" in private["10_summary"]
