"""JupyterLab on an engagement's working copies: on this machine only, with our settings, the user's own untouched."""

from __future__ import annotations

import json
import os
import secrets
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import BinaryIO

from workbook.digests import digest_bytes
from workbook.errors import WorkbookError
from workbook.forms.lab.fill import FORMS, RUN
from workbook.forms.lab.ports import is_used, take_port
from workbook.forms.lab.working_copies import list_running, list_strange, make_app_copies, make_working_copies
from workbook.machine import can_replace_process
from workbook.storage import SNAPSHOTS, make_folder
from workbook.typed import TYPED, name_command, name_pip

START_PAGE = "doc/tree/00_start_here.ipynb"  # /doc is JupyterLab's simple mode: one document, no tabs
APP_PAGE = "voila/render/00_start_here.ipynb"
EXTENSIONS = Path(__file__).parents[2] / "labextension"
APP_FOLDER, APP_TEMPLATE = Path(__file__).with_name("app"), "workbook"  # where Voilà finds our page, and its name
EARLY = "workbook.forms.lab.early"
IDLE_SECONDS = 300  # after which a kernel whose page was left is ended; Voilà starts one for each page
# Inside the working copies, one for each port, and made anew each time: nothing that lay there is read. Jupyter serves
# no file whose name begins with a dot.
OWN_FOLDER = ".lab"
RUNS = "soilAndSeedsRuns"  # where the extension finds their names, in the data of JupyterLab's page
_OVERRIDES = {
    # A kernel asked for a subshell while it starts may never reply (ipykernel 7.4), and the form would never come.
    "@jupyterlab/apputils-extension:kernels-settings": {"commsOverSubshells": "disabled"},
    "@jupyterlab/apputils-extension:notification": {"fetchNews": "false", "checkForUpdates": False},
    # Nothing that an answer holds may start a command.
    "@jupyterlab/apputils-extension:sanitizer": {"allowCommandLinker": False, "autolink": False},
    "@jupyter-widgets/jupyterlab-manager:plugin": {"saveState": False},
    "@jupyterlab/docmanager-extension:plugin": {"autosaveInterval": 30},
    "@jupyterlab/notebook-extension:tracker": {"windowingMode": "none", "recordTiming": False},
}
_DISABLED = (
    "@jupyterlab/apputils-extension:announcements",
    "@jupyterlab/debugger-extension",
    "@jupyterlab/extensionmanager-extension",
    "@jupyterlab/logconsole-extension",
    "@voila-dashboards/jupyterlab-preview",
)


@dataclass(frozen=True)
class Server:
    """How to start JupyterLab: the command, its environment, and the address to open."""

    command: tuple[str, ...]
    environment: Mapping[str, str]
    folder: Path
    address: str
    strange: tuple[Path, ...] = ()
    """Notebooks of the project whose copies do not run by themselves."""
    held: BinaryIO | None = None
    """What keeps the port from another that starts meanwhile, as long as this lives and the server that it becomes."""


def plan_server(slug: str, *, with_browser: bool = True, as_app: bool = False) -> Server:
    """Make the working copies and our settings, and return how to start JupyterLab (or Voilà) on them."""
    if as_app and find_spec("voila") is None:
        typed = f'{name_pip()} install "soil-and-seeds[app]"'
        raise WorkbookError(f"Voilà is not installed. Type: {typed}, then try again.")
    folder = make_app_copies(slug) if as_app else make_working_copies(slug)
    project = folder.parents[2]
    port, held = take_port(slug)
    token = secrets.token_urlsafe(24)
    own = _make_own_folder(folder, port)
    _write_settings(own, runs=[path.name for path in list_running(project)])
    _write_secret(make_folder(own / "runtime") / "jupyter_cookie_secret", folder)
    options = _list_app_options() if as_app else _list_lab_options(own)
    common = (
        "--log-level=ERROR",
        "--ServerApp.answer_yes=True",  # Ctrl+C stops it without asking
        "--ServerApp.ip=127.0.0.1",
        f"--ServerApp.port={port}",
        "--ServerApp.port_retries=0",
        f"--ServerApp.root_dir={folder}",
        f"--ServerApp.open_browser={with_browser}",
        "--ServerApp.allow_root=True",  # in a container one often is
        "--KernelManager.transport_encryption=auto",
        "--KernelRestarter.time_to_dead=1",  # seconds between looks whether a kernel still lives
        f"--ServerApp.tornado_settings={{'headers': {{'Content-Security-Policy': \"{_write_policy(port)}\"}}}}",
    )
    command = (sys.executable, "-P", "-m", *options, *common)
    page = APP_PAGE if as_app else START_PAGE
    address = f"http://127.0.0.1:{port}/{page}?token={token}"
    environment = _build_environment(folder, own, token)
    return Server(command, environment, own, address, strange=tuple(list_strange(project)), held=held)


def run_server(server: Server) -> int:
    """Run JupyterLab so that what stops the command stops it, and return its exit status."""
    os.chdir(server.folder)
    if can_replace_process():
        sys.stdout.flush()
        if server.held:
            os.set_inheritable(server.held.fileno(), True)
        os.execve(server.command[0], server.command, dict(server.environment))  # noqa: S606 - our own command
    return _run_beside(server)


def _run_beside(server: Server) -> int:
    """Run it as a process of its own, where none can take this one's place; it ends when this one does."""
    python, _, _, *started = server.command
    command = [python, "-P", "-m", "workbook.forms.lab.lifeline", *started]
    with subprocess.Popen(command, env=dict(server.environment), stdin=subprocess.PIPE) as process:  # noqa: S603 - ours
        before = signal.signal(signal.SIGTERM, lambda *_: process.terminate())
        try:
            while True:
                # Ctrl+C reaches both, and the server ends by it.
                with suppress(KeyboardInterrupt):
                    return process.wait()
        finally:
            signal.signal(signal.SIGTERM, before)


def _list_lab_options(own: Path) -> Iterator[str]:
    yield from (
        "jupyterlab",
        # Where Voilà is installed, it is not asked.
        f"--ServerApp.jpserver_extensions={{'voila.server_extension': False, '{EARLY}': True}}",
        f"--LabApp.default_url=/{START_PAGE}",
        f"--LabApp.app_settings_dir={own / 'settings'}",
        f"--LabApp.user_settings_dir={own / 'user-settings'}",
        f"--LabApp.workspaces_dir={own / 'workspaces'}",
        f"--LabApp.extra_labextensions_path={EXTENSIONS}",
        "--LabApp.extension_manager=readonly",
        "--LabApp.news_url=",
    )


def _list_app_options() -> Iterator[str]:
    # As an extension of the Jupyter server, Voilà is guarded by the same token as JupyterLab.
    yield from (
        "jupyter_server",
        "--ServerApp.jpserver_extensions={'voila.server_extension': True, 'jupyterlab': False}",
        f"--ServerApp.default_url=/{APP_PAGE}",
        "--VoilaConfiguration.strip_sources=True",
        f"--VoilaConfiguration.template={APP_TEMPLATE}",
        "--VoilaConfiguration.allow_template_override=NO",
        "--VoilaConfiguration.allow_theme_override=NO",
        f"--MappingKernelManager.cull_idle_timeout={IDLE_SECONDS}",
        "--MappingKernelManager.cull_interval=60",
    )


def _write_policy(port: int) -> str:
    """Return the policy by which the browser lets no page of this server reach another machine."""
    own = "'self' 'unsafe-inline' 'unsafe-eval' data: blob:"
    return f"default-src {own}; connect-src {own} ws://127.0.0.1:{port}; frame-ancestors 'self'; form-action 'self'"


def _build_environment(folder: Path, own: Path, token: str) -> dict[str, str]:
    """Return an environment without the user's Jupyter settings; the token stays out of the list of processes."""
    foreign = ("JUPYTER", "JPY_", "IPYTHON", "PYTHONSTARTUP", SNAPSHOTS)
    kept = {key: value for key, value in os.environ.items() if not key.startswith(foreign)}
    places = {
        "JUPYTER_CONFIG_DIR": own / "config",
        "JUPYTER_DATA_DIR": own / "data",
        "JUPYTER_RUNTIME_DIR": own / "runtime",
        "JUPYTER_PATH": APP_FOLDER,
        "IPYTHONDIR": own / "ipython",
    }
    ours = {
        "PYTHONSAFEPATH": "1",
        "JUPYTER_TOKEN": token,
        "JUPYTER_PREFER_ENV_PATH": "1",
        FORMS: "1",
        TYPED: name_command(),
        RUN: secrets.token_hex(8),
        "WORKBOOK_HOME": str(folder.parents[2]),
    }
    return kept | ours | {key: str(path) for key, path in places.items()}


def _make_own_folder(folder: Path, port: int) -> Path:
    """Make a folder for the server's settings and files, empty; those of servers that have ended are removed."""
    for one in folder.glob(f"{OWN_FOLDER}*"):
        used = one.name.removeprefix(f"{OWN_FOLDER}-")
        if one.is_symlink() or not one.is_dir():
            one.unlink(missing_ok=True)
        elif not (used.isdecimal() and int(used) != port and is_used(int(used))):
            shutil.rmtree(one)
    return make_folder(folder / f"{OWN_FOLDER}-{port}")


def _write_settings(own: Path, *, runs: list[str]) -> None:
    """Write our settings; the copies that the extension may run by themselves are those that were just written."""
    settings = own / "settings"
    make_folder(settings)
    (settings / "overrides.json").write_text(json.dumps(_OVERRIDES, indent=1), encoding="utf-8")
    page = {"disabledExtensions": dict.fromkeys(_DISABLED, True), RUNS: json.dumps(runs)}
    (settings / "page_config.json").write_text(json.dumps(page, indent=1), encoding="utf-8")


def _write_secret(path: Path, folder: Path) -> None:
    """Write what this user's browser is known again by, so that a page that is open goes on with the next server.

    It is made from the user's own key and the place of the copies: nothing that lay in the project has a part in it.
    """
    secret = "".join(digest_bytes(part, os.fsencode(folder.resolve())) for part in (b"cookie", b"secret"))
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(secret)
