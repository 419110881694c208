"""A tiny project in a folder whose name holds braces; after each test nothing of a batch is left on the machine."""

import os
import shutil
import sys
import tempfile
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType

import nbformat
import psutil
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from batch.machines import Machines
from workbook.batch.plan import Job, plan_jobs

HERE = Path(__file__).parent
SHOW_SNAPSHOT = (
    "import os, sys, time\n"
    "from pathlib import Path\n"
    "from IPython.display import HTML, display\n"
    "here = Path(os.environ['WORKBOOK_SNAPSHOTS'])\n"
    "said = (here / 'said.txt').read_text() if here.is_dir() else ''\n"
    "display(HTML(f'<p>{engagement} {edition}: {said}</p>'))"
)
CLOSING = "display(HTML('<p>the end</p>'))"


NAME = "a{b}c"


class Project:
    """A project's root with notebooks made for a test."""

    def __init__(self, root: Path) -> None:
        self.root = root
        (root / "notebooks").mkdir(parents=True, exist_ok=True)

    def add_notebook(self, *sources: str, name: str = "10_summary") -> Path:
        """Write a notebook: its parameters, one that shows its snapshot, the given cells, a closing one."""
        cells = [
            new_markdown_cell("# A report"),
            new_code_cell('engagement = "example"\nedition = "private"', metadata={"tags": ["parameters"]}),
            *(new_code_cell(text, metadata={"tags": ["share"]}) for text in (SHOW_SNAPSHOT, *sources, CLOSING)),
        ]
        path = self.root / "notebooks" / f"{name}.ipynb"
        nbformat.write(new_notebook(cells=cells), path)
        return path

    def plan(self, *slugs: str, editions: tuple[str, ...] = ("private",)) -> tuple[Job, ...]:
        """Plan the summary of engagements that need not exist."""
        return plan_jobs(slugs, editions=editions, report="summary", root=self.root)

    def list_outputs(self) -> list[str]:
        """Return every file and folder under outputs/, temporary ones too."""
        outputs = self.root / "outputs"
        return sorted(str(path.relative_to(outputs)) for path in outputs.rglob("*"))


class MarkedProcesses:
    """Finds the processes that inherited a mark from this test through their environment."""

    def __init__(self, mark: str) -> None:
        self.mark = mark.encode()

    def list_pids(self) -> list[int]:
        """Return the processes that run now and are not this one."""
        return [int(entry.name) for entry in Path("/proc").iterdir() if entry.name.isdigit() and self._has_mark(entry)]

    def wait_until_gone(self, seconds: float) -> list[int]:
        """Wait for the marked processes to end, and return those that did not."""
        living = [psutil.Process(pid) for pid in self.list_pids() if psutil.pid_exists(pid)]
        psutil.wait_procs(living, timeout=seconds)
        return self.list_pids()

    def _has_mark(self, entry: Path) -> bool:
        if int(entry.name) == os.getpid():
            return False
        try:
            # Python's own, which goes with this process: it sees to what dask's LocalCluster shares.
            tracker = b"resource_tracker" in (entry / "cmdline").read_bytes()
            return not tracker and self.mark in (entry / "environ").read_bytes()
        except OSError:
            return False


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return Project(tmp_path / NAME)


SYSTEM = tempfile.gettempdir()


@contextmanager
def leave_nothing() -> Iterator[MarkedProcesses]:
    """Give what runs inside a temporary folder; then no process, folder or shared memory is left of it."""
    marked, shared = MarkedProcesses(f"mark-{uuid.uuid4()}"), _list_shared_memory()
    folder = Path(tempfile.mkdtemp(prefix="b-", dir=SYSTEM))  # one may begin inside another
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("BATCH_TEST_MARK", marked.mark.decode())
        patch.setenv("TMPDIR", str(folder))
        patch.setattr(tempfile, "tempdir", None)
        yield marked
    if Path("/proc/self/environ").exists():
        assert marked.wait_until_gone(10) == []
    assert [path.name for path in folder.iterdir() if "dask" not in path.name] == []
    assert _list_shared_memory() - shared == set()
    shutil.rmtree(folder)


def _list_shared_memory() -> set[str]:
    """List what Python's programs share, by name: there are browsers' too, and names that others use for a moment."""
    return {path.name for path in Path("/dev/shm").glob("psm_*")}


@pytest.fixture(autouse=True)
def left_behind(_settings_stay: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[MarkedProcesses]:
    """After each test nothing is left of what it started."""
    tmp_path_factory.getbasetemp()  # made when it is first asked for, and not inside
    with leave_nothing() as marked:
        yield marked


@pytest.fixture
def marked(left_behind: MarkedProcesses) -> MarkedProcesses:
    if not Path("/proc/self/environ").exists():
        pytest.skip("finds processes through /proc, which this system does not have")
    return left_behind


@pytest.fixture(scope="module")
def machines(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Machines]:
    """Two dask workers that the tests of a module share; when they end, nothing of theirs is left either."""
    logs = tmp_path_factory.mktemp("logs")
    with leave_nothing():
        started = Machines(logs)
        yield started
        started.close()


@pytest.fixture
def write_snapshot(monkeypatch: pytest.MonkeyPatch) -> Callable[[Job, Path], None]:
    """The function that the workers import by its name."""
    return import_support(monkeypatch).write_snapshot


def import_support(patch: pytest.MonkeyPatch) -> ModuleType:
    """Import what the workers import by its name."""
    patch.syspath_prepend(HERE)
    return sys.modules.get("batch_support") or __import__("batch_support")
