# Run the demo, the tests and the checks. What they need is installed when it is missing.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
MAKEFLAGS += --no-print-directory
.DEFAULT_GOAL := help

# The same checkout is used in several QGIS releases, each with its own Python (QGIS_RELEASE names a chroot's).
QGIS_ENV := .venv$(if $(QGIS_RELEASE),-$(QGIS_RELEASE))
# Without the system's packages, hence without QGIS and GDAL: what runs here needs neither.
PLAIN_ENV := .venv-plain$(if $(QGIS_RELEASE),-$(QGIS_RELEASE))
# Makes the checkout importable under its installed name, whatever its folder is called.
PACKAGE := build/package

export PYTHONDONTWRITEBYTECODE := 1

.PHONY: help demo server bench test test-plain lint clean qgis-env plain-env package-link

help: ## show this list
	@sed -nE 's/^([a-z-]+):.*## (.*)/\1\t\2/p' Makefile | \
		while IFS=$$'\t' read -r target text; do printf 'make %-12s%s\n' "$$target" "$$text"; done

demo: qgis-env ## make layers from the embedded image server, draw and save them in build/demo
	@home=$$(mktemp -d); trap 'rm -rf "$$home"' EXIT; \
	HOME=$$home XDG_RUNTIME_DIR=$$home QT_QPA_PLATFORM=offscreen $(QGIS_ENV)/bin/python -m tests.demo

server: qgis-env ## run the embedded image server that the project in build/demo refers to
	@$(QGIS_ENV)/bin/python -m tests.imageserver --port 18399

bench: qgis-env package-link ## measure what layers cost, and write docs/benchmarks.md
	@home=$$(mktemp -d); trap 'rm -rf "$$home"' EXIT; \
	HOME=$$home XDG_RUNTIME_DIR=$$home QT_QPA_PLATFORM=offscreen PYTHONPATH=$(PACKAGE) \
		$(QGIS_ENV)/bin/python -m image_server_layer.tests.benchmarks

test: qgis-env ## run the tests, without a screen and on loopback only (ARGS="-k name" for some of them)
	@$(QGIS_ENV)/bin/python -m pytest $(ARGS)

test-plain: plain-env ## run the tests of the plain Python modules, where there is no QGIS
	@$(PLAIN_ENV)/bin/python -m pytest $(ARGS)

lint: plain-env package-link ## check style, types, the direction of imports and the Qt 6 names
	@tests/tools/system_packages.sh qgis  # PyQt6 from PyPI needs the system libraries that come with it
	@tests/lint/run $(PLAIN_ENV) $(PACKAGE)

clean: ## remove what was built, the environments and the caches
	@rm -rf build .venv* .qgis-settings .*_cache
	@find . -name __pycache__ -not -path './.git/*' -prune -exec rm -rf {} +

qgis-env:
	@tests/tools/system_packages.sh qgis osgeo ensurepip
	@tests/tools/environment.sh $(QGIS_ENV) tests/requirements.txt --system-site-packages

plain-env:
	@tests/tools/system_packages.sh ensurepip
	@tests/tools/environment.sh $(PLAIN_ENV) tests/lint/requirements.txt

package-link:
	@mkdir -p $(PACKAGE) && ln -sfn ../.. $(PACKAGE)/image_server_layer
