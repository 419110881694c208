"""What each edition may show: consent, small numbers, sameness, and what was shown before. `redact` decides."""

from workbook.model.editions.redact import record_release, redact, redact_agreed
from workbook.model.editions.releases import NOTHING_RELEASED, Release, Releases
from workbook.model.editions.rounds import NO_EARLIER, Earlier, pair_voices, tell_earlier

__all__ = [
    "NOTHING_RELEASED",
    "NO_EARLIER",
    "Earlier",
    "Release",
    "Releases",
    "pair_voices",
    "record_release",
    "redact",
    "redact_agreed",
    "tell_earlier",
]
