"""A new engagement, from nothing or from what somebody gives."""

from __future__ import annotations

from pathlib import Path

from workbook import storage
from workbook.errors import WorkbookError
from workbook.intake.taken import Made


def create_from(
    slug: str, *, export: Path | None = None, ocds: Path | None = None, grants: Path | None = None, follows: str = ""
) -> Made:
    """Make an engagement of the template, a file or the last round; WorkbookError where several are given."""
    given = [one for one in (export, ocds, grants, follows) if one]
    if len(given) > 1:
        raise WorkbookError(
            "One thing makes an engagement. Give one of --from-export, --from-ocds, --from-360 and --follows."
        )
    if export:
        from workbook.intake.export_file import create_from_export

        return Made(create_from_export(slug, export))
    if ocds:
        from workbook.intake.ocds import create_from_ocds

        return create_from_ocds(slug, ocds)
    if grants:
        from workbook.intake.grants import create_from_grants

        return create_from_grants(slug, grants)
    if follows:
        from workbook.intake.next_round import create_next_round

        return Made(create_next_round(slug, follows))
    return Made(storage.create_engagement(slug))
