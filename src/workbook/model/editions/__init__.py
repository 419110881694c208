"""What each edition may show: consent, small numbers, sameness, and what was shown before. `redact` decides."""

from workbook.model.editions.redact import record_release, redact, redact_agreed
from workbook.model.editions.releases import NOTHING_RELEASED, Release, Releases

__all__ = ["NOTHING_RELEASED", "Release", "Releases", "record_release", "redact", "redact_agreed"]
