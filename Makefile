# Each target is one line into the tools; `make help` lists them.
.PHONY: book draft pdf demo sphinx sbom audit test test-all accessibility check serve bench golden compare-r docs reference mutate lint lock release clean help
.DEFAULT_GOAL := help

PYTHON := .venv/bin/python
unexport PYTHONDONTWRITEBYTECODE  # or each of the many processes would compile every module anew

book: .venv/book  ## build the site: open _build/html/index.html
	.venv/bin/wavebook build

draft: .venv/book  ## build it with what is not true marked instead of refused
	.venv/bin/wavebook build --draft

pdf: .venv/test  ## the story on paper, PDF/UA, in each language: _build/pdf; CODE=1, ABOUT=1 and SHEET=letter add to it
	.venv/bin/wavebook pdf $(if $(CODE),--code) $(if $(ABOUT),--about) $(if $(SHEET),--sheet $(SHEET))

check: .venv/book  ## list every number and statement with its verdict
	.venv/bin/wavebook check

serve: .venv/book  ## a live preview that follows every save
	.venv/bin/wavebook serve --open

demo: .venv/book  ## the editor's week on a made-up wave: open _build/demo/_build/html/index.html
	.venv/bin/wavebook demo

sphinx: book .venv-sphinx/book  ## the same pages on the newest Sphinx, without Jupyter Book
	tools/sphinx

sbom: .venv/test  ## what goes into a build, with hashes, as CycloneDX: _build/sbom.json
	$(PYTHON) tools/sbom _build/sbom.json

test: .venv/test  ## all tests but the long sweeps, browser tests included
	$(PYTHON) -m pytest -n 3 --dist worksteal -m "not slow"

test-all: .venv/test  ## the long sweeps too, which install LibreOffice and faketime; keeps what they tried in docs/tried.md
	tools/sweeps && $(PYTHON) -m pytest -n 2 --dist worksteal --tally=docs/tried.md

accessibility: .venv/test  ## read every page as readers with other needs do; keeps data/accessibility.json
	.venv/bin/wavebook build && .venv/bin/wavebook accessibility

bench: .venv/test  ## this project beside the stock tools, Lighthouse too: benchmarks/README.md
	$(PYTHON) benchmarks/run.py

golden: .venv/test  ## ask R's survey package for the answers that tests read: tests/golden/methods.json
	tools/r && $(PYTHON) tools/golden

compare-r: .venv/test  ## hold estimates of random designs against R; keeps the counts in docs/tried.md
	tools/r && $(PYTHON) tools/compare-r --tally docs/tried.md

docs: .venv/test  ## the user guide, built by Jupyter Book: _build/docs/_build/html/index.html
	.venv/bin/jupyter-book build docs -W -n --keep-going --path-output _build/docs

reference: .venv/test  ## make the reference pages of the guide anew from the code: docs/reference/
	$(PYTHON) tools/reference

mutate: .venv/test  ## change the modules that differ from main, and see whether their tests notice: docs/tried.md
	$(PYTHON) tools/mutate --tally docs/tried.md $(MODULES)

lint: .venv/test  ## style, types, rooms and dependencies of the code, and clean notebooks
	.venv/bin/ruff check && .venv/bin/ruff format --check
	.venv/bin/nbstripout --keep-id --verify notebooks/*.ipynb examples/*/notebooks/*.ipynb
	.venv/bin/lint-imports
	.venv/bin/deptry src && .venv/bin/deptry src tests tests/support tests/claims tests/whole benchmarks \
		--exclude '\.venv' --extend-exclude _build --ignore DEP002,DEP004
	.venv/bin/basedpyright && .venv/bin/mypy

audit: .venv/test  ## ask which of the pinned packages have known holes; needs the registry
	.venv/bin/pip-audit --require-hashes --disable-pip -r requirements.txt -r requirements-dev.txt

lock: .venv/test  ## pin requirements anew from pyproject.toml
	tools/lock

release: .venv/test  ## sdist and wheel, checked by building the book with the wheel alone: dist/
	tools/release

clean:  ## remove what was made
	rm -rf _build dist book/notebooks .venv .venv-sphinx benchmarks/node_modules

help:  ## this list
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*##/\t/' | expand -t 12

.venv/book: requirements.txt pyproject.toml tools/setup
	tools/setup requirements.txt && touch $@

.venv/test: requirements-dev.txt pyproject.toml tools/setup tools/git tools/browser tools/dictionaries
	tools/setup requirements-dev.txt && tools/git && tools/browser && tools/dictionaries && touch $@ .venv/book

.venv-sphinx/book: requirements-sphinx.txt pyproject.toml tools/setup
	tools/setup requirements-sphinx.txt .venv-sphinx && touch $@
