"""What a kernel of the batch may read: engagements as one edition may show them, and nothing else."""

from __future__ import annotations

from pathlib import Path

from workbook.errors import NotFoundError
from workbook.model.answers import Edition
from workbook.model.engagement import Engagement
from workbook.model.portfolio import Portfolio
from workbook.storage.writing import write_atomically

SNAPSHOTS = "WORKBOOK_SNAPSHOTS"


def write_snapshot(engagement: Engagement, folder: Path) -> Path:
    """Write an engagement, redacted as it is, where a kernel with `WORKBOOK_SNAPSHOTS` set will find it."""
    path = folder / f"{engagement.slug}.{engagement.edition}.json"
    write_atomically(path, engagement.model_dump_json())
    return path


def read_snapshot(folder: Path, slug: str, edition: Edition) -> Engagement:
    """Read what `write_snapshot` wrote."""
    path = folder / f"{Path(slug).name}.{edition}.json"
    if not path.is_file():
        raise NotFoundError(f"The batch prepared no {edition} edition of {slug}. Run it again: workbook batch {slug}")
    return Engagement.model_validate_json(path.read_bytes())


def write_portfolio_snapshot(portfolio: Portfolio, folder: Path) -> Path:
    """Write a portfolio, redacted as it is, where a kernel with `WORKBOOK_SNAPSHOTS` set will find it."""
    # No engagement can have a name with an underscore.
    path = folder / f"_all.{portfolio.edition}.json"
    write_atomically(path, portfolio.model_dump_json())
    return path


def read_portfolio_snapshot(folder: Path, edition: Edition) -> Portfolio:
    """Read what `write_portfolio_snapshot` wrote."""
    path = folder / f"_all.{edition}.json"
    if not path.is_file():
        raise NotFoundError(f"The batch prepared no {edition} portfolio. Type: workbook batch --report portfolio")
    return Portfolio.model_validate_json(path.read_bytes())
