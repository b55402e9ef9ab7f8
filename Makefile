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
ZIP := build/image_server_layer.zip
# Where the layers in the project of `make demo` look for their services.
PORT := 18399
# Tests wait for servers half of the time: three processes hardly slow each other down on two cores.
# When one of them dies, the others stop: with another in its place, xdist waits for ever for the rest of its file.
PARALLEL = $(if $(filter -n0,$(ARGS)),,--numprocesses 3 --dist loadfile --max-worker-restart 0)

# A thousand inputs may take longer than any test of the suite; see the timeout of test_fuzz.py.
THOROUGH := -o faulthandler_timeout=1000

export PYTHONDONTWRITEBYTECODE := 1

TRANSLATED := $(patsubst %.ts,%.qm,$(wildcard resources/translations/*.ts))
TRANSLATIONS = PYTHONPATH=$(PACKAGE) /usr/bin/python3 -m image_server_layer.tests.tools.translations

.PHONY: help demo server run install uninstall bench bench-export bench-making bench-questions bench-tiles test test-plain trust fuzz desktop soak package lint translations \
	untranslated clean display qgis-env test-env desktop-env plain-env package-link

help: ## show this list
	@sed -nE 's/^([a-z-]+):.*## (.*)/\1\t\2/p' Makefile | \
		while IFS=$$'\t' read -r target text; do printf 'make %-12s%s\n' "$$target" "$$text"; done

demo: qgis-env ## make layers from the embedded image server, draw and save them in build/demo
	@home=$$(mktemp -d); trap 'rm -rf "$$home"' EXIT; \
	HOME=$$home XDG_RUNTIME_DIR=$$home QT_QPA_PLATFORM=offscreen $(QGIS_ENV)/bin/python -m tests.demo

server: qgis-env ## run the embedded image server that the project in build/demo refers to
	@$(QGIS_ENV)/bin/python -m tests.imageserver --port $(PORT)

run: display desktop-env $(TRANSLATED) ## open QGIS with the plugin, the embedded image server and the project in build/demo
	@$(QGIS_ENV)/bin/python -m tests.desktop.run $(PORT) build/demo/demo.qgz

install: $(TRANSLATED) ## link this checkout into your QGIS profile
	@tests/tools/install.sh link

uninstall: $(TRANSLATED) ## remove that link
	@tests/tools/install.sh unlink

bench: desktop-env package-link ## measure what layers cost and how the form feels, and write docs/benchmarks.md and docs/form_speed.md
	@home=$$(mktemp -d); trap 'rm -rf "$$home"' EXIT; \
	HOME=$$home XDG_RUNTIME_DIR=$$home QT_QPA_PLATFORM=offscreen PYTHONPATH=$(PACKAGE) \
		$(QGIS_ENV)/bin/python -m image_server_layer.tests.benchmarks
	@$(QGIS_ENV)/bin/python -m tests.desktop dialog_speed
	@cp build/desktop$(if $(QGIS_RELEASE),-$(QGIS_RELEASE))/dialog_speed.md docs/form_speed.md

bench-export: test-env package-link ## measure exports against gdal_translate, Save As and a loop, and write docs/export_benchmarks.md
	@home=$$(mktemp -d); trap 'rm -rf "$$home"' EXIT; \
	HOME=$$home XDG_RUNTIME_DIR=$$home QT_QPA_PLATFORM=offscreen PYTHONPATH=$(PACKAGE) \
		$(QGIS_ENV)/bin/python -m image_server_layer.tests.benchmarks.exports

bench-making: test-env package-link ## measure how long the server makes whoever wants a layer wait, and write docs/making_benchmarks.md
	@home=$$(mktemp -d); trap 'rm -rf "$$home"' EXIT; \
	HOME=$$home XDG_RUNTIME_DIR=$$home QT_QPA_PLATFORM=offscreen PYTHONPATH=$(PACKAGE) \
		$(QGIS_ENV)/bin/python -m image_server_layer.tests.benchmarks.making

bench-questions: test-env package-link ## measure points and polygons asked of the server against downloaded pixels, and write docs/questions_benchmarks.md
	@home=$$(mktemp -d); trap 'rm -rf "$$home"' EXIT; \
	HOME=$$home XDG_RUNTIME_DIR=$$home QT_QPA_PLATFORM=offscreen PYTHONPATH=$(PACKAGE) \
		$(QGIS_ENV)/bin/python -m image_server_layer.tests.benchmarks.questions

bench-tiles: test-env package-link ## measure views from ready-made tiles against images, and write docs/tile_benchmarks.md
	@home=$$(mktemp -d); trap 'rm -rf "$$home"' EXIT; \
	HOME=$$home XDG_RUNTIME_DIR=$$home QT_QPA_PLATFORM=offscreen PYTHONPATH=$(PACKAGE) \
		$(QGIS_ENV)/bin/python -m image_server_layer.tests.benchmarks.tiles

test: test-env $(TRANSLATED) ## run the tests, without a screen and on loopback only (ARGS="-k name" for some, ARGS="-n0 …" in one process)
	@$(QGIS_ENV)/bin/python -m pytest $(PARALLEL) $(ARGS)

test-plain: plain-env ## run the tests of the plain Python modules, where there is no QGIS
	@$(PLAIN_ENV)/bin/python -m pytest $(ARGS)

trust: test-env package-link ## attack the plugin: broken servers, hostile texts, leaks, untimely ends; writes docs/trust.md
	@TRUST=thorough $(QGIS_ENV)/bin/python -m pytest tests/trust $(THOROUGH) $(subst loadfile,loadgroup,$(PARALLEL)) $(ARGS)
	@PYTHONPATH=$(PACKAGE) $(QGIS_ENV)/bin/python -m image_server_layer.tests.trust

fuzz: test-env ## feed every reader with thousands of hostile inputs (ARGS="-k address" for one of them)
	@TRUST=thorough $(QGIS_ENV)/bin/python -m pytest tests/trust/test_fuzz.py $(THOROUGH) $(ARGS)

desktop: desktop-env $(TRANSLATED) ## play the scenarios of tests/desktop in the real QGIS, on a virtual screen (ARGS=layers for one)
	@$(QGIS_ENV)/bin/python -m tests.desktop $(ARGS)

soak: desktop-env $(TRANSLATED) ## let the real QGIS last 15 minutes on a bad server, and write docs/soak.md (SECONDS=60 for less; SEED=n)
	@$(QGIS_ENV)/bin/python -m tests.soak $(if $(SECONDS),--seconds $(SECONDS)) $(if $(SEED),--seed $(SEED)) $(ARGS)

package: desktop-env plain-env $(TRANSLATED) ## make the zip for the plugin repository from the last commit, check it, and try it in the real QGIS
	@tests/tools/system_packages.sh bin/git
	@$(QGIS_ENV)/bin/python -m tests.tools.package $(ZIP) $(PLAIN_ENV)/bin
	@$(QGIS_ENV)/bin/python -m tests.desktop --zip $(ZIP)

lint: plain-env package-link ## check style, types, the direction of imports and the Qt 6 names
	@tests/tools/system_packages.sh qgis  # PyQt6 from PyPI needs the system libraries that come with it
	@tests/lint/run $(PLAIN_ENV) $(PACKAGE)

translations: package-link ## bring resources/translations up to date with the texts in the code, and compile them
	@tests/tools/system_packages.sh bin/lrelease
	@$(TRANSLATIONS)

untranslated: package-link ## list the texts that a language lacks
	@$(TRANSLATIONS) --untranslated

clean: ## remove what was built, the environments and the caches
	@rm -rf build resources/translations/*.qm .venv* .qgis-settings .*_cache
	@find . -name __pycache__ -not -path './.git/*' -prune -exec rm -rf {} +

qgis-env:
	@tests/tools/system_packages.sh qgis osgeo ensurepip
	@tests/tools/environment.sh $(QGIS_ENV) tests/requirements.txt --system-site-packages

test-env: qgis-env
	@tests/tools/system_packages.sh bin/qgis_process.bin bin/lrelease

desktop-env: qgis-env
	@tests/tools/system_packages.sh bin/qgis bin/Xvfb bin/xdotool

display:
	@[ -n "$${DISPLAY:-}$${WAYLAND_DISPLAY:-}" ] || { \
		echo "There is no display to open QGIS on; make desktop runs it on a virtual one." >&2; exit 1; }

plain-env:
	@tests/tools/system_packages.sh ensurepip
	@tests/tools/environment.sh $(PLAIN_ENV) tests/lint/requirements.txt

resources/translations/%.qm: resources/translations/%.ts | package-link
	@tests/tools/system_packages.sh bin/lrelease
	@$(TRANSLATIONS) --compile

package-link:
	@mkdir -p $(PACKAGE) && ln -sfn ../.. $(PACKAGE)/image_server_layer
