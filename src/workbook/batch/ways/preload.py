"""Imports what every page needs, once, before anything is forked; no engagement is opened for it.

A fault in a module is told by the notebook or the page that meets it.
"""

from __future__ import annotations

import gc
import pkgutil
import sys
from contextlib import suppress
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ipykernel.zmqshell import ZMQInteractiveShell

_PACKAGES = ("workbook.analysis", "workbook.charts", "workbook.model", "workbook.views")
# numpy imports the last two when they are first used; in a process of a page, that copies 14 MB of what it shares.
_MODULES = (
    *("networkx", "ruamel.yaml", "workbook.storage", "workbook.batch.pages.making", "xml.dom.minidom"),
    *("numpy", "numpy.ma", "numpy.random"),
)


def keep_out() -> None:
    """Keep out what Jupyter imports and no page needs: a grammar of international addresses, and the debugger."""
    # Together over half a second; jsonschema and ipykernel both do without where they are missing.
    for name in ("rfc3987_syntax", "debugpy"):
        sys.modules.setdefault(name, None)  # type: ignore[arg-type]


@cache
def get_shell() -> ZMQInteractiveShell:
    """Return the one shell of this process and of those forked from it."""
    from workbook.batch.engine.shell import make_shell

    return make_shell()


def preload() -> None:
    """Import and make ready what is forked from now on; a page then copies little of it."""
    keep_out()
    for name in _PACKAGES:
        _import_package(name)
    for name in _MODULES:
        _import(name)
    with suppress(Exception):
        import_module("workbook.model.chapters").list_chapters()
    import_module("workbook.batch.engine.child")
    # nbformat compiles its check when it is first used, which takes a quarter of a small page's time.
    import_module("nbformat").validate(import_module("nbformat.v4").new_notebook())
    get_shell()
    gc.collect()
    gc.freeze()  # a collection after the fork would otherwise copy every page of memory it looks at


def _import_package(name: str) -> None:
    package = import_module(name)
    for found in pkgutil.walk_packages(package.__path__, f"{name}."):
        _import(found.name)


def _import(name: str) -> None:
    with suppress(Exception):
        import_module(name)
