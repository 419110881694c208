"""The value of information, under the name by which others call it; `resources/value.py` works it out."""

from workbook.analysis.resources.value import evpi, evsi

__all__ = ["evpi", "evsi"]
