"""With this folder on PYTHONPATH our own code, in a Python and in all it starts, finds nothing that Windows lacks.

Gone are `fcntl`, `pwd`, `os.fork`, `os.killpg`, `os.setsid`, `os.getuid`, replacing a process, starting one
with chosen pipes, Unix sockets, calls into the C library, and the opening of folders; filelock finds no locks. Other
libraries choose by the system's name and keep what Linux has: this shows what our code needs, and not that all of it
runs on Windows.
"""

from __future__ import annotations

import builtins
import ctypes
import os
import shutil
import socket
import sys
import types
import typing

GONE = {
    "os": (
        "fork",
        "forkpty",
        "killpg",
        "getpgid",
        "setsid",
        "getuid",
        "geteuid",
        "execve",
        "posix_spawn",
        "O_DIRECTORY",
        "O_NOFOLLOW",
    ),
    "socket": ("AF_UNIX",),
    "ctypes": ("CDLL",),
}
MODULES = ("fcntl", "pwd", "grp", "resource", "termios")


def _open_file(path: typing.Any, flags: int, mode: int = 0o777, **more: typing.Any) -> int:
    if not isinstance(path, int) and os.path.isdir(path):
        raise PermissionError(13, "Permission denied", str(path))
    return os.open(path, flags, mode, **more)


def _take_away(module: types.ModuleType) -> types.ModuleType:
    poorer = types.ModuleType(module.__name__)
    names = GONE[module.__name__]
    vars(poorer).update({name: one for name, one in vars(module).items() if name not in names})
    return poorer


POORER = {module.__name__: _take_away(module) for module in (os, socket, ctypes)}
vars(POORER["os"]).update(open=_open_file, name="nt")
shutil._use_fd_functions = False  # type: ignore[attr-defined]
_import = builtins.__import__


def _import_less(
    name: str, globals: typing.Any = None, locals: typing.Any = None, fromlist: typing.Any = (), level: int = 0
) -> typing.Any:
    asks = str((globals or {}).get("__package__") or "").partition(".")[0] if level == 0 else ""
    if name in MODULES and asks in ("workbook", "filelock"):
        raise ModuleNotFoundError(f"No module named {name!r}")
    found = _import(name, globals, locals, fromlist, level)
    return POORER.get(name, found) if asks == "workbook" else found


builtins.__import__ = _import_less


def _play_windows(event: str, told: tuple[typing.Any, ...]) -> None:
    """Refuse what Windows refuses: a name in place of one that is open elsewhere, and a path that is too long."""
    if event == "os.rename" and HELD and os.path.basename(os.fspath(told[1])) == HELD:
        why = "The process cannot access the file because it is being used by another process"
        raise PermissionError(13, why, os.fspath(told[0]), None, os.fspath(told[1]))
    if event in ("open", "os.mkdir", "os.rename") and LONGEST:
        for path in told[: 2 if event == "os.rename" else 1]:
            text = os.path.abspath(os.fsdecode(path)) if isinstance(path, str | bytes | os.PathLike) else ""
            # A drive letter and one more sign stand for the folder that this machine's tests lie in.
            if text.startswith(PLACE) and len("C:") + len(text) - len(PLACE) >= LONGEST:
                raise FileNotFoundError(2, "The system cannot find the path specified", text)


HELD = os.environ.get("PLAYED_HELD_OPEN", "")
LONGEST = int(os.environ.get("PLAYED_LONGEST_PATH", "0"))
PLACE = os.environ.get("PLAYED_DRIVE", "")
if HELD or LONGEST:
    sys.addaudithook(_play_windows)
