"""Rows of a file, whatever wrote it."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from workbook.forms.ways.tables import read_sheets

NAMES = "urn:oasis:names:tc:opendocument:xmlns"
MANIFEST = (
    f'<manifest:manifest xmlns:manifest="{NAMES}:manifest:1.0"><manifest:file-entry manifest:full-path="/" '
    'manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/></manifest:manifest>'
)


def test_a_tab_in_an_opendocument_cell_stays_a_tab(tmp_path: Path) -> None:
    """LibreOffice writes it as an element, which the library that reads such files leaves out."""
    content = (
        f'<office:document-content xmlns:office="{NAMES}:office:1.0" xmlns:table="{NAMES}:table:1.0" '
        f'xmlns:text="{NAMES}:text:1.0"><office:body><office:spreadsheet><table:table table:name="A"><table:table-row>'
        '<table:table-cell office:value-type="string"><text:p>one<text:tab/>two</text:p><text:p/><text:p>three</text:p>'
        "</table:table-cell></table:table-row></table:table></office:spreadsheet></office:body></office:document-content>"
    )
    path = tmp_path / "tab.ods"
    with zipfile.ZipFile(path, "w") as made:
        made.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        made.writestr("content.xml", content)
        made.writestr("META-INF/manifest.xml", MANIFEST)
    assert read_sheets(path) == {"A": [["one\ttwo\n\nthree"]]}


@pytest.mark.parametrize("sign", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
def test_text_is_read_by_its_own_signs(tmp_path: Path, sign: str, encoding: str) -> None:
    """The sign between columns is the one its headings have, and the encoding the one its bytes say."""
    path = tmp_path / "rows.csv"
    path.write_bytes(f'Rolé{sign}Why?\r\n"a{sign} ""b"""{sign}"one\ntwo"\r\n'.encode(encoding))
    assert read_sheets(path) == {"": [["Rolé", "Why?"], [f'a{sign} "b"', "one\ntwo"]]}
