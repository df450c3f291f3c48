# Pilotage. `make` alone prints what there is; `make demo` is the place to begin.
SHELL := /bin/sh
PYTHON := .venv/bin/python
# Two at a time: more only helps where there are more cores, e.g. `make test WORKERS=8`.
WORKERS ?= 2
# Passed on to pytest, e.g. `make test ARGS="tests/customers -x"`.
ARGS ?=

.DEFAULT_GOAL := help
.PHONY: help demo test check bench shots lock clean setup-app setup-dev

help: ## Print this list
	@echo "make TARGET, where TARGET is one of"
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/\1|\2/p' Makefile | while IFS='|' read -r target text; do \
	  printf '  %-7s %s\n' "$$target" "$$text"; done

demo: setup-app ## Try it: everything on this machine with sample data (PORT=8000, RESET=1 begins anew)
	@exec $(PYTHON) -m pilotage demo $(if $(PORT),--port "$(PORT)") $(if $(filter-out 0,$(RESET)),--reset)

test: setup-dev ## Run the whole test suite (ARGS="tests/customers -x", WORKERS=2)
	@tools/find-browser.sh >/dev/null
	@exec $(PYTHON) -m pytest -n $(WORKERS) --dist loadfile $(ARGS)

check: setup-dev ## Check format, lints, types, layers and migrations, then run the tests
	$(PYTHON) -m ruff format --check .
	$(PYTHON) -m ruff check .
	$(PYTHON) -m mypy
	.venv/bin/lint-imports
	DJANGO_SETTINGS_MODULE=pilotage.config.settings $(PYTHON) -m django makemigrations --check --dry-run
	$(MAKE) --no-print-directory test

bench: setup-dev ## Measure speed and memory against others (ARGS="users whole --rounds 3", --quick)
	@tools/setup-bench.sh
	@exec $(PYTHON) -m bench $(ARGS)

shots: setup-dev ## Take the screenshots of the README from the demo
	@tools/find-browser.sh >/dev/null
	@exec $(PYTHON) tools/shots.py $(ARGS)

lock: ## Work out the newest versions of all dependencies, with their hashes
	@exec tools/lock.sh

clean: ## Remove what set-up and tools made; the demo's data (var/) stay
	rm -rf .venv .venv-bench .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find src tests tools -name __pycache__ -type d -prune -exec rm -rf {} +

setup-app:
	@tools/setup.sh app

setup-dev:
	@tools/setup.sh dev
