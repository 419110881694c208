"""How many interviews it takes to hear of a theme often enough."""

from __future__ import annotations

import math


def _log_chance_of_fewer(n: int, prevalence: float, mentions: int) -> float:
    """Logarithm of P(Binomial(n, prevalence) < mentions), for n >= mentions, prevalence < 1.

    Terms follow from one another: differences of log-gammas lose every digit at large n.
    """
    odds = math.log(prevalence) - math.log1p(-prevalence)
    term = n * math.log1p(-prevalence)
    terms = [term]
    for k in range(mentions - 1):
        term += math.log((n - k) / (k + 1)) + odds
        terms.append(term)
    largest = max(terms)
    return largest + math.log(math.fsum(math.exp(term - largest) for term in terms))


def _refuse_impossible(prevalence: float, mentions: int, power: float) -> None:
    if not 0 < prevalence <= 1:
        raise ValueError(f"The prevalence is a share of people, above 0 and 1 at most; it is {prevalence}.")
    if mentions != int(mentions) or mentions < 1:
        raise ValueError(f"The mentions must be a whole number, 1 or more; it is {mentions}.")
    if not 0 < power < 1:
        raise ValueError(f"The power is a chance between 0 and 1, never certain; it is {power}.")


def interviews_needed(prevalence: float, mentions: int, power: float) -> int:
    """Smallest n with P(Binomial(n, prevalence) >= mentions) >= power.

    Fugard and Potts 2015. ValueError for a prevalence outside (0, 1], mentions below 1, or a
    power outside (0, 1).
    """
    _refuse_impossible(prevalence, mentions, power)
    mentions = int(mentions)
    if prevalence == 1:
        return mentions
    # A chance that equals the power up to rounding is enough.
    allowed = math.log1p(-power) + 1e-12
    too_few, enough = mentions - 1, mentions
    while _log_chance_of_fewer(enough, prevalence, mentions) > allowed:
        too_few, enough = enough, 2 * enough
    while enough - too_few > 1:
        middle = (too_few + enough) // 2
        if _log_chance_of_fewer(middle, prevalence, mentions) > allowed:
            too_few = middle
        else:
            enough = middle
    return enough
