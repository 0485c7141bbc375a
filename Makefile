# Two commands are all a newcomer needs: `make demo` and `make test`. Each sets up what it needs, once.

PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
SETUP  := $(VENV)/.installed
DEBIAN := $(VENV)/.debian

.DEFAULT_GOAL := help
.PHONY: help demo test check format types lint golden bench rule clean

help:
	@echo "make demo    audit the bundled samples 审核自带样例"
	@echo "make test    set up, lint, check types, run all tests 安装、检查、测试"
	@echo "make check   lint and types only 只做静态检查"
	@echo "make format  format the code 格式化"
	@echo "make golden  rewrite the golden cases, then read the diff 重写对照样例"
	@echo "make bench   run the benchmarks 性能对比"
	@echo "make rule    scaffold a new rule: make rule ID=F111 NAME=short-name FAMILY=form"

# The environment is made again only when pyproject.toml changes.
$(SETUP): pyproject.toml
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $@

# Debian packages that some tests need. Installed only where that is possible; elsewhere those tests skip and say so.
$(DEBIAN): tests/debian-packages.txt | $(SETUP)
	@sh tests/install-debian-packages.sh tests/debian-packages.txt
	@touch $@

demo: $(SETUP)
	@mkdir -p out
	@$(BIN)/auditor check corpus/samples/documents --top 8 --fail-on never
	@$(BIN)/auditor check corpus/samples/documents --fail-on never --format csv --output out/demo-findings.csv 2>/dev/null
	@$(BIN)/auditor check corpus/samples/documents --fail-on never --format json --output out/demo-report.json 2>/dev/null
	@$(BIN)/auditor check corpus/samples/documents --fail-on never --format html --output out/demo-report.html 2>/dev/null
	@$(BIN)/auditor check corpus/samples/documents --fail-on never --format xlsx --output out/demo-report.xlsx 2>/dev/null
	@echo "报告 · report: $(CURDIR)/out/demo-report.html   .xlsx   .json   $(CURDIR)/out/demo-findings.csv"

test: $(SETUP) $(DEBIAN) check
	@$(BIN)/python -m pytest

check: lint types

lint: $(SETUP)
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .

types: $(SETUP)
	@$(BIN)/mypy

format: $(SETUP)
	@$(BIN)/ruff check --fix-only --quiet .
	@$(BIN)/ruff format .

golden: $(SETUP)
	@$(BIN)/python -m pytest -q tests/test_golden.py --rewrite-golden
	@git --no-pager diff --stat -- tests/golden

bench: $(SETUP)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev,bench]'
	@for name in targets pdf_tables xlsx classify words reuse links html_report xlsx_report; do echo "== $$name"; $(BIN)/python -m tests.benchmarks.$$name || exit 1; done

rule: $(SETUP)
	@$(BIN)/python tests/scaffold_rule.py "$(ID)" "$(NAME)" "$(FAMILY)"

clean:
	rm -rf $(VENV) build dist out .mypy_cache .ruff_cache .pytest_cache .hypothesis
