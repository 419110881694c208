#!/bin/sh
# python-calamine 0.9.1 (Python 3.11): a tab inside a cell of an OpenDocument sheet (<text:tab/>) is left out, so that
# two words become one; in .xlsx and .xls the same tab is kept. LibreOffice 7.4 writes tabs so.
set -eu
PYTHON=${PYTHON:-python3}
held=$(mktemp -d)
trap 'rm -rf "$held"' EXIT
"$PYTHON" -m venv "$held/venv"
"$held/venv/bin/pip" install -q --disable-pip-version-check "python-calamine==0.9.1"
"$held/venv/bin/python" - "$held/tab.ods" <<'PY'
import sys, zipfile
from importlib.metadata import version
from python_calamine import CalamineWorkbook

MANIFEST = (
    '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
    '<manifest:file-entry manifest:full-path="/" manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/>'
    "</manifest:manifest>"
)
content = (
    '<?xml version="1.0" encoding="UTF-8"?><office:document-content '
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>'
    '<table:table table:name="A"><table:table-row><table:table-cell office:value-type="string">'
    "<text:p>one<text:tab/>two</text:p></table:table-cell></table:table-row></table:table>"
    "</office:spreadsheet></office:body></office:document-content>"
)
with zipfile.ZipFile(sys.argv[1], "w") as made:
    made.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
    made.writestr("content.xml", content)
    made.writestr("META-INF/manifest.xml", MANIFEST)
((seen,),) = CalamineWorkbook.from_path(sys.argv[1]).get_sheet_by_index(0).to_python()
print(f"python-calamine {version('python-calamine')}: 'one<text:tab/>two' is read as {seen!r}")
sys.exit(0 if seen == "onetwo" else 1)
PY
