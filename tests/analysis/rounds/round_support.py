"""Two rounds of a small commission, as the private edition holds them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from hypothesis import strategies as st

from builders import make_engagement, make_facts, make_voice
from workbook.model.answers import Agreed, Voice
from workbook.model.engagement import Engagement

SCALES = ("framing.purpose.seed", "framing.purpose.soil", "framing.timing.seed", "framing.timing.soil")
GRID = "learning_modes.with"
PEOPLE = tuple(f"p-{number}" for number in range(5))
PROMISES = [{"id": name, "what": f"Promise {name}", "who": "The director", "to": ["grantees"]} for name in "abc"]


def follow(now: Engagement, last: Engagement) -> Engagement:
    """Return a round after another; in both a person has one id, as `redact` leaves it."""
    return now.model_copy(update={"last": last})


def make_round(
    answers: Mapping[str, Mapping[str, Any]], agreed: Mapping[str, Any] | None = None, **facts: Any
) -> Engagement:
    """Return a round of answers by person."""
    voices = [make_voice(f"Role {name}", given, id=name) for name, given in answers.items()]
    return make_engagement(*voices, agreed=agreed, facts=make_facts(**facts))


@st.composite
def rounds(draw: st.DrawFn) -> Engagement:
    """Return a round: some of the people, each with some of the answers, and what the group agreed."""
    steps = st.integers(0, 4) | st.just("unsure")
    cells = st.dictionaries(st.sampled_from(["grantees", "people"]), st.fixed_dictionaries({"mode": steps}))
    given = st.fixed_dictionaries({}, optional={**dict.fromkeys(SCALES, steps), GRID: cells})
    answers = draw(st.dictionaries(st.sampled_from(PEOPLE), given))
    return make_round(answers, draw(st.dictionaries(st.sampled_from(SCALES), steps, max_size=2)))


def leave_out(engagement: Engagement, people: set[str]) -> Engagement:
    """Return a round without the voices of some people."""
    kept: tuple[Voice, ...] = tuple(voice for voice in engagement.voices if voice.id not in people)
    return engagement.model_copy(update={"voices": kept})


def set_targets(engagement: Engagement, **targets: Mapping[str, Any]) -> Engagement:
    """Return a round with targets, each by its question with underscores for full stops."""
    named = {name.replace("__", "."): target for name, target in targets.items()}
    agreed = engagement.agreed.model_dump(mode="json") | {"targets": named}
    return engagement.model_copy(update={"agreed": Agreed.model_validate(agreed)})
