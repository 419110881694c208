"""Inline SVG from frozen data: each chart module has one function, `draw_…`, that knows nothing of the workbook."""
