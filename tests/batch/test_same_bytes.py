"""However a page is made, its bytes are the same: each way, 1 to 8 workers, any order, in parts, on dask workers."""

import shutil
from functools import partial
from pathlib import Path
from typing import get_args

import pytest

from workbook.batch.far.run import run_far
from workbook.batch.messages import WayName
from workbook.batch.plan import plan_jobs, take_shard
from workbook.batch.run import Limits, run_jobs
from workbook.batch.snapshots import prepare_snapshot

PROJECT = Path(__file__).parents[2]
SLUGS = ("transitions", "youth-led-creativity")


def make(folder, slugs, run, *, workers=2, parts=1):
    """Make the public summaries in a folder, anew, and return the bytes of each page."""
    shutil.rmtree(folder / "outputs", ignore_errors=True)
    for part in range(1, parts + 1):
        ours = take_shard(slugs, f"{part}/{parts}")
        jobs = plan_jobs(ours, editions=["public"], report="summary", root=folder)
        outcomes = run(jobs, prepare=prepare_snapshot, limits=Limits(workers))
        assert [outcome.message for outcome in outcomes if not outcome.made] == []
    return {path.parent.name: path.read_bytes() for path in folder.glob("outputs/*/summary.public.html")}


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A project with two of the engagements that ship."""
    folder = tmp_path_factory.mktemp("same")
    shutil.copytree(PROJECT / "notebooks", folder / "notebooks")
    for slug in SLUGS:
        shutil.copytree(PROJECT / "parameters" / slug, folder / "parameters" / slug)
    return folder


@pytest.fixture(scope="module")
def pages(folder):
    """The pages as one worker makes them."""
    found = make(folder, SLUGS, run_jobs, workers=1)
    assert set(found) == set(SLUGS)
    return found


# One page by every way is compared in test_run.py.
@pytest.mark.parametrize(
    "way", [pytest.param(one, marks=() if one == "forked" else pytest.mark.slow) for one in get_args(WayName)]
)
def test_each_way_gives_the_same(folder, pages, way):
    """A process forked ready, one started anew, a Jupyter kernel."""
    assert make(folder, SLUGS, partial(run_jobs, way=way)) == pages


def test_eight_workers_another_order_and_parts_give_the_same(folder, pages):
    """How many hands there are, and who takes what when, is nowhere on a page."""
    assert make(folder, SLUGS[::-1], run_jobs, workers=8, parts=2) == pages


@pytest.mark.slow
def test_a_local_cluster_of_two_processes_gives_the_same(folder, pages):
    """Dask's own cluster on one machine makes the very same pages."""
    from distributed import LocalCluster

    with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster:
        assert make(folder, SLUGS, partial(run_far, address=cluster.scheduler_address)) == pages
