"""The summary by ear: what comes first, how soon, and what is never said."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from listen.ear import Ear
from listen.speech_rate import find_second

Listen = Callable[..., Ear]
SOONEST_VERDICT, SOONEST_MESSAGE = 25, 45  # seconds from the top
MOST_LANDMARKS = 10


def test_the_summary_says_its_edition_then_the_verdict_then_what_to_do(listen: Listen, project: Path) -> None:
    """The edition before all else, the verdict within 25 seconds, the first message within 45; no landmark too many."""
    ear = listen(project / "outputs" / "example" / "summary.html")
    counts = next(one for one in ear.list_heard() if one.startswith("Page has"))
    heard = ear.read_all()
    found = re.search(r"(\d+) landmarks", counts)
    assert found
    assert int(found[1]) <= MOST_LANDMARKS
    assert heard[0].startswith("Private edition: do not send it on.")
    assert find_second(heard, "Commission a learning partner") <= SOONEST_VERDICT
    assert find_second(heard, "Change what people are held to") <= SOONEST_MESSAGE
    # A range, an empty cell and a drawing are heard in words or not at all.
    assert not [one for one in heard if re.search(r"\d\s*[–—]\s*\d|^[–—]$", one)]
    assert heard.count("image") == 1
    assert not [one for one in heard if re.search(r"\?[A-Z]", one)]
