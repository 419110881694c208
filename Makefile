# Soil & Seeds. `make` alone says what there is.
SHELL := /bin/sh
.DEFAULT_GOAL := help
.PHONY: help pages-check run test lint unit notebooks-check notebooks docs pictures lab labextension bench kill-test privacy slow-test wheel-test drives-test ways-in ways-out listen truth lock clean

VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed

WORKERS ?= 2
# Of the batch's benchmarks, of which the median counts; three take longer than ten minutes on two cores.
ROUNDS ?= 1
# What the stored notebooks show; your own engagements are never compared with it.
SHIPPED := example example-second-year space-to-connect transitions youth-led-creativity
# The first Python of these that runs and is new enough; the lock file was made and tested with 3.11.
PYTHON ?= $(shell for each in python3.11 python3 python3.12 python3.13 python3.14; do \
  $$each -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo $$each; break; }; done)

help:            ## say what there is
	@grep -E '^[a-z-]+: .*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):[^#]*## (.*)/  make \1\t\2/' | expand -t 20

run: $(STAMP)    ## check the engagements and make their pages
	@$(BIN)/workbook check
	@$(BIN)/workbook batch

test: lint unit notebooks-check  ## everything that must hold: lint, types, imports, tests, notebooks

lint: $(STAMP)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

# Else each of the hundreds of processes that the tests start would compile the workbook again.
unit notebooks-check slow-test: export PYTHONDONTWRITEBYTECODE :=

unit: $(STAMP)
	$(BIN)/python -m pytest -q -p no:nbval -n $(WORKERS) --dist loadfile --no-loadscope-reorder -m "not slow" tests

notebooks-check: $(STAMP)
	WORKBOOK_ENGAGEMENTS="$(SHIPPED)" $(BIN)/python -m pytest -q -n $(WORKERS) --dist loadfile --nbval-lax --nbval-current-env notebooks

notebooks: $(STAMP)  ## run the notebooks again and store what they show
	$(BIN)/python -m workbook.batch.refresh

docs: $(STAMP)   ## make docs/assumptions.md and docs/glossary.md from content/, docs/keys.md and docs/export.schema.json from the models
	$(BIN)/python -c "from workbook.views.documents import write_assumptions as w; print(w(), end='')" > docs/assumptions.md
	$(BIN)/python -c "from workbook.views.documents import write_glossary as w; print(w(), end='')" > docs/glossary.md
	$(BIN)/python -c "from workbook.views.keys import write_keys as w; print(w(), end='')" > docs/keys.md
	$(BIN)/python -c "from workbook.export.document import write_schema as w; print(w(), end='')" > docs/export.schema.json

pictures: run    ## take the pictures of the README anew (needs Chromium)
	$(BIN)/python docs/take_pictures.py

lab: $(STAMP)    ## open the notebooks in JupyterLab, the start page first
	@$(BIN)/jupyter trust notebooks/*.ipynb >/dev/null
	$(BIN)/jupyter lab notebooks/00_start_here.ipynb

bench: $(STAMP)  ## measure: start times, what is installed, the batch against a plain loop, the trade-off, opening a form, redrawing a reading
	$(BIN)/python benchmarks/start.py
	$(BIN)/python benchmarks/size.py
	$(BIN)/python benchmarks/tradeoff.py
	$(BIN)/python benchmarks/results.py --rounds $(ROUNDS) --engagements 200
	$(BIN)/python benchmarks/open.py
	$(BIN)/python benchmarks/redraw.py

pages-check: $(STAMP)  ## hold the pages to their rules: sheets, words, first screen, size, axe (needs Chromium)
	$(BIN)/python -m pytest -q tests/pages

ways-in: $(STAMP)  ## hold the ways in to the real programs (needs LibreOffice, Java, Chromium and npm; fetches pyxform, ODK Web Forms and Enketo; a minute)
	@test -x .venv-ways-in/bin/python || $(BIN)/python -m venv .venv-ways-in
	@.venv-ways-in/bin/python -m pip install -q --disable-pip-version-check "pyxform==4.5.0"
	@test -d .venv-ways-in/engines/made || { mkdir -p .venv-ways-in/engines && cp tests/forms/ways/engines/* .venv-ways-in/engines \
	  && cd .venv-ways-in/engines && npm install --no-fund --no-audit --loglevel=error && node build.mjs; }
	WORKBOOK_WAYS_IN=$(CURDIR)/.venv-ways-in/bin/python WORKBOOK_FORM_ENGINES=$(CURDIR)/.venv-ways-in/engines/made \
	  $(BIN)/python -m pytest -q tests/forms/ways

ways-out: $(STAMP)  ## hold Word files, PDFs and spreadsheets to the real programs (needs Chromium, LibreOffice and Pango; fetches pdfua and WeasyPrint; a minute)
	@test -d .ways-out/pdfua || $(BIN)/python -m pip install -q --disable-pip-version-check --target .ways-out "pdfua==0.1.3" "weasyprint==70.0"
	WORKBOOK_WAYS_OUT=1 PYTHONPATH=$(CURDIR)/.ways-out $(BIN)/python -m pytest -q tests/share/pdf/test_pdf_by_others.py tests/export/test_spreadsheet_by_others.py

listen: $(STAMP)  ## hear pages, questionnaire and form with a screen reader, Orca, in Firefox and Chromium (Debian, root; 600 MB of packages; half an hour)
	@command -v orca >/dev/null && command -v firefox-esr >/dev/null || { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
	  orca at-spi2-core dbus dbus-x11 xvfb xdotool openbox x11-utils libglib2.0-bin python3-pyatspi firefox-esr chromium; }
	@mkdir -p .listen
	WORKBOOK_LISTEN=$(CURDIR)/.listen $(BIN)/python -m pytest -q -s --basetemp=$(CURDIR)/.listen/tmp tests/listen tests/forms/heard

truth: $(STAMP)  ## compare what every page claims over 1,000 random engagements, where `make test` does it over 12 (a quarter of an hour)
	TRUTH_EXAMPLES=1000 $(BIN)/python -m pytest -q tests/truth

kill-test: $(STAMP)  ## kill each command that writes, and kernel, server and browser while somebody answers, fifty times (needs Chromium)
	WORKBOOK_KILL_ROUNDS=50 $(BIN)/python -m pytest -q -s tests/kills tests/forms/lab/test_lab_killed.py tests/forms/saving/test_saving_killed.py

privacy: $(STAMP)  ## try to tell who said what: 5,000 pairs and histories, 2,000 attacked, twelve pages in pairs
	WORKBOOK_PRIVACY_CASES=5000 WORKBOOK_PRIVACY_ATTACKS=2000 WORKBOOK_PRIVACY_STATES=5 WORKBOOK_PRIVACY_PAGES=6 $(BIN)/python -m pytest -q --durations=5 tests/privacy

slow-test: $(STAMP)  ## what `make test` leaves out: faults on every way of running, kills in a browser, long names of Windows (three minutes)
	$(BIN)/python -m pytest -q -n $(WORKERS) --dist loadfile -m slow tests

wheel-test: $(STAMP)  ## build wheel and source, install each with all it needs into an environment of its own, and use it
	WORKBOOK_WHEEL_TEST=1 $(BIN)/python -m pytest -q --durations=0 tests/wheel

drives-test: $(STAMP)  ## use a workbook on a real NTFS drive (needs Linux, root and FUSE; installs ntfs-3g on Debian)
	@command -v lowntfs-3g >/dev/null || apt-get install -y -qq ntfs-3g
	WORKBOOK_DRIVES=1 $(BIN)/python -m pytest -q tests/other_machines/test_ntfs.py

labextension: $(STAMP)  ## build the JupyterLab extension again (needs npm)
	cd labextension && npm install --no-fund --no-audit && rm -rf ../src/workbook/labextension/soil-and-seeds && ../$(BIN)/jupyter-builder build .

lock: $(STAMP)   ## choose the newest and the lowest versions again (needs uv: pip install uv)
	uv pip compile pyproject.toml --group dev --universal --python-version 3.11 --upgrade --no-header --no-annotate \
	  --no-emit-index-url --no-emit-find-links -q -o requirements.lock
	uv pip compile pyproject.toml --group dev --universal --python-version 3.11 --upgrade --resolution lowest-direct \
	  --no-header --no-annotate --no-emit-index-url --no-emit-find-links -q -o requirements-lowest.lock

clean:           ## remove what commands made, except your pages
	rm -rf $(VENV) .venv-ways-in .ways-out .listen .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis

# `make test LOCK=requirements-lowest.lock` tests the lowest versions that are allowed.
LOCK ?= requirements.lock

$(STAMP): $(LOCK) pyproject.toml
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed. Install it (Debian: apt install python3 python3-venv), then type make again."; exit 1; }
	@echo "Installing into $(VENV) with $(PYTHON); the first time takes about a minute."
	@$(PYTHON) -m venv $(VENV) || { test "$$(id -u)" = 0 && command -v apt-get >/dev/null && apt-get update -qq && apt-get install -y -qq python3-venv \
	  && $(PYTHON) -m venv $(VENV); } || { echo "Python cannot make an environment here. On Debian or Ubuntu, type: sudo apt install python3-venv"; exit 1; }
	@$(BIN)/python -m pip install -q --disable-pip-version-check -r $(LOCK)
	@$(BIN)/python -m pip install -q --disable-pip-version-check --no-deps -e .
	@touch $@
