# Each target does its own set-up: a bare clone, Python 3.11 or newer and make are enough.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: demo test lint docs clean
.NOTPARALLEL:

demo: $(VENV)/ready-demo
	$(BIN)/p2p-dispatch solve scenarios/zhanjiang_2020.yaml -o demo

test: $(VENV)/ready-test
	$(BIN)/python -m pytest --numprocesses auto --dist loadfile

lint: $(VENV)/ready-lint
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

# Into build/docs, from the text and the code; warnings are errors, and no page calls a server.
docs: $(VENV)/ready-docs
	$(BIN)/sphinx-build --quiet --fail-on-warning --fresh-env -c docs . build/docs
	$(BIN)/python docs/_ext/no_servers.py build/docs
	@echo "Open build/docs/index.html"

clean:
	rm -rf $(VENV) demo dist build docs/reference .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(VENV)/ready-demo: EXTRAS :=
$(VENV)/ready-test: EXTRAS := [test]
$(VENV)/ready-lint: EXTRAS := [lint]
$(VENV)/ready-docs: EXTRAS := [docs]

# Installed anew when pyproject.toml changes; the code itself is used from the clone.
$(VENV)/ready-%: pyproject.toml hatch_build.py
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Python 3.11 or newer is needed; name one: make PYTHON=python3.12 $(MAKECMDGOALS)" >&2; exit 2; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable ".$(EXTRAS)"
	$(BIN)/python -m p2p_dispatch.warm
	@touch $@
