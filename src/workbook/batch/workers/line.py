"""A line between two processes over plain pipes, for systems where a socket cannot be handed to a child."""

from __future__ import annotations

import pickle
import struct
from contextlib import suppress
from typing import Any, BinaryIO

_HEAD = struct.Struct("!Q")


class PipeLine:
    """What is sent arrives whole; both ends are our own processes. Has of `Connection` what is used."""

    def __init__(self, reader: BinaryIO, writer: BinaryIO) -> None:
        self._reader = reader
        self._writer = writer

    def send(self, message: Any) -> None:
        """Send an object; raises OSError when nobody listens."""
        raw = pickle.dumps(message)
        self._writer.write(_HEAD.pack(len(raw)) + raw)
        self._writer.flush()

    def recv(self) -> Any:
        """Wait for an object; raises EOFError when the other end is closed."""
        (length,) = _HEAD.unpack(self._read(_HEAD.size))
        return pickle.loads(self._read(length))  # noqa: S301 - written by our own process

    def _read(self, length: int) -> bytes:
        raw = self._reader.read(length)
        if len(raw) < length:
            raise EOFError
        return raw

    def close(self) -> None:
        """Close this end for writing; its reader ends when the other side closes."""
        with suppress(OSError):
            self._writer.close()
