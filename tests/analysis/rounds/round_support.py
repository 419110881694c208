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
POINTS, STANDING, MONTHS, MAP = "audiences.points", "permission.standing", "discovery.months", "system_map.links"
LADDER = ("not_asked", "asked", "limited", "agreed", "withdrawn")
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
    """Return a round: some of the people, each with some of the answers, and what the group agreed, its map too.

    Answers are of every kind that can be compared: steps, cells, points, choices, amounts; some are not known.
    """
    steps, rows = st.integers(0, 4) | st.just("unsure"), st.sampled_from(["grantees", "people"])
    cells = st.dictionaries(rows, st.fixed_dictionaries({"mode": steps}))
    points = st.sampled_from([{"funder": part, "grantees": 100 - part, "people": 0} for part in (0, 40, 60)])
    standing = st.dictionaries(rows, st.fixed_dictionaries({"step": st.sampled_from(LADDER) | st.just("unsure")}))
    months = st.integers(1, 3) | st.just("unsure")
    optional = {**dict.fromkeys(SCALES, steps), GRID: cells, POINTS: points, STANDING: standing, MONTHS: months}
    answers = draw(st.dictionaries(st.sampled_from(PEOPLE), st.fixed_dictionaries({}, optional=optional)))
    agreed = draw(st.dictionaries(st.sampled_from(SCALES), steps, max_size=2))
    together = draw(st.fixed_dictionaries({}, optional={POINTS: points, STANDING: standing}))
    return make_round(answers, {**agreed, **together, **draw(st.just({}) | draw_maps().map(make_map))})


def make_map(links: list[dict[str, Any]]) -> dict[str, Any]:
    """Return the answers that make a map of links, its factors named as their ends are."""
    ends = dict.fromkeys(one[end] for one in links for end in ("from", "to"))
    return {MAP: links, "system_map.factors": [{"id": end, "label": end} for end in ends]}


def draw_maps() -> st.SearchStrategy[list[dict[str, Any]]]:
    """Return maps of some of three links, each with a sign and how sure it is."""
    ends = (("time", "trust"), ("trust", "work"), ("work", "time"))
    sure, signs = st.sampled_from(["guessed", "believed", "tested"]), st.sampled_from(["more", "less"])
    links = [
        st.none() | st.fixed_dictionaries({"from": st.just(a), "to": st.just(b), "sign": signs, "certainty": sure})
        for a, b in ends
    ]
    return st.tuples(*links).map(lambda found: [one for one in found if one])


def leave_out(engagement: Engagement, people: set[str]) -> Engagement:
    """Return a round without the voices of some people."""
    kept: tuple[Voice, ...] = tuple(voice for voice in engagement.voices if voice.id not in people)
    return engagement.model_copy(update={"voices": kept})


def set_targets(engagement: Engagement, **targets: Mapping[str, Any]) -> Engagement:
    """Return a round with targets, each by its question with underscores for full stops."""
    named = {name.replace("__", "."): target for name, target in targets.items()}
    agreed = engagement.agreed.model_dump(mode="json") | {"targets": named}
    return engagement.model_copy(update={"agreed": Agreed.model_validate(agreed)})
