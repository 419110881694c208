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

    An engagement that cannot be read is passed over: its job says why. One that follows a round that is not there is
    not released, and that is said: its pages are drafts.
    """
    wanted = ((slug, job.edition, job.root) for job in jobs for slug in job.slugs or (job.slug,))
    for slug, edition, root in dict.fromkeys(wanted):
        if edition == Edition.PRIVATE:
            continue
        folder = root / "parameters" / slug
        try:
            mark_voices(folder)
            for before in storage.list_earlier(folder)[:1]:  # whose answers its pages may hold
                mark_voices(before)
            less = storage.release_engagement(folder, edition)
        except WorkbookError as error:
            if storage.find_lost(folder):
                yield load_wording("handover").get_word("not_released").format(slug=slug, edition=edition, why=error)
            continue
        if less:
            words = load_wording("handover")
            yield words.get_word("held_back").format(slug=slug, edition=edition, questions=", ".join(less))
