"""The pages by ear: what comes first, how soon, and what is never said."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from listen.ear import Ear
from listen.speech_rate import find_second

Listen = Callable[..., Ear]
SOONEST_VERDICT, SOONEST_MESSAGE = 25, 45  # seconds from the top
MOST_LANDMARKS = 10


def test_the_summary_says_its_edition_then_the_verdict_then_what_to_do(listen: Listen, project: Path) -> None:
    """The edition before all else, the verdict within 25 seconds, the first message within 45."""
    heard = _read_well(listen(project / "outputs" / "example" / "summary.html"))
    assert find_second(heard, "Commission a learning partner") <= SOONEST_VERDICT
    assert find_second(heard, "Change what people are held to") <= SOONEST_MESSAGE
    assert heard.count("image") == 1


@pytest.mark.parametrize("page", ["example/brief.html", "example/report.html", "portfolio.html"])
def test_the_other_pages_too_say_all_in_words(listen: Listen, project: Path, page: str) -> None:
    """From the edition on, with few landmarks."""
    assert len(_read_well(listen(project / "outputs" / page))) > 100


def _read_well(ear: Ear) -> list[str]:
    """Read a page to its end; no landmark too many, and no range, empty cell or drawing heard in scraps."""
    counts = next(one for one in ear.list_heard() if one.startswith("Page has"))
    found = re.search(r"(\d+) landmarks", counts)
    assert found
    assert int(found[1]) <= MOST_LANDMARKS
    heard = ear.read_all()
    assert heard[0].startswith("Private edition: do not send it on.")
    assert not [one for one in heard if re.search(r"\d\s*[–—]\s*\d|^[–—]$", one)]
    assert not [one for one in heard if re.search(r"\?[A-Z]", one)]
    return heard
