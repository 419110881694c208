"""The environment of workers and kernels: the same on every machine, whatever the user's Jupyter settings say."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

_SETTINGS = {
    "PYTHONSAFEPATH": "1",  # no module of the folder one stands in is taken for ours or Python's
    "PYTHONHASHSEED": "0",  # the same files must give the same bytes
    "OMP_NUM_THREADS": "1",  # the pool of workers already keeps every processor busy
    "OPENBLAS_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "PYDEVD_DISABLE_FILE_VALIDATION": "1",
    "JUPYTER_NO_CONFIG": "1",
}
_FOREIGN = (
    "JUPYTER",
    "IPYTHON",
    "JPY_",
    "PAPERMILL",
    "PYTHONSTARTUP",
    "PYTHONHASHSEED",
    "WORKBOOK_SNAPSHOTS",
)


def build_environment(given: Mapping[str, str], *, folder: Path) -> dict[str, str]:
    """Return `given` without the user's Jupyter settings; what Jupyter and IPython write goes into `folder`."""
    kept = {key: value for key, value in given.items() if not key.startswith(_FOREIGN)}
    places = {
        "IPYTHONDIR": folder / "ipython",
        "JUPYTER_CONFIG_DIR": folder / "jupyter",
        "JUPYTER_DATA_DIR": folder / "jupyter",
        "JUPYTER_RUNTIME_DIR": folder / "jupyter",
    }
    return kept | _SETTINGS | {key: str(path) for key, path in places.items()}
