"""Pages already made, in further formats: each from the executed notebook of its edition, and from nothing else."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from pathlib import Path

from workbook.batch.kept.inputs import Inputs
from workbook.batch.outcomes import Outcome
from workbook.batch.plan import Job
from workbook.digests import digest_bytes, digest_file
from workbook.errors import WorkbookError
from workbook.share.collect import collect_shared
from workbook.share.format import PageFormat
from workbook.share.page import Page, arrange_page
from workbook.share.pdf.browsers import find_chromium
from workbook.storage import put_made, stands_as_made, write_bytes


@dataclass(frozen=True)
class FurtherFile:
    """A file that was made of a page, or why it was not; `note` is what to know of it."""

    path: Path
    note: str = ""
    problem: str = ""


Make = Callable[[Page], tuple[bytes, str]]
UNCHANGED = "unchanged since it was made"


def make_formats(
    outcomes: Iterable[Outcome],
    formats: Sequence[PageFormat],
    *,
    template: Path | None = None,
    force: bool = False,
) -> Iterator[FurtherFile]:
    """Make every page that stands in further formats too, each put in place whole; one failure stops no other.

    A file that stands and was made of the same is left as it is, unless `force` is given.
    """
    jobs = [outcome.job for outcome in outcomes if outcome.stands]
    inputs = Inputs()
    for format_ in dict.fromkeys(formats):
        if format_ is PageFormat.HTML or not jobs:
            continue
        made_of = {job: _list_inputs(job, format_, template, inputs) for job in jobs}
        same = [job for job in jobs if not force and _is_unchanged(job, format_, made_of[job])]
        yield from (FurtherFile(_name(job, format_), UNCHANGED) for job in same)
        if left := [job for job in jobs if job not in same]:
            with _open_maker(format_, template) as make:
                for job in left:
                    yield _make(job, format_, make, made_of[job])


def _list_inputs(job: Job, format_: PageFormat, template: Path | None, inputs: Inputs) -> dict[str, str]:
    """Return a digest for each thing that a further file is made of."""
    program = Path(find_chromium()) if format_ is PageFormat.PDF else None
    drawn_by = f"{program} {program.stat().st_size}" if program and program.is_file() else ""
    return {
        **inputs.find_makers(job),
        "executed": digest_file(job.executed),
        "template": digest_file(template) if template else "",
        "drawn_by": digest_bytes(drawn_by.encode()),
    }


def _name(job: Job, format_: PageFormat) -> Path:
    return job.page.with_suffix(f".{format_}")


def _name_kept(job: Job, format_: PageFormat) -> Path:
    return job.executed.with_name(_name(job, format_).name)


def _is_unchanged(job: Job, format_: PageFormat, made_of: dict[str, str]) -> bool:
    return stands_as_made(_name(job, format_), kept=_name_kept(job, format_), made_of=made_of)


def _make(job: Job, format_: PageFormat, make: Make, made_of: dict[str, str]) -> FurtherFile:
    import nbformat  # here and not above: a batch of HTML alone needs none of it

    path = _name(job, format_)
    try:
        notebook = nbformat.read(job.executed, as_version=4)  # type: ignore[no-untyped-call]
        content, note = make(arrange_page(collect_shared(notebook.cells)))
        of = {} if note else made_of  # what there is to know is said each time
        with put_made(path, kept=_name_kept(job, format_), made_of=of):
            write_bytes(path, content)
    except WorkbookError as error:
        return FurtherFile(path, problem=str(error))
    return FurtherFile(path, note)


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
