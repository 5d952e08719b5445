# `make run` and `make test` need Python 3.11-3.14 and make; they install everything else.
PYTHON ?= python3
DATA ?= ../shared/data
COMMENTS ?= 10000
TRAINING := moderation/classifier/training

VENV_PYTHON := .venv/bin/python
UV := UV_PYTHON_DOWNLOADS=never $(VENV_PYTHON) -m uv --quiet
COMPILE := $(UV) pip compile --universal --python-version 3.11 --generate-hashes --no-annotate \
	--custom-compile-command "make lock"
# uv is four times as fast; pip also knows proxies and certificates configured only for pip.
INSTALL = @$(UV) --quiet pip install --python $(VENV_PYTHON) --compile-bytecode \
	--require-hashes -r $(1) || \
	$(VENV_PYTHON) -m pip install --quiet --disable-pip-version-check --require-hashes -r $(1)

# One per processor: a third one gains five per cent, and makes tests of times fail now and then.
JOBS ?= 2
# Files in the order of their length, so that no long one comes last.
PYTEST := $(VENV_PYTHON) -m pytest -n $(JOBS) --dist loadfile --no-loadscope-reorder
# What has no database, or starts the service with one of its own, is run once.
ON_SQLITE_ONLY := --ignore=tests/browser --ignore=tests/benchmarks --ignore-glob='tests/config/test_*' \
	--ignore=tests/chaos/test_chaos.py --ignore=tests/config/operations/test_backup.py \
	--ignore=tests/config/operations/test_serve.py

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.NOTPARALLEL:
.PHONY: help install run test coverage image minilm lint chaos bench fuzz mutants model lock messages translations

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-10s %s\n", $$1, $$2 }' Makefile

install: .venv/installed translations ## create .venv, to run the parts separately (docs/operating.md)

run: .venv/installed translations ## start the service on http://127.0.0.1:PORT (default 8000); Ctrl-C stops it
	@exec $(VENV_PYTHON) manage.py serve

test: lint ## lint, then run every test on SQLite and again on PostgreSQL
	@$(VENV_PYTHON) -m tests.browser.chromium
	$(PYTEST)
	TEST_DATABASE=postgres $(PYTEST) -m 'django_db and not slow and not one_database' $(ON_SQLITE_ONLY)

coverage: .venv/installed-tests translations ## run the tests on SQLite and measure branch coverage (slow)
	$(PYTEST) --cov --cov-report=term

image: .venv/installed-tests translations ## run the steps of the Dockerfile and compose.yaml without Docker
	$(VENV_PYTHON) -m pytest -m slow tests/deploy

minilm: .venv/installed-tests translations ## test the third judge with a real model (83 MB, installed into .cache once)
	$(VENV_PYTHON) -m pytest -m slow -rP tests/moderation/classifier/test_minilm.py

lint: .venv/installed-tests translations ## check style, types, import rules and missing migrations
	$(VENV_PYTHON) -m ruff check --quiet .
	$(VENV_PYTHON) -m ruff format --check --quiet .
	$(VENV_PYTHON) -m mypy --num-workers 2 .
	.venv/bin/lint-imports --no-logo
	DATABASE_URL=sqlite://:memory: $(VENV_PYTHON) manage.py makemigrations --check --dry-run

chaos: .venv/installed-tests translations ## break every part while COMMENTS comments arrive, on both databases; SEED=n
	@for database in sqlite postgres; do \
		$(VENV_PYTHON) -m tests.chaos --comments $(COMMENTS) $(if $(SEED),--seed $(SEED)) \
			--database $$database || failed=yes; \
	done; [ -z "$$failed" ]

bench: .venv/installed-tests translations ## measure speed, size and, if DATA/dev exists, quality against alt-profanity-check
	@$(VENV_PYTHON) -m tests.benchmarks --data "$(abspath $(DATA))"

fuzz: .venv/installed-tests translations ## send 20,000 malformed requests; none may crash the service
	@$(VENV_PYTHON) -m tests.fuzz

mutants: .venv/installed-tests translations ## mutate the code that decides; a test must fail each time
	@$(VENV_PYTHON) -m tests.mutants

model: .venv/installed-training ## train the classifier again; DATA=FOLDER holds train/ and dev/; OPEN=yes uses open texts only
	@$(MAKE) --no-print-directory -C $(TRAINING) model \
		PYTHON="$$PWD/$(VENV_PYTHON)" DATA="$(abspath $(DATA))"

lock: .venv/installer ## resolve pyproject.toml into the pinned, hashed requirements
	printf 'uv\n' | $(COMPILE) - -o config/installer.txt
	$(COMPILE) pyproject.toml -o requirements.txt
	$(COMPILE) --group train -c requirements.txt -o $(TRAINING)/requirements.txt
	$(COMPILE) pyproject.toml --group test -c requirements.txt -c $(TRAINING)/requirements.txt \
		-o tests/requirements.txt

translations: .venv/installed
	@$(VENV_PYTHON) config/translations.py

messages: .venv/installed ## extract the texts to translate (needs gettext) and compile the translations
	for app in comments moderation config/operations; do (cd $$app && "$(CURDIR)/$(VENV_PYTHON)" \
		"$(CURDIR)/manage.py" makemessages --locale uk --no-wrap --add-location file --no-obsolete) \
		|| exit 1; done
	$(VENV_PYTHON) config/translations.py

# Marker files: reinstall only if the pins have changed.
.venv/installer: config/installer.txt
	@command -v "$(PYTHON)" >/dev/null || \
		{ echo "Python was not found: set it with PYTHON=/path/to/python3.11." >&2; exit 1; }
	@"$(PYTHON)" -c 'import sys; v = sys.version_info[:2]; sys.exit(None if (3, 11) <= v <= (3, 14) \
		else "Python 3.11 to 3.14 is needed and %s is %d.%d: name another with PYTHON=/path." \
		% (("$(PYTHON)",) + v))'
	@echo "Making .venv."
	@"$(PYTHON)" -m venv .venv
	@$(VENV_PYTHON) -m pip install --quiet --disable-pip-version-check --require-hashes \
		-r config/installer.txt
	@touch $@

.venv/installed: requirements.txt .venv/installer
	@echo "Installing requirements.txt (only where it has changed)."
	$(call INSTALL,requirements.txt)
	@touch $@

.venv/installed-training: $(TRAINING)/requirements.txt .venv/installed
	@echo "Installing $< (only where it has changed)."
	$(call INSTALL,$<)
	@touch $@

.venv/installed-tests: tests/requirements.txt .venv/installed
	@echo "Installing tests/requirements.txt (only where it has changed)."
	$(call INSTALL,tests/requirements.txt)
	@touch $@
