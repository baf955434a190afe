# The words of this house; CONTRIBUTING.md explains them.
VENV ?= .venv
CONTRACT_TEXTS ?= ../shared/data/contracts
python := $(VENV)/bin/python
export VENV CONTRACT_TEXTS
# Three jobs at a time: where one waits, for a page or a disk, two cores have enough to do.
MAKEFLAGS += --jobs=3
# Of all tests; the longest first, so that the last one leaves no core idle for long.
parts := sqlite doors postgresql chromium site pieces tutorial ground

.PHONY: install demo test $(parts:%=test-%) long quick texts docs bench load numbers mutants matrix
.PHONY: pictures
.PHONY: lint format style types law templates migrations

install:
	@.ci/install test

# Prepares the example intranet and runs it until Ctrl-C.
demo:
	@.ci/install demo
	@exec $(python) -m example_site.demo

# Every test but the long ones: SQLite, PostgreSQL, Chromium, and the ground floor alone from the wheel.
test: $(parts:%=test-%)
	@exec $(python) -m tests.everything

# What fails is told by the sum above, so that all the others run.
$(parts:%=test-%): test-%: install
	-@exec $(python) -m tests.everything $*

# The tests that take a minute or more, each of which has a shorter one beside it in `make test`.
long: install
	@exec $(python) -m tests.everything long

# The inner loop.
quick: install
	@exec $(python) -m pytest -q -m 'not long' tests/house tests/unit tests/flows tests/property

# The journey on real contracts: CONTRACT_TEXTS lists files and folders.
texts: install
	@exec $(python) -m pytest -q tests/texts

lint: format style types law templates migrations
format: install
	$(VENV)/bin/ruff format --check
style: install
	$(VENV)/bin/ruff check
types: install
	$(VENV)/bin/mypy
law: install
	$(VENV)/bin/lint-imports
templates: install
	$(VENV)/bin/djhtml --tabwidth 2 --check wagtail_contracts example_site
migrations: install
	$(python) -m example_site.manage makemigrations --check --dry-run --settings tests.settings

docs: install
	$(VENV)/bin/sphinx-build -q -W -n --keep-going docs docs/_build

# Takes the pictures of docs/reference/screens.md, states.md and blocks.md anew.
pictures: install
	@$(python) -m tests.pictures
	@$(python) -m tests.pictures.states
	@exec $(python) -m tests.block_pictures

# Ratios of CPU time, ours and bare side by side; rewrites the table in docs/reference/benchmarks.md.
bench: install
	@exec $(python) -m tests.bench

# 200 people read and 20 sign at once, over TCP, until all have signed; takes some minutes.
load: install
	@exec $(python) -m tests.load

# Counts what docs/reference/numbers.md promises, and writes it anew.
numbers: install
	@exec $(python) -m tests.numbers

# Takes each guard away in a copy of the tree and sees a test fail.
mutants: install
	@exec $(python) -m tests.mutants

# Other versions of Python, Django and Wagtail; a missing interpreter is named, and fails.
matrix:
	@.ci/install matrix
	@exec $(python) -m tests.matrix
