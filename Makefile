# Two commands set everything up on a machine with Python 3.11+, make and a package registry:
#   make demo    reads the example articles, prints their claims and keeps a ledger of them
#   make test    lint, types, import contracts, language checks and all tests
PYTHON ?= python3
BIN := .venv/bin

.PHONY: demo test lint train train-quick evaluate bench bench-folding clean

DEMO := .venv/demo.db

demo: export MATERIEL_LEDGER := $(DEMO)
demo: .venv/installed
	@rm -f $(DEMO)*
	@echo "1. Reading the articles of examples/: claims, with the words that they rest on"; echo
	@$(BIN)/materiel read examples --format text
	@echo "2. Keeping them in a ledger: reports of one thing become one event"; echo
	@$(BIN)/materiel add examples --format text
	@echo; echo "3. What went to North Korea, or is to go there: materiel events --kind transfer --recipient KP"; echo
	@$(BIN)/materiel events --kind transfer --recipient KP --format text
	@echo; echo "4. Who gave the drones? One event, and who says what of it: materiel show EVENT"; echo
	@$(BIN)/materiel show $$($(BIN)/materiel events --class uav --recipient KP --sort roots --limit 1 \
		--format csv | sed -n '2s/,.*//p') --format text
	@echo; echo "The ledger is $(DEMO). Now with news of your own: $(BIN)/materiel add FILE ..."

test: .venv/tested lint
	$(BIN)/materiel languages check
	$(BIN)/pytest -q

lint: .venv/tested
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

train: .venv/tested
	$(BIN)/materiel train corpus/train corpus/stories examples --written corpus/written \
		--report docs/learning.md --measure corpus/dev

train-quick: .venv/tested
	$(BIN)/materiel train corpus/train examples --written corpus/written --only quick

evaluate: .venv/installed
	$(BIN)/materiel evaluate corpus/dev

bench: .venv/benched
	$(BIN)/python bench/reading.py
	$(BIN)/python bench/trained.py
	$(BIN)/python bench/folding.py
	$(BIN)/python bench/ledger.py 10000 100000

bench-folding: .venv/benched
	$(BIN)/python bench/folding.py

.venv/installed: pyproject.toml
	@echo "Setting up .venv (once)"
	@test -d .venv || $(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install --quiet --upgrade "pip>=25.1"
	@$(BIN)/python -m pip install --quiet --editable ".[trained]"
	@touch $@

.venv/tested: .venv/installed
	@echo "Installing the tools that tests need (once)"
	@$(BIN)/python -m pip install --quiet --editable ".[trained,train,llm,postgres,ftm,parquet]" --group dev
	@touch $@

.venv/benched: .venv/tested
	@$(BIN)/python -m pip install --quiet --editable ".[bench]"
	@touch $@

clean:
	rm -rf .venv build dist
