# Two commands are enough: `make run` and `make test`. `make` alone lists the others.
.DEFAULT_GOAL := help
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c

BIN := .venv/bin
PYTEST ?=

.PHONY: help run setup test check lint format messages bench requirements clean

help: ## List these commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "make %-14s%s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: setup ## Start Gongkai on 127.0.0.1:$PORT (8000) with its data in $GONGKAI_HOME (./var)
	@exec $(BIN)/gongkai serve

setup: .venv/.run ## Install what running needs into .venv

test: .venv/.test ## Install what the tests need, then run all of them
	@make/system
	@$(BIN)/python -m pytest -n auto $(PYTEST)

check: lint test ## Format, lint, types, import contracts, tests

lint: .venv/.dev ## Format, lint, types and import contracts, without the tests
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: .venv/.dev ## Bring the code into the agreed format
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

messages: .venv/.dev ## Bring the English catalogue in step with the sources and compile it
	@$(BIN)/python make/messages.py

bench: .venv/.test ## Measure speed and memory beside other tools
	@$(BIN)/python -m bench

requirements: .venv/.dev ## Renew the pinned requirements after a change in pyproject.toml
	@make/requirements

clean: ## Remove .venv and all caches; your data in $GONGKAI_HOME stays
	rm -rf .venv build dist src/*.egg-info .hypothesis .*_cache
	find src tests bench -name __pycache__ -type d -prune -exec rm -rf {} + 2>/dev/null || true

# A stamp for each set of requirements makes every further call a matter of milliseconds.
.venv/.run: requirements/run.txt pyproject.toml make/install
	@make/install run

.venv/.test: requirements/test.txt pyproject.toml make/install
	@make/install test

.venv/.dev: requirements/dev.txt pyproject.toml make/install
	@make/install dev
