"""What a notebook prints, also past Python: by a library in C or a program that a cell starts."""

from __future__ import annotations

import io
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

Tell = Callable[[str, str], None]


class CellStream(io.TextIOBase):
    """`sys.stdout` or `sys.stderr` of a notebook: told at each flush, before a display and at a cell's end.

    The file descriptor itself leads into a file in `folder`, so that what is written to it is told as well.
    """

    encoding = "UTF-8"
    errors = "strict"

    def __init__(self, name: str, descriptor: int, *, folder: Path, tell: Tell) -> None:
        self.name = name
        self._descriptor = descriptor
        self._tell = tell
        self._parts: list[str] = []
        self._file = os.open(folder / name, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
        self._read = 0
        os.dup2(self._file, descriptor)

    def write(self, text: str, /) -> int:
        """Keep a text until the next flush."""
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text).__name__}")
        self._parts.append(text)
        return len(text)

    def flush(self) -> None:
        """Tell what was written since the last flush."""
        text = "".join(self._parts) + self._read_past_python()
        self._parts.clear()
        if text:
            self._tell(self.name, text)

    def _read_past_python(self) -> str:
        if os.fstat(self._file).st_size <= self._read:
            return ""
        with os.fdopen(os.dup(self._file), "rb") as file:
            file.seek(self._read)
            raw = file.read()
        self._read += len(raw)
        return raw.decode("utf-8", errors="replace")

    def fileno(self) -> int:
        """Return the descriptor, for programs that a cell starts."""
        return self._descriptor

    def writable(self) -> bool:
        """Say that it can be written to."""
        return True

    def isatty(self) -> bool:
        """Say that nobody sits in front of it."""
        return False

    def set_parent(self, _parent: Any) -> None:
        """Take no notice: there is one cell at a time."""
