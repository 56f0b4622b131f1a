# make run serves the page; make test checks everything. Both make what they need first.

HOST ?= 127.0.0.1
PORT ?= 8000
WORKERS ?= 1
DEVICE ?= auto
SCENARIO ?= all
MINUTES ?= 60

SERVED := tests/api tests/browser
WARMTH := tests/api/test_warmth.py
VENV := .venv
BIN := $(VENV)/bin
PYTHON ?= $(shell for p in python3.13 python3.12 python3.11 python3; do \
	command -v $$p >/dev/null 2>&1 && $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	2>/dev/null && echo $$p && break; done)

.PHONY: run test check pytest pytest-served pytest-unserved pytest-warmth bench load soak image audit compare lock format tables screenshots torch clean help
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

run: $(VENV)/run ## Serve the page (PORT, HOST, WORKERS, DEVICE)
	$(BIN)/python -m server --host $(HOST) --port $(PORT) --workers $(WORKERS) --device $(DEVICE)

test: check pytest ## Run every check and test

check: $(VENV)/test ## Lint, format, types, directions of imports and what is never called
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/pyright --pythonpath $(BIN)/python
	$(BIN)/lint-imports --no-cache
	$(BIN)/bandit --quiet --configfile pyproject.toml --recursive server surfaces

# One store of compiled programs for all processes, empty at first and gone at the end. Two groups
# of much the same work side by side; what a second start compiles (nothing) is looked at last.
pytest: $(VENV)/test
	@store=$$(mktemp -d) && trap 'rm -rf "$$store"' EXIT && export STEEPEST_PROGRAMS="$$store" && \
		$(MAKE) --jobs 2 pytest-served pytest-unserved && $(MAKE) pytest-warmth

pytest-served: $(VENV)/test
	$(BIN)/python -m pytest $(SERVED) --ignore $(WARMTH)

pytest-unserved: $(VENV)/test
	$(BIN)/python -m pytest $(SERVED:%=--ignore %)

pytest-warmth: $(VENV)/test
	$(BIN)/python -m pytest $(WARMTH)

bench: $(VENV)/test ## Measure speed: prints a table, writes benchmarks/results/
	$(BIN)/python -m benchmarks

load: $(VENV)/test ## What is promised under load, each with its figure (SCENARIO=class: one)
	$(BIN)/python -m benchmarks.load $(SCENARIO)

soak: $(VENV)/test ## An hour of mixed traffic: memory flat, process alive (MINUTES)
	$(BIN)/python -m benchmarks.soak --minutes $(MINUTES)

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

format: $(VENV)/test ## Format the code
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

tables: $(VENV)/test ## Write the README's generated tables anew
	$(BIN)/python -m docs.tables

screenshots: $(VENV)/test ## Take the README's pictures anew
	$(BIN)/python -m docs.screenshots

lock: $(VENV)/made ## Pin all dependencies anew, with hashes and without index hosts
	$(BIN)/python -m pip install --quiet uv
	for extra in run test cuda; do \
		$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
			--no-emit-index-url --no-header $$(test $$extra = run || echo --extra $$extra) \
			pyproject.toml -o requirements/$$extra.txt || exit 1; done
	for group in page audit; do \
		$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
			--no-emit-index-url --no-header --group $$group -o requirements/$$group.txt || exit 1; done

clean: ## Remove the environment and everything generated
	rm -rf $(VENV) .venv-audit build .pytest_cache .ruff_cache benchmarks/results
