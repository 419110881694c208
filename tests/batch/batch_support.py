"""What a worker has to import by name in these tests: who writes the snapshot, and small exporters."""

import os
import resource
from pathlib import Path

from nbconvert.exporters import Exporter

from workbook.batch.plan import Job
from workbook.errors import InputError, Problem, WorkbookError

LITTLE = 1500  # bytes: room for a snapshot, not for an executed notebook


def limit_files(size: int | None) -> None:
    """Have the system refuse this process any file of more bytes, as a full disk does."""
    most = resource.getrlimit(resource.RLIMIT_FSIZE)[1]
    resource.setrlimit(resource.RLIMIT_FSIZE, (most if size is None else size, most))


def write_snapshot(job: Job, folder: Path) -> None:
    """Write what a kernel may read, or fail as the engagement's name says; after `full` this process writes little."""
    limit_files(LITTLE if job.slug == "full" else None)
    if job.slug == "invalid":
        raise InputError([Problem("engagement.yaml", "budget", "a number", "budget: 5000", line=3)])
    if job.slug == "defect":
        raise TypeError("a defect of the program")
    if job.slug == "vanishes":
        os._exit(7)
    (folder / "said.txt").write_text(f"snapshot of {job.slug} for {job.edition}", encoding="utf-8")


def write_first_line(job: Job, folder: Path) -> None:
    """Write the first line of each engagement's file, as an edition that may show no more."""
    for slug in job.slugs or (job.slug,):
        first, _, _ = (job.root / "parameters" / slug / "said.txt").read_text(encoding="utf-8").partition("\n")
        with (folder / "said.txt").open("a", encoding="utf-8") as said:
            said.write(first)


class OutputsExporter(Exporter):
    """Gives the HTML outputs of a notebook, one a line."""

    file_extension = ".html"

    def from_notebook_node(self, nb, resources=None, **options):
        """Return the page and the resources, as every exporter does."""
        outputs = [output for cell in nb.cells for output in cell.get("outputs", ())]
        return "\n".join(output.data["text/html"] for output in outputs if "data" in output), {}


class WholeNotebookExporter(Exporter):
    """Gives everything it is handed, so that a test sees what could reach a page."""

    file_extension = ".html"

    def from_notebook_node(self, nb, resources=None, **options):
        """Return the page and the resources, as every exporter does."""
        return repr(nb) + repr(resources), {}


class RefusingExporter(Exporter):
    """Refuses every notebook."""

    file_extension = ".html"

    def from_notebook_node(self, nb, resources=None, **options):
        """Return the page and the resources, as every exporter does."""
        raise WorkbookError("No cell is tagged share. Tag one.")
