#!/bin/sh
# ruamel.yaml 0.19.1 (pure Python) refuses a block of text whose first line is empty but for fewer spaces than the text has.
# YAML 1.2.2, 8.1.1.1: leading empty lines may have fewer spaces than the first line with words, never more.
# libyaml (PyYAML 6.0.3) and js-yaml 4.1.0 read it. Editors leave such lines where somebody presses Enter under an indent.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv env
env/bin/python -m pip install -q --disable-pip-version-check ruamel.yaml==0.19.1 PyYAML==6.0.3
npm init -y >/dev/null
npm install --silent --no-fund --no-audit js-yaml@4.1.0 >/dev/null
cat > seen.py <<'P'
from importlib.metadata import version

import yaml
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

print("ruamel.yaml", version("ruamel.yaml"), "PyYAML", version("PyYAML"))
TEXTS = {"no space": "note: |\n\n   words\n", "fewer": "note: |\n \n   words\n", "as many": "note: |\n   \n   words\n"}
for name, text in TEXTS.items():
    try:
        found = repr(YAML(typ="safe", pure=True).load(text)["note"])
    except YAMLError as error:
        found = type(error).__name__
    print(f"{name:8}  libyaml {yaml.load(text, yaml.CSafeLoader)['note']!r}  ruamel.yaml {found}")
P
cat > seen.js <<'J'
console.log("js-yaml", require("js-yaml/package.json").version, JSON.stringify(require("js-yaml").load("note: |\n \n   words\n").note));
J
env/bin/python seen.py > seen.txt
node seen.js >> seen.txt
cat seen.txt
cat > expected.txt <<'T'
ruamel.yaml 0.19.1 PyYAML 6.0.3
no space  libyaml '\nwords\n'  ruamel.yaml '\nwords\n'
fewer     libyaml '\nwords\n'  ruamel.yaml ScannerError
as many   libyaml '\nwords\n'  ruamel.yaml '\nwords\n'
js-yaml 4.1.0 "\nwords\n"
T
cmp seen.txt expected.txt && echo "As seen before."
