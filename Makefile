# Every command that a person or CI runs. `make help` lists them.

PYTHON ?= $(shell command -v python3.11 || command -v python3)
BIN := .venv/bin
KINNECT := $(BIN)/kinnect

# On a machine without an identity provider, people of the demo market may be chosen at sign-in.
export KINNECT_ENV ?= $(if $(KINNECT_OIDC_ISSUER),production,development)
export REFLEX_CHECK_LATEST_VERSION := false
export REFLEX_USE_SYSTEM_BUN := true
export REFLEX_DIR := $(CURDIR)/.reflex
export PATH := $(CURDIR)/$(BIN):$(PATH)
# Compiled modules are kept, whatever the machine says: each process starts in half the time.
export PYTHONDONTWRITEBYTECODE :=
# Where npm is there, its registry is used; else Reflex asks which of two is nearer.
export NPM_CONFIG_REGISTRY ?= $(shell npm config get registry 2>/dev/null)

.DEFAULT_GOAL := help
.PHONY: help run dev test lint types imports unit laws front-end e2e bench docs screenshots lock clean browser

help: ## Say what each command does
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## / {printf "  make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: .venv/kinnect ## Serve a running market at http://localhost:8000 (KINNECT_PORT, KINNECT_DATA_DIR, KINNECT_DATABASE_URL)
	@$(KINNECT) migrate
	@[ "$$KINNECT_ENV" != development ] || $(KINNECT) demo --if-empty
	@exec $(KINNECT) serve

dev: .venv/kinnect ## Serve with hot reload: pages at http://localhost:3000
	@$(KINNECT) migrate
	@$(KINNECT) demo --if-empty
	@KINNECT_DEVELOPING=1 exec $(BIN)/reflex run --env dev --frontend-port 3000 --backend-port 8000

test: .venv/test browser ## Everything that CI asks, with all of its own set-up
	@$(MAKE) --no-print-directory -j2 --output-sync=target front-end lint types imports
	@$(MAKE) --no-print-directory unit
	@$(MAKE) --no-print-directory e2e

lint: .venv/test ## Format, lint, spelling
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/codespell README.md CONTRIBUTING.md SECURITY.md docs changes kinnect_app components state settlement_engine tests

types: .venv/test ## Types, strict below the screens
	$(BIN)/mypy

imports: .venv/test ## The directions that imports may go
	$(BIN)/lint-imports

unit: .venv/test ## Unit, golden, property, architecture and database tests (SQLite and PostgreSQL)
	$(BIN)/pytest tests/unit tests/golden tests/property tests/architecture tests/permissions tests/database \
	  -n 3 --dist worksteal -q --disable-socket --allow-unix-socket --cov --cov-report=
	$(BIN)/coverage report --include='settlement_engine/*,state/domain/*' --fail-under=99 --skip-covered
	$(BIN)/coverage report --include='state/services/*' --fail-under=95 --skip-covered

laws: .venv/test ## The property tests, each law on twenty times the examples
	LAWS_TIMES=20 $(BIN)/pytest tests/property -n 2 --dist worksteal -q --disable-socket --allow-unix-socket

e2e: .venv/test browser front-end ## The app in Chromium, against the built front end
	$(BIN)/pytest tests/e2e -n 3 --dist loadfile -q -p no:cacheprovider

front-end: .venv/test ## Build the pages, unless they are up to date
	@$(BIN)/python -c "from kinnect_app.commands import front_end; front_end.is_built() or front_end.build()"

bench: .venv/test ## Measurements, each against a named baseline in the same run
	@for bench in tests/bench/bench_*.py; do echo; echo "== $$bench"; PYTHONPATH=. $(BIN)/python $$bench || exit 1; done

docs: .venv/test ## Write the generated pages (rulebook, glossary) and show the changelog to come
	$(BIN)/python -c "from pathlib import Path; from settlement_engine.rulebook_page import write_pages; write_pages(Path('docs'))"
	$(BIN)/towncrier build --draft --version next

screenshots: .venv/test browser ## Take the pictures of the README and of every page
	PYTHONPATH=. $(BIN)/python tests/e2e/screenshots.py

lock: .venv/test ## Lock the dependencies again, with hashes and no index
	$(BIN)/python -m pip install -q uv
	$(BIN)/uv pip compile -q pyproject.toml --extra build --universal --python-version 3.11 --generate-hashes \
	  --no-emit-index-url --no-emit-find-links --no-header -o requirements.lock
	$(BIN)/uv pip compile -q pyproject.toml --extra build --extra test --universal --python-version 3.11 \
	  --generate-hashes --no-emit-index-url --no-emit-find-links --no-header -c requirements.lock -o requirements-test.lock

clean: ## Remove what the commands made; the data in .data stays
	rm -rf .venv .web .reflex .mypy_cache .ruff_cache .pytest_cache .import_linter_cache

# The environment: what is locked, by hash, and nothing else. A module is compiled when first used:
# to compile all of them took as long as to install them.
.venv/python:
	@[ -n "$(PYTHON)" ] || { echo "Python 3.11 is needed: apt install python3"; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed; $(PYTHON) is older."; exit 1; }
	@$(PYTHON) -c 'import ensurepip' 2>/dev/null \
	  || { [ "$$(id -u)" = 0 ] && apt-get install -y -q python3-venv >/dev/null; } \
	  || { echo "Python's venv is needed: apt install python3-venv"; exit 1; }
	@$(PYTHON) -m venv .venv
	@touch $@

.venv/kinnect: requirements.lock pyproject.toml | .venv/python
	@echo "Setting up the environment …"
	@$(BIN)/python -m pip install -q --no-compile --disable-pip-version-check --require-hashes --no-deps -r requirements.lock
	@$(BIN)/python -m pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

.venv/test: requirements-test.lock .venv/kinnect
	@echo "Setting up the test environment …"
	@$(BIN)/python -m pip install -q --no-compile --disable-pip-version-check --require-hashes --no-deps -r requirements-test.lock
	@touch $@

# Debian's Chromium, and the one library that Playwright's driver needs and a bare Debian lacks.
browser: .venv/test
	@{ command -v chromium && $(BIN)/python -m playwright --version; } >/dev/null 2>&1 \
	  || { [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null && echo "Installing Chromium …" \
	    && { apt-get install -y -q chromium libatomic1 >/dev/null 2>&1 \
	      || { apt-get update -q && apt-get install -y -q chromium libatomic1; } >/dev/null 2>&1; }; } \
	  || echo "Chromium is not here and could not be installed: browser tests cannot run."
