"""Which port a workbook is opened at: an engagement's own, and never one that another is about to answer at."""

from __future__ import annotations

import os
import socket
from contextlib import suppress
from typing import BinaryIO
from zlib import crc32

from workbook.disk.held import find_short_folder
from workbook.errors import WorkbookError
from workbook.machine import claim

FIRST_PORT, MOST_PORTS = 8890, 100


def take_port(slug: str) -> tuple[int, BinaryIO | None]:
    """Choose the same port for an engagement whenever it is free: a browser remembers who is answering by port.

    A server takes some seconds to answer at its port. Until then, and as long as it lives, the open file that is
    returned keeps the port from others of this user; None where there are no locks.
    """
    first = crc32(slug.encode())
    for port in (FIRST_PORT + (first + step) % MOST_PORTS for step in range(MOST_PORTS)):
        if not _is_answered(port):
            held = _open_claim(port)
            if not held or claim(held.fileno(), waits=False) is not False:
                return port, held
            held.close()
    raise WorkbookError("A hundred workbooks seem to be open on this machine. Close some, and try again.")


def is_used(port: int) -> bool:
    """Whether a server answers at a port, or is about to."""
    if _is_answered(port):
        return True
    held = _open_claim(port)
    if not held:
        return False
    with held:
        return claim(held.fileno(), waits=False) is False


def _open_claim(port: int) -> BinaryIO | None:
    """Open this user's file that stands for a port; None where that is refused, and no claim is made."""
    user = os.getuid() if hasattr(os, "getuid") else ""
    path = find_short_folder() / f"workbook-port-{port}-{user}"
    with suppress(OSError):
        handle = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0), 0o600)
        return os.fdopen(handle, "r+b")
    return None


def _is_answered(port: int) -> bool:
    with socket.socket() as one:
        return one.connect_ex(("127.0.0.1", port)) == 0
