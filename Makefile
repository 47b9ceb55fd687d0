# Thin wrappers: each target only sets up the environment and calls `tartanrug` or pytest, which work without make.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
COMPILE = $(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate

.DEFAULT_GOAL := help
.PHONY: help demo test coverage acceptance calibrate reidentify bench bench-audit lock quarto-check lab clean

help: ## Show this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-14s %s\n", $$1, $$2}'

demo: $(VENV)/.run ## Make every report of a made-up quarter (sets everything up by itself)
	$(BIN)/tartanrug demo

test: $(VENV)/.dev ## Pass the tests (needs Python and make only)
	$(BIN)/python -m pytest -q -n auto --dist loadgroup --no-loadscope-reorder -m "not acceptance"
	$(BIN)/mypy
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports

coverage: $(VENV)/.dev ## The tests again, and which lines they run: at least 90 % (twice as long)
	$(BIN)/python -m pytest -q -n auto --dist loadgroup --no-loadscope-reorder --cov --cov-report=term -m "not acceptance"

acceptance: $(VENV)/.dev ## Pass the long tests: whole region, browser, kill, all nine regions of published figures
	$(BIN)/python -m pytest -q -n 2 --dist loadfile --durations=12 -m acceptance

calibrate: $(VENV)/.dev ## What the screen finds and how often it cries wolf, in regions made up for it (minutes)
	$(BIN)/python benchmarks/pictures.py
	$(BIN)/python benchmarks/calibrate.py
	$(BIN)/python benchmarks/calibrate.py 200 benchmarks/calibration/estimated_world.csv
	$(BIN)/python benchmarks/prompts_together.py

reidentify: $(VENV)/.dev ## What an intruder with public tables works out from anonymised packs (half an hour)
	$(BIN)/python benchmarks/reidentify.py

bench: $(VENV)/.dev ## Measure speed: ratios in one run, and absolute times with the machine named
	$(BIN)/python benchmarks/validate.py
	$(BIN)/python benchmarks/build.py
	$(BIN)/python benchmarks/queries.py
	$(BIN)/python benchmarks/positions.py
	$(BIN)/python benchmarks/screen.py

bench-audit: $(VENV)/.dev ## Build a region's anonymised packs and measure their audit: time and false alarms
	$(BIN)/python benchmarks/audit.py

quarto-check: $(VENV)/.dev ## Render through both renderers and print each difference
	$(BIN)/tartanrug doctor --compare-renderers

lab: $(VENV)/.run ## Open JupyterLab on the notebooks
	$(BIN)/jupyter lab notebooks

lock: $(VENV)/.dev ## Renew the hashed pins (asks the package index)
	printf 'hatchling\neditables\n' | $(COMPILE) pyproject.toml - -o requirements/run.lock
	printf 'hatchling\neditables\n' | $(COMPILE) --extra dev -c requirements/run.lock pyproject.toml - -o requirements/dev.lock

clean: ## Remove what can be made again (never data/raw)
	rm -rf data/processed reports/out .pytest_cache .mypy_cache .ruff_cache .coverage .coverage.*

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Python 3.11 or later is needed: apt-get install python3, or PYTHON=/path/to/python3.11 make demo"; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || \
		{ echo "Python's venv module is missing. Install it and run make again:  apt-get install python3-venv"; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/.run: requirements/run.lock pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/run.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-build-isolation --no-deps --no-index -e .
	@touch $@

$(VENV)/.dev: requirements/dev.lock $(VENV)/.run
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.lock
	@touch $@
