"""A piece as a notebook shows it, and back as it stands on a page.

JupyterLab takes styles and drawings out of what a notebook shows until somebody trusts it, and sets what stands between
two dollar signs as mathematics. So drawings are images there, what only a screen reader says is out of sight by itself,
and amounts are left as they are.
"""

from __future__ import annotations

import re

from workbook.charts.pieces.still import freeze_drawings, revive_drawings

_OPENING, _CLOSING = '<div class="mathjax_ignore">', "</div>"
_UNSEEN = re.compile(r'(<\w+(?: [^<>]*)?)( class="vh"| hidden(?=>))')
_SAID_UNSEEN = re.compile(r'(<\w+(?: [^<>]*)?)( class="vh"| hidden) style="[^"]*"')
_STYLES = {
    ' class="vh"': "position: absolute; width: 1px; height: 1px; overflow: hidden",
    " hidden": "display: none",
}


def write_for_notebook(html: str) -> str:
    """Return what a notebook shows of a piece."""
    unseen = _UNSEEN.sub(lambda found: f'{found[0]} style="{_STYLES[found[2]]}"', str(html))
    return f"{_OPENING}{freeze_drawings(unseen)}{_CLOSING}"


def read_from_notebook(html: str) -> str:
    """Return what `write_for_notebook` was given, to the letter; what it did not write passes through."""
    if not html.startswith(_OPENING):
        return html
    return revive_drawings(_SAID_UNSEEN.sub(r"\1\2", html[len(_OPENING) : -len(_CLOSING)]))
