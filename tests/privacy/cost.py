"""What it costs that a round is held to the one before: `python tests/privacy/cost.py 500`.

Counts what the first pages of second rounds show, in both editions, with and without the first round's record.
"""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path
from random import Random

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[1]))

from privacy.histories import EDITIONS, Round, answer_again
from privacy.random_engagements import ASKED, KINDS, make_voice
from workbook.model.editions import redact
from workbook.model.engagement import Engagement


def measure(cases: int, *, newcomers: int, smallest: int) -> tuple[Counter[str], Counter[str]]:
    """Return what is shown by kind, held to the first round and not.

    Of rounds of `smallest` to three times as many people, of whom four in five answer again, beside `newcomers`.
    """
    held: Counter[str] = Counter()
    free: Counter[str] = Counter()
    for seed in range(cases):
        random = Random(f"cost {seed}")
        asked = tuple(random.sample(ASKED, 4))
        people = [make_voice(number, random, asked) for number in range(random.randint(smallest, 3 * smallest))]
        first = Round(people, None, recorded=True, key="ab" * 32)
        first.release()
        again = [answer_again(one, random, same=0.6) for one in people if random.random() < 0.8]
        new = [make_voice(1000 + number, random, asked) for number in range(newcomers)]
        state = Round([*again, *new], first, recorded=True, key="cd" * 32).release()
        for edition in EDITIONS:
            held += count(state.shown[edition])
            free += count(redact(state.whole, edition, words=KINDS))
    return held, free


def count(page: Engagement) -> Counter[str]:
    """Count what a page shows of this round: values, words beside them, answers in words, people by name."""
    shown: Counter[str] = Counter(names=sum(bool(voice.name) for voice in page.voices))
    for question in {*page.pools, *(key for voice in page.voices for key in voice.answers)}:
        given = (one.value for one in page.list_responses(question))
        shown["answers in words" if KINDS[question] else "values"] += sum(map(_count_values, given))
        shown["words beside"] += len(page.list_remarks(question))
    return shown


def _count_values(value: object) -> int:
    return sum(map(_count_values, value.values())) if isinstance(value, dict) else 1


if __name__ == "__main__":
    for smallest in (5, 15):
        for newcomers in (0, 3):
            held, free = measure(int(sys.argv[1]), newcomers=newcomers, smallest=smallest)
            told = ", ".join(
                f"{kind} {free[kind]} to {held[kind]} ({held[kind] / free[kind] - 1:+.0%})" for kind in free
            )
            print(f"{smallest} to {3 * smallest} people, {newcomers} newcomers: {told}")
