"""The allow-list: what of an executed notebook may reach a page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from markupsafe import Markup

from workbook.errors import WorkbookError
from workbook.views.pieces.notebook import read_from_notebook

SHARE_TAG = "share"
_SHOWN = frozenset({"display_data", "execute_result"})

Cell = Mapping[str, Any]


def collect_shared(cells: Iterable[Cell]) -> tuple[Markup, ...]:
    """Return the HTML outputs of the cells tagged `share`, in order, and nothing else.

    Raises WorkbookError when any cell ended in an error or a share cell shows no HTML, since the page
    would be half a page.
    """
    numbered = [(number, cell) for number, cell in enumerate(cells, start=1) if cell.get("cell_type") == "code"]
    for number, cell in numbered:
        _refuse_error(number, cell)
    return tuple(html for number, cell in numbered if SHARE_TAG in _tags_of(cell) for html in _html_of(number, cell))


def _tags_of(cell: Cell) -> list[str]:
    tags: list[str] = cell.get("metadata", {}).get("tags", [])
    return tags


def _refuse_error(number: int, cell: Cell) -> None:
    """Name the cell and the kind of error only: its message may quote a private answer."""
    for output in cell.get("outputs", []):
        if output["output_type"] == "error":
            raise WorkbookError(
                f"Cell {number} of the notebook stopped with an error ({output.get('ename', 'unknown')}), so no page "
                "was made. Open the executed notebook, mend what that cell says, and run it again."
            )


def _html_of(number: int, cell: Cell) -> list[Markup]:
    shown = [output.get("data", {}).get("text/html") for output in cell.get("outputs", []) if _is_shown(output)]
    # A notebook file may hold a text as a list of its lines.
    texts = [html if isinstance(html, str) else "".join(html) for html in shown if html is not None]
    if not any(text.strip() for text in texts):
        raise WorkbookError(
            f"Cell {number} is tagged `{SHARE_TAG}` and shows nothing that a page can hold, so no page was made. "
            "Run the whole notebook, or take the tag off that cell."
        )
    # Made by the views, which escape through `markup`; `read_fragment` refuses what no view makes.
    return [Markup(read_from_notebook(text)) for text in texts if text.strip()]


def _is_shown(output: Mapping[str, Any]) -> bool:
    return output["output_type"] in _SHOWN
