"""Soil & Seeds: a workbook for people who commission learning partners.

`import workbook as wb` is the one door a notebook needs: `wb.load` opens an engagement, and each chapter
stands under its own name (`wb.framing`, `wb.resources`, …) with a function that reads it and functions that
show it. Nothing is imported until it is asked for.
"""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from workbook.errors import WorkbookError

if TYPE_CHECKING:
    from workbook.forms.lab.fill import fill
    from workbook.storage import load_engagement as load
    from workbook.storage import load_portfolio as load_all
    from workbook.views import (
        answers,
        audiences,
        brief,
        discovery,
        framing,
        learning_modes,
        log,
        permission,
        portfolio,
        practices,
        remarks,
        report,
        resources,
        rounds,
        safety,
        start_here,
        summary,
        system_map,
    )
    from workbook.views.chapters import introduce
    from workbook.views.setup import prepare

__all__ = [
    "WorkbookError",
    "answers",
    "audiences",
    "brief",
    "discovery",
    "fill",
    "framing",
    "introduce",
    "learning_modes",
    "load",
    "load_all",
    "log",
    "permission",
    "portfolio",
    "practices",
    "prepare",
    "remarks",
    "report",
    "resources",
    "rounds",
    "safety",
    "start_here",
    "summary",
    "system_map",
]

_FUNCTIONS = {
    "fill": ("workbook.forms.lab.fill", "fill"),
    "introduce": ("workbook.views.chapters", "introduce"),
    "load": ("workbook.storage", "load_engagement"),
    "load_all": ("workbook.storage", "load_portfolio"),
    "prepare": ("workbook.views.setup", "prepare"),
}


def __getattr__(name: str) -> Any:
    if name in _FUNCTIONS:
        module, attribute = _FUNCTIONS[name]
        return getattr(import_module(module), attribute)
    if not name.startswith("_") and find_spec(f"workbook.views.{name}"):  # a new chapter is here by its name alone
        return import_module(f"workbook.views.{name}")
    raise AttributeError(f"workbook has no {name!r}. It has: {', '.join(__all__)}.")


def __dir__() -> list[str]:
    return sorted(__all__)
