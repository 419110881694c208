"""Time and memory of the trade-off over draws, as ratios within one run.

Run as `python benchmarks/tradeoff.py`; pin it to one core with `taskset -c 0` where there is one.
"""

from __future__ import annotations

import math
import resource
import sys
import time
import tracemalloc
from collections.abc import Callable

import numpy as np

from workbook.analysis.resources.doubts import AudienceDoubts, Doubt, Doubts, Drawn, Range, draw_chunks
from workbook.analysis.resources.draws import grid_values, simulate_splits

DRAWS, STEPS, AUDIENCES = 10_000, 200, 5
LOOP_DRAWS = 40
REPEATS = 11


def make_doubts(mean: Range) -> Doubts:
    """Five audiences, each with a scale of its own, and every figure but the budget in doubt."""
    audiences = tuple(
        AudienceDoubts(
            key=f"audience-{place}",
            weight=place,
            baseline=Range(0.0, 0.1, 0.2),
            ceiling=Range(0.5, 0.7, 0.9),
            scale=Range(1e4 * place, 3e4 * place, 9e4 * place),
        )
        for place in range(1, AUDIENCES + 1)
    )
    return Doubts(
        budget=Range.exactly(1e5),
        setup=Range(5e3, 1e4, 2e4),
        unit_cost=Range(300, 500, 900),
        mean=mean,
        prior_sd=Range(0.5, 1, 2),
        obs_sd=Range(2, 3, 5),
        audiences=audiences,
    )


def plain_value(doubts: Doubts, drawn: Drawn, draw: int, share: float) -> float:
    """One split in one draw, by the formulas and nothing but the standard library."""

    def figure(name: str, audience: str = "") -> float:
        return float(drawn[Doubt(name, audience)][draw])

    spend = share * figure("budget")
    left = figure("budget") - spend - figure("setup")
    n = max(0, math.floor(left / figure("unit_cost") + 1e-9))
    used, points = 0.0, sum(audience.weight for audience in doubts.audiences)
    for audience in doubts.audiences:
        low = figure("baseline", audience.key)
        high = max(low, figure("ceiling", audience.key))
        reached = 1 - math.exp(-spend / figure("scale", audience.key))
        used += audience.weight / points * (low + (high - low) * reached)
    prior, size = figure("prior_sd"), abs(figure("mean"))
    if n == 0 or prior == 0:
        return 0.0
    sd = prior**2 / math.sqrt(prior**2 + figure("obs_sd") ** 2 / n)
    t = size / sd
    density = math.exp(-t * t / 2) / math.sqrt(2 * math.pi)
    return used * (sd * density - size * math.erfc(t / math.sqrt(2)) / 2)


def loop_over_draws(doubts: Doubts, drawn: Drawn) -> list[list[float]]:
    """The same values as `grid_values`, a row a draw, on the first few draws."""
    return [[plain_value(doubts, drawn, draw, step / STEPS) for step in range(STEPS + 1)] for draw in range(LOOP_DRAWS)]


def time_call(call: Callable[[], object], repeats: int = REPEATS) -> tuple[float, float]:
    """Best and median seconds of some calls."""
    taken = []
    for _ in range(repeats):
        start = time.perf_counter()
        call()
        taken.append(time.perf_counter() - start)
    return min(taken), sorted(taken)[repeats // 2]


def peak_megabytes(doubts: Doubts, draws: int) -> float:
    """Most memory that Python and numpy held during one run, by tracemalloc."""
    tracemalloc.start()
    simulate_splits(doubts, draws=draws)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak / 1e6


def say(words: str, figure: str) -> None:
    """Print one aligned line."""
    sys.stdout.write(f"{words:<62}{figure:>14}\n")


def main() -> None:
    """Measure everything once and print it."""
    doubts, no_lean = make_doubts(Range(-0.5, 0.1, 0.6)), make_doubts(Range.exactly(0))
    start = time.perf_counter()
    simulate_splits(doubts)
    first = time.perf_counter() - start
    best, median = time_call(lambda: simulate_splits(doubts))
    best_no_lean, _ = time_call(lambda: simulate_splits(no_lean))
    drawn = next(draw_chunks(doubts, DRAWS, 1))
    values = grid_values(doubts, drawn, STEPS)
    by_loop = np.array(loop_over_draws(doubts, drawn)).T
    worst = float(np.max(np.abs(by_loop - values[:, :LOOP_DRAWS])))
    loop = time_call(lambda: loop_over_draws(doubts, drawn), 3)[0] * DRAWS / LOOP_DRAWS
    target = np.empty_like(values)
    stream, _ = time_call(lambda: np.copyto(target, values))
    say(
        f"{DRAWS:,} draws x {STEPS + 1} splits x {AUDIENCES} audiences, best",
        f"{best * 1e3:.1f} ms",
    )
    say("  the same, median", f"{median * 1e3:.1f} ms")
    say("  the same, first call in the process", f"{first * 1e3:.1f} ms")
    say("  the same with no lean (mean 0), best", f"{best_no_lean * 1e3:.1f} ms")
    say(f"plain Python loop ({LOOP_DRAWS} draws, scaled up to {DRAWS:,})", f"{loop:.1f} s")
    say("  the loop takes so many times as long", f"{loop / best:,.0f} x")
    say("  largest difference between the two, in value", f"{worst:.1e}")
    say(f"copying {values.nbytes / 1e6:.0f} MB, the values of all splits", f"{stream * 1e3:.1f} ms")
    say("  the whole computation takes so many copies", f"{best / stream:.1f} x")
    for draws in (DRAWS, 10 * DRAWS):
        peak = peak_megabytes(doubts, draws)
        say(f"peak memory at {draws:,} draws (tracemalloc)", f"{peak:.0f} MB")
    resident = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    say("peak resident memory of this process (getrusage)", f"{resident:.0f} MB")


if __name__ == "__main__":
    main()
