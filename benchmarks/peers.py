"""What others would do with the same engagements: `python benchmarks/peers.py loop|pool|bare|dask SLUG…`.

It runs in the project that `WORKBOOK_HOME` names. `dask` prints the seconds of our own pool, and those of two local
dask workers the first time and the second.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any

ROOT = Path(os.environ.get("WORKBOOK_HOME", "."))
NOTEBOOK = ROOT / "notebooks" / "10_summary.ipynb"


def run_loop(slugs: list[str]) -> None:
    """Run papermill, then nbconvert, a process each: what a shell script does."""
    here = Path(sys.executable)
    for slug in slugs:
        executed = ROOT / f"{slug}.ipynb"
        command = [here.with_name("papermill"), NOTEBOOK, executed, "-p", "engagement", slug, "--no-progress-bar"]
        subprocess.run(command, check=True, capture_output=True)
        subprocess.run(
            [here.with_name("jupyter"), "nbconvert", "--to", "html", executed], check=True, capture_output=True
        )


def make_by_api(slug: str) -> None:
    """Call both APIs, as a pool's worker would."""
    import papermill
    from nbconvert import HTMLExporter

    executed = papermill.execute_notebook(NOTEBOOK, None, parameters={"engagement": slug}, progress_bar=False)
    body, _ = HTMLExporter().from_notebook_node(executed)
    (ROOT / f"{slug}.html").write_text(body, encoding="utf-8")


def make_bare(slug: str) -> None:
    """Call what the summary's notebook calls, here, and make the page of what it shows: no kernel, no isolation."""
    import nbformat

    from workbook.batch.pages.conversion import convert

    notebook = nbformat.read(NOTEBOOK, as_version=4)
    names: dict[str, Any] = {}
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs = _run_cell(cell, names, slug)
    page = convert(notebook, "soil-and-seeds", name="summary")
    (ROOT / f"{slug}.html").write_text(page, encoding="utf-8")


def _run_cell(cell: Any, names: dict[str, Any], slug: str) -> list[Any]:
    from nbformat.v4 import new_output

    if "parameters" in cell.metadata.get("tags", ()):
        names.update(engagement=slug, edition="private")
    elif "share" not in cell.metadata.get("tags", ()):
        exec(cell.source, names)
    else:
        html = eval(cell.source, names)._repr_html_()
        return [new_output("display_data", {"text/html": html})]
    return []


def run_dask(slugs: list[str]) -> None:
    """Print the seconds of our own pool, of two dask workers the first time, and the second time."""
    from distributed import LocalCluster

    from workbook.batch.far.run import run_far
    from workbook.batch.plan import plan_jobs
    from workbook.batch.run import Limits, run_jobs
    from workbook.batch.snapshots import prepare_snapshot

    jobs = plan_jobs(slugs, editions=["public"], report="summary", root=ROOT)
    with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster:
        far = partial(run_far, address=cluster.scheduler_address)
        for run in (run_jobs, far, far):
            begin = time.perf_counter()
            outcomes = run(jobs, prepare=prepare_snapshot, limits=Limits(2))
            print(time.perf_counter() - begin)
            if not all(outcome.made for outcome in outcomes):
                sys.exit(outcomes[0].message)


def main() -> None:
    """Do it in as many processes as `workbook batch --jobs 2` has."""
    way, slugs = sys.argv[1], sys.argv[2:]
    if way in ("loop", "dask"):
        {"loop": run_loop, "dask": run_dask}[way](slugs)
        return
    with ProcessPoolExecutor(2) as pool:
        list(pool.map({"pool": make_by_api, "bare": make_bare}[way], slugs))


if __name__ == "__main__":
    main()
