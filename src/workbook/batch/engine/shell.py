"""IPython's shell as a kernel has it, without the kernel: what it would send goes to a function.

The class is ipykernel's own, since libraries look at its name to learn that they run in a notebook.
"""

from __future__ import annotations

import builtins
import getpass
import os
import sys
from collections.abc import Callable, Mapping
from types import SimpleNamespace
from typing import Any, NoReturn

from ipykernel.zmqshell import ZMQInteractiveShell
from IPython.core.error import StdinNotImplementedError
from jupyter_client.session import Session, json_packer, json_unpacker
from traitlets.config import Config

Message = dict[str, Any]
Deliver = Callable[[Message], None]


class LocalSession(Session):
    """What a shell sends its messages through; here they go to `deliver`, as they would look after a wire."""

    deliver: Deliver

    def msg(self, msg_type: str, content: Any = None, *_: Any, **__: Any) -> Message:
        """Return a message with what its receiver looks at."""
        return {"msg_type": msg_type, "header": {"msg_type": msg_type}, "parent_header": {}, "content": content or {}}

    def send(self, _stream: Any, msg_or_type: Any, content: Any = None, *_: Any, **__: Any) -> Message:  # type: ignore[override]
        """Hand a message over."""
        message = msg_or_type if isinstance(msg_or_type, dict) else self.msg(msg_or_type, content)
        message["content"] = json_unpacker(json_packer(message["content"]))
        self.deliver(message)
        return message


def make_shell() -> ZMQInteractiveShell:
    """Make the process's one shell; nothing is read of the user's settings, and nothing is kept of what it runs."""
    config = Config()
    config.HistoryManager.enabled = False
    shell = ZMQInteractiveShell.instance(config=config, kernel=SimpleNamespace(eventloop=None))
    hook: Any = shell.displayhook
    publisher: Any = shell.display_pub
    hook.session = publisher.session = LocalSession()
    hook.topic = b"execute_result"
    return shell


def listen_to(shell: ZMQInteractiveShell, deliver: Deliver) -> None:
    """Have all that the shell shows handed to `deliver`."""
    hook: Any = shell.displayhook
    hook.session.deliver = deliver
    sys.displayhook = hook


def settle(environment: Mapping[str, str], folder: str) -> None:
    """Take on a notebook's environment and folder, and refuse questions to a person who is not there."""
    keep = {key: os.environ[key] for key in ("TERM", "CLICOLOR", "FORCE_COLOR", "CLICOLOR_FORCE", "PAGER", "GIT_PAGER")}
    os.environ.clear()
    os.environ.update(environment)
    os.environ.update(keep)
    os.environ.setdefault("MPLBACKEND", "module://matplotlib_inline.backend_inline")
    os.chdir(folder)
    builtins.input = getpass.getpass = _refuse_question


def _refuse_question(*_: Any, **__: Any) -> NoReturn:
    raise StdinNotImplementedError("raw_input was called, but this frontend does not support input requests.")
