"""What runs as a kernel: `python -m workbook.batch.kernel_process -f CONNECTION_FILE`.

The same as `python -m ipykernel_launcher`, except that it ends with the worker that started it.
"""

from __future__ import annotations

import os

from ipykernel.kernelapp import launch_new_instance

from workbook.batch.processes import end_with_parent


def main() -> None:
    """Start an IPython kernel in this process; returns when the kernel is shut down."""
    end_with_parent(int(os.environ.get("JPY_PARENT_PID", "0")))
    launch_new_instance()


if __name__ == "__main__":
    main()
