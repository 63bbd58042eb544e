# NOVEX Puzzel. `make demo` and `make test` need nothing but this checkout: each sets up what it needs first.
.DEFAULT_GOAL := help
PYTHON := .venv/bin/python
PYTEST := QT_QPA_PLATFORM=offscreen $(PYTHON) -m pytest

.PHONY: help setup demo test lint types unit package bench gui clean

help:                ## Say what can be made
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-9s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup:               ## Install QGIS, the Python environment and the loopback servers, where absent
	@scripts/setup

demo: setup          ## The main job on a practice province, ending with a report to open
	@$(PYTHON) -m scripts.practice.demo

test: setup lint types  ## Lint, types and all tests
	$(PYTEST) -n 2 --dist loadscope --no-loadscope-reorder tests

unit:                ## Only the tests that need neither QGIS nor servers
	$(PYTEST) -n 2 tests/unit

lint: setup          ## Format, lint, QGIS rules and security checks
	@$(PYTHON) -m ruff format --check .
	@$(PYTHON) -m ruff check .
	@$(PYTHON) -m flake8 --select QGS1,QGS201 --extend-ignore QGS105 novex_plugin  # QGS202 guesses by method name and is wrong too often; iface is handed in (QGS105), as tests hand in another
	@$(PYTHON) -m bandit -q -c pyproject.toml -r novex_plugin
	@scripts/secrets

types: setup         ## Static types
	@$(PYTHON) -m mypy

package: setup       ## The plugin as a zip for QGIS's plugin manager, in dist/
	@$(PYTHON) -m scripts.package

bench:               ## The benchmarks, against their peers
	@scripts/setup bench
	@$(PYTHON) -m benchmarks.pull
	@$(PYTHON) -m benchmarks.memory
	@$(PYTHON) -m benchmarks.check
	@$(PYTHON) -m benchmarks.live
	@$(PYTHON) -m benchmarks.merge
	@QT_QPA_PLATFORM=offscreen $(PYTHON) -m benchmarks.findings_dock
	@$(PYTHON) -m benchmarks.live_desktop
	@$(PYTHON) -m benchmarks.start

gui: setup           ## The real desktop under Xvfb: the plugin loads, screenshots in build/gui
	$(PYTEST) tests/gui

clean:               ## Remove what was built, keep the environments
	rm -rf build dist
