#!/bin/sh
# WeasyPrint 70.0 with pydyf 0.13.0 (Python 3.11), pikepdf 10.18.0: with pdf_tags=True a table's heads are tagged /TH, and none has
# the /Scope that the page states (scope="col", scope="row"), so a reader of the PDF is not told what they are heads of.
set -eu
PYTHON=${PYTHON:-python3}
held=$(mktemp -d)
trap 'rm -rf "$held"' EXIT
"$PYTHON" -m venv "$held/venv"
"$held/venv/bin/pip" install -q --disable-pip-version-check "weasyprint==70.0" "pydyf==0.13.0" "pikepdf==10.18.0"
"$held/venv/bin/python" - <<'PY'
import io, sys
from importlib.metadata import version
import pikepdf
from weasyprint import HTML

page = (
    '<html lang="en"><title>x</title><table><tr><th scope="col">Who</th><th scope="col">How many</th></tr>'
    '<tr><th scope="row">Funders</th><td>3</td></tr></table>'
)
with pikepdf.open(io.BytesIO(HTML(string=page).write_pdf(pdf_tags=True, pdf_variant="pdf/ua-1"))) as pdf:
    heads = [one for one in pdf.objects if isinstance(one, pikepdf.Dictionary) and one.get("/S") == "/TH"]
    attributes = [one.get("/A") for one in heads]
    scopes = [str(one) for one in attributes if one is not None and "Scope" in repr(one)]
print(f"WeasyPrint {version('weasyprint')}: {len(heads)} heads of a table, {len(scopes)} with a scope")
sys.exit(0 if len(heads) == 3 and not scopes else 1)
PY
