#!/bin/sh
# Chromium 150.0.7871.100 (Debian 12), read by PyMuPDF 1.26.5: an SVG line without length has a square end on screen (SVG 2, 13.5.4);
# printed to PDF, Chromium writes it as a path of no length, which PDF paints only with round ends (ISO 32000-1, 8.5.3.2), so
# PyMuPDF (and poppler) show nothing where the screen shows a square. CHROMIUM names another browser.
set -eu
PYTHON=${PYTHON:-python3}
CHROMIUM=${CHROMIUM:-chromium}
held=$(mktemp -d)
trap 'rm -rf "$held"' EXIT
"$PYTHON" -m venv "$held/venv"
"$held/venv/bin/pip" install -q --disable-pip-version-check "pymupdf==1.26.5"
cat > "$held/page.html" <<'HTML'
<title>x</title><svg width="200" height="100"><g stroke-width="40"><path d="M50 50h0" stroke="#801650" stroke-linecap="square"/>
<path d="M150 50h0" stroke="#28A197" stroke-linecap="round"/></g></svg>
HTML
"$CHROMIUM" --version 2>/dev/null
"$CHROMIUM" --headless --no-sandbox --disable-gpu --no-pdf-header-footer --user-data-dir="$held/profile" \
  --screenshot="$held/page.png" "file://$held/page.html" >/dev/null 2>&1
"$CHROMIUM" --headless --no-sandbox --disable-gpu --no-pdf-header-footer --user-data-dir="$held/profile" \
  --print-to-pdf="$held/page.pdf" "file://$held/page.html" >/dev/null 2>&1
"$held/venv/bin/python" - "$held/page.png" "$held/page.pdf" <<'PY'
import sys
import pymupdf

SQUARE, ROUND = (0x80, 0x16, 0x50), (0x28, 0xA1, 0x97)
screen = pymupdf.Pixmap(sys.argv[1])
paper = pymupdf.open(sys.argv[2])[0].get_pixmap()
seen = {}
for name, picture in (("screen", screen), ("paper", paper)):
    colours = {picture.pixel(x, y)[:3] for x in range(picture.width) for y in range(min(picture.height, 200))}
    seen[name] = (SQUARE in colours, ROUND in colours)
print(f"PyMuPDF {pymupdf.__version__}: square and round ends seen on screen {seen['screen']}, in the PDF {seen['paper']}")
sys.exit(0 if seen == {"screen": (True, True), "paper": (False, True)} else 1)
PY
