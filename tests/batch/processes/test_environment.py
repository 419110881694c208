"""The environment in which notebooks run."""

from pathlib import Path

from workbook.batch.processes.environment import build_environment


def test_jupyter_settings_of_the_user_are_dropped():
    """No path, profile or snapshot folder of the person's own reaches a kernel."""
    given = {
        "JUPYTER_PATH": "/mine",
        "JUPYTER_CONFIG_PATH": "/mine",
        "IPYTHONDIR": "/mine",
        "PYTHONSTARTUP": "/mine",
        "WORKBOOK_SNAPSHOTS": "/mine",
        "PATH": "/bin",
    }
    built = build_environment(given, folder=Path("/private"))
    assert "/mine" not in built.values()
    assert built["PATH"] == "/bin"
    assert built["IPYTHONDIR"] == "/private/ipython"


def test_order_of_sets_is_fixed():
    """The same files give the same bytes, whatever seed the person has chosen."""
    assert build_environment({"PYTHONHASHSEED": "7"}, folder=Path("/private"))["PYTHONHASHSEED"] == "0"
