"""Any file that the workbook makes, opened as far as it goes: its name, its text, and what is packed inside it."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path


def open_file(path: Path) -> Iterator[str]:
    """Yield the name and every text a file holds; archives are unpacked, PDFs read, text in UTF-8 or UTF-16 decoded."""
    yield path.name
    yield from open_bytes(path.read_bytes())


def open_bytes(raw: bytes) -> Iterator[str]:
    """Yield every text that bytes hold."""
    if zipfile.is_zipfile(io.BytesIO(raw)):
        with zipfile.ZipFile(io.BytesIO(raw)) as packed:
            for one in packed.infolist():
                yield one.filename
                yield from open_bytes(packed.read(one))
    elif raw.startswith(b"%PDF"):
        yield from _open_pdf(raw)
    yield raw.decode("utf-8", "replace")
    yield raw.decode("utf-16-le", "replace")


def _open_pdf(raw: bytes) -> Iterator[str]:
    import pikepdf
    from pypdf import PdfReader

    for page in PdfReader(io.BytesIO(raw)).pages:
        yield page.extract_text()
    with pikepdf.open(io.BytesIO(raw)) as pdf:
        for one in pdf.objects:
            if isinstance(one, pikepdf.Stream):
                yield one.read_bytes().decode("utf-8", "replace")
            elif isinstance(one, pikepdf.Dictionary):
                yield from (str(value) for _, value in one.items() if isinstance(value, pikepdf.String))


def find_active(raw: bytes) -> list[str]:
    """Return what in a PDF acts, leads out of the folder or is packed inside."""
    import pikepdf

    acting = {"/JS", "/JavaScript", "/Launch", "/OpenAction", "/AA", "/EmbeddedFiles", "/SubmitForm", "/RichMedia"}
    with pikepdf.open(io.BytesIO(raw)) as pdf:
        dictionaries = [one for one in pdf.objects if isinstance(one, pikepdf.Dictionary)]
        found = [key for one in dictionaries for key in one if key in acting]
        return found + [str(one.URI) for one in dictionaries if "/URI" in one and ":" in str(one.URI)]
