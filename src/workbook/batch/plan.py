"""Which pages a batch makes, from which notebook, and where each is put."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from workbook.errors import NotFoundError, WorkbookError

_SLUG = re.compile(r"[a-z0-9-]{1,60}")
_WORD = re.compile(r"[a-z][a-z0-9_-]*")
OVER_ALL = frozenset({"portfolio"})
"""Reports that are made once over all engagements asked for."""
ALL = "all"


@dataclass(frozen=True)
class Job:
    """One report of one engagement in one edition: what is read and the two files it becomes.

    A report over all engagements has their names in `slugs`, and is called `all`. `shown` is the digest of what its
    page was last made of, if that stands: where it is the same again, nothing is made.
    """

    slug: str
    report: str
    edition: str
    root: Path
    notebook: Path
    page: Path
    executed: Path
    slugs: tuple[str, ...] = ()
    shown: str = ""

    @property
    def name(self) -> str:
        """What a person calls the job in a line of a log."""
        return f"{self.slug} {self.report} {self.edition}"

    @property
    def outputs(self) -> Path:
        """The folder under which everything generated lies."""
        return self.root / "outputs"


def plan_jobs(slugs: Iterable[str], *, editions: Iterable[str], report: str, root: Path) -> tuple[Job, ...]:
    """Return a job per slug and edition, each once; NotFoundError when the report or a name cannot be used.

    A report over all engagements gives one job per edition.
    """
    root = root.resolve()
    notebook = find_notebook(report, root=root)
    wanted = [str(edition) for edition in editions]
    if report in OVER_ALL:
        together = tuple(dict.fromkeys(slugs))
        return tuple(_plan_job(ALL, edition, notebook, root, together) for edition in dict.fromkeys(wanted))
    pairs = dict.fromkeys((slug, edition) for slug in slugs for edition in wanted)
    return tuple(_plan_job(slug, edition, notebook, root) for slug, edition in pairs)


def take_shard(slugs: Iterable[str], shard: str) -> tuple[str, ...]:
    """Return the engagements of one part of several, such as `2/4`, the same ones in whatever order they are given.

    Raises WorkbookError where there is no such part.
    """
    slugs = tuple(slugs)
    part, _, parts = shard.partition("/")
    if not (part.isdecimal() and parts.isdecimal() and 1 <= int(part) <= int(parts)):
        raise WorkbookError(f"There is no part {shard!r}. Type --shard and the number of a part of all, such as 1/4.")
    ours = set(sorted(set(slugs))[int(part) - 1 :: int(parts)])
    return tuple(slug for slug in slugs if slug in ours)


def find_notebook(report: str, *, root: Path) -> Path:
    """Return `notebooks/NN_REPORT.ipynb` of the project at `root`."""
    found = {path.stem.partition("_")[2]: path for path in sorted(root.glob("notebooks/[0-9][0-9]_*.ipynb"))}
    if report in found:
        return found[report]
    if not found:
        raise NotFoundError(f"There are no notebooks in {root / 'notebooks'}. Run the command in the project's folder.")
    raise NotFoundError(
        f"There is no notebook for a report called {report!r}. Type --report and one of: {', '.join(found)}."
    )


def name_page(report: str, edition: str) -> str:
    """Return the file name of a page: the private edition has the plain one."""
    return f"{report}.html" if edition == "private" else f"{report}.{edition}.html"


def _plan_job(slug: str, edition: str, notebook: Path, root: Path, slugs: tuple[str, ...] = ()) -> Job:
    if not _SLUG.fullmatch(slug):
        raise NotFoundError(
            f"{slug!r} cannot be an engagement's name. Type the name of a folder in "
            f"{root / 'parameters'}: small letters, digits and hyphens, 60 at most."
        )
    if not _WORD.fullmatch(edition):
        raise NotFoundError(f"{edition!r} cannot be an edition's name. Type private, partners or public.")
    report = notebook.stem.partition("_")[2]
    page = name_page(report, edition)
    folder = root / "outputs" if slugs else root / "outputs" / slug
    # The executed notebook of a portfolio lies where that of an engagement called portfolio would not.
    private = folder / report / "private" if slugs else folder / "private"
    job = Job(
        slug=slug,
        report=report,
        edition=edition,
        root=root,
        notebook=notebook,
        page=folder / page,
        executed=private / page.replace(".html", ".ipynb"),
        slugs=slugs,
    )
    _refuse_outside(job)
    return job


def _refuse_outside(job: Job) -> None:
    outputs = job.outputs.resolve()
    for path in (job.page, job.executed):
        if not path.parent.resolve().is_relative_to(outputs):
            raise WorkbookError(
                f"{path.parent} leads out of {job.outputs} by a link. Remove the link; the next run makes the folder."
            )
