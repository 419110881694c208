"""A Chromium that prints pages: one for a whole batch, told what to do through a pipe that nobody else can reach."""

from __future__ import annotations

import base64
import fcntl
import json
import os
import select
import signal
import time
from contextlib import ExitStack
from types import TracebackType
from typing import Any, Self

from workbook.disk.held import PRINTING, find_short_folder, hold_folder
from workbook.errors import WorkbookError
from workbook.share.pdf.browsers import GONE, write_command

PRINT = {"generateTaggedPDF": True, "generateDocumentOutline": True, "preferCSSPageSize": True, "printBackground": True}
LONGEST_SECONDS = 60.0


class Chromium:
    """A browser without a window, for as long as the `with` block runs."""

    def __init__(self, program: str) -> None:
        self._program = program
        self._held = ExitStack()
        self._rest = b""
        self._count = 0

    def __enter__(self) -> Self:
        self._folder = self._held.enter_context(hold_folder(find_short_folder(), PRINTING))
        (theirs_in, self._to), (self._from, theirs_out) = _open_pipe(), _open_pipe()
        command = [*write_command(self._program, self._folder / "profile"), "--remote-debugging-pipe"]
        silent = [(os.POSIX_SPAWN_OPEN, number, os.devnull, os.O_RDWR, 0) for number in (0, 1, 2)]
        # Chromium reads what it is told from 3 and answers on 4.
        spoken = [(os.POSIX_SPAWN_DUP2, theirs_in, 3), (os.POSIX_SPAWN_DUP2, theirs_out, 4)]
        self._process = os.posix_spawn(self._program, command, os.environ, file_actions=[*silent, *spoken])
        os.close(theirs_in)
        os.close(theirs_out)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for end in (self._to, self._from):
            os.close(end)  # which ends the browser
        if not self._has_ended(10):
            os.kill(self._process, signal.SIGKILL)
            os.waitpid(self._process, 0)
        self._held.close()

    def _has_ended(self, seconds: float) -> bool:
        ends = time.monotonic() + seconds
        while time.monotonic() < ends:
            if os.waitpid(self._process, os.WNOHANG)[0]:
                return True
            time.sleep(0.02)
        return False

    def print_page(self, html: str) -> bytes:
        """Return the PDF of a page."""
        path = self._folder / "page.html"
        path.write_text(html, encoding="utf-8")
        target = self._ask("Target.createTarget", {"url": path.as_uri()})["targetId"]
        session = self._ask("Target.attachToTarget", {"targetId": target, "flatten": True})["sessionId"]
        try:
            self._wait_until_loaded(session)
            return base64.b64decode(self._ask("Page.printToPDF", PRINT, session)["data"])
        finally:
            self._ask("Target.closeTarget", {"targetId": target})

    def _wait_until_loaded(self, session: str) -> None:
        ends = time.monotonic() + LONGEST_SECONDS
        asked = {"expression": "document.readyState + location.protocol"}
        while self._ask("Runtime.evaluate", asked, session)["result"].get("value") != "completefile:":
            if time.monotonic() > ends:
                raise WorkbookError("The browser did not open the page in a minute, so no PDF was made.")

    def _ask(self, method: str, params: dict[str, Any], session: str = "") -> dict[str, Any]:
        self._count += 1
        message = {"id": self._count, "method": method, "params": params} | ({"sessionId": session} if session else {})
        rest = json.dumps(message).encode() + b"\0"
        try:
            while rest:
                rest = rest[os.write(self._to, rest) :]
        except OSError as error:
            raise self._gone() from error
        while True:
            answer = self._hear()
            if answer.get("id") == self._count:
                if "error" in answer:
                    raise WorkbookError(f"The browser refused ({answer['error'].get('message')}), so no PDF was made.")
                result: dict[str, Any] = answer["result"]
                return result

    def _hear(self) -> dict[str, Any]:
        ends = time.monotonic() + LONGEST_SECONDS
        while b"\0" not in self._rest:
            ready, _, _ = select.select([self._from], [], [], max(0.0, ends - time.monotonic()))
            more = os.read(self._from, 1 << 20) if ready else b""
            if not more:
                raise self._gone()
            self._rest += more
        message, _, self._rest = self._rest.partition(b"\0")
        heard: dict[str, Any] = json.loads(message)
        return heard

    def _gone(self) -> WorkbookError:
        return WorkbookError(GONE.format(program=self._program))


def _open_pipe() -> tuple[int, int]:
    """Return a pipe whose ends are out of the way of the numbers that the browser's get."""
    ends = os.pipe()
    moved = [fcntl.fcntl(end, fcntl.F_DUPFD_CLOEXEC, 10) for end in ends]
    for end in ends:
        os.close(end)
    return moved[0], moved[1]
