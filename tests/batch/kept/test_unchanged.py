"""A page whose input is the same is not made again; whatever differs has it made."""

import json
import os
import shutil
import sys
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from batch.conftest import NAME, Project, leave_nothing
from workbook import digests
from workbook.batch.kept import inputs
from workbook.batch.run import Limits, ignore_change, run_jobs
from workbook.batch.stages import run_stages
from workbook.digests import digest_folder, load_key
from workbook.trust import approve

RUN = partial(run_jobs, exporter="batch_support.OutputsExporter")
SECRET = "a-very-private-answer"
BY_CHANCE = "import uuid\ndisplay(HTML(f'<p>{uuid.uuid4()}</p>'))"


@contextmanager
def set_up(base):
    """Keep records, their key and what is approved below a folder."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(base / "cache"))
        patch.setenv("XDG_CONFIG_HOME", str(base / "config"))
        patch.syspath_prepend(Path(__file__).parents[1])
        load_key.cache_clear()
        yield
    load_key.cache_clear()


@pytest.fixture
def folder(project, tmp_path):
    """A project with one engagement whose second line no edition shows; every page made differs by a chance number."""
    project.add_notebook(BY_CHANCE)
    write(project, "one", "shown", SECRET)
    with set_up(tmp_path):
        yield project


@pytest.fixture(scope="module")
def first_batch(tmp_path_factory):
    """Such a project with two engagements, once a first batch made their pages; how that ended, and the pages."""
    base = tmp_path_factory.mktemp("first")
    project = Project(base / NAME)
    project.add_notebook(BY_CHANCE)
    write(project, "one", "shown", SECRET)
    write(project, "two", "shown")
    with leave_nothing(), set_up(base):
        return base, make(project, "one", "two")


@pytest.fixture
def made(first_batch, tmp_path):
    """A copy of it, as it is after the first batch."""
    base, _ = first_batch
    shutil.copytree(base, tmp_path, dirs_exist_ok=True)
    project = Project(tmp_path / NAME)
    with set_up(tmp_path):
        yield project


def write(project, slug, *lines):
    path = project.root / "parameters" / slug / "said.txt"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(lines), encoding="utf-8")


def make(project, *slugs, force=False, jobs=None):
    """Run a batch and return how each job ended, with what its page says."""
    support = sys.modules.get("batch_support") or __import__("batch_support")
    planned = jobs or project.plan(*slugs, editions=("private", "public"))
    approve(*{job.notebook for job in planned})
    outcomes = run_stages(
        planned, prepare=support.write_first_line, limits=Limits(2), on_change=ignore_change, force=force, run=RUN
    )
    assert [outcome.message for outcome in outcomes if not outcome.stands] == []
    return [outcome.status for outcome in outcomes], [job.page.read_text(encoding="utf-8") for job in planned]


def test_nothing_is_made_twice(made, first_batch):
    """The second batch leaves every page as it is; `force` makes them again."""
    _, (first, pages) = first_batch
    assert first == ["made"] * 4
    assert make(made, "one", "two") == (["unchanged"] * 4, pages)
    forced, again = make(made, "one", force=True)
    assert forced == ["made", "made"]
    assert again != pages[:2]


def test_what_no_edition_shows_makes_no_page_again(made, first_batch):
    """Files whose bytes changed are read, and a page that would show the same is left; then their bytes are known."""
    _, (_, pages) = first_batch
    write(made, "one", "shown", "another private answer")
    job = made.plan("one")[0]
    before = json.loads(job.executed.with_name("summary.ipynb.made.json").read_text())
    assert make(made, "one") == (["unchanged", "unchanged"], pages[:2])
    after = json.loads(job.executed.with_name("summary.ipynb.made.json").read_text())
    assert {key for key in before if before[key] != after[key]} == {"files"}


def test_what_is_shown_makes_its_own_page_again(made):
    """One changed engagement of two is made, the other is not, and the outcomes keep their order."""
    write(made, "one", "shown otherwise", SECRET)
    statuses, pages = make(made, "two", "one")
    assert statuses == ["unchanged", "unchanged", "made", "made"]
    assert "shown otherwise" in pages[2]


@pytest.mark.parametrize(
    ("which", "spoil"),
    [
        ("page", "remove"),
        pytest.param("executed", "alter", marks=pytest.mark.slow),
        pytest.param("page", "alter", marks=pytest.mark.slow),
        pytest.param("executed", "remove", marks=pytest.mark.slow),
    ],
)
def test_a_spoilt_output_is_made_again(made, spoil, which):
    """An output that is missing or was altered since is made again, and no other."""
    output = getattr(made.plan("one", editions=("public",))[0], which)
    if spoil == "remove":
        output.unlink()
    else:
        output.write_text(output.read_text() + " ")
    assert make(made, "one")[0] == ["unchanged", "made"]
    assert make(made, "one")[0] == ["unchanged", "unchanged"]


@pytest.mark.slow
def test_another_notebook_makes_every_page_again(made):
    """A notebook is part of what a page is made of."""
    made.add_notebook("display(HTML('<p>another</p>'))")
    assert make(made, "one")[0] == ["made", "made"]


@pytest.mark.slow
def test_what_makes_pages_is_part_of_them(folder, monkeypatch, tmp_path):
    """Installed code with theme, styles and templates, the words, their language, a library: each makes them again."""
    package, content = tmp_path / "package", tmp_path / "content"
    for place in (package / "styles", content):
        place.mkdir(parents=True)
        (place / "a.css").write_text("a {}")
    monkeypatch.setattr(digests, "_PACKAGE", package)
    monkeypatch.setattr(inputs, "find_content_folder", lambda: content)
    make(folder, "one")
    assert make(folder, "one")[0] == ["unchanged", "unchanged"]
    for change in (
        lambda: (package / "styles" / "a.css").write_text("b {}"),
        lambda: (content / "a.css").write_text("b {}"),
        lambda: monkeypatch.setattr(inputs, "name_language", lambda: "cy"),
        lambda: monkeypatch.setattr(digests, "version", lambda name: "0"),
    ):
        change()
        assert make(folder, "one")[0] == ["made", "made"]


def test_a_page_over_all_follows_each_of_them(folder):
    """A portfolio is made again when one engagement shows something else, or has a page it can link to."""
    folder.add_notebook(BY_CHANCE, name="12_portfolio")
    write(folder, "two", "shown")
    job = replace(
        folder.plan("one")[0],
        slug="all",
        slugs=("one", "two"),
        notebook=folder.root / "notebooks" / "12_portfolio.ipynb",
    )
    job = replace(
        job,
        page=folder.root / "outputs" / "portfolio.html",
        executed=folder.root / "outputs" / "portfolio" / "private" / "portfolio.ipynb",
    )
    assert make(folder, jobs=[job])[0] == ["made"]
    assert make(folder, jobs=[job])[0] == ["unchanged"]
    write(folder, "two", "shown otherwise")
    assert make(folder, jobs=[job])[0] == ["made"]


def test_a_record_holds_no_answer_no_time_and_nothing_to_guess_by(made):
    """Digests are keyed by a key that only its owner can read; with another key nothing is known and all is made."""
    record = made.plan("one")[0].executed.with_name("summary.ipynb.made.json")
    first = record.read_text()
    assert SECRET not in first
    make(made, "one", force=True)
    digest = json.loads(first)
    assert {key: one for key, one in json.loads(record.read_text()).items() if key != "outputs"} == {
        key: one for key, one in digest.items() if key != "outputs"
    }
    key = digests.find_cache_folder() / "key"
    if os.name == "posix":
        assert (key.stat().st_mode & 0o777, key.parent.stat().st_mode & 0o777) == (0o600, 0o700)
    key.unlink()
    load_key.cache_clear()
    assert make(made, "one")[0] == ["made", "made"]


@pytest.mark.slow
def test_no_place_for_a_key_is_no_fault(folder, monkeypatch):
    """Without a folder to keep the key in, every batch makes every page."""
    monkeypatch.setattr(digests, "find_cache_folder", lambda: None)
    load_key.cache_clear()
    assert make(folder, "one")[0] == ["made", "made"]
    load_key.cache_clear()
    assert make(folder, "one")[0] == ["made", "made"]


def test_names_and_contents_do_not_run_into_each_other(tmp_path):
    """A file called `ab` holding `c` is another folder than one called `a` holding `bc`."""
    for folder, name, text in (("one", "ab", "c"), ("two", "a", "bc")):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / name).write_text(text)
    assert digest_folder(tmp_path / "one") != digest_folder(tmp_path / "two")
