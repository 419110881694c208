"""What a kernel of the batch may read: engagements as one edition may show them, and nothing else."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import overload

from workbook.disk.writing import write_atomically
from workbook.errors import NotFoundError
from workbook.model.answers import Edition
from workbook.model.engagement import Engagement
from workbook.model.portfolio import LeftOut, Portfolio

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


def write_portfolio_snapshot(
    found: Iterable[Engagement | LeftOut],
    edition: Edition,
    folder: Path,
    *,
    link: Callable[[str], tuple[str, ...]] = lambda _: (),
) -> Path:
    """Write a portfolio, redacted as it is, where a kernel with `WORKBOOK_SNAPSHOTS` set will find it.

    Each engagement has a file of its own, written when it is found, so that no more than one is held at a time.
    `link(slug)` names the reports of an engagement that have a page.
    """
    # No engagement can have a name with an underscore.
    path, inside = folder / f"_all.{edition}.json", folder / f"_all.{edition}"
    inside.mkdir(mode=0o700)
    pages, left_out = {}, []
    for one in found:
        if isinstance(one, LeftOut):
            left_out.append(one)
            continue
        (inside / f"{one.slug}.json").write_text(one.model_dump_json(), encoding="utf-8")
        pages[one.slug] = link(one.slug)
    portfolio = Portfolio(edition=edition, left_out=tuple(left_out), pages=pages)
    write_atomically(path, portfolio.model_dump_json(exclude={"engagements"}))
    return path


def read_portfolio_snapshot(folder: Path, edition: Edition) -> Portfolio:
    """Read what `write_portfolio_snapshot` wrote; its engagements are read again each time they are gone through."""
    path = folder / f"_all.{edition}.json"
    if not path.is_file():
        raise NotFoundError(f"The batch prepared no {edition} portfolio. Type: workbook batch --report portfolio")
    written = json.loads(path.read_bytes())
    kept = KeptEngagements(tuple(folder / f"_all.{edition}" / f"{slug}.json" for slug in written["pages"]))
    return Portfolio(engagements=kept, **written)


class KeptEngagements(Sequence[Engagement]):
    """Engagements in files, each read when it is asked for: a thousand take no more room than one."""

    def __init__(self, paths: tuple[Path, ...]) -> None:
        self._paths = paths

    def __len__(self) -> int:
        return len(self._paths)

    @overload
    def __getitem__(self, place: int) -> Engagement: ...

    @overload
    def __getitem__(self, place: slice) -> Sequence[Engagement]: ...

    def __getitem__(self, place: int | slice) -> Engagement | Sequence[Engagement]:
        if isinstance(place, slice):
            return KeptEngagements(self._paths[place])
        return Engagement.model_validate_json(self._paths[place].read_bytes())
