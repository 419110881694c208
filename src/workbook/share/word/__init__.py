"""A page as a Word document: its shared outputs in the styles of a template, so that a house can edit what it sends."""

from workbook.share.word.document import WordFile, write_word

__all__ = ["WordFile", "write_word"]
