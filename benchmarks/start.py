"""Start times, as ratios within one run: `workbook --help` and `check example` against importing typer alone."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

ROUNDS = 15
MAIN = "from workbook.cli import main; main()"
COMMANDS = {
    "import typer": ("-c", "import typer"),
    "workbook --help": ("-c", MAIN, "--help"),
    "workbook check example": ("-c", MAIN, "check", "example"),
}
MOST = {"workbook --help": 2, "workbook check example": 5}


def measure(arguments: Sequence[str], environment: dict[str, str]) -> float:
    """Return the seconds one command takes."""
    begins = time.perf_counter()
    subprocess.run([sys.executable, *arguments], env=environment, check=True, capture_output=True)
    return time.perf_counter() - begins


def main() -> None:
    """Print the median of each, and fail where a ratio is over what is promised."""
    from workbook.projects.making import make_project

    with tempfile.TemporaryDirectory() as place:
        environment = {**os.environ, "WORKBOOK_HOME": str(make_project(Path(place) / "project"))}
        for arguments in COMMANDS.values():
            measure(arguments, environment)
        # In turns, so that what else the machine does meets all of them.
        taken = [{name: measure(arguments, environment) for name, arguments in COMMANDS.items()} for _ in range(ROUNDS)]
    middle = {name: statistics.median(one[name] for one in taken) for name in COMMANDS}
    for name, seconds in middle.items():
        print(f"{name:24} {seconds:.3f} s  {seconds / middle['import typer']:.1f} times importing typer")
    over = [name for name, most in MOST.items() if middle[name] > most * middle["import typer"]]
    sys.exit(f"Over what is promised: {', '.join(over)}" if over else 0)


if __name__ == "__main__":
    main()
