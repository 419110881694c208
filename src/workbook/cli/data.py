"""Data: handed on, and the system map out and in."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from workbook.cli.printing import Slug, Slugs, choose_slugs, print_text, shorten
from workbook.errors import WorkbookError
from workbook.export.format import Format, MapFormat
from workbook.model.choices import Edition


def export(
    slugs: Slugs = None,
    edition: Annotated[Edition, typer.Option(help="Whom the data is for.")] = Edition.PRIVATE,
    format_: Annotated[Format, typer.Option("--format", help="Which form the data takes.")] = Format.XLSX,
) -> None:
    """Hand on the questions, the answers and what they say as data: outputs/SLUG/data.xlsx, data.json or csv."""
    from workbook.export.export import export_engagement

    for slug in choose_slugs(slugs):
        print_text(f"Made {shorten(export_engagement(slug, edition=edition, format_=format_))}.")


def map_(
    slug: Slug,
    edition: Annotated[Edition, typer.Option(help="Whom the map is for.")] = Edition.PRIVATE,
    format_: Annotated[MapFormat, typer.Option("--format", help="Which program reads it.")] = MapFormat.XLSX,
    from_: Annotated[Path | None, typer.Option("--from", help="A map drawn elsewhere, as .xlsx or .graphml.")] = None,
    voice: Annotated[str, typer.Option(help="Whose map it is, with --from: a voice's name, or a new one's role.")] = "",
) -> None:
    """Hand on the system map, or take one in as a voice's answers with --from FILE --voice NAME."""
    if from_ is None:
        from workbook.export.system_map import export_map

        print_text(f"Made {shorten(export_map(slug, edition=edition, format_=format_))}.")
        return
    if not voice:
        raise WorkbookError("Say whose map it is: add --voice NAME, a voice's name or the role of a new one.")
    from workbook.intake.map_file import say_taken_in, take_in_map

    print_text(say_taken_in(slug, take_in_map(slug, from_, voice=voice)))
