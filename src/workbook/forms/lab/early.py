"""The kernel of the first page, begun with the server: it is there by the time the browser has drawn JupyterLab.

An extension of the Jupyter server that runs in `workbook open`. The page finds the session by the notebook's name and
takes it, as it would after a reload; where it does not come about, the page begins one itself.
"""

from __future__ import annotations

from typing import Any

FIRST_PAGE = "00_start_here.ipynb"
# What the first page's form needs, imported while nobody waits for it yet.
IMPORTS = "import workbook, workbook.forms.lab.widget"


def _jupyter_server_extension_points() -> list[dict[str, str]]:
    return [{"module": __name__}]


def _load_jupyter_server_extension(server: Any) -> None:
    server.io_loop.add_callback(_begin, server)


async def _begin(server: Any) -> None:
    try:
        session = await server.session_manager.create_session(path=FIRST_PAGE, name=FIRST_PAGE, type="notebook")
        await _import_early(server.kernel_manager.get_kernel(session["kernel"]["id"]))
    except Exception as error:  # noqa: BLE001 - the page does without, only later
        server.log.info("The first page's kernel was not begun early: %s", error)


async def _import_early(kernel: Any) -> None:
    client = kernel.client()
    client.start_channels()
    try:
        await client.wait_for_ready(timeout=60)
        client.execute(IMPORTS, silent=True, store_history=False)
    finally:
        client.stop_channels()
