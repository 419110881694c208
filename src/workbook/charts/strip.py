"""A strip: every voice as a mark on the steps of one question; two voices may be told apart from the others."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from workbook.charts.pieces.marks import format_length, trace_dots
from workbook.markup import element

HEIGHT, LOW, APART = 40, 34.0, 9.6
FEW = 4
"""So many marks stand on one another; more lie closer."""
Mark = tuple[float, str]
"""A step, and how it is marked: `dot`, `ring` or `box`."""


def draw_strip(marks: Sequence[Mark], last: int) -> Markup:
    """Draw marks on steps from 0 to `last`, those on one step above each other."""
    line = element("line", x1="4%", x2="96%", y1=format_length(LOW), y2=format_length(LOW))
    steps = sorted({step for step, _ in marks})
    return element(
        "svg", line, [_draw_step(step, marks, last) for step in steps], width="100%", height=HEIGHT, aria_hidden="true"
    )


def _draw_step(step: float, marks: Sequence[Mark], last: int) -> Markup:
    kinds = sorted((kind for at, kind in marks if at == step), key=lambda kind: kind == "dot")
    apart = APART if len(kinds) <= FEW else APART * (FEW - 1) / (len(kinds) - 1)
    heights = [LOW - apart * k for k in range(len(kinds))]
    dots = [(0.0, y) for y, kind in zip(heights, kinds, strict=True) if kind == "dot"]
    drawn = [element("path", class_="dot", d=trace_dots(dots))] if dots else []
    drawn += [_draw_told(kind, y) for y, kind in zip(heights, kinds, strict=True) if kind != "dot"]
    return element("svg", drawn, x=f"{format_length(6 + 88 * step / last)}%")


def _draw_told(kind: str, y: float) -> Markup:
    if kind == "ring":
        return element("circle", class_="ring", cx=0, cy=format_length(y), r=4)
    return element("path", class_="box", d=f"M-4 {format_length(y - 4)}h8v8h-8z")
