# Two commands set everything up on a machine with Python 3.11+, make and a package registry:
#   make demo    reads the example articles and prints their claims
#   make test    lint, types, import contracts, language checks and all tests
PYTHON ?= python3
BIN := .venv/bin

.PHONY: demo test lint train evaluate bench bench-folding clean

demo: .venv/installed
	@echo "Reading the example articles in examples/ (claims with their evidence):"
	@$(BIN)/materiel read examples --format text

test: .venv/tested lint
	$(BIN)/materiel languages check
	$(BIN)/pytest -q

lint: .venv/tested
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

train: .venv/tested
	$(BIN)/materiel train corpus/train corpus/stories examples

evaluate: .venv/installed
	$(BIN)/materiel evaluate corpus/dev

bench: .venv/benched
	$(BIN)/python bench/reading.py
	$(BIN)/python bench/folding.py

bench-folding: .venv/benched
	$(BIN)/python bench/folding.py

.venv/installed: pyproject.toml
	@echo "Setting up .venv (once)"
	@test -d .venv || $(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install --quiet --upgrade "pip>=25.1"
	@$(BIN)/python -m pip install --quiet --editable .
	@touch $@

.venv/tested: .venv/installed
	@echo "Installing the tools that tests need (once)"
	@$(BIN)/python -m pip install --quiet --editable ".[train]" --group dev
	@touch $@

.venv/benched: .venv/tested
	@$(BIN)/python -m pip install --quiet --editable ".[bench]"
	@touch $@

clean:
	rm -rf .venv build dist
