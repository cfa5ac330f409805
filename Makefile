# The two commands of the README are `make run` and `make test`; the rest serves development.
SHELL := /bin/sh
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/installed
PACKAGES := mindmove reminders groups plans library moderation notifications accounts core

.PHONY: run test lint types client messages openapi audit requirements clean

run: $(STAMP) ## Start everything at http://127.0.0.1:8000; Ctrl-C stops it
	@$(BIN)/python -m core.catalog compile
	@$(BIN)/python manage.py prepare
	@exec $(BIN)/honcho -f Procfile start

test: $(STAMP) ## The whole suite on SQLite, no service needed
	@$(BIN)/python -m core.catalog compile
	$(BIN)/python -m pytest -n auto $(PYTEST_ARGS)

# SQLite changes a table by making it anew, which the migration linter takes for new NOT NULL columns and UNIQUE ones.
# 0006_together_figures drops a column that no code has ever written.
lint: $(STAMP) ## Style, layers, templates, migrations, translations
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports
	$(BIN)/djlint templates --lint --quiet
	$(BIN)/python -m core.catalog check
	$(BIN)/python manage.py makemigrations --check --dry-run
	$(BIN)/python manage.py lintmigrations --no-cache --quiet ok ignore --ignore-name 0001_initial 0006_together_figures --exclude-migration-tests NOT_NULL ADD_UNIQUE --include-apps accounts groups library moderation notifications plans

types: client ## mypy --strict with django-stubs; and of the API's client with the app written on it
	$(BIN)/mypy $(PACKAGES)
	MYPYPATH=var/client:examples/phone $(BIN)/mypy --config-file examples/phone/pyproject.toml -p mindmove_client -p phone

client: $(STAMP) ## Make the typed Python client of the API (docs/openapi.json) into var/client
	@$(BIN)/python scripts/make_client.py var/client

openapi: $(STAMP) ## Write the API's document anew from the code (docs/openapi.json)
	@$(BIN)/python -m core.catalog compile
	@$(BIN)/python manage.py openapi

audit: $(STAMP) ## Known advisories against what is deployed (needs the package index's advisory service)
	$(BIN)/pip-audit --strict --requirement requirements.txt --require-hashes --disable-pip

messages: $(STAMP) ## Collect new texts into locale/zh_Hans and say which lack Chinese
	@$(BIN)/python -m core.catalog update
	@$(BIN)/python -m core.catalog check

requirements: ## Compile the hash-pinned requirements (needs uv)
	for name in requirements requirements-dev; do \
	  uv pip compile --generate-hashes --no-emit-index-url --no-emit-find-links --no-header --no-annotate \
	    --universal --python-version 3.12 $$name.in -o $$name.txt; \
	done

clean: ## Forget the environment and all local data
	rm -rf $(VENV) var

$(STAMP): requirements-dev.txt
	@test ! -L $(VENV) || { echo "$(VENV) is a link: renew the environment where it lies." >&2; exit 1; }
	@python=$$(sh scripts/find-python) && $$python -m venv --clear $(VENV)
	@echo "Installing (about a minute, once) …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@mkdir -p var
	@touch $(STAMP)
