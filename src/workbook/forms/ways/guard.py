"""Office files from outside, looked through before anything reads them: bombs, macros, formulas, links, entities.

Nothing is unpacked to the disk. Each part is read in pieces and counted as it really comes out, whatever the archive
says of its size, and what refers to cells far away is refused before a reader would make room for them.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

from workbook.errors import InputError, Problem
from workbook.forms.questionnaire.sent_file import show_text

LARGEST_FILE = 20 * 1024 * 1024
LARGEST_INSIDE = 80 * 1024 * 1024
MOST_PARTS = 2000
MOST_COLUMNS, MOST_ROWS = 3000, 20_000
PIECE = 1024 * 1024
_OVERLAP = 200

_CELL = re.compile(rb'<(?:c|dimension)\b[^>]{0,80}?\b(?:r|ref)="(?:[A-Z]{1,3}\d{1,7}:)?([A-Z]{1,3})(\d{1,7})"')
_FORMULA = re.compile(rb"<f[ >/]|table:formula=|table:content-validation-name=\"\x00")
_ERROR = re.compile(rb"<c [^>]{0,80}?\bt=\"e\"")
_ENTITY = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_REPEATED = "urn:oasis:names:tc:opendocument:xmlns:table:1.0 number-{}-repeated"
MOST_CELLS = 5_000_000
_MACROS = ("vbaproject.bin", "basic/", "scripts/", "macrosheets/")
_LINKS = ("externallinks/", "embeddings/", "activex/", "connections.xml", "querytables/")


def check_office_file(path: Path) -> None:
    """Raise InputError with a sentence where a file is too large, or holds what no answers need."""
    name = show_text(path.name)
    if path.stat().st_size > LARGEST_FILE:
        raise _refuse(name, f"a file of at most {LARGEST_FILE // 1024 // 1024} MiB", "look whether it is the right one")
    if path.suffix.lower() == ".xls":
        _check_old(path, name)
        return
    try:
        with zipfile.ZipFile(path) as archive:
            _check_parts(archive, name)
            left = LARGEST_INSIDE
            for part in archive.infolist():
                left -= _check_part(archive, part, name, left)
            if "content.xml" in archive.namelist():
                _check_repeated(archive, name)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError) as error:
        remedy = "open it in the program it comes from and save it again"
        raise _refuse(name, "a workbook that can be opened; this one is damaged or locked", remedy) from error


def _check_old(path: Path, name: str) -> None:
    raw = path.read_bytes()
    if "_VBA_PROJECT".encode("utf-16-le") in raw:
        raise _refuse(name, "a workbook without macros", "save it as .xlsx, which holds none, and collect that")


def _check_parts(archive: zipfile.ZipFile, name: str) -> None:
    names = [part.filename.lower() for part in archive.infolist()]
    if len(names) > MOST_PARTS:
        raise _refuse(name, f"a workbook of at most {MOST_PARTS} parts", "look whether it is the right one")
    if any(mark in one for one in names for mark in _MACROS):
        raise _refuse(name, "a workbook without macros", "save it as .xlsx, which holds none, and collect that")
    if any(mark in one for one in names for mark in _LINKS):
        remedy = "copy the answers into a new copy of the workbook, as values"
        raise _refuse(name, "a workbook without links to other files, or files inside it", remedy)


def _check_part(archive: zipfile.ZipFile, part: zipfile.ZipInfo, name: str, left: int) -> int:
    """Read one part in pieces, look at each, and return how many bytes really came out."""
    count = 0
    for piece in _read_pieces(archive, part):
        count += len(piece)
        if count > left:
            size = f"a workbook of at most {LARGEST_INSIDE // 1024 // 1024} MiB when unpacked"
            raise _refuse(name, size, "look whether it is the right one: no answers take so much")
        if part.filename.lower().endswith((".xml", ".rels")):
            _look_at(piece, name, is_sheet="worksheets/" in part.filename or part.filename.endswith("content.xml"))
    return count


def _read_pieces(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> Iterator[bytes]:
    """Yield a part piece by piece, the end of each again at the start of the next, so that nothing hides in between."""
    # What the archive says of the size is not believed: reading goes on for as long as something comes.
    part.file_size = LARGEST_INSIDE + 1
    with archive.open(part) as stream:
        before = b""
        while True:
            try:
                piece = stream.read(PIECE)
            except zipfile.BadZipFile:
                return  # the sum does not fit the size that was put there; what came out is looked at already
            if not piece:
                return
            yield before + piece
            before = piece[-_OVERLAP:]


def _look_at(piece: bytes, name: str, *, is_sheet: bool) -> None:
    if _ENTITY.search(piece):
        raise _refuse(name, "a workbook that defines no words of its own (XML entities)", "ask for the file again")
    if not is_sheet:
        return
    if _FORMULA.search(piece):
        remedy = "write what it gives in its place, and save the file again"
        raise _refuse(name, "answers that are typed; there is a formula (a cell that begins with =)", remedy)
    if _ERROR.search(piece):
        remedy = "write what belongs there in its place, and save the file again"
        raise _refuse(name, "answers that are typed; a cell shows an error (#N/A, #REF! or the like)", remedy)
    for column, row in _CELL.findall(piece):
        if int(row) > MOST_ROWS or _number_column(column) > MOST_COLUMNS:
            raise _refuse_far(name)


def _check_repeated(archive: zipfile.ZipFile, name: str) -> None:
    """Refuse a sheet whose few cells say that they stand in many rows and columns: a reader would make them all."""
    from xml.parsers import expat

    parser = expat.ParserCreate(namespace_separator=" ")
    rows, cells = 1, 0

    def look(tag: str, attributes: dict[str, str]) -> None:
        nonlocal rows, cells
        if tag.endswith(" table-row"):
            rows = _read_count(attributes, "rows")
        elif tag.endswith("-cell") and any(key.endswith(" value-type") for key in attributes):
            columns = _read_count(attributes, "columns")
            cells += rows * columns
            if rows > MOST_ROWS or columns > MOST_COLUMNS or cells > MOST_CELLS:
                raise _refuse_far(name)

    parser.StartElementHandler = look
    with archive.open("content.xml") as stream:
        try:
            while piece := stream.read(PIECE):
                parser.Parse(piece)
        except expat.ExpatError as error:
            raise zipfile.BadZipFile(str(error)) from error


def _read_count(attributes: dict[str, str], kind: str) -> int:
    count = attributes.get(_REPEATED.format(kind), "1")
    return int(count) if count.isdigit() and len(count) < 10 else MOST_CELLS


def _number_column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _refuse_far(name: str) -> InputError:
    expected = f"a sheet of at most {MOST_ROWS:,} rows and {MOST_COLUMNS:,} columns"
    return _refuse(name, expected, "delete what stands far out, or copy the answers into a new copy of the workbook")


def _refuse(name: str, expected: str, remedy: str) -> InputError:
    return InputError([Problem(name, "", expected, remedy)])
