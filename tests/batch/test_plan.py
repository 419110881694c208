"""Planning: which page comes from which notebook and where it goes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbook.batch.plan import plan_jobs, take_shard
from workbook.errors import NotFoundError, WorkbookError


def test_private_page_has_the_plain_name(project):
    """The private edition's page is REPORT.html and its notebook is in the private folder."""
    notebook = project.add_notebook()
    (job,) = project.plan("example")
    assert job.notebook == notebook.resolve()
    assert job.page.relative_to(job.outputs).as_posix() == "example/summary.html"
    assert job.executed.relative_to(job.outputs).as_posix() == "example/private/summary.ipynb"


def test_other_editions_are_in_the_name(project):
    """A partners or public page carries its edition in the name, and so does its notebook."""
    project.add_notebook()
    jobs = project.plan("example", editions=("partners", "public"))
    assert [job.page.name for job in jobs] == ["summary.partners.html", "summary.public.html"]
    assert [job.executed.name for job in jobs] == ["summary.partners.ipynb", "summary.public.ipynb"]


def test_every_page_is_planned_once(project):
    """An engagement named twice gives one job per edition, so that no two jobs write one page."""
    project.add_notebook()
    jobs = project.plan("one", "two", "one", editions=("private", "public", "private"))
    assert [job.name for job in jobs] == [
        "one summary private",
        "one summary public",
        "two summary private",
        "two summary public",
    ]


def test_unknown_report_names_those_there_are(project):
    """A report without a notebook is refused with the reports that can be typed."""
    project.add_notebook(name="10_summary")
    project.add_notebook(name="11_brief")
    with pytest.raises(NotFoundError, match=r"'sumary'.*summary, brief"):
        plan_jobs(["example"], editions=["private"], report="sumary", root=project.root)


def test_report_is_not_found_by_the_end_of_a_longer_name(project):
    """`summary` is not taken from a notebook called 10_long_summary."""
    project.add_notebook(name="10_long_summary")
    with pytest.raises(NotFoundError, match="long_summary"):
        project.plan("example")


def test_folder_without_notebooks_says_where_to_be(project):
    """Outside a project's folder the message says to go into it."""
    with pytest.raises(NotFoundError, match="in the project's folder"):
        project.plan("example")


@pytest.mark.parametrize("slug", ["", "..", "a/b", "Example", "a b", "x" * 61, "a\n", "a{b}"])
def test_names_that_are_no_engagement_are_refused(project, slug):
    """A name that could lead out of outputs/ or cannot be a folder's is refused."""
    project.add_notebook()
    with pytest.raises(NotFoundError, match="small letters, digits and hyphens"):
        project.plan(slug)


def test_edition_cannot_be_a_path(project):
    """An edition's name that holds a path is refused."""
    project.add_notebook()
    with pytest.raises(NotFoundError, match="private, partners or public"):
        project.plan("example", editions=("../public",))


def test_link_out_of_outputs_is_refused(project, tmp_path):
    """An outputs folder that is a link to elsewhere is refused before anything runs."""
    project.add_notebook()
    (project.root / "outputs").mkdir()
    (tmp_path / "elsewhere").mkdir()
    (project.root / "outputs" / "example").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(WorkbookError, match="Remove the link"):
        project.plan("example")


@given(st.sets(st.from_regex(r"[a-z]{1,5}", fullmatch=True)), st.integers(1, 8), st.randoms())
def test_parts_make_the_whole_once_in_whatever_order(names, parts, chance):
    """The parts of all engagements share none and leave none out, whatever order each machine lists them in."""
    shuffled = sorted(names)
    made = []
    for part in range(1, parts + 1):
        chance.shuffle(shuffled)
        made += take_shard(shuffled, f"{part}/{parts}")
    assert sorted(made) == sorted(names)


@pytest.mark.parametrize("shard", ["0/4", "5/4", "1", "a/b", "1/0", "-1/4", "1/4/2"])
def test_a_part_that_cannot_be_is_refused(shard):
    """What is typed wrongly is said with what to type."""
    with pytest.raises(WorkbookError, match="such as 1/4"):
        take_shard(("one",), shard)
