# The two commands that a newcomer needs: `make demo` and `make test`. Both set themselves up.
SHELL := /bin/bash
PYTHON ?= $(firstword $(foreach name,python3.13 python3.12 python3.11 python3,$(if $(shell $(name) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo ok),$(name))))
BIN := .venv/bin
# One installed Label Studio serves the demo and the tests.
export TOLLWIRE_STUDIO_VENV := $(CURDIR)/.studio/venv

.PHONY: help setup demo test lint bench bench-normalise bench-figures bench-labelling bench-release bench-scale baseline folds clean

help:
	@echo "make demo          the whole path: pages, Label Studio, annotations, release, load_dataset"
	@echo "make demo KEEP=1   the same, and Label Studio stays up for you to label in"
	@echo "make test          every test, with the real server and a real browser"
	@echo "make folds         train the classifiers without each fold of outlets, for bench-normalise"
	@echo "make lint          ruff and mypy"
	@echo "make bench         speed and quality, each with its peer in the same run"
	@echo "make bench-normalise   of these, how pages are normalised; ARGS=--quick for every fifth page"
	@echo "make bench-figures     of these, how figures and actors are read; ARGS='--errors 5' for texts that were missed"
	@echo "make bench-labelling   push, pull and agreement of 10,000 articles beside the bare server (half an hour)"
	@echo "make bench-release     a release of 100,000 articles beside a bare read of its files (two minutes)"
	@echo "make bench-scale       normalising from 1,000 to 100,000 pages, processes, Ray; ARGS='--sizes 1000000' for a million"
	@echo "make baseline      train a small model on a release and score it beside the rules; ARGS=release/0.2.0 for one that is there"
	@echo "make clean         remove what was built (not the corpus, not the annotations)"

setup: .venv/ready .venv/compiled

.venv/ready: pyproject.toml constraints.txt
	@test -n "$(PYTHON)" || { echo "Tollwire needs Python 3.11 or later; name it: make PYTHON=/path/to/python3"; exit 2; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { echo "$(PYTHON) cannot make environments: install its venv package, e.g. apt-get install python3-venv"; exit 2; }
	@echo "setting up .venv with $$($(PYTHON) --version) (once)"
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[dev]'
	@touch $@

# Where there is a C compiler, what reads figures is compiled, again whenever it has changed.
.venv/compiled: .venv/ready scripts/compile.py $(wildcard src/tollwire/figures/*.py)
	@$(BIN)/python scripts/compile.py
	@touch $@

demo: setup
	@$(BIN)/python scripts/demo.py $(if $(KEEP),--keep)

test: setup
	@$(BIN)/python scripts/test_parts.py
	$(BIN)/python -m pytest $(ARGS)

lint: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

# The peers are many and large: only who measures has them.
.venv/bench-ready: .venv/ready
	@echo "bringing the peers (once)"
	@# pip before 25 stumbles over one extra of lxml that two peers spell in two ways.
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --upgrade 'pip>=25'
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[dev,bench]'
	@touch $@

bench: .venv/bench-ready
	@$(BIN)/python scripts/bench.py
	@$(BIN)/python scripts/bench_normalise.py $(ARGS)
	@$(BIN)/python scripts/bench_figures.py
	@$(BIN)/python scripts/bench_scale.py

bench-normalise: .venv/bench-ready
	@$(BIN)/python scripts/bench_normalise.py $(ARGS)

bench-figures: .venv/bench-ready
	@$(BIN)/python scripts/bench_figures.py $(ARGS)

bench-labelling: setup
	@$(BIN)/python scripts/bench_labelling.py $(ARGS)

bench-release: setup
	@$(BIN)/python scripts/bench_release.py $(ARGS)

bench-scale: setup
	@$(BIN)/python scripts/bench_scale.py $(ARGS)

baseline: setup
	@$(BIN)/python scripts/baseline.py $(ARGS)

# The classifiers as they are without a fifth of the outlets, so that each page is judged by one that never saw its outlet.
folds: .venv/bench-ready
	@for script in scripts/train_*.py; do $(BIN)/python $$script --folds build/folds || exit; done

clean:
	rm -f src/*.so src/tollwire/figures/*.so
	rm -rf .venv/compiled build release dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
