# What to type. Every target sets up what it needs of a fresh clone first; a second run installs nothing.
#   make run                 the product with demo data on http://127.0.0.1:8000
#   make test                all checks and tests          make check   static checks alone
#   make bench               all benchmarks                make screens every page as a picture in var/screens/
#   make nightly             the long runs                 make soak MINUTES=10 SEED=1   faults, again and again
# Another Python:            make run PYTHON=python3.13
# Without system packages:   make test SYSTEM_PACKAGES=no

PYTHON ?= python3
MINUTES ?= 10
SEED ?= 1
WORKERS ?= 2
SETUP = @$(PYTHON) -m tools.setup
BIN = .venv/bin
PYTEST = $(BIN)/pytest -q -n $(WORKERS) --dist loadfile
export SYSTEM_PACKAGES

.PHONY: setup run test check bench screens nightly soak coverage clean

setup:
	$(SETUP) run

run: setup
	@$(BIN)/inkseal serve --demo

check:
	$(SETUP) check
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m tools.sizes
	$(BIN)/python -m tools.messages --check

test: check
	$(SETUP) test
	$(PYTEST) -m "not slow" --ignore tests/browser
	$(BIN)/pytest -q -n 0 tests/browser
	@if $(BIN)/python -m tools.mariadb; then \
	  set -x; $(PYTEST) -m "not slow" --database mariadb tests/integration tests/faults; fi

bench:
	$(SETUP) bench
	$(BIN)/python -m benchmarks

screens:
	$(SETUP) test
	$(BIN)/python -m tools.screens

nightly: test
	$(PYTEST) -m slow
	$(SETUP) bench
	$(BIN)/python -m benchmarks

soak:
	$(SETUP) test
	$(BIN)/python -m tools.soak --minutes $(MINUTES) --seed $(SEED)

coverage:
	$(SETUP) test
	$(PYTEST) -m "not slow" --cov --cov-report=term

clean:
	rm -rf .venv node_modules
