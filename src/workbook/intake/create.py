"""A new engagement, from nothing or from what somebody gives."""

from __future__ import annotations

from pathlib import Path

from workbook import storage
from workbook.errors import WorkbookError
from workbook.intake.taken import Made
from workbook.model.wordings import load_wording


def create_from(slug: str, *, export: Path | None, ocds: Path | None, grants: Path | None) -> str:
    """Make an engagement from the template or from one file; return what was made, in words.

    Raises WorkbookError where several files are given.
    """
    given = [path for path in (export, ocds, grants) if path]
    if len(given) > 1:
        raise WorkbookError("One file makes an engagement. Give one of --from-export, --from-ocds and --from-360.")
    if ocds or grants:
        return _write_made(_take_facts(slug, ocds, grants))
    if export:
        from workbook.intake.export_file import create_from_export

        return _write(create_from_export(slug, export))
    return _write(storage.create_engagement(slug))


def _take_facts(slug: str, ocds: Path | None, grants: Path | None) -> Made:
    if ocds:
        from workbook.intake.ocds import create_from_ocds

        return create_from_ocds(slug, ocds)
    from workbook.intake.grants import create_from_grants

    assert grants
    return create_from_grants(slug, grants)


def _write(path: Path) -> str:
    return load_wording("intake").get_word("made_plain").format(path=shorten_path(path))


def _write_made(made: Made) -> str:
    words = load_wording("intake")
    return words.get_word("made").format(path=shorten_path(made.path), guesses=made.guesses, open=made.open)


def shorten_path(path: Path) -> str:
    """Return a path as somebody in this folder would type it."""
    here = Path.cwd()
    return str(path.relative_to(here)) if path.is_relative_to(here) else str(path)
