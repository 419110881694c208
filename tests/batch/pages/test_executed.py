"""What is read from an executed notebook, without running one."""

import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from workbook.batch.pages.conversion import without_run_marks
from workbook.batch.pages.failures import StoppedEarlyError, refuse_unfinished


def make_executed(**changes):
    cell = new_code_cell("show()", execution_count=1, metadata={"tags": ["share"]})
    cell.update(changes)
    return new_notebook(cells=[new_markdown_cell("# A"), new_code_cell(""), cell])


def test_finished_notebook_passes():
    """Prose and empty cells need not have run."""
    refuse_unfinished(make_executed())


def test_cell_that_did_not_run_is_found():
    """A notebook that left by sys.exit() is a success to papermill; the cells after it tell otherwise."""
    with pytest.raises(StoppedEarlyError, match=r"show\(\)"):
        refuse_unfinished(make_executed(execution_count=None))


def test_sys_exit_in_the_last_cell_is_found():
    """An error output that papermill lets pass is an end before the end."""
    left = new_output("error", ename="SystemExit", evalue="0", traceback=[])
    with pytest.raises(StoppedEarlyError):
        refuse_unfinished(make_executed(outputs=[left]))


def test_page_cannot_see_the_time_of_the_run():
    """What the exporter is given holds no time, no duration, no path and no chance id, and keeps the parameters."""
    notebook = make_executed()
    notebook.metadata["papermill"] = {
        "parameters": {"engagement": "example"},
        "start_time": "2001-01-01",
        "input_path": "/somewhere",
    }
    notebook.cells[2].metadata["papermill"] = {"duration": 2001.5}
    notebook.cells[2].metadata["execution"] = {"iopub.status.busy": "2001-01-01"}
    notebook.cells[1].metadata["tags"] = ["injected-parameters"]
    seen = without_run_marks(notebook)
    assert "2001" not in str(seen)
    assert "somewhere" not in str(seen)
    assert seen.cells[1]["id"] == "injected-parameters"
    assert seen.metadata.papermill == {"parameters": {"engagement": "example"}}
    assert notebook.metadata["papermill"]["start_time"] == "2001-01-01"
