"""A page as a tagged PDF: printed by a Chromium where there is one, else by WeasyPrint, then set right."""

from workbook.share.pdf.printer import open_printer

__all__ = ["open_printer"]
