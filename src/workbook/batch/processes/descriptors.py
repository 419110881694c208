"""An open file given to another process over a line between the two.

`multiprocessing.reduction` does the same, but waits without end for a word that it arrived: on macOS always, elsewhere
from Python 3.15 on. Whoever gives one here keeps it open until the other has answered, or was given up.
"""

from __future__ import annotations

import socket
from multiprocessing.connection import Connection
from typing import Any

_WORD = b"\0"


def give_descriptor(line: Connection[Any, Any], descriptor: int) -> None:
    """Send an open file after whatever was sent; raises OSError where the other is gone."""
    with _open_socket(line) as one:
        socket.send_fds(one, [_WORD], [descriptor])


def take_descriptor(line: Connection[Any, Any]) -> int:
    """Return the open file that comes next; raises EOFError where the line has ended, OSError where there is none."""
    with _open_socket(line) as one:
        word, descriptors, *_ = socket.recv_fds(one, len(_WORD), 1)
    if not word:
        raise EOFError
    if not descriptors:
        raise OSError("a line that should have brought an open file brought none")
    return descriptors[0]


def _open_socket(line: Connection[Any, Any]) -> socket.socket:
    return socket.fromfd(line.fileno(), socket.AF_UNIX, socket.SOCK_STREAM)
