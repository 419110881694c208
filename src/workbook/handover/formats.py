"""Pages already made, in further formats: each from the executed notebook of its edition, and from nothing else."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from pathlib import Path

import nbformat

from workbook.batch.outcomes import Outcome
from workbook.batch.plan import Job
from workbook.errors import WorkbookError
from workbook.share.collect import collect_shared
from workbook.share.format import PageFormat
from workbook.share.page import Page, arrange_page
from workbook.storage import write_bytes


@dataclass(frozen=True)
class FurtherFile:
    """A file that was made of a page, or why it was not; `note` is what to know of it."""

    path: Path
    note: str = ""
    problem: str = ""


Make = Callable[[Page], tuple[bytes, str]]


def make_formats(
    outcomes: Iterable[Outcome], formats: Sequence[PageFormat], *, template: Path | None = None
) -> Iterator[FurtherFile]:
    """Make every page that was made in further formats too, each put in place whole; one failure stops no other."""
    made = [outcome.job for outcome in outcomes if outcome.made]
    for format_ in dict.fromkeys(formats):
        if format_ is not PageFormat.HTML and made:
            with _open_maker(format_, template) as make:
                yield from (_make(job, format_, make) for job in made)


def _make(job: Job, format_: PageFormat, make: Make) -> FurtherFile:
    path = job.page.with_suffix(f".{format_}")
    try:
        notebook = nbformat.read(job.executed, as_version=4)  # type: ignore[no-untyped-call]
        content, note = make(arrange_page(collect_shared(notebook.cells)))
    except WorkbookError as error:
        return FurtherFile(path, problem=str(error))
    return FurtherFile(write_bytes(path, content), note)


def _open_maker(format_: PageFormat, template: Path | None) -> AbstractContextManager[Make]:
    if format_ is PageFormat.PDF:
        from workbook.share.pdf import open_printer

        return open_printer()
    from workbook.share.word import write_word

    def make(page: Page) -> tuple[bytes, str]:
        word = write_word(page, template)
        missing = ", ".join(word.missing)
        return word.content, f"The template has no style called {missing}: text is plain there." if missing else ""

    return nullcontext(make)
