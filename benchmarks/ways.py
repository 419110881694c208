"""What the short way through the workbook loses: its verdict beside the full way's, over random engagements.

    python benchmarks/ways.py [--engagements 1000] [--seed 13] [--choose]

Each engagement has three to seven voices who answer all of framing. Hopes and habits lean one way as a whole, lean
again within three groups of points that belong together, and then vary by point and by voice; in some the group has
agreed what stays evaluation. `--choose` says how often each point decides the verdict, and which points the short way
should ask, taken one by one so that the verdict is kept most often. The table is printed as docs keep it.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from workbook.analysis.framing import FramingReading, read_framing
from workbook.analysis.verdict import MARKS, Mark, read_verdict
from workbook.model.answers import Agreed, Edition, Voice
from workbook.model.chapters import load_chapter
from workbook.model.engagement import Engagement, Facts
from workbook.model.ways import list_asked

# Points that belong together: what counts, who answers to whom, how things change. Our judgement.
GROUPS = (
    ("purpose", "judgement", "evidence", "product"),
    ("accountability", "relationship", "timing"),
    ("questions", "setbacks", "change"),
)
STAYS = "framing.stays_evaluation"
OPPOSITE = {("partner", "evaluation"), ("evaluation", "partner")}
Goals = dict[str, tuple[float, bool]]


@dataclass(frozen=True)
class Drawn:
    """One engagement, read whole."""

    engagement: Engagement
    reading: FramingReading
    mark: Mark


def main() -> int:
    """Print the table; 1 where one of the goals is missed."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--engagements", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=13)
    parser.add_argument("--choose", action="store_true")
    options = parser.parse_args()
    generator = np.random.default_rng(options.seed)
    drawn = [read_whole(draw_engagement(generator, number)) for number in range(options.engagements)]
    if options.choose:
        print_choice(drawn)
    asked = list_asked("quarter")
    short = [read_verdict(read_framing(keep_asked(one.engagement, asked))).mark for one in drawn]
    print_table([one.mark for one in drawn], short)
    goals = measure([one.mark for one in drawn], short)
    for name, (value, is_met) in goals.items():
        print(f"{'met   ' if is_met else 'MISSED'} {name}: {value:.3f}")
    return 0 if all(is_met for _, is_met in goals.values()) else 1


def draw_engagement(generator: np.random.Generator, number: int) -> Engagement:
    """Return an engagement whose voices answer every point of framing."""
    facets = [facet.id for facet in load_chapter("framing").facets]
    groups = [next(k for k, group in enumerate(GROUPS) if facet in group) for facet in facets]
    leaning = generator.normal((0.7, 0.3), 1.4)  # of the engagement: hope, which brings people here, and habit
    shared = generator.normal(0, 0.5, size=(2, len(GROUPS)))
    own = generator.normal(0, 0.5, size=(2, len(facets)))
    apart = generator.choice([0.3, 0.6, 1.0], p=[0.5, 0.4, 0.1])
    voices = [
        Voice.model_validate(
            {
                "id": f"voice-{k}",
                "role": f"Voice {k}",
                "consent": "role",
                "answers": _answer(generator, facets, middle, apart),
            }
        )
        for middle in [leaning[:, None] + shared[:, groups] + own]
        for k in range(1, int(generator.integers(3, 8)))
    ]
    agreed = {STAYS: {"value": "The yearly count stays evaluation."}} if generator.random() < 0.35 else {}
    return Engagement(
        slug=f"random-{number}",
        edition=Edition.PRIVATE,
        facts=Facts(title="Random", commissioner="Nobody"),
        voices=tuple(voices),
        agreed=Agreed.model_validate({"answers": agreed}),
        heard=len(voices),
    )


def _answer(
    generator: np.random.Generator, facets: Sequence[str], middle: np.ndarray, apart: float
) -> dict[str, dict[str, int]]:
    steps = np.clip(np.rint(2 + 1.3 * (middle + generator.normal(0, apart, size=middle.shape))), 0, 4)
    return {
        f"framing.{facet}.{side}": {"value": int(steps[row, column])}
        for row, side in enumerate(("seed", "soil"))
        for column, facet in enumerate(facets)
    }


def read_whole(engagement: Engagement) -> Drawn:
    """Read all of it."""
    reading = read_framing(engagement)
    return Drawn(engagement, reading, read_verdict(reading).mark)


def keep_asked(engagement: Engagement, asked: frozenset[str]) -> Engagement:
    """Return the engagement as it would be had only these questions been asked."""
    voices = tuple(
        voice.model_copy(update={"answers": {key: one for key, one in voice.answers.items() if key in asked}})
        for voice in engagement.voices
    )
    agreed = {key: one for key, one in engagement.agreed.answers.items() if key in asked}
    return engagement.model_copy(
        update={"voices": voices, "agreed": engagement.agreed.model_copy(update={"answers": agreed})}
    )


def measure(full: Sequence[Mark], short: Sequence[Mark]) -> Goals:
    """Return each goal's figure and whether it is met."""
    pairs = list(zip(full, short, strict=True))
    given = [pair for pair in pairs if pair[1] != "early"]
    kept = sum(one == other for one, other in given) / max(1, len(given))
    opposite = sum(pair in OPPOSITE for pair in pairs) / len(pairs)
    early = sum(one == "early" for one in short) / len(short)
    least = min(Counter(full)[mark] for mark in MARKS) / len(full)
    return {
        "each verdict of the full way comes up in at least a tenth": (least, least >= 0.1),
        "the short way's verdict, where it gives one, is the full way's in at least 90 %": (kept, kept >= 0.9),
        "it is the opposite in fewer than 1 in 200": (opposite, opposite < 0.005),
        "it says too early in at most a third": (early, early <= 1 / 3),
    }


def print_table(full: Sequence[Mark], short: Sequence[Mark]) -> None:
    """Print the full way's verdicts by row, the short way's by column."""
    counts = Counter(zip(full, short, strict=True))
    print(f"{len(full)} engagements\n\n| full way | in all | " + " | ".join(f"short: {mark}" for mark in MARKS) + " |")
    print("|---|---:|" + "---:|" * len(MARKS))
    for row in MARKS:
        cells = " | ".join(str(counts[row, column]) for column in MARKS)
        print(f"| {row} | {sum(counts[row, column] for column in MARKS)} | {cells} |")
    print()


def print_choice(drawn: Sequence[Drawn]) -> None:
    """Print how often each point decides the verdict, and the points taken one by one."""
    facets = [facet.id for facet in load_chapter("framing").facets]
    marks = [one.mark for one in drawn]
    for facet in facets:
        without = _mark_all(drawn, [one for one in facets if one != facet])
        print(f"{facet:<16} decides {sum(a != b for a, b in zip(marks, without, strict=True)) / len(marks):.3f}")
    left = list(facets)
    while len(left) > 6:
        gone = max(left, key=lambda one: _score(drawn, [other for other in left if other != one]))
        left.remove(gone)
        print(f"{len(left)} points: {', '.join(left)}: {_score(drawn, left):.3f} the same")


def _score(drawn: Sequence[Drawn], facets: Sequence[str]) -> float:
    marks = _mark_all(drawn, facets)
    return sum(one.mark == mark for one, mark in zip(drawn, marks, strict=True)) / len(drawn)


def _mark_all(drawn: Sequence[Drawn], facets: Sequence[str]) -> list[Mark]:
    asked = frozenset({STAYS, *(f"framing.{facet}.{side}" for facet in facets for side in ("seed", "soil"))})
    return [read_verdict(read_framing(keep_asked(one.engagement, asked))).mark for one in drawn]


if __name__ == "__main__":
    sys.exit(main())
