# The words of this project. `make help` lists them.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
SHARED ?= ../shared
# PyTorch trains; which build of it is right depends on the machine, so no lock file names it.
TORCH ?= 2.13.0
# Minutes of fuzzing for each stage, and how many works are killed.
MINUTES ?= 20
KILLS ?= 300
export PYTHONUTF8 := 1

.PHONY: help setup demo serve test check format lint types imports bench fuzz kills train lock sbom audit docs clean

help:  ## what each word does
	@grep -E '^[a-z]+:.*##' Makefile | sed -E 's/:.*## /\t/' | expand -t 10

$(VENV)/core: requirements/core.txt pyproject.toml
	test -d $(VENV) || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --upgrade pip
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements/core.txt
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $@

$(VENV)/dev: requirements/dev.txt $(VENV)/core
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt
	$(BIN)/pip uninstall --quiet --yes sqlalchemy2-stubs  # comes with followthemoney and hides the types of SQLAlchemy 2
	touch $@

$(VENV)/web: requirements/web.txt $(VENV)/core
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements/web.txt
	touch $@

$(VENV)/train: requirements/train.txt $(VENV)/core
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements/train.txt
	$(BIN)/pip install --quiet --disable-pip-version-check torch==$(TORCH)
	touch $@

$(VENV)/fuzz: requirements/fuzz.txt $(VENV)/dev
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements/fuzz.txt || \
		echo "fuzz: there is no atheris for this machine; inputs are made and not led"
	touch $@

# What is installed where Depesche runs, and nothing else: the list of parts is made of it.
$(VENV)-parts/done: requirements/core.txt requirements/web.txt requirements/watch.txt
	test -d $(VENV)-parts || $(PYTHON) -m venv $(VENV)-parts
	$(VENV)-parts/bin/pip install --quiet --disable-pip-version-check --require-hashes \
		-r requirements/core.txt -r requirements/web.txt -r requirements/watch.txt
	touch $@

$(VENV)-audit/done: requirements/audit.txt
	test -d $(VENV)-audit || $(PYTHON) -m venv $(VENV)-audit
	$(VENV)-audit/bin/pip install --quiet --disable-pip-version-check --require-hashes -r requirements/audit.txt
	touch $@

setup: $(VENV)/core  ## a virtual environment with what the lock file names

demo: $(VENV)/core  ## a chronicle of the example pages, printed and as an HTML file
	@mkdir -p demo
	$(BIN)/depesche build examples/pages --store demo/examples.db
	$(BIN)/depesche chronicle --store demo/examples.db
	$(BIN)/depesche chronicle --store demo/examples.db --format html --out demo/chronicle.html
	@echo "Open demo/chronicle.html in a browser: every entry with the sentences behind it."

serve: $(VENV)/web  ## the chronicle of the example pages in a browser
	@mkdir -p demo
	$(BIN)/depesche build examples/pages --store demo/examples.db
	$(BIN)/depesche serve --store demo/examples.db

test: $(VENV)/dev  ## every test
	$(BIN)/pytest -n 2

check: lint types imports test  ## what has to be green before a commit

format: $(VENV)/dev  ## puts the code into the agreed form
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

lint: $(VENV)/dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .

types: $(VENV)/dev
	$(BIN)/mypy

imports: $(VENV)/dev
	$(BIN)/lint-imports

bench: $(VENV)/dev  ## every measured figure against its floor; needs the data in $(SHARED)
	$(BIN)/python bench/run.py --shared $(SHARED)

fuzz: $(VENV)/fuzz  ## tries inputs on every stage, MINUTES each, and keeps what it finds as tests
	$(BIN)/python bench/fuzz.py --minutes $(MINUTES)

kills: $(VENV)/dev  ## kills works at KILLS moments and looks what is left
	$(BIN)/python bench/kills.py --kills $(KILLS)

sbom: $(VENV)-parts/done $(VENV)-audit/done  ## dist/sbom.cdx.json, the list of parts (CycloneDX), and their licences
	@mkdir -p dist
	$(VENV)-audit/bin/cyclonedx-py environment --output-reproducible --pyproject pyproject.toml \
		-o dist/sbom.cdx.json $(VENV)-parts/bin/python
	$(PYTHON) docs/licences.py dist/sbom.cdx.json

audit: $(VENV)-audit/done  ## looks for known faults in what the lock files name; needs a network
	@for lock in core web watch dev; do \
		$(VENV)-audit/bin/pip-audit --disable-pip --require-hashes --strict --progress-spinner off \
			-r requirements/$$lock.txt || failed=1; \
	done; test -z "$$failed" || \
	{ echo "audit: a fault is named above, or nothing could be asked: it needs a network that reaches pypi.org"; exit 1; }

train: $(VENV)/train  ## trains the shipped models again from the data in $(SHARED)
	$(BIN)/python bench/train/clusters.py
	$(BIN)/python bench/train/names.py --shared $(SHARED)
	$(BIN)/python bench/train/attachments.py --shared $(SHARED)
	$(BIN)/python bench/train/judges.py --shared $(SHARED)

docs: $(VENV)/dev  ## writes the generated reference again
	$(BIN)/python docs/commands.py

lock: $(VENV)/dev  ## writes the lock files again from requirements/*.in
	$(BIN)/pip-compile --quiet --strip-extras --allow-unsafe --generate-hashes --no-emit-index-url --no-emit-trusted-host --no-emit-find-links --no-header -o requirements/core.txt requirements/core.in
	$(BIN)/pip-compile --quiet --strip-extras --allow-unsafe --generate-hashes --no-emit-index-url --no-emit-trusted-host --no-emit-find-links --no-header -o requirements/web.txt requirements/web.in
	$(BIN)/pip-compile --quiet --strip-extras --allow-unsafe --generate-hashes --no-emit-index-url --no-emit-trusted-host --no-emit-find-links --no-header -o requirements/watch.txt requirements/watch.in
	$(BIN)/pip-compile --quiet --strip-extras --allow-unsafe --generate-hashes --no-emit-index-url --no-emit-trusted-host --no-emit-find-links --no-header -o requirements/dev.txt requirements/dev.in
	$(BIN)/pip-compile --quiet --strip-extras --allow-unsafe --generate-hashes --no-emit-index-url --no-emit-trusted-host --no-emit-find-links --no-header -o requirements/train.txt requirements/train.in
	$(BIN)/pip-compile --quiet --strip-extras --allow-unsafe --generate-hashes --no-emit-index-url --no-emit-trusted-host --no-emit-find-links --no-header -o requirements/fuzz.txt requirements/fuzz.in
	$(BIN)/pip-compile --quiet --strip-extras --allow-unsafe --generate-hashes --no-emit-index-url --no-emit-trusted-host --no-emit-find-links --no-header -o requirements/audit.txt requirements/audit.in

clean:  ## removes the virtual environment and everything that was built
	rm -rf $(VENV) $(VENV)-parts $(VENV)-audit demo build dist src/*.egg-info .mypy_cache .ruff_cache .pytest_cache .import_linter_cache bench/out
