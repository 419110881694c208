"""Engagements handed on as data: which files are made, and where they are put."""

from __future__ import annotations

from pathlib import Path

from workbook import storage
from workbook.export.document import write_document
from workbook.export.format import Format
from workbook.export.separated import write_tables
from workbook.export.spreadsheet import write_spreadsheet
from workbook.export.tables import make_tables
from workbook.model.answers import Edition
from workbook.model.engagement import Engagement
from workbook.model.wordings import load_wording


def export_engagement(slug: str, *, edition: Edition, format_: Format) -> Path:
    """Write an engagement as one edition may show it; return the file, or for CSV the folder of files."""
    engagement = storage.load_engagement(slug, edition)
    suffix = "" if edition is Edition.PRIVATE else f".{edition}"
    folder = storage.find_outputs(slug)
    storage.make_folder(folder)
    if format_ is Format.CSV:
        files = make_files(engagement, format_)
        with storage.put_made(folder / f"csv{suffix}") as target:
            storage.make_folder(target)
            for old in target.glob("*.csv"):
                old.unlink()
            for name, content in files.items():
                storage.write_bytes(target / name, content)
        return target
    [(name, content)] = make_files(engagement, format_).items()
    with storage.put_made(folder / name.replace("data", f"data{suffix}", 1)) as path:
        return storage.write_bytes(path, content)


def make_files(engagement: Engagement, format_: Format) -> dict[str, bytes]:
    """Return the files of one format by name, from what the engagement's edition holds and nothing else."""
    if format_ is Format.JSON:
        return {"data.json": write_document(engagement)}
    tables, title, cover = make_tables(engagement), _write_title(engagement), _write_cover(engagement)
    if format_ is Format.CSV:
        return write_tables(tables, title=title, cover=cover)
    return {"data.xlsx": write_spreadsheet(tables, title=title, cover=cover)}


def _write_title(engagement: Engagement) -> str:
    return load_wording("export").get_word("title").format(title=engagement.facts.title)


def _write_cover(engagement: Engagement) -> list[tuple[str, str]]:
    words = load_wording("export")
    draft = [(words.get_word("draft"), words.get_word("draft_value"))] if engagement.draft else []
    return [
        (words.get_word("edition"), words.get_word(f"editions.{engagement.edition}")),
        *draft,
        (words.get_word("what"), words.get_word("what_value")),
        (words.get_word("empty"), words.get_word("empty_value")),
        (words.get_word("formulas"), words.get_word("formulas_value")),
        (words.get_word("made_from"), words.get_word("made_from_value").format(fingerprint=engagement.fingerprint)),
        (words.get_word("source"), words.get_word("source_value")),
    ]
