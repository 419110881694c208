"""Pages as a notebook's `share` cells give them, made by calling the same views without a kernel."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path

from markupsafe import Markup

import workbook as wb
from workbook.share.page import Page, arrange_page

NOTEBOOKS = Path(__file__).parents[1] / "notebooks"


@lru_cache(maxsize=16)
def make_page(report: str, folder: Path, edition: str) -> Page:
    """Run the cells of a report's notebook on an engagement, in this process, and arrange what `share` cells show."""
    [path] = NOTEBOOKS.glob(f"[0-9][0-9]_{report}.ipynb")
    cells = [cell for cell in json.loads(path.read_text(encoding="utf-8"))["cells"] if cell["cell_type"] == "code"]
    names: dict[str, object] = {"wb": wb, "engagement": str(folder), "edition": edition}
    shown: list[Markup] = []
    for cell in cells:
        tags = cell["metadata"].get("tags", [])
        if not {"parameters", "setup"} & set(tags):
            *lines, last = "".join(cell["source"]).rstrip().split("\n")
            if "share" not in tags and not any("=" in line for line in (*lines, last)):
                continue
            exec("\n".join(lines), names)
            if "share" in tags:
                shown.append(Markup(eval(last, names).html))
            else:
                exec(last, names)
    return arrange_page(shown)
