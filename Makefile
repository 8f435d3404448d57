# Two commands on a fresh machine: `make demo` and `make test`. `make help` lists the others.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

BIN := .venv/bin
CODE := src tests tools $(wildcard lint bench)
# Each worker of the suite has servers of its own; more than four gain nothing and want memory.
WORKERS ?= $(shell cores=$$(nproc 2>/dev/null || echo 2); echo $$(( cores > 4 ? 4 : cores )))
# A clone keeps its data to itself, so that several work side by side; QORGAN_HOME chooses another place.
export QORGAN_HOME ?= $(CURDIR)/.qorgan/demo

# Where it is set, each of some thousand processes would compile Django anew: two seconds each, and an hour of tests.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help demo test check bench soak fmt lock install install-dev system-packages stop clean

help: ## show this list
	@sed -n 's/^\([a-z-]*\):[^#]*## \(.*\)/\1\t\2/p' $(MAKEFILE_LIST) | while IFS=$$'\t' read -r name words; \
	  do printf '  make %-10s %s\n' "$$name" "$$words"; done

demo: install ## install, start PostgreSQL, load the demo, run the main job, serve the pages
	@$(BIN)/qorgan demo

test: install-dev system-packages ## install what the tests need and run them all, on all cores
	@QORGAN_HOME="$(CURDIR)/.qorgan/test" $(BIN)/python -m pytest -p tests.conftest_summary -n $(WORKERS) --dist loadfile --no-loadscope-reorder $(ARGS)

install: ## install the light core: gives .venv/bin/qorgan
	@tools/install.sh core

install-dev:
	@tools/install.sh dev

system-packages:
	@tools/system_packages.sh

# One line is one check; each stops the rest. Add a check here and nowhere else.
check: install-dev ## style, types, import contracts, migrations, texts, our own rules
	$(BIN)/ruff check $(CODE)
	$(BIN)/ruff format --check $(CODE)
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m lint
	$(BIN)/python -m tools.check_migrations
	$(BIN)/python -m tools.translations check
	$(BIN)/python -m tools.reference_pages check

bench: install-dev ## measure, with spread and machine
	@$(BIN)/python -m bench $(ARGS)

soak: install-dev ## long run with faults
	@$(BIN)/python -m bench.soak $(ARGS)

fmt: install-dev ## format and mend what can be mended by machine
	@$(BIN)/ruff format $(CODE)
	@$(BIN)/ruff check --fix $(CODE)

lock: ## resolve the dependencies anew into locks/
	@tools/lock.sh

stop: ## stop the built-in PostgreSQL of this clone
	@$(BIN)/python -c 'from qorgan.base.postgres import stop; print("stopped" if stop() else "was not running")'

clean: ## remove what was installed and cached; data stay
	@rm -rf .venv .cache .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis build dist
