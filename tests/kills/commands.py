"""Commands that can be killed: after some seconds, or before a change of a file that is counted to."""

from __future__ import annotations

import json
import os
import select
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

# Forks a process for each command it is sent, so that what a command imports is imported once.
SERVER = """
import json, os, sys
import tempfile
tempfile.gettempdir()  # which tries out the folder, with a file of its own
import workbook.cli, workbook.handover.withdraw, workbook.handover.pack, workbook.handover.formats
import workbook.forms.questionnaire.collect, workbook.forms.ways.files, workbook.export.export, workbook.batch.run
import workbook.forms.questionnaire.questionnaire, workbook.intake.create, workbook.projects.keeping
WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT
CHANGES = ("os.rename", "os.remove", "os.rmdir", "os.mkdir", "os.chmod", "os.truncate", "os.link", "os.symlink")
def stop_before(number):
    # Kill this process at its so-manieth change of a file, before it is made.
    left = [number]
    def count(event, arguments):
        if event in CHANGES or (event == "open" and arguments[2] & WRITES):
            left[0] -= 1
            if left[0] == 0:
                os.kill(os.getpid(), 9)
    sys.addaudithook(count)
for line in sys.stdin:
    process = os.fork()
    if process == 0:
        os.setsid()
        quiet = os.open(os.devnull, os.O_RDWR)
        for number in (0, 1, 2):
            os.dup2(quiet, number)
        arguments, number = json.loads(line)
        settings = [one for one in arguments if one.startswith("WORKBOOK_")]
        os.environ.update(one.split("=", 1) for one in settings)
        sys.argv = ["workbook", *(one for one in arguments if one not in settings)]
        if number:
            stop_before(number)
        try:
            workbook.cli.main()
        except SystemExit as end:
            os._exit(end.code if isinstance(end.code, int) else int(end.code is not None))
        except BaseException:
            os._exit(9)
        os._exit(0)
    os.write(1, f"{process}\\n".encode())
    os.write(1, f"{os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])}\\n".encode())
"""


class Commands:
    """Commands in one project, each a process that can be killed."""

    def __init__(self, project: Path, temporary: Path) -> None:
        self.project, self.temporary = project, temporary
        environment = {**os.environ, "WORKBOOK_HOME": str(project), "TMPDIR": str(temporary)}
        self._server = subprocess.Popen(
            [sys.executable, "-c", SERVER], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment
        )

    def run(self, *arguments: str, kill_after: float | None = None, stop_before: int = 0) -> tuple[int, float]:
        """Run a command, killed after some seconds if it has not ended by then; return its status and its seconds.

        An argument such as WORKBOOK_PLAIN=1 is set for it.
        With `stop_before` it is killed before the so-manieth change that it makes to a file or folder.
        """
        assert self._server.stdin
        assert self._server.stdout
        begun = time.monotonic()
        self._server.stdin.write(json.dumps([arguments, stop_before]) + "\n")
        self._server.stdin.flush()
        process = int(self._server.stdout.readline())
        if kill_after is not None and not select.select([self._server.stdout], [], [], kill_after)[0]:
            with suppress(ProcessLookupError):  # it may have ended this moment
                os.kill(process, signal.SIGKILL)
        return int(self._server.stdout.readline()), time.monotonic() - begun

    def close(self) -> None:
        """End the process that forks them."""
        self._server.terminate()
        self._server.wait()
