# Needs python3 (3.11 or newer, with venv and pip), git and make; nothing else.
PYTHON ?= python3
PORT ?= 8000
VENV = .venv
PY = $(VENV)/bin/python

# pip reads the machine's own configuration first; where an index named there does not answer, the default one.
INSTALL = install -qq --no-compile --disable-pip-version-check --require-hashes -r
define environment
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed (PYTHON=...).")'
	@$(PY) -m pip --version >/dev/null 2>&1 || $(PYTHON) -m venv $(VENV)
	@echo "Installing $(1) ..."
	@$(PY) -m pip $(INSTALL) $(1) || PIP_CONFIG_FILE=/dev/null $(PY) -m pip --isolated $(INSTALL) $(1)
endef

.PHONY: help demo test test-postgres check browser bench screenshots clean

help: ## this list
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1	\2/p' Makefile | expand -t 24

demo: $(VENV)/base.stamp ## the demo on http://127.0.0.1:8000 (PORT=..., DEMO_PASSWORD=...)
	@PROFILE=demo $(PY) manage.py catalogue --compile >/dev/null
	@PROFILE=demo $(PY) manage.py demo --port $(PORT)

test: $(VENV)/dev.stamp ## the test suite, on SQLite
	$(PY) -m pytest -n auto --dist worksteal

test-postgres: $(VENV)/dev.stamp ## the same suite on a throw-away PostgreSQL server
	$(PY) -m tests.postgres -n auto --dist worksteal $(ARGS)

check: $(VENV)/dev.stamp ## lint, format, types, layers, migrations, deployment, catalogue
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	$(PY) -m mypy
	$(PY) -m djlint --lint --quiet templates
	$(VENV)/bin/lint-imports
	PROFILE=development $(PY) manage.py check --fail-level WARNING
	PROFILE=development $(PY) manage.py makemigrations --check --dry-run
	PROFILE=development $(PY) manage.py catalogue --check
	PROFILE=production ALLOWED_HOSTS=nakhon.example DATABASE_URL=postgres://app@db.example/app \
	SECRET_KEY=$$($(PY) -c 'import secrets; print(secrets.token_urlsafe(60))') \
	$(PY) manage.py check --deploy --fail-level WARNING

browser: $(VENV)/dev.stamp ## the pages in a real Chromium
	$(PY) -m pytest -n auto --dist worksteal tests/browser

bench: $(VENV)/dev.stamp ## speed beside a bare page, parallel saves, a killed server, the workbook out and in, the search
	$(PY) -m bench.speed
	$(PY) -m bench.parallel
	$(PY) -m bench.crash
	$(PY) -m bench.export
	$(PY) -m bench.imports
	$(PY) -m bench.search

screenshots: $(VENV)/dev.stamp ## pictures of every page as each demo account, under var/screenshots/
	$(PY) -m tests.screenshots

clean: ## remove what the tools leave behind (not the environment, not var/)
	rm -rf .coverage .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache staticfiles
	find . -name .venv -prune -o \( -name __pycache__ -o -name '*.mo' \) -exec rm -rf {} +

$(VENV)/base.stamp: requirements/base.txt
	$(call environment,requirements/base.txt)
	@touch $@

# The development environment holds the demo's; one install makes both.
$(VENV)/dev.stamp: requirements/dev.txt
	$(call environment,requirements/dev.txt)
	@touch $(VENV)/base.stamp $@
