"""A server that ends with whoever started it: `python -m workbook.forms.lab.lifeline MODULE ARGUMENT…`.

Standard input is the lifeline: it closes when the other process ends, however it ends, on every system.
"""

from __future__ import annotations

import os
import runpy
import signal
import sys
import threading


def end_with_starter() -> None:
    """Wait for the lifeline to close, then ask this process to stop, so that its kernels are stopped too."""
    while os.read(0, 1024):
        pass
    os.kill(os.getpid(), signal.SIGTERM)


def main() -> None:
    """Run the module named, with its arguments."""
    threading.Thread(target=end_with_starter, daemon=True).start()
    del sys.argv[0]
    runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main()
