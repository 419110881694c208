"""What goes out is recorded before its pages are made, and what is held back for what went out before is said."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from workbook import storage
from workbook.batch.plan import Job
from workbook.errors import WorkbookError
from workbook.forms.saving.saving import mark_voices
from workbook.model.choices import Edition
from workbook.model.wordings import load_wording


def release_jobs(jobs: Iterable[Job]) -> Iterator[str]:
    """Record each engagement and shared edition of these jobs; yield what is held back of it.

    An engagement that cannot be read is passed over: its job says why.
    """
    wanted = ((slug, job.edition, job.root) for job in jobs for slug in job.slugs or (job.slug,))
    for slug, edition, root in dict.fromkeys(wanted):
        if edition == Edition.PRIVATE:
            continue
        try:
            mark_voices(root / "parameters" / slug)
            less = storage.release_engagement(root / "parameters" / slug, edition)
        except WorkbookError:
            continue
        if less:
            words = load_wording("handover")
            yield words.get_word("held_back").format(slug=slug, edition=edition, questions=", ".join(less))
