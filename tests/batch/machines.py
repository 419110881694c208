"""A dask scheduler and its workers, each a process of its own, as on several machines."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import psutil
import pytest

from workbook.disk.held import BATCH, find_short_folder, remove_leftovers

SUPPORT = Path(__file__).parent
START = """
import sys
from distributed.cli.{program} import main
from workbook.batch.processes.endings import end_with_parent
end_with_parent({parent})
sys.argv = ["dask", *{arguments!r}]
main()
"""


class Machines:
    """A scheduler and workers that share no folder but the one they run in."""

    def __init__(self, folder: Path, *, count: int = 2, secured: dict[str, str] | None = None) -> None:
        self.folder, self.secured = folder, secured or {}
        scheme = "tls" if secured else "tcp"
        self.scheduler = self._start("dask_scheduler", f"--host={scheme}://127.0.0.1", "--port=0", "--no-dashboard")
        self.address = self._read_address(self.scheduler)
        options = (self.address, "--nthreads=1", "--no-nanny", "--no-dashboard")
        self.workers = [self._start("dask_worker", *options) for _ in range(count)]

    def _start(self, program: str, *arguments: str) -> subprocess.Popen[bytes]:
        log = (self.folder / f"{program}-{len(list(self.folder.glob('*.log')))}.log").open("wb")
        environment = {
            **os.environ,
            **self.secured,
            "PYTHONPATH": str(SUPPORT),
            "DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "0",
        }
        source = START.format(program=program, arguments=list(arguments), parent=os.getpid())
        return subprocess.Popen(
            [sys.executable, "-c", source], env=environment, cwd=self.folder, stdout=log, stderr=subprocess.STDOUT
        )

    def _read_address(self, process: subprocess.Popen[bytes]) -> str:
        (log,) = self.folder.glob("dask_scheduler-*.log")
        while process.poll() is None:
            for line in log.read_text().splitlines():
                if "Scheduler at:" in line:
                    return line.split()[-1]
        pytest.fail(log.read_text())

    def find_page_makers(self) -> list[psutil.Process]:
        """Return all that was forked for pages from what the workers keep to fork from."""
        kept = [one for worker in self.workers for one in psutil.Process(worker.pid).children()]
        return [one for nursery in kept for one in nursery.children(recursive=True)]

    def limit_files(self, size: int | None) -> None:
        """Have the system refuse the workers, and all they have started, any file of more bytes; None lifts it."""
        import resource  # Windows has none

        for worker in self.workers:
            for process in (psutil.Process(worker.pid), *psutil.Process(worker.pid).children(recursive=True)):
                process.rlimit(
                    psutil.RLIMIT_FSIZE, (resource.RLIM_INFINITY if size is None else size, resource.RLIM_INFINITY)
                )

    def close(self) -> None:
        """Kill them, and whatever they have started; clear up as the next command would."""
        for process in (*self.workers, self.scheduler):
            process.send_signal(signal.SIGCONT)
            process.kill()
            process.wait()
        remove_leftovers(find_short_folder(), BATCH)
