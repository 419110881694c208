"""The summary: every chapter's reading of one engagement, side by side."""

from __future__ import annotations

from dataclasses import dataclass

from workbook.analysis.framing import FramingReading, read_framing
from workbook.analysis.remarks import RemarksReading, read_remarks
from workbook.analysis.start_here import StartReading, read_start_here
from workbook.model.answers import Edition
from workbook.model.engagement import Engagement, Facts


@dataclass(frozen=True)
class SummaryReading:
    """All chapters' readings; `fingerprint` changes with anything this edition holds."""

    slug: str
    facts: Facts
    edition: Edition
    fingerprint: str
    start_here: StartReading
    framing: FramingReading
    remarks: RemarksReading


def read_summary(engagement: Engagement) -> SummaryReading:
    """Read every chapter of an engagement."""
    return SummaryReading(
        slug=engagement.slug,
        facts=engagement.facts,
        edition=engagement.edition,
        fingerprint=engagement.fingerprint,
        start_here=read_start_here(engagement),
        framing=read_framing(engagement),
        remarks=read_remarks(engagement),
    )
