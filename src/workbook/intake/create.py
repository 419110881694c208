"""A new engagement, from nothing or from what somebody gives."""

from __future__ import annotations

from pathlib import Path

from workbook import storage
from workbook.errors import WorkbookError
from workbook.intake.taken import Made


def create_from(slug: str, *, export: Path | None, ocds: Path | None, grants: Path | None) -> Made:
    """Make an engagement from the template or from one file; raises WorkbookError where several files are given."""
    given = [path for path in (export, ocds, grants) if path]
    if len(given) > 1:
        raise WorkbookError("One file makes an engagement. Give one of --from-export, --from-ocds and --from-360.")
    if export:
        from workbook.intake.export_file import create_from_export

        return Made(create_from_export(slug, export))
    if ocds:
        from workbook.intake.ocds import create_from_ocds

        return create_from_ocds(slug, ocds)
    if grants:
        from workbook.intake.grants import create_from_grants

        return create_from_grants(slug, grants)
    return Made(storage.create_engagement(slug))
