# Needs nothing but make and Python 3.11 or newer; everything else is put into .venv.
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help demo test check bench soak generated clean lint types contracts processes

VENV := .venv
BIN := $(VENV)/bin
INSTALLED := $(VENV)/.installed
INSTALLED_DEV := $(VENV)/.installed-dev
PIP := $(BIN)/python -m pip --disable-pip-version-check -q
NEW_ENOUGH := import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 11))

# Run each candidate instead of looking for its name: a pyenv shim exists for versions it cannot run.
PYTHON ?= $(shell for p in python3.13 python3.12 python3.11 python3 python3.14 python; do \
	"$$p" -c "$(NEW_ENOUGH)" >/dev/null 2>&1 && { echo "$$p"; break; }; done)

help:  ## this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-9s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: $(INSTALLED)  ## run real orders through the example process, from nothing
	@$(BIN)/python examples/northwind/demo.py

test: $(INSTALLED)  ## run the tests, as many at a time as there are cores
	@$(BIN)/python -m pytest -n auto --dist worksteal

check: lint types contracts processes test  ## everything that must be green: lint, types, contracts, processes, tests

bench: $(INSTALLED)  ## measure the speed
	@test -e benchmarks/__main__.py || { echo "There is no benchmarks/__main__.py in this checkout." >&2; exit 1; }
	@$(BIN)/python -m benchmarks

soak: $(INSTALLED)  ## run the tests that take minutes
	@$(BIN)/python -m pytest -m soak --hypothesis-profile=soak

generated: $(INSTALLED)  ## write the schemas, the language reference, the pages of the findings and of the rules
	@$(BIN)/python tools/generate.py

clean:  ## remove .venv and everything that was generated
	rm -rf $(VENV) build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

lint: $(INSTALLED_DEV)
	@$(BIN)/ruff check
	@$(BIN)/ruff format --check

types: $(INSTALLED_DEV)
	@$(BIN)/mypy

contracts: $(INSTALLED_DEV)
	@$(BIN)/lint-imports

processes: $(INSTALLED)
	@$(BIN)/flowengine validate processes/

# compileall: where PYTHONDONTWRITEBYTECODE is set, every process would compile its imports again,
# which makes the command line two to three times slower.
$(INSTALLED): pyproject.toml
	@test -n "$(PYTHON)" && "$(PYTHON)" -c "$(NEW_ENOUGH)" || { echo "flowengine needs Python 3.11 or newer \
	with its venv module (Debian, Ubuntu: apt install python3-venv). Install one, or name it: \
	make PYTHON=/path/to/python3.12 $(MAKECMDGOALS)" >&2; exit 1; }
	@echo "Setting up $(VENV) with $(PYTHON); the first time takes about a minute."
	@$(BIN)/python -c "$(NEW_ENOUGH)" 2>/dev/null || "$(PYTHON)" -m venv --clear $(VENV)
	@$(PIP) install -e ".[all,test]"
	@$(BIN)/python -m compileall -qq $(VENV)/lib || true
	@touch $@

$(INSTALLED_DEV): $(INSTALLED)
	@echo "Adding the tools for development to $(VENV)."
	@$(PIP) install -e ".[dev]"
	@$(BIN)/python -m compileall -qq $(VENV)/lib || true
	@touch $@
