"""Data: handed on, and the system map out and in."""

from __future__ import annotations

from typing import Annotated

import typer

from workbook.cli.printing import Slugs, choose_slugs, print_text, shorten
from workbook.export.format import Format
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
